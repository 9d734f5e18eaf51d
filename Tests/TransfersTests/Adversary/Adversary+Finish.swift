import Contracts
import Queue
import TestSupport

/// From every state some command leads on: everything that was begun comes to its end, or is taken back.
extension Adversary {
    /// Rounds after which everything has come to its end.
    private static let bound = 40

    func finish() async throws {
        for service in Move.Service.allCases { site.start(service) }
        var open: [String] = []
        for round in 1...Self.bound {
            try await site.quiet(dueWithin: 20, for: .seconds(15))
            tell("finish \(round)")
            open = try await leadEverythingOn()
            try await check()
            if open.isEmpty { return try await checkEnd() }
        }
        var seen: [String] = []
        for cycle in AdversaryModel.cycles.indices {
            for run in try await runs(of: cycle) {
                seen.append("\(try await call(.ana, TransfersV1.Payments.status, .init(runId: run.id)))")
            }
        }
        throw Violation("no way on after \(Self.bound) rounds: \(open)\n\(seen.joined(separator: "\n"))")
    }

    /// One round of what people and the bank do when nobody disturbs them; answers what is not at its end.
    private func leadEverythingOn() async throws -> [String] {
        _ = try bankTakesUp()
        _ = bankWorks(finishing: true)
        if hasForgotten {
            // A person looks again as long as something changes.
            var seen = ""
            for _ in 0..<4 {
                let outcome = try await refused { try await self.recover() }
                tell("recover: \(outcome)")
                guard hasForgotten, outcome != seen else { break }
                seen = outcome
                try await site.quiet()
            }
        } else {
            tell("continue: \(try await refused { try await self.continuePayments() })")
        }
        for index in bank.messages.indices where bank.messages[index].delivery != .taken {
            tell(try await refused { try await self.deliver(index) })
        }
        tell("odd: \(try await refused { try await self.settleOddities() })")
        var open: [String] = []
        for cycle in AdversaryModel.cycles.indices {
            let outcome = try await refused { try await self.lead(cycle) }
            tell("\(AdversaryModel.cycles[cycle].code): \(outcome)")
            if outcome != "ended" { open.append("\(AdversaryModel.cycles[cycle].code): \(outcome)") }
        }
        return hasForgotten ? open + ["the database has forgotten payments"] : open
    }

    /// A run of a cycle, as a superuser sees it.
    struct KnownRun {
        let id: String
        let kind: String
        let state: String
    }

    /// The runs of a cycle, the latest last.
    func runs(of cycle: Int) async throws -> [KnownRun] {
        try await site.rows(
            """
            SELECT run.run_id || ' ' || run.kind || ' ' || run.state
            FROM transfers.payment_run AS run JOIN transfers.cycle AS cycle USING (cycle_id)
            WHERE cycle.code = '\(AdversaryModel.cycles[cycle].code)' AND cycle.state <> 'void' ORDER BY run.sequence
            """
        ).map {
            let parts = $0.split(separator: " ").map(String.init)
            return KnownRun(id: parts[0], kind: parts[1], state: parts[2])
        }
    }

    /// Leads a cycle on; `ended` where nothing is to be done any more.
    private func lead(_ cycle: Int) async throws -> String {
        let runs = try await runs(of: cycle)
        if runs.contains(where: { !["sent", "closed", "withdrawn", "empty"].contains($0.state) }) {
            return try await goOn(cycle)
        }
        // A cycle without a run that is with the bank owes nothing.
        guard runs.contains(where: { $0.state == "sent" || $0.state == "closed" }) else { return "ended" }
        if try await groups(cycle).contains(where: { $0.waitsFor == "undecided" }) {
            return "the rest: \(try await run(cycle, isSupplementary: false, accepts: true, by: .ana))"
        }
        if try await mend(cycle) {
            return "supplementary: \(try await run(cycle, isSupplementary: true, accepts: true, by: .ana))"
        }
        var open: [String] = []
        for run in runs where run.state == "sent" || run.state == "closed" {
            let verdict = try await call(.ana, TransfersV1.Payments.reconcile, .init(runId: run.id))
            if !verdict.closed { open.append("\(verdict)") }
        }
        if !open.isEmpty { open += try await openPayments(cycle).map { "waits: \($0)" } }
        return open.isEmpty ? "ended" : open.joined(separator: "; ")
    }
}
