import Contracts
import CoordinationService
import Foundation
import Intake
import Postgres
import ProjectsService
import Queue
import TestSupport
import Testing

/// A database with a registry of two departments and a productive programme, and the two services that order inputs.
struct ProjectsFixture: Sendable {
    let database: TestDatabase
    let pool: ConnectionPool
    let operators: ConnectionPool
    let ana: QueueClient

    /// The services are only just starting.
    static let patient = CallOptions(waitForReady: true)
    static let request = ProjectsV1.OrderInputsRequest(programme: "haku_winay", fiscalYear: 2024, instalment: 1)
    static let participants = """
        project_code,household_id,module_code,enrolled_on
        HW-06-001,1001,hen,2024-02-01
        HW-06-001,1002,hen,2024-02-01
        HW-06-001,1002,guinea_pig,2024-02-01
        HW-21-001,2001,guinea_pig,2024-03-15

        """
    static let lines = ["2024-RO-MIDIS-haku_winay-06", "2024-RO-MIDIS-haku_winay-21"]

    /// Imports one file of participants; returns the result and the reasons of what was refused.
    func importParticipants(
        _ text: String, _ mode: CommonV1.ImportMode = .allOrNothing, programme: String = "haku_winay"
    ) async throws -> (result: CommonV1.ImportResult, reasons: [String], messages: [String]) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let upload = try await Upload.send(path.path, to: operators).uploadId.uuidString
        var result = CommonV1.ImportResult()
        let request = CommonV1.ImportRequest(uploadIds: [upload], mode: mode, context: programme)
        for try await progress in ana.stream(ProjectsV1.Projects.import, request, Self.patient) {
            if let last = progress.result { result = last }
        }
        var reasons: [String] = []
        var messages: [String] = []
        let importId = try #require(UUID(uuidString: result.importId))
        try await Rejects.forEach(of: importId, in: operators) { row in
            reasons.append("\(row.line) \(row.reason)")
            messages.append(row.message)
            return .more
        }
        return (result, reasons, messages)
    }

    /// Asks for the inputs, and waits until the ledger has answered.
    func order(
        _ request: ProjectsV1.OrderInputsRequest = Self.request
    ) async throws -> ProjectsV1.OrderInputsReply {
        var reply = try await ana.call(ProjectsV1.Projects.orderInputs, request, Self.patient)
        for _ in 0..<600 where reply.state == "reserving" {
            try await Task.sleep(for: .milliseconds(50))
            reply = try await ana.call(ProjectsV1.Projects.status, request)
        }
        return reply
    }

    /// Opens the lines of both departments.
    func openLines() async throws {
        let lines = Self.lines.map {
            CoordinationV1.BudgetLine(
                line: $0, fiscalYear: 2024, fund: "RO", ministry: "MIDIS", programme: "haku_winay",
                territory: String($0.suffix(2)), currency: "PEN")
        }
        _ = try await ana.call(
            CoordinationV1.Budget.openLines, CoordinationV1.OpenLinesRequest(lines: lines), Self.patient)
    }

    /// Opens one line more.
    func openLine(
        _ line: String, territory: String, fund: String = "RO", currency: String = "PEN", scheme: String = "standard"
    ) async throws {
        let opened = CoordinationV1.BudgetLine(
            line: line, fiscalYear: 2024, fund: fund, ministry: "MIDIS", programme: "haku_winay", territory: territory,
            currency: currency, scheme: scheme)
        _ = try await ana.call(
            CoordinationV1.Budget.openLines, CoordinationV1.OpenLinesRequest(lines: [opened]), Self.patient)
    }

    /// Appropriates an amount to each line.
    func appropriate(_ minor: [Int64], id: String) async throws {
        let postings = zip(Self.lines, minor).filter { $1 > 0 }.map {
            CoordinationV1.Posting(
                postingId: "\(id)/\($0)", kind: .appropriate, line: $0, amountMinor: $1, currency: "PEN")
        }
        _ = try await ana.call(
            CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings), Self.patient)
    }

    /// What the ledger says of a line: reserved, committed, accrued and ordered.
    func stages(_ line: String) async throws -> [Int64] {
        try await pool.queryOne(LineStages(line: line)) ?? []
    }

    /// Everything the service keeps, as text to compare.
    func digest() async throws -> String {
        try await pool.queryOne(ProjectsDigest()) ?? ""
    }
}

