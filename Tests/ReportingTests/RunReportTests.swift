import Contracts
import Foundation
import Postgres
import Queue
import ReportingService
import TestSupport
import Testing

/// A run of eleven households in two departments, as the transfers and projects services would have left it.
private let history = """
    INSERT INTO coordination.territory (territory_code, name, level, parent_code, department_code) VALUES
        ('06', 'Cajamarca', 1, NULL, '06'), ('0601', 'Cajamarca', 2, '06', '06'), ('060101', 'Cajamarca', 3, '0601', '06'),
        ('21', 'Puno', 1, NULL, '21'), ('2101', 'Puno', 2, '21', '21'), ('210101', 'Puno', 3, '2101', '21'),
        ('25', 'Ucayali', 1, NULL, '25');
    INSERT INTO coordination.household (household_id, residence_since, poverty_class, territory_code)
        SELECT id, '2015-01-01', 1, CASE WHEN id <= 6 THEN '060101' ELSE '210101' END FROM generate_series(1, 11) AS id;
    CREATE OR REPLACE VIEW transfers.cycle_v1 AS
        SELECT 'juntos'::text AS programme, '2024-4'::text AS cycle, date '2024-07-01' AS first_day,
            date '2024-08-31' AS last_day, 3 AS rule_version, 'open'::text AS state, 1 AS overlap_exception,
            31 AS shared_days;
    CREATE OR REPLACE VIEW transfers.overlap_exception_v1 AS
        SELECT 1 AS exception_number, ARRAY['2024-3']::text[] AS others, 'inundación'::text AS reason,
            'ana'::text AS requested_by, 'beto'::text AS signed_by;
    CREATE OR REPLACE VIEW transfers.sanction_v1 AS
        SELECT 'juntos'::text AS programme, '2024-4'::text AS cycle, 6::bigint AS household_id, 'exit'::text AS sanction;
    CREATE OR REPLACE VIEW transfers.payment_run_v1 AS
        SELECT '6ba7b810-9dad-41d1-80b4-00c04fd430c8'::uuid AS run_id, 'juntos'::text AS programme,
            '2024-4'::text AS cycle, 'sent'::text AS state, 'ana'::text AS requested_by, 'beto'::text AS approved_by,
            11::bigint AS households, 10::bigint AS payable_households, 200100::bigint AS total_minor,
            'PEN'::text AS currency, 1 AS sequence, 'main'::text AS kind, 2024 AS fiscal_year;
    CREATE OR REPLACE VIEW transfers.cycle_household_v1 AS
        SELECT 'juntos'::text AS programme, '2024-4'::text AS cycle, household.household_id, household.territory_code,
            household.department_code, true AS affiliated, household.household_id <> 11 AS verified,
            CASE WHEN household.household_id = 11 THEN 0 ELSE 20000 + household.household_id END AS entitled_minor,
            (ARRAY['paid', 'paid', 'paid', 'paid', 'rejected', 'sent', 'paid', 'paid', 'returned', 'accepted'])[
                household.household_id::integer] AS order_state,
            CASE WHEN household.household_id IN (1, 2, 3, 4, 7, 8) THEN 20000 + household.household_id ELSE 0 END
                AS paid_minor, household.household_id = 11 AS suspended
        FROM coordination.household_v1 AS household;
    INSERT INTO projects.project (project_code, programme, department_code) VALUES ('HW-06-001', 'haku_winay', '06');
    INSERT INTO projects.participant (household_id, project_code, module_code, enrolled_on) VALUES
        (1, 'HW-06-001', 'hen', '2024-02-01'), (1, 'HW-06-001', 'guinea_pig', '2024-02-01'),
        (2, 'HW-06-001', 'hen', '2024-02-01');
    INSERT INTO projects.admission (
        household_id, programme, agreement, import_id, agreement_version, outcome, override_id, reserved, filled) VALUES
        (1, 'haku_winay', 'juntos-haku', '6ba7b810-9dad-41d1-80b4-00c04fd430c8', 1, 1, NULL, 2, 1),
        (2, 'haku_winay', 'juntos-haku', '6ba7b810-9dad-41d1-80b4-00c04fd430c8', 1, 4, NULL, 2, 1),
        (2, 'haku_winay', 'juntos-haku', '6ba7b810-9dad-41d1-80b4-00c04fd430c9', 1, 3, 1, 2, 1),
        (3, 'haku_winay', 'juntos-haku', '6ba7b810-9dad-41d1-80b4-00c04fd430c9', 1, 4, NULL, 2, 1);
    INSERT INTO coordination.agreement VALUES ('juntos-haku', 2, 1, 1);
    INSERT INTO coordination.agreement_version (agreement, version, terms, reason, proposed_by) VALUES
        ('juntos-haku', 1, '{"agreement": "juntos-haku", "title": "Juntos y Haku Wiñay", "firstDay": "2024-01-01",
            "lastDay": "2099-12-31", "programmes": ["juntos", "haku_winay"], "reservedPlaces": 2,
            "parties": [{"institution": "JUNTOS"}, {"institution": "FONCODES"}],
            "architecture": {"intended": true, "programmes": 2}}', '', 'ana');
    INSERT INTO coordination.agreement_override (agreement, version, subject, signed_by, reason) VALUES
        ('juntos-haku', 1, '2', 'ana', 'flood'), ('juntos-haku', 1, '9', 'ana', 'flood');
    INSERT INTO coordination.fiscal_year VALUES (2024);
    INSERT INTO coordination.budget_line (line, fiscal_year, fund, ministry, programme, territory_code, currency)
        VALUES ('L1', 2024, 'RO', 'MIDIS', 'haku_winay', '06', 'PEN');
    INSERT INTO coordination.agreement_earmark (agreement, line_id, institution, document_prefix, amount)
        VALUES ('juntos-haku', 1, 'FONCODES', 'HW-', 60000);
    INSERT INTO coordination.budget_hold (line_id, document, reserved, committed, ordered) VALUES
        (1, 'agreement/juntos-haku', 20000, 0, 0), (1, 'HW-06-001', 0, 40000, 10000), (1, 'other', 0, 7, 0);
    INSERT INTO coordination.budget_transfer (batch_id, ordinal, line_id, amount, business_date, kind, from_stage, to_stage,
        posting_id, document, reverses, linked_group, override_reason, description, leaf_hash)
    VALUES (1, 1, 1, 40000, '2024-02-01', 3, 2, 1, 'p', 'agreement/juntos-haku', '', '', '', '', ''),
        (1, 2, 1, 40000, '2024-02-01', 3, 1, 2, 'p', 'HW-06-001', '', '', '', '', '')
    """

