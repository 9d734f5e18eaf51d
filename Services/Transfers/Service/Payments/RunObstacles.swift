import Contracts
import LedgerConversation
import Postgres
import TransfersDomain

/// Says what keeps a run from going on, and whether anything of it is on its way: what was asked of the ledger, and the calls
/// of its chunks.
enum RunObstacles {
    static func read(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> (obstacles: [TransfersV1.Obstacle], moves: Bool) {
        switch run.state {
        case .freezing, .verifying, .ordering, .writing:
            let calls = try await transaction.query(ListChunkCalls(runNumber: run.runNumber))
            let moves = calls.contains(where: \.isAlive)
            // Calls that came while payments are paused have ended: they rest until somebody says go on.
            if run.state == .ordering || run.state == .writing, try await PaymentPauseReading.isPaused(transaction) {
                let pause = try await PaymentPauseReading.read(transaction)
                return ([TransfersV1.Obstacle(kind: "paused", detail: pause.cause, message: pause.details)], moves)
            }
            var obstacles = distinct(calls.compactMap(obstacle))
            if obstacles.contains(where: { $0.kind.hasPrefix("outbox_") }) {
                let directory = try await transaction.queryOne(FindOutboxTrouble()) ?? ""
                for index in obstacles.indices where obstacles[index].kind.hasPrefix("outbox_") {
                    obstacles[index].detail = directory
                }
            }
            return (obstacles, moves)
        case .reserving, .committing, .withdrawing:
            let (lost, moves) = try await unanswered(run, transaction)
            return (try await refusals(run, transaction) + lost, moves)
        case .awaitingBudget:
            let lines = try await lineObstacles(run, transaction)
            let refused = try await refusals(run, transaction)
            // Where the ledger refused, it says itself what is missing.
            let lacking = refused.isEmpty ? try await shortfalls(run, transaction) : []
            return (lines + refused + lacking, false)
        case .withdrawn:
            return (try await refusals(run, transaction).filter { $0.request.contains("/release-") }, false)
        case .awaitingApproval, .sent, .closed, .empty: return ([], false)
        }
    }

    /// One of those that say the same.
    private static func distinct(_ obstacles: [TransfersV1.Obstacle]) -> [TransfersV1.Obstacle] {
        var said: Set<String> = []
        return obstacles.filter { said.insert([$0.kind, $0.detail, $0.message].joined(separator: "\n")).inserted }
    }

    /// What a call of a chunk says about itself; nil when it only waits or works.
    private static func obstacle(_ call: ChunkCall) -> TransfersV1.Obstacle? {
        var obstacle = TransfersV1.Obstacle(
            detail: call.status.map { (StatusCode(rawValue: Int($0)) ?? .unknown).name.lowercased() } ?? "",
            request: call.callId.map(String.init) ?? "", message: call.message ?? "")
        // What kept the outbox from being written to is named whether the call is tried again or was given up.
        let outbox = call.message.flatMap(OutboxTrouble.init(message:))?.obstacle
        switch call.state {
        case "dead", "ended": obstacle.kind = outbox ?? "call_ended"
        case "forgotten": obstacle.kind = "call_forgotten"
        case _ where call.status != nil: obstacle.kind = outbox ?? "call_failing"
        default: return nil
        }
        return obstacle
    }

    /// Requests whose call was lost, and whether any other is on its way.
    private static func unanswered(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> ([TransfersV1.Obstacle], moves: Bool) {
        let calls = try await transaction.query(ListLedgerCalls(document: run.document))
        let lost = calls.filter { !$0.isAlive }.map {
            TransfersV1.Obstacle(kind: "ledger_unanswered", detail: "lost", request: $0.requestId)
        }
        return (lost, calls.contains(where: \.isAlive))
    }

    /// What the ledger refused, line by line, and what it did not answer.
    private static func refusals(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.Obstacle] {
        let refused = try await Ledger.refusals(document: run.document, transaction).map {
            TransfersV1.Obstacle(
                kind: "ledger", detail: $0.code, lines: [$0.line], shortfallMinor: $0.shortfallMinor,
                request: $0.requestId)
        }
        let named = Set(refused.map(\.request))
        let others = try await Ledger.list(document: run.document, transaction).compactMap {
            request -> TransfersV1.Obstacle? in
            switch request.state {
            case .refused where !named.contains(request.requestId):
                TransfersV1.Obstacle(kind: "ledger", detail: request.code ?? "", request: request.requestId)
            case .unanswered:
                TransfersV1.Obstacle(
                    kind: "ledger_unanswered", detail: request.code ?? "", request: request.requestId)
            case .refused, .asked, .posted: nil
            }
        }
        return refused + others
    }

    /// Departments without a line of their own, with everything that the line was looked up by.
    private static func lineObstacles(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.Obstacle] {
        let found = try await transaction.query(ListLineObstacles(runNumber: run.runNumber))
        guard !found.isEmpty else { return [] }
        let dimensions = try await RunBudget.dimensions(of: run, transaction)
        return found.map { line in
            TransfersV1.Obstacle(
                kind: ["several_lines": "lines_several", "other_currency": "line_other_currency"][line.obstacle]
                    ?? "line_missing",
                detail: line.department, lines: line.candidates, shortfallMinor: line.amountMinor,
                dimensions: dimensions.named(department: line.department))
        }
    }

    /// What lines lack that have no reservation to be refused.
    private static func shortfalls(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.Obstacle] {
        try await transaction.query(ListShortfalls(runNumber: run.runNumber)).map {
            TransfersV1.Obstacle(kind: "budget_short", lines: [$0.line], shortfallMinor: $0.shortfallMinor)
        }
    }
}

extension LineDimensions {
    /// The dimensions by name, as a person can look for them; those that may be anything are left out.
    func named(department: String) -> [String: String] {
        [
            "programme": programme, "fiscal_year": String(fiscalYear), "currency": currency, "territory": department,
            "fund": fund, "ministry": ministry,
        ].filter { !$0.value.isEmpty }
    }
}