private struct LineStages: Statement {
    static let sql = "SELECT reserved, committed, accrued, ordered FROM coordination.budget_line_v1 WHERE line = $1"
    let line: String
    func bind(into parameters: inout Parameters) { parameters.add(line) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [Int64] {
        [try row.int64(0), try row.int64(1), try row.int64(2), try row.int64(3)]
    }
}

private struct ProjectsDigest: Statement {
    static let sql = """
        SELECT concat_ws(E'\\n',
            (SELECT string_agg(t::text, ' ' ORDER BY project_code) FROM projects.project t),
            (SELECT string_agg(t::text, ' ' ORDER BY household_id, module_code) FROM projects.participant t),
            (SELECT string_agg(t::text, ' ' ORDER BY purchase_order_id) FROM projects.purchase_order t),
            (SELECT string_agg(t::text, ' ' ORDER BY project_code) FROM projects.instalment_project t),
            (SELECT count(*)::text FROM coordination.budget_posting))
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

private struct StoreProgramme: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('haku_winay', 1, 'productive_project', $1, 'test')
        """
    let definition: [UInt8]
    func bind(into parameters: inout Parameters) { parameters.addJSON(definition) }
}

private let programme = CoordinationV1.ProgrammeDefinition(
    code: "haku_winay", name: "Haku Wiñay", ministry: "MIDIS", kind: .productiveProject, currency: "PEN",
    project: .init(
        unitCostMinor: 600_000, instalmentSharesHundredths: [4_000, 3_000, 3_000],
        modules: [
            .init(code: "guinea_pig", name: "Cuyes", unitCostMinor: 120_000),
            .init(code: "hen", name: "Gallinas", unitCostMinor: 90_000),
        ]))

private let registry = """
    INSERT INTO coordination.territory (territory_code, name, level, parent_code, department_code) VALUES
        ('06', 'Cajamarca', 1, NULL, '06'), ('0601', 'Cajamarca', 2, '06', '06'), ('060101', 'Cajamarca', 3, '0601', '06'),
        ('21', 'Puno', 1, NULL, '21'), ('2101', 'Puno', 2, '21', '21'), ('210101', 'Puno', 3, '2101', '21');
    INSERT INTO coordination.household (household_id, residence_since, poverty_class, territory_code) VALUES
        (1001, '2015-01-01', 1, '060101'), (1002, '2015-01-01', 1, '060101'), (1003, '2015-01-01', 2, '060101'),
        (2001, '2015-01-01', 1, '210101'), (2002, '2015-01-01', 1, '210101')
    """

/// Runs the body with the fixture's services working.
func withProjects(_ body: @Sendable (ProjectsFixture) async throws -> Void) async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        try await pool.script(registry)
        try await pool.execute(StoreProgramme(definition: programme.json()))
        try await MethodCatalog.publish(AllMethods.all, pool)
        let person = try await database.person("ana")
        let fixture = ProjectsFixture(
            database: database, pool: pool, operators: ConnectionPool(person, size: 2), ana: QueueClient(person))
        var projects = Router()
        ProjectsService.register(on: &projects)
        var coordination = Router()
        CoordinationService.register(on: &coordination)
        let workers = [("projects", projects), ("coordination", coordination)].map { name, router in
            Worker(service: name, router: router, configuration: database.configuration(as: "puente_\(name)"))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { try await worker.run() } }
            try await body(fixture)
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
        await fixture.ana.close()
        await fixture.operators.close()
        await pool.close()
    }
}

/// Takes the waiting calls of a method out of the queue.
struct LoseCalls: Statement {
    static let sql = """
        DELETE FROM rpc.ready USING rpc.method AS named
        WHERE ready.method_id = named.method_id AND named.name = $1 RETURNING call_id
        """
    let method: String
    func bind(into parameters: inout Parameters) { parameters.add(method) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
