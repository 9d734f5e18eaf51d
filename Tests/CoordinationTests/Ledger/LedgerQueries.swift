import Contracts
import Postgres
import Testing

@testable import CoordinationService

extension CoordinationV1.BudgetLine {
    /// A line of 2024 of which nothing but its code matters.
    static func plain(_ line: String) -> Self {
        .init(
            line: line, fiscalYear: 2024, fund: "RO", ministry: "M", programme: "p", territory: "06", currency: "PEN")
    }
}

extension ConnectionPool {
    /// Opens lines, with the territory and the programmes that they name.
    func openLines(_ lines: [CoordinationV1.BudgetLine]) async throws {
        let programmes = Set(lines.map(\.programme)).map { "('\($0)', 1, 'conditional_transfer', '{}', 'test')" }
        try await script(
            """
            INSERT INTO coordination.territory (territory_code, name, level, department_code)
                VALUES ('06', 'Cajamarca', 1, '06') ON CONFLICT DO NOTHING;
            INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
                VALUES \(programmes.joined(separator: ", ")) ON CONFLICT DO NOTHING
            """)
        let rows = try await query(OpenLines(actor: "test", callId: nil, lines: lines))
        #expect(rows.allSatisfy { $0.outcome == "opened" })
    }
}

extension ConnectionPool {
    /// Posts a batch in a transaction of its own.
    func post(_ batch: PostBatch) async throws -> [PostBatch.Row] {
        try await transaction { try await batch.post(in: $0) }
    }
}

/// Today in the country.
struct DatabaseToday: Statement {
    static let sql = "SELECT coordination.civil_day()"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.date(0) }
}

/// The stage accounts of the lines whose codes begin with a prefix, source first.
struct StoredAccounts: Statement {
    static let sql = """
        SELECT l.line, ARRAY[-b.appropriated, b.available, b.reserved, b.committed, b.accrued, b.ordered, b.paid]
        FROM coordination.budget_line l JOIN coordination.budget_balance b USING (line_id)
        WHERE starts_with(l.line, $1)
        """

    var prefix: String

    func bind(into parameters: inout Parameters) { parameters.add(prefix) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (line: String, accounts: [Int64]) {
        (try row.string(0), try row.int64Array(1))
    }
}

/// The holds of those lines.
struct StoredHolds: Statement {
    static let sql = """
        SELECT l.line, h.document, ARRAY[0, 0, h.reserved, h.committed, h.accrued, h.ordered, h.paid], h.expires_on
        FROM coordination.budget_line l JOIN coordination.budget_hold h USING (line_id)
        WHERE starts_with(l.line, $1)
        """

    struct Row: Sendable {
        var line: String
        var document: String
        var held: [Int64]
        var expires: Int32?
    }

    var prefix: String

    func bind(into parameters: inout Parameters) { parameters.add(prefix) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            line: try row.string(0), document: try row.string(1), held: try row.int64Array(2),
            expires: try row.dateOrNil(3))
    }
}

/// The accounts of those lines as of a date and as known at an instant.
struct AccountsAsOf: Statement {
    static let sql = """
        SELECT l.line, ARRAY[-a.appropriated, a.available, a.reserved, a.committed, a.accrued, a.ordered, a.paid]
        FROM coordination.ledger_as_of($2, $3) a JOIN coordination.budget_line l USING (line_id)
        WHERE starts_with(l.line, $1)
        """

    var prefix: String
    var date: Int32?
    var known: Int64?

    func bind(into parameters: inout Parameters) {
        parameters.add(prefix)
        parameters.add(date: date)
        parameters.add(timestampMicroseconds: known)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (line: String, accounts: [Int64]) {
        (try row.string(0), try row.int64Array(1))
    }
}

/// Numbers committed batches in the log, and says when.
struct SequenceLog: Statement {
    static let sql = "SELECT coordination.ledger_sequence(), clock_timestamp()"

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (leaves: Int64, at: Int64) {
        (try row.int64(0), try row.timestampMicroseconds(1))
    }
}

/// The batch that a posting's answer is stored in.
struct BatchOfPosting: Statement {
    static let sql = "SELECT batch_id FROM coordination.budget_posting WHERE posting_id = ANY ($1) LIMIT 1"

    var ids: [String]

