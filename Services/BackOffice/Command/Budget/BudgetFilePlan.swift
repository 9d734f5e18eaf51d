import Contracts
import Crypto
import Postgres

/// What a file of appropriations changes, compared with what was appropriated. A row is known by its line and document,
/// not by the bytes of the file.
struct BudgetFilePlan {
    /// A row whose amount is another than what its document gave to its line.
    struct Change: Equatable {
        var row: BudgetFile.Row
        var beforeMinor: Int128
        /// How many transfers the document made on the line so far.
        var transfers: Int64

        var differenceMinor: Int128 { Int128(row.appropriationMinor) - beforeMinor }

        /// For instance `20,000.00 to 25,000.00 PEN (+5,000.00)`.
        var words: Text {
            let currency = row.line.currency
            let before = BudgetAmount.number(beforeMinor, currency)
            let after = BudgetAmount.text(Int128(row.appropriationMinor), currency)
            let difference = (differenceMinor > 0 ? "+" : "") + BudgetAmount.number(differenceMinor, currency)
            return Text("\(before) to \(after) (\(difference))", es: "\(before) a \(after) (\(difference))")
        }
    }

    private(set) var new: [BudgetFile.Row] = []
    private(set) var changed: [Change] = []
    private(set) var unchanged = 0

    /// - Parameter known: What each document gave to each line so far.
    init(_ rows: [BudgetFile.Row], known: [KnownAppropriations.Row]) {
        let given = Dictionary(known.map { ([$0.line, $0.document], $0) }) { first, _ in first }
        for row in rows {
            guard let before = given[[row.line.line, row.document]] else {
                new.append(row)
                continue
            }
            if before.appropriated == Int128(row.appropriationMinor) {
                unchanged += 1
            } else {
                changed.append(.init(row: row, beforeMinor: before.appropriated, transfers: before.transfers))
            }
        }
    }

    /// The postings of the new rows and, where wanted, of the changed ones. What is asked for twice at once has one
    /// identifier, so it is posted once.
    func postings(
        withChanges: Bool, dates: [Int32: BudgetDay]
    ) -> [(row: BudgetFile.Row, posting: CoordinationV1.Posting)] {
        var postings = new.map { row in
            let day = dates[row.line.fiscalYear] ?? .init()
            var posting = Self.posting(row, .appropriate, row.appropriationMinor, number: 1)
            (posting.businessDate, posting.originalDate) = (day.businessDate, day.originalDate)
            return (row, posting)
        }
        for change in changed where withChanges {
            let kind: CoordinationV1.PostingKind = change.differenceMinor > 0 ? .appropriate : .cut
            let amount = Int64(clamping: change.differenceMinor.magnitude)
            postings.append(
                (change.row, Self.posting(change.row, kind, amount, number: change.transfers + 1)))
        }
        return postings
    }

    private static func posting(
        _ row: BudgetFile.Row, _ kind: CoordinationV1.PostingKind, _ minor: Int64, number: Int64
    ) -> CoordinationV1.Posting {
        .init(
            postingId: BoundedIdentifier.make("budget/\(number)/\(row.document)/\(row.line.line)"), kind: kind,
            line: row.line.line, amountMinor: minor, document: row.document,
            description: number == 1 ? "appropriation" : "appropriation corrected", currency: row.line.currency)
    }
}

/// What documents gave to lines so far.
struct KnownAppropriations: Statement {
    static let sql = """
        SELECT line, document, appropriated::text, transfers FROM coordination.budget_appropriation_v1
        WHERE line = ANY ($1)
        """

    struct Row: Sendable {
        var line: String
        var document: String
        var appropriated: Int128
        var transfers: Int64
    }

    let lines: [String]

    func bind(into parameters: inout Parameters) { parameters.add(lines) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        guard let amount = Int128(try row.string(2)) else {
            throw PostgresError(decoding: "an appropriation is no whole number")
        }
        return Row(
            line: try row.string(0), document: try row.string(1), appropriated: amount, transfers: try row.int64(3))
    }
}

/// On which day a year's budget counts: its first one, where that has come and is not sealed.
struct BudgetDay: Sendable, Equatable {
    var businessDate = ""
    var originalDate = ""
}

/// On which days the budgets of some fiscal years count.
struct BudgetDays: Statement {
    static let sql = """
        SELECT g.year, CASE WHEN d.first <= coordination.civil_day() AND coalesce(d.first > y.sealed_through, true)
                THEN d.first::text ELSE '' END,
            CASE WHEN d.first <= y.sealed_through THEN d.first::text ELSE '' END
        FROM unnest($1::integer[]) AS g(year)
        CROSS JOIN LATERAL (SELECT lower(coordination.ledger_year_days(g.year)) AS first) AS d
        LEFT JOIN coordination.fiscal_year y ON y.fiscal_year = g.year
        """

    let years: [Int32]

    func bind(into parameters: inout Parameters) { parameters.add(years) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (year: Int32, day: BudgetDay) {
        (try row.int32(0), BudgetDay(businessDate: try row.string(1), originalDate: try row.string(2)))
    }
}
