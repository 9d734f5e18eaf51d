import Contracts
import Postgres

/// Which lines a status is about, and when.
struct StatusQuestion: Sendable {
    var year: Int64?
    var fund: String?
    var ministry: String?
    var programme: String?
    /// With those below it.
    var territory: String?
    var line: String?
    /// Days since 2000-01-01; nil: whatever the business date is.
    var on: Int32?
    /// Microseconds since 1970; nil: now.
    var knownAt: Int64?

    fileprivate static let columns = """
        l.line, l.fiscal_year, l.fund, l.ministry, l.programme, l.territory_code, l.currency, c.scheme, c.appropriated,
        c.reserved, c.committed, c.accrued, c.ordered, c.paid, c.skips_reserved, c.skips_ordered, b.appropriated,
        b.available, b.reserved + b.committed + b.accrued + b.ordered + b.paid,
        b.committed + b.accrued + b.ordered + b.paid, b.accrued + b.ordered + b.paid, b.ordered + b.paid, b.paid
        """
    fileprivate static let condition = """
        ($1::bigint IS NULL OR l.fiscal_year = $1) AND ($2::text IS NULL OR l.fund = $2)
        AND ($3::text IS NULL OR l.ministry = $3) AND ($4::text IS NULL OR l.programme = $4)
        AND ($5::text IS NULL OR l.territory_code IN (
            WITH RECURSIVE covered AS (
                SELECT $5::text COLLATE "C" AS code
                UNION
                SELECT t.territory_code FROM coordination.territory_v1 t JOIN covered ON t.parent_code = covered.code
            )
            SELECT code FROM covered))
        AND ($6::text IS NULL OR l.line = $6)
        """

    fileprivate func bind(into parameters: inout Parameters) {
        parameters.add(year)
        parameters.add(fund)
        parameters.add(ministry)
        parameters.add(programme)
        parameters.add(territory)
        parameters.add(line)
    }

    fileprivate static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StatusLine {
        var stages: [String] = []
        for column in 9..<14 { stages.append(try row.string(column)) }
        let names = StageNames(
            scheme: try row.string(7), appropriated: try row.string(8), stages: stages,
            skipsReserved: try row.bool(14), skipsOrdered: try row.bool(15))
        var reached: [Int128] = []
        for column in 18..<23 { reached.append(Int128(try row.int64(column))) }
        return StatusLine(
            line: try row.string(0), fiscalYear: try row.int32(1), fund: try row.string(2),
            ministry: try row.string(3), programme: try row.string(4), territory: try row.string(5),
            currency: try row.string(6), names: names,
            execution: BudgetExecution(
                appropriated: Int128(try row.int64(16)), available: Int128(try row.int64(17)), reached: reached))
    }
}

/// The lines as they are.
struct StatusNow: Statement {
    static let sql = """
        SELECT \(StatusQuestion.columns)
        FROM coordination.budget_line l
        JOIN coordination.budget_scheme c USING (scheme)
        JOIN coordination.budget_balance b USING (line_id)
        WHERE \(StatusQuestion.condition)
        ORDER BY l.line
        """

    let question: StatusQuestion

    func bind(into parameters: inout Parameters) { question.bind(into: &parameters) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StatusLine {
        try StatusQuestion.decode(row)
    }
}

/// The lines as of a business date and as known at an instant; those without a transfer by then are left out.
struct StatusAsOf: Statement {
    static let sql = """
        SELECT \(StatusQuestion.columns)
        FROM coordination.ledger_as_of($7, $8) b
        JOIN coordination.budget_line l USING (line_id)
        JOIN coordination.budget_scheme c USING (scheme)
        WHERE \(StatusQuestion.condition)
        ORDER BY l.line
        """

    let question: StatusQuestion

    func bind(into parameters: inout Parameters) {
        question.bind(into: &parameters)
        parameters.add(date: question.on)
        parameters.add(timestampMicroseconds: question.knownAt)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> StatusLine {
        try StatusQuestion.decode(row)
    }
}

/// How the stages of some lines are called.
struct NamesOfLines: Statement {
    static let sql = """
        SELECT l.line, c.scheme, c.appropriated, c.reserved, c.committed, c.accrued, c.ordered, c.paid,
            c.skips_reserved, c.skips_ordered
        FROM coordination.budget_line l JOIN coordination.budget_scheme c USING (scheme)
        WHERE l.line = ANY ($1)
        """

    let lines: [String]

    func bind(into parameters: inout Parameters) { parameters.add(lines) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (line: String, names: StageNames) {
        var stages: [String] = []
        for column in 3..<8 { stages.append(try row.string(column)) }
        return (
            try row.string(0),
            StageNames(
                scheme: try row.string(1), appropriated: try row.string(2), stages: stages,
                skipsReserved: try row.bool(8), skipsOrdered: try row.bool(9))
        )
    }
}

/// The territories' names and hierarchy.
struct StatusTerritories: Statement {
    static let sql = "SELECT territory_code, name, parent_code FROM coordination.territory_v1"

    static func decode(
        _ row: borrowing RowReader
    ) throws(PostgresError) -> (code: String, territory: StatusTerritory) {
        (try row.string(0), StatusTerritory(name: try row.string(1), parent: try row.stringOrNil(2)))
    }
}

/// Now, by the database's clock: microseconds since 1970.
struct DatabaseNow: Statement {
    static let sql = "SELECT clock_timestamp()"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.timestampMicroseconds(0) }
}