    func bind(into parameters: inout Parameters) { parameters.add(ids) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// A script of the ledger's configuration functions with one integer and one text.
struct SetYear: Statement {
    static let sql = "SELECT coordination.ledger_set_year('test', NULL, $1, $2, $3)"

    var year: Int32
    var state: Int16?
    var sealedThrough: Int32?

    func bind(into parameters: inout Parameters) {
        parameters.add(year)
        parameters.add(state)
        parameters.add(date: sealedThrough)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Changes the control level of one line.
struct SetControl: Statement {
    static let sql = "SELECT coordination.ledger_set_control('test', NULL, ARRAY[$1], $2, 'test')"

    var line: String
    var control: Int16

    func bind(into parameters: inout Parameters) {
        parameters.add(line)
        parameters.add(control)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String? { try row.stringOrNil(0) }
}

/// Sets a ceiling over a ministry's lines in soles.
struct SetLimit: Statement {
    static let sql = """
        SELECT coordination.ledger_set_limit('test', NULL, $1, $2, 'PEN', NULL, $3, NULL, NULL, $4)
        """

    var code: String
    var year: Int32
    var ministry: String?
    var ceiling: Int64

    func bind(into parameters: inout Parameters) {
        parameters.add(code)
        parameters.add(year)
        parameters.add(ministry)
        parameters.add(ceiling)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Every row of the ledger that belongs to a scenario, as text, and how many others there are.
struct ScenarioRows: Statement {
    static let sql = """
        WITH line AS (SELECT line_id FROM coordination.budget_line WHERE starts_with(line, $1))
        SELECT t::text FROM coordination.budget_balance t JOIN line USING (line_id)
        UNION ALL SELECT t::text FROM coordination.budget_hold t JOIN line USING (line_id)
        UNION ALL SELECT t::text FROM coordination.budget_transfer t JOIN line USING (line_id)
        UNION ALL SELECT t::text FROM coordination.budget_limit t WHERE starts_with(t.code, $1)
        UNION ALL SELECT t::text FROM coordination.budget_limit_line t JOIN line USING (line_id)
        UNION ALL SELECT t::text FROM coordination.fiscal_year t WHERE fiscal_year IN ($2, $2 + 1)
        UNION ALL SELECT t::text FROM coordination.budget_log_pending t
        UNION ALL SELECT 'batches ' || count(*) FROM coordination.budget_batch
        UNION ALL SELECT 'records ' || count(*) FROM coordination.budget_record
        UNION ALL SELECT 'identifiers ' || count(*) FROM coordination.budget_posting
        UNION ALL SELECT 'reversals ' || count(*) FROM coordination.budget_reversal
        UNION ALL SELECT 'spans ' || count(*) FROM coordination.budget_log_span
        ORDER BY 1
        """

    var scenario: LedgerScenario

    init(_ scenario: LedgerScenario) { self.scenario = scenario }

    func bind(into parameters: inout Parameters) {
        parameters.add(scenario.name + "-")
        parameters.add(scenario.year)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// The balances, holds and limits of a scenario, as text.
struct ScenarioState: Statement {
    static let sql = """
        WITH line AS (SELECT line_id FROM coordination.budget_line WHERE starts_with(line, $1))
        SELECT t::text FROM coordination.budget_balance t JOIN line USING (line_id)
        UNION ALL SELECT t::text FROM coordination.budget_hold t JOIN line USING (line_id)
        UNION ALL SELECT t::text FROM coordination.budget_limit t WHERE starts_with(t.code, $1)
        ORDER BY 1
        """

    var scenario: LedgerScenario

    init(_ scenario: LedgerScenario) { self.scenario = scenario }

    func bind(into parameters: inout Parameters) { parameters.add(scenario.name + "-") }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Lines whose holds do not sum to their accounts, and stages of a currency that do not hold what the journal moved there.
struct BrokenSums: Statement {
    static let sql = """
        WITH line AS (SELECT * FROM coordination.budget_line WHERE starts_with(line, $1)),
        held AS (
            SELECT line_id, sum(reserved) AS reserved, sum(committed) AS committed, sum(accrued) AS accrued,
                sum(ordered) AS ordered, sum(paid) AS paid
            FROM coordination.budget_hold JOIN line USING (line_id) GROUP BY line_id
        ),
        stored AS (
            SELECT l.currency, s.stage, sum(s.amount) AS amount
            FROM coordination.budget_balance b JOIN line l USING (line_id)
            CROSS JOIN LATERAL unnest(ARRAY[
                -b.appropriated, b.available, b.reserved, b.committed, b.accrued, b.ordered, b.paid
            ]) WITH ORDINALITY AS s(amount, stage)
            GROUP BY l.currency, s.stage
        ),
        moved AS (
            SELECT l.currency, m.stage + 1 AS stage, sum(m.amount) AS amount
            FROM coordination.budget_transfer t JOIN line l USING (line_id)
            CROSS JOIN LATERAL (VALUES (t.from_stage, -t.amount), (t.to_stage, t.amount)) AS m(stage, amount)
            GROUP BY l.currency, m.stage
        )
        SELECT 'holds of ' || l.line
        FROM line l JOIN coordination.budget_balance b USING (line_id) LEFT JOIN held h USING (line_id)
        WHERE (b.reserved, b.committed, b.accrued, b.ordered, b.paid) IS DISTINCT FROM (
            coalesce(h.reserved, 0), coalesce(h.committed, 0), coalesce(h.accrued, 0), coalesce(h.ordered, 0),
            coalesce(h.paid, 0))
        UNION ALL
        SELECT currency || ' in stage ' || stage - 1
        FROM stored s FULL JOIN moved m USING (currency, stage)
        WHERE coalesce(s.amount, 0) <> coalesce(m.amount, 0)
        UNION ALL
        SELECT currency || ' is not conserved' FROM stored GROUP BY currency HAVING sum(amount) <> 0
        """

    var prefix: String

    func bind(into parameters: inout Parameters) { parameters.add(prefix) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
