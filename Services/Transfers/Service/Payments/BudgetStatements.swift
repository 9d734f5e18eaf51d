import Postgres

/// What a run takes from one budget line.
struct RunLine: Sendable, Equatable {
    var line: String
    var amountMinor: Int64
    var isOpen: Bool
}

/// Sums what the run pays by department, and names the budget line of each.
///
/// Where no line is open, the name says which one was expected, so that somebody can open it.
struct SumLines: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.payment_run_line (run_number, department_code, line, households, amount_minor)
        SELECT $1, payable.department_code,
            coalesce(budget.line, $2 || '-RO-' || $3 || '-' || $4 || '-' || payable.department_code),
            payable.households, payable.amount_minor
        FROM (
            SELECT roll.department_code, count(*) AS households, sum(decided.entitled_minor)::bigint AS amount_minor
            FROM transfers.household_outcome AS decided
            JOIN transfers.roll_household AS roll USING (household_id, run_number)
            WHERE decided.run_number = $1 AND decided.outcome = 1
            GROUP BY roll.department_code
        ) AS payable
        LEFT JOIN (
            SELECT territory_code, min(line) AS line FROM coordination.budget_line_v1
            WHERE programme = $4 AND fiscal_year = $2::integer AND currency = $5 GROUP BY territory_code
        ) AS budget ON budget.territory_code = payable.department_code
        """
    var runNumber: Int32
    var fiscalYear: Int32
    var ministry: String
    var programme: String
    var currency: String
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(String(fiscalYear))
        parameters.add(ministry)
        parameters.add(programme)
        parameters.add(currency)
    }
}

/// Looks again for the lines that were not open when the run was summed.
struct NameLines: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run_line AS asked SET line = budget.line
        FROM (
            SELECT territory_code, min(line) AS line FROM coordination.budget_line_v1
            WHERE programme = $2 AND fiscal_year = $3 AND currency = $4 GROUP BY territory_code
        ) AS budget
        WHERE asked.run_number = $1 AND budget.territory_code = asked.department_code AND asked.line <> budget.line
            AND NOT EXISTS (SELECT FROM coordination.budget_line_v1 AS known WHERE known.line = asked.line)
        """
    var runNumber: Int32
    var programme: String
    var fiscalYear: Int32
    var currency: String
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(programme)
        parameters.add(fiscalYear)
        parameters.add(currency)
    }
}

/// The lines of a run, and whether the ledger has opened them.
struct ListRunLines: Statement {
    typealias Row = RunLine
    static let sql = """
        SELECT asked.line, sum(asked.amount_minor)::bigint,
            EXISTS (SELECT FROM coordination.budget_line_v1 AS budget WHERE budget.line = asked.line)
        FROM transfers.payment_run_line AS asked WHERE run_number = $1 GROUP BY asked.line ORDER BY asked.line
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> RunLine {
        RunLine(line: try row.string(0), amountMinor: try row.int64(1), isOpen: try row.bool(2))
    }
}

/// Records what each line lacks; lines that are not named lack nothing.
struct RecordShortfalls: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run_line AS asked
        SET shortfall_minor = coalesce(
            (SELECT lack.minor FROM unnest($2::text[], $3::bigint[]) AS lack (line, minor) WHERE lack.line = asked.line), 0)
        WHERE run_number = $1
        """
    var runNumber: Int32
    var lines: [String]
    var shortfalls: [Int64]
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(lines)
        parameters.add(shortfalls)
    }
}

/// Starts another attempt at reserving.
struct CountReservation: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run SET reservation_attempt = reservation_attempt + 1 WHERE run_number = $1
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
}

/// Records the second person.
struct RecordApproval: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run SET approved_by = $2, approved_at = now() WHERE run_number = $1
        """
    var runNumber: Int32
    var approver: String
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(approver)
    }
}
