import Contracts
import Queue
import TestSupport

/// From every state some command leads on: everything that was begun comes to its end, or is taken back.
extension Adversary {
    /// Rounds after which a run has come to its end.
    private static let bound = 40

    func finish() async throws {
        for service in Move.Service.allCases { site.start(service) }
        var open: [String] = []
        for round in 1...Self.bound {
            try await site.quiet(dueWithin: 20, for: .seconds(15))
            tell("finish \(round): \(try await refused { try await continuePayments() })")
            tell(try await refused { try await settleOddities() })
            _ = try bankTakesUp()
            _ = bankWorks(finishing: true)
            for index in bank.messages.indices where bank.messages[index].delivery != .taken {
                tell(try await refused { try await deliver(index) })
            }
            open = []
            for cycle in AdversaryModel.cycles.indices {
                let before = story.count
                let outcome = try await refused { try await lead(cycle) }
                if outcome != "ended" { open.append("\(AdversaryModel.cycles[cycle].code): \(outcome)") }
                tell("\(AdversaryModel.cycles[cycle].code): \(outcome)")
                precondition(story.count > before)
            }
            try await check()
            if open.isEmpty { return try await checkEnd() }
        }
        var seen: [String] = []
        for cycle in AdversaryModel.cycles.indices {
            if let status = try await status(cycle) { seen.append("\(status)") }
        }
        throw Violation("no way on after \(Self.bound) rounds: \(open)\n\(seen.joined(separator: "\n"))")
    }

    /// Leads the latest run of a cycle on; `ended` where nothing is to be done any more.
    private func lead(_ cycle: Int) async throws -> String {
        guard let status = try await status(cycle) else { return "ended" }
        switch status.state {
        case "sent", "closed":
            let outcome = try await reconcile(cycle)
            return outcome == "closed" ? "ended" : outcome
        case "withdrawn", "empty": return "ended"
        default: return try await advance(cycle)
        }
    }
}
