import CoordinationDomain
import Postgres

/// Locks what a batch touches and reads all that judging it needs, in one statement.
struct ReadBatch: Statement {
    static let sql = """
        SELECT today, lines, currencies, balances, limits, limited, years, owners, holds, first_money, earmarks,
            earmark_texts, answers, answer_texts, refusals, originals, original_texts
        FROM coordination.ledger_read($1, $2, $3, $4, $5, $6, $7)
        """

    let batch: LedgerBatch

    func bind(into parameters: inout Parameters) {
        let names = batch.names
        parameters.add(names.lines)
        parameters.add(names.documents)
        parameters.add(names.holdLines.map { $0 + 1 })
        parameters.add(names.holdDocuments.map { names.documents[Int($0)] })
        parameters.add(batch.postings.map(\.postingId))
        parameters.add(names.originals)
        parameters.add(names.isDated)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> LedgerRows {
        LedgerRows(
            today: try row.int32(0), lines: try row.int64Grid(1), currencies: try row.stringGrid(2),
            balances: try row.int64Grid(3), limits: try row.int64Grid(4), limited: try row.int64Grid(5),
            years: try row.int64Grid(6), owners: try row.int64Grid(7), holds: try row.int64Grid(8),
            firstMoney: try row.int64Grid(9), earmarks: try row.int64Grid(10), earmarkTexts: try row.stringGrid(11),
            answers: try row.int64Grid(12), answerTexts: try row.stringGrid(13), refusals: try row.stringGrid(14),
            originals: try row.int64Grid(15), originalTexts: try row.stringGrid(16))
    }
}

/// What was read, as it came: rows of numbers and of texts, one after the other. An absent number is `Int64.min`.
struct LedgerRows: Sendable {
    var today: Int32
    var lines: [Int64]
    var currencies: [String]
    var balances: [Int64]
    var limits: [Int64]
    var limited: [Int64]
    var years: [Int64]
    var owners: [Int64]
    var holds: [Int64]
    var firstMoney: [Int64]
    var earmarks: [Int64]
    var earmarkTexts: [String]
    var answers: [Int64]
    var answerTexts: [String]
    var refusals: [String]
    var originals: [Int64]
    var originalTexts: [String]

    /// Rows of some width.
    static func rows<Element>(
        _ cells: [Element], of width: Int
    ) -> LazyMapSequence<StrideTo<Int>, ArraySlice<Element>> {
        stride(from: 0, to: cells.count, by: width).lazy.map { cells[$0..<min($0 + width, cells.count)] }
    }
}
