import Contracts
import Postgres

/// What the country's file says about the year and the line that pay; where no country is loaded, calendar years by the day of
/// payment, and any fund and ministry.
struct CountryRule: Sendable {
    /// How a cycle is charged to a fiscal year.
    var fiscalYear = CoordinationV1.FiscalYear(firstMonth: 1, rule: .payDay)
    /// The fund of the line; empty: any.
    var fund = ""
    /// Whether the line must be of the programme's own ministry.
    var ownMinistry = false

    /// Reads it.
    static func read(_ transaction: borrowing Transaction) async throws -> CountryRule {
        guard let json = try await transaction.queryOne(FindCountry()) else { return CountryRule() }
        let country = try CoordinationV1.CountryDefinition(json: json)
        var rule = CountryRule()
        if let year = country.fiscalYear { rule.fiscalYear = year }
        rule.fund = country.budgetLine?.fund ?? ""
        rule.ownMinistry = country.budgetLine?.ownMinistry ?? false
        return rule
    }
}

/// The country's definition; no row where no country is loaded.
struct FindCountry: Statement {
    static let sql = "SELECT definition FROM coordination.country_v1"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

/// Sums what the run pays by department.
struct SumLines: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.payment_run_line (run_number, department_code, households, amount_minor)
        SELECT $1, roll.department_code, count(*), sum(decided.entitled_minor)::bigint
        FROM transfers.household_outcome AS decided
        JOIN transfers.roll_household AS roll USING (household_id, run_number)
        WHERE decided.run_number = $1 AND decided.outcome = 1
        GROUP BY roll.department_code
        ON CONFLICT DO NOTHING
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
}

/// What a run's budget lines are looked up by, besides the department.
struct LineDimensions: Sendable {
    var programme: String
    var fiscalYear: Int32
    var currency: String
    /// Empty: any.
    var fund: String
    /// Empty: any.
    var ministry: String
}

/// Looks for the line of each department: one that fits is taken; of several, or of those in another currency only, all are
/// named and none is taken.
struct FindLines: Statement {
    typealias Row = Never
    static let sql = """
        WITH fitting AS MATERIALIZED (
            SELECT asked.department_code,
                coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency = $4), '{}') AS lines,
                coalesce(array_agg(budget.line ORDER BY budget.line) FILTER (WHERE budget.currency <> $4), '{}') AS foreign_lines
            FROM transfers.payment_run_line AS asked
            LEFT JOIN coordination.budget_line_v1 AS budget
                ON budget.territory_code = asked.department_code AND budget.programme = $2 AND budget.fiscal_year = $3
                AND (budget.fund = $5 OR $5 = '') AND (budget.ministry = $6 OR $6 = '')
            WHERE asked.run_number = $1 GROUP BY asked.department_code
        )
        UPDATE transfers.payment_run_line AS asked SET
            line = CASE WHEN cardinality(fitting.lines) = 1 THEN fitting.lines[1] END,
            obstacle = CASE
                WHEN cardinality(fitting.lines) = 1 THEN ''
                WHEN cardinality(fitting.lines) > 1 THEN 'several_lines'
                WHEN cardinality(fitting.foreign_lines) > 0 THEN 'other_currency'
                ELSE 'no_line'
            END,
            candidates = CASE
                WHEN cardinality(fitting.lines) = 1 THEN '{}'
                WHEN cardinality(fitting.lines) > 1 THEN fitting.lines
                ELSE fitting.foreign_lines
            END
        FROM fitting WHERE asked.run_number = $1 AND fitting.department_code = asked.department_code
        """
    var runNumber: Int32
    var dimensions: LineDimensions
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(dimensions.programme)
        parameters.add(dimensions.fiscalYear)
        parameters.add(dimensions.currency)
        parameters.add(dimensions.fund)
        parameters.add(dimensions.ministry)
    }
}

/// What a run takes from a budget line, what the line's scheme asks for, and what the ledger holds of it for the run: each
/// stage is what reached it.
struct RunLine: Sendable, Equatable {
    var line: String
    var amountMinor: Int64
    var skipsReserved: Bool
    var skipsOrdered: Bool
    var availableMinor: Int64
    var isUnlimited: Bool
    var reservedMinor: Int64
    var committedMinor: Int64
    var accruedMinor: Int64
    var orderedMinor: Int64
    var paidMinor: Int64
}

/// The lines of a run that are known.
struct ListRunLines: Statement {
    typealias Row = RunLine
    static let sql = """
        SELECT asked.line, asked.amount_minor, budget.skips_reserved, budget.skips_ordered, budget.available,
            budget.control = 'none', coalesce(held.reserved, 0), coalesce(held.committed, 0), coalesce(held.accrued, 0),
            coalesce(held.ordered, 0), coalesce(held.paid, 0)
        FROM (
            SELECT line, sum(amount_minor)::bigint AS amount_minor FROM transfers.payment_run_line
            WHERE run_number = $1 AND line IS NOT NULL GROUP BY line
        ) AS asked
        JOIN coordination.budget_line_v1 AS budget ON budget.line = asked.line
        LEFT JOIN coordination.budget_document_v1 AS held ON held.line = asked.line AND held.document = $2
        ORDER BY asked.line
        """
    var run: PaymentRun
    func bind(into parameters: inout Parameters) {
        parameters.add(run.runNumber)
        parameters.add(run.document)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> RunLine {
        RunLine(
            line: try row.string(0), amountMinor: try row.int64(1), skipsReserved: try row.bool(2),
            skipsOrdered: try row.bool(3), availableMinor: try row.int64(4), isUnlimited: try row.bool(5),
            reservedMinor: try row.int64(6), committedMinor: try row.int64(7), accruedMinor: try row.int64(8),
            orderedMinor: try row.int64(9), paidMinor: try row.int64(10))
    }
}

/// What keeps a department from being paid: no line, several, or only lines in another currency.
struct LineObstacle: Sendable, Equatable {
    var department: String
    var obstacle: String
    var candidates: [String]
    var amountMinor: Int64
}

/// The departments of a run that have no line.
struct ListLineObstacles: Statement {
    typealias Row = LineObstacle
    static let sql = """
        SELECT department_code, obstacle, candidates, amount_minor FROM transfers.payment_run_line
        WHERE run_number = $1 AND obstacle <> '' ORDER BY department_code
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> LineObstacle {
        LineObstacle(
            department: try row.string(0), obstacle: try row.string(1), candidates: try row.stringArray(2),
            amountMinor: try row.int64(3))
    }
}

/// Records what each line lacks; lines that are not named lack nothing.
struct RecordShortfalls: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run_line AS asked
        SET shortfall_minor = coalesce(
            (SELECT max(lack.minor) FROM unnest($2::text[], $3::bigint[]) AS lack (line, minor)
                WHERE lack.line = asked.line), 0)
        WHERE run_number = $1
        """
    var runNumber: Int32
    var shortfalls: [(line: String, minor: Int64)]
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(shortfalls.map(\.line))
        parameters.add(shortfalls.map(\.minor))
    }
}
