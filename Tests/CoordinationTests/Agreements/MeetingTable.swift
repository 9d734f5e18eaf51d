import Contracts
import CoordinationService
import Postgres
import Queue
import TestSupport

/// The coordination service at work, and people who may call it.
struct MeetingTable: Sendable {
    let database: TestDatabase
    let pool: ConnectionPool
    let people: [String: QueueClient]
    /// What a person's database role begins with.
    let prefix: String

    static let patient = CallOptions(waitForReady: true)

    /// Proposes terms.
    @discardableResult
    func propose(
        _ person: String, _ terms: CoordinationV1.AgreementTerms, amends: Bool = false
    ) async throws -> CoordinationV1.AgreementReply {
        try await people[person]!.call(
            CoordinationV1.Agreements.propose,
            .init(terms: terms, amends: amends, reason: amends ? "more places" : ""), Self.patient)
    }

    /// Does an act to the sample agreement.
    @discardableResult
    func act(
        _ person: String, _ action: CoordinationV1.AgreementAction, reason: String = "", condition: Int32 = 0,
        subject: String = "", version: Int32 = 0, withdraws: CoordinationV1.AgreementAction = .unspecified,
        agreement: String = "juntos-haku-2024"
    ) async throws -> CoordinationV1.AgreementReply {
        try await people[person]!.call(
            CoordinationV1.Agreements.act,
            .init(
                agreement: agreement, action: action, reason: reason, subject: subject, condition: condition,
                version: version, withdraws: withdraws), Self.patient)
    }

    /// The code with which an act is refused; nil when it is not.
    func refusal(
        _ person: String, _ action: CoordinationV1.AgreementAction, reason: String = "", condition: Int32 = 0,
        subject: String = "", version: Int32 = 0, withdraws: CoordinationV1.AgreementAction = .unspecified,
        agreement: String = "juntos-haku-2024"
    ) async throws -> StatusCode? {
        do {
            try await act(
                person, action, reason: reason, condition: condition, subject: subject, version: version,
                withdraws: withdraws, agreement: agreement)
            return nil
        } catch let error as RPCError {
            return error.code
        }
    }

    /// Opens line L1 with money.
    func openLine(
        _ line: String = "L1", _ minor: Int64 = 100_000, year: Int32 = 2024, scheme: String = ""
    ) async throws {
        _ = try await people["ana"]!.call(
            CoordinationV1.Budget.openLines,
            .init(lines: [
                .init(
                    line: line, fiscalYear: year, fund: "RO", ministry: "MIDIS", programme: "haku_winay",
                    territory: "06", currency: "PEN", scheme: scheme)
            ]), Self.patient)
        guard minor > 0 else { return }
        _ = try await post("open-\(line)", .appropriate, minor, "", line: line)
    }

    /// Posts one thing; returns its code.
    func post(
        _ id: String, _ kind: CoordinationV1.PostingKind, _ amount: Int64, _ document: String, source: String = "",
        line: String = "L1", stage: String = "", reverses: String = ""
    ) async throws -> String {
        let posting = CoordinationV1.Posting(
            postingId: id, kind: kind, line: line, amountMinor: amount, document: document, stage: stage,
            reverses: reverses, sourceDocument: source, currency: "PEN")
        let reply = try await people["ana"]!.call(
            CoordinationV1.Budget.post, .init(mode: .atomic, postings: [posting]), Self.patient)
        return reply.results.first?.code ?? ""
    }

    /// Previews, closes or seals 2024.
    @discardableResult
    func closeYear(_ step: CoordinationV1.CloseYearStep) async throws -> CoordinationV1.CloseYearReply {
        try await people["ana"]!.call(
            CoordinationV1.Budget.closeYear, .init(fiscalYear: 2024, step: step), Self.patient)
    }

    /// Puts the sample agreement in force.
    func activate(_ terms: CoordinationV1.AgreementTerms) async throws {
        try await propose("ana", terms)
        try await act("ana", .sign)
        try await act("carla", .sign)
        try await act("ana", .activate)
    }

    /// The rows of a query, each as one text.
    func rows(_ query: String) async throws -> [String] { try await pool.texts(of: query) }

    /// Lets the service look at the calendar, and waits until it has.
    func keepTime() async throws {
        let caller = QueueClient(database.configuration(as: "puente_coordination"))
        let call = try await caller.send(CoordinationV1.Agreements.keepTime, .init(), Self.patient)
        _ = try await caller.reply(to: call, of: CoordinationV1.Agreements.keepTime)
        await caller.close()
    }
}

private let registry = """
    INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by) VALUES
        ('juntos', 1, 'conditional_transfer', '{}', 'test'), ('haku_winay', 1, 'productive_project', '{}', 'test');
    INSERT INTO coordination.territory (territory_code, name, level, parent_code, department_code) VALUES
        ('06', 'Cajamarca', 1, NULL, '06'), ('0601', 'Cajamarca', 2, '06', '06'), ('060101', 'Cajamarca', 3, '0601', '06');
    INSERT INTO coordination.household (household_id, residence_since, poverty_class, territory_code) VALUES
        (1001, '2015-01-01', 1, '060101'), (1002, '2015-01-01', 2, '060101')
    """

/// Runs the body with the service working and five people: ana (decides for MIDIS), beto (informed), carla (decides for
/// FONCODES), zoe (nobody to the agreement), and dora, whom the sample terms do not name.
func withTable(_ body: @Sendable (MeetingTable) async throws -> Void) async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        try await pool.script(registry)
        try await MethodCatalog.publish(AllMethods.all, pool)
        var people: [String: QueueClient] = [:]
        for name in ["ana", "beto", "carla", "dora", "zoe"] {
            people[name] = QueueClient(try await database.person(name))
        }
        var router = Router()
        CoordinationService.register(on: &router)
        let worker = Worker(
            service: "coordination", router: router, configuration: database.configuration(as: "puente_coordination"))
        let table = MeetingTable(database: database, pool: pool, people: people, prefix: "\(database.name)_")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            try await body(table)
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
        for client in people.values { await client.close() }
        await pool.close()
    }
}