private struct StoreProgramme: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('juntos', 1, 'conditional_transfer', $1, 'test')
        """
    let definition: [UInt8]
    func bind(into parameters: inout Parameters) { parameters.addJSON(definition) }
}

/// What the view sums to.
private struct ViewSums: Statement {
    static let sql = """
        SELECT count(*), sum(entitled_minor), sum(paid_minor), count(*) FILTER (WHERE order_state = 'paid')
        FROM transfers.cycle_household_v1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [Int64] {
        [try row.int64(0), try row.int64(1), try row.int64(2), try row.int64(3)]
    }
}

/// Runs the body with the reporting service working on the history, and the database's superuser.
private func withReports(_ body: @Sendable (QueueClient, ConnectionPool) async throws -> Void) async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        try await MethodCatalog.publish(AllMethods.all, pool)
        try await replaceViews(pool)
        let definition = CoordinationV1.ProgrammeDefinition(
            code: "juntos", name: "Juntos", kind: .conditionalTransfer, currency: "PEN")
        try await pool.execute(StoreProgramme(definition: definition.json()))
        var router = Router()
        ReportingService.register(on: &router)
        let worker = Worker(
            service: "reporting", router: router, configuration: database.configuration(as: "puente_reporting"))
        let client = QueueClient(try await database.person("ana"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            try await body(client, pool)
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
        await client.close()
        await pool.close()
    }
}

