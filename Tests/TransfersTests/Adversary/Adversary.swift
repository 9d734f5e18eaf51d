import Contracts
import Foundation
import Postgres
import Queue
import TestSupport
import TransfersService

/// Plays the moves of a seed against a site, and looks after each whether anything is as it must not be.
final class Adversary {
    typealias Move = AdversaryMove

    let site: AdversarySite
    let moves: AdversaryMoves
    var model: AdversaryModel
    var bank = AdversaryBank()
    /// For what the bank decides and how messages are mutilated.
    var generator: SeededGenerator
    /// Cycles by the key of their payments.
    private(set) var keys: [String: Int] = [:]
    /// The moves so far, each with what came of it.
    private(set) var story: [String] = []
    /// The database was set back, and was not yet told what it forgot.
    var hasForgotten = false
    /// How far each message was delivered when the database was copied, and what was imported.
    var copied: (deliveries: [String: AdversaryBank.Message.Delivery], model: AdversaryModel)?
    /// Counts what needs a number of its own.
    var counter = 0

    init(_ site: AdversarySite, _ moves: AdversaryMoves) {
        self.site = site
        self.moves = moves
        model = AdversaryModel(seed: moves.seed)
        generator = SeededGenerator(seed: moves.seed &+ 7_919)
    }

    /// Fills the database, and starts the services.
    func begin() async throws {
        try await site.watcher.script(RunPopulation.script(households: AdversaryModel.households))
        try await site.watcher.script(AdversaryModel.laterEvidence)
        let programme = String(decoding: model.programme.json(), as: UTF8.self).replacing("'", with: "''")
        try await site.watcher.script(
            """
            INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
            VALUES ('juntos', 1, 'conditional_transfer', '\(programme)', 'test');
            SELECT transfers.notice_restore();
            """)
        try await MethodCatalog.publish(AllMethods.all, site.watcher)
        for cycle in AdversaryModel.cycles.indices {
            let code = AdversaryModel.cycles[cycle].code
            let key = try await site.rows("SELECT transfers.payment_key('juntos', '\(code)')")
            keys[key[0]] = cycle
        }
        for service in Move.Service.allCases { site.start(service) }
        if model.scheme != "standard" { try await loadScheme() }
        _ = try await call(.ana, CoordinationV1.Budget.openLines, .init(lines: model.lines), .coordination)
    }

    private func loadScheme() async throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../deploy/programmes/\(model.scheme)/budget_scheme.json")
        let definition = try CoordinationV1.BudgetScheme(json: [UInt8](Data(contentsOf: path)))
        _ = try await call(.ana, CoordinationV1.Budget.loadScheme, definition, .coordination)
    }

    /// Plays all moves.
    func play() async throws {
        for move in moves.list {
            story.append(move.text)
            let outcome = try await refused { try await play(move) }
            story[story.count - 1] += " → \(outcome)"
            try await check()
        }
    }

    /// Adds to the story what was done beside the moves.
    func tell(_ text: String) { story.append(text) }

    /// Looks whether anything is as it must not be.
    func check() async throws {
        try await learnDeliveries()
        let checks = AdversaryChecks(model: model, bank: bank, keys: keys, hasForgotten: hasForgotten)
        try await checks.check(site)
        if let defect = site.unexpected.lines.first {
            throw Violation("a service met what it does not know: \(defect)")
        }
    }

    /// A refusal is an answer; what is no refusal is a fault.
    func refused(_ body: () async throws -> String) async throws -> String {
        do {
            return try await body()
        } catch let error as RPCError {
            switch error.code {
            case .failedPrecondition, .notFound, .invalidArgument, .permissionDenied, .alreadyExists, .aborted,
                .unavailable, .deadlineExceeded, .cancelled:
                return error.description
            default: throw Violation("\(error)")
            }
        }
    }

    /// Makes a call in somebody's name.
    @discardableResult
    func call<Request: Message, Response: Message>(
        _ person: Move.Person, _ method: Contracts.Method<Request, Response>, _ request: Request,
        _ service: Move.Service = .transfers
    ) async throws -> Response {
        try await site.client(person).call(method, request, site.options(service))
    }

    /// A number that was not given before.
    func fresh() -> Int {
        counter += 1
        return counter
    }

    /// What people can see of the latest run of a cycle; nil where there is none.
    func status(_ cycle: Int) async throws -> TransfersV1.RunStatus? {
        do {
            return try await call(
                .ana, TransfersV1.Payments.status,
                .init(programme: "juntos", cycle: AdversaryModel.cycles[cycle].code))
        } catch let error as RPCError where error.code == .notFound {
            return nil
        }
    }

    /// The state of a fiscal year, as its lines say.
    func yearState(_ year: Int) async throws -> String {
        try await site.rows("SELECT DISTINCT year_state FROM coordination.budget_line_v1 WHERE fiscal_year = \(year)")
            .first ?? "open"
    }

    /// The day on which the run of a cycle pays: in the next year where its own takes nothing new.
    func payDay(_ cycle: Int) async throws -> String {
        try await yearState(2024) == "open" ? AdversaryModel.cycles[cycle].payOn : AdversaryModel.payNextYear
    }
}