/// The views' columns may have other types than the stand-ins, so they are made anew, with their grants.
private func replaceViews(_ pool: ConnectionPool) async throws {
    try await pool.script(
        """
        DROP VIEW transfers.cycle_household_v1, transfers.payment_run_v1, transfers.cycle_v1,
            transfers.overlap_exception_v1, transfers.sanction_v1 CASCADE
        """)
    try await pool.script(history)
    try await pool.script(
        """
        GRANT SELECT ON transfers.cycle_household_v1, transfers.payment_run_v1, transfers.cycle_v1,
            transfers.overlap_exception_v1, transfers.sanction_v1 TO puente_reader
        """)
}

private func files(_ client: QueueClient, _ request: ReportingV1.RunReportRequest) async throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for try await part in client.stream(ReportingV1.Reports.run, request, CallOptions(waitForReady: true)) {
        #expect(part.content.count <= 256 << 10)
        files[part.fileName, default: []] += part.content
    }
    return files
}

private let request = ReportingV1.RunReportRequest(
    report: "cycle", programme: "juntos", cycle: "2024-4", language: "es")

@Test func theReportsTotalsAreTheSumsOfTheViews() async throws {
    try await withReports { client, pool in
        let files = try await files(client, request)
        #expect(
            files.keys.sorted() == [
                "juntos-2024-4-agreements.csv", "juntos-2024-4-budget.csv", "juntos-2024-4-es.html",
                "juntos-2024-4.csv",
            ])
        let agreements = String(decoding: files["juntos-2024-4-agreements.csv"] ?? [], as: UTF8.self)
        #expect(
            agreements.split(separator: "\n").dropFirst() == [
                "juntos-haku,Juntos y Haku Wiñay,active,1,JUNTOS; FONCODES,false,true,2,2,1,1,0,1,2,1,0,0,PEN,600.00,400.00,0.00,"
                    + "400.00,100.00,100.00,0.00"
            ])
        let csv = String(decoding: files["juntos-2024-4.csv"] ?? [], as: UTF8.self)
        let rows = csv.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let header = rows[0].map(String.init)
        func sum(_ column: String) -> Int64 {
            let index = header.firstIndex(of: column) ?? 0
            return rows.dropFirst().reduce(0) { $0 + (Int64($1[index].replacing(".", with: "")) ?? 0) }
        }
        let sums = try await pool.queryOne(ViewSums())
        #expect(
            [sum("affiliated_households"), sum("entitled_amount"), sum("paid_amount"), sum("paid_households")] == sums)
        #expect(rows.dropFirst().map { String($0[1]) } == ["Cajamarca", "Puno"])
        let outcomes = ["paid", "rejected", "returned", "waiting"]
        #expect(outcomes.map { sum("\($0)_households") } == [6, 1, 1, 2])
        #expect(outcomes.reduce(0) { $0 + sum("\($1)_amount") } == sum("ordered_amount"))
        #expect(sum("project_households") == 2 && sum("both_programmes_households") == 2)
        // Sanctions and exceptions are counted: one household suspended in Puno, one out in Cajamarca.
        #expect(rows.dropFirst().map { Array($0.suffix(3)) } == [["0", "1", "1"], ["1", "0", "1"]])
        let html = String(decoding: files["juntos-2024-4-es.html"] ?? [], as: UTF8.self)
        #expect(
            html.contains("excepción 1, pedida por ana y firmada por beto, aunque 2024-3 tiene días suyos: inundación"))
        #expect(html.contains("<td>1\u{202F}200.25</td>"))
    }
}

@Test func anUnknownReportCycleOrLanguageIsRefused() async throws {
    try await withReports { client, _ in
        let wrong: [(ReportingV1.RunReportRequest, StatusCode)] = [
            (.init(report: "poverty", programme: "juntos", cycle: "2024-4"), .invalidArgument),
            (.init(report: "cycle", programme: "juntos", cycle: "1999-1"), .notFound),
            (.init(report: "cycle", programme: "juntos", cycle: "2024-4", language: "qu"), .invalidArgument),
        ]
        for (request, code) in wrong {
            let error = await #expect(throws: RPCError.self) { try await files(client, request) }
            #expect(error?.code == code)
        }
    }
}

@Test func everyStatementFitsTheSchemaAndTheReadersRights() async throws {
    try await withDatabase { database in
        let refused = try await database.refusedStatements(ReportingService.statements, as: "puente_reporting")
        #expect(refused == [])
    }
}
