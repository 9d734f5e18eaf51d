import Contracts
import Queue
import TestSupport

/// Copies of the database, and what follows when one takes its place: the outbox and the bank are further than it is.
extension Adversary {
    func snapshot() async throws -> String {
        try await learnDeliveries()
        try await site.snapshot()
        copied = (Dictionary(uniqueKeysWithValues: bank.messages.map { ($0.id, $0.delivery) }), model)
        return "done"
    }

    func restore() async throws -> String {
        guard let copied else { return "no copy" }
        try await site.restore()
        model = model.forgetting(since: copied.model)
        for index in bank.messages.indices {
            bank.messages[index].delivery = copied.deliveries[bank.messages[index].id] ?? .never
        }
        hasForgotten = true
        _ = try bankTakesUp()
        return try await refused { try await self.recover() }
    }

    /// What `puente payments recover` says, followed once. Payments go on once nothing is left but files that their runs
    /// write again, or that wait for the bank's answers.
    func recover() async throws -> String {
        let seen = try await call(.ana, TransfersV1.Outbox.compare, .init())
        guard !seen.files.isEmpty else {
            if try await knowsEveryPayment() { hasForgotten = false }
            let outcome = hasForgotten ? "agrees, and orders are missing" : "agrees"
            return "\(outcome); \(try await refused { try await self.continuePayments() })"
        }
        if Set(seen.files.map(\.state)).isSubset(of: ["same_again", "previous_open", "run_moves"]) {
            _ = try await refused { try await self.continuePayments() }
        }
        var done: [String] = []
        var taken: Set<String> = []
        for file in seen.files {
            // The files of one run are taken up together; sometimes a person forgets one.
            if file.state == "take_up" || file.state == "run_or_take_up" {
                let run = file.entry?.runId ?? ""
                guard taken.insert(run).inserted else { continue }
                var names = seen.files.filter { $0.entry?.runId == run && $0.state == file.state }.map(\.name)
                if names.count > 1, generator.once(in: 8) { names.removeLast() }
                let outcome = try await refused { try await self.takeUp(names) }
                done.append("\(names) \(file.state): \(outcome)")
                continue
            }
            let outcome = try await refused { try await self.recover(file) }
            done.append("\(file.name) \(file.state): \(outcome)")
            // What was said of the other files was said with the run that is taken back now: a person looks again.
            if outcome == "withdrawn" { break }
        }
        return done.joined(separator: "; ")
    }

    private func recover(_ file: TransfersV1.ComparedFile) async throws -> String {
        let cycle = AdversaryModel.cycles.firstIndex { $0.code == file.entry?.cycle }
        switch file.state {
        case "cycle_missing":
            guard let cycle else { return "no cycle" }
            return try await open(cycle)
        case "other_run", "already_ordered":
            guard let cycle else { return "no cycle" }
            return try await withdraw(cycle)
        case "same_again":
            guard let cycle else { return "no cycle" }
            return try await goOn(cycle)
        case "proposed":
            return try await call(.beto, TransfersV1.Proposals.decide, .init(number: file.proposal, confirm: true))
                .state
        default: return "left"
        }
    }

    private func takeUp(_ names: [String]) async throws -> String {
        let made = try await call(
            .ana, TransfersV1.Proposals.make,
            .init(kind: "take_up", reason: "the database was restored", files: names))
        return try await call(.beto, TransfersV1.Proposals.decide, .init(number: made.number, confirm: true)).state
    }

    private func knowsEveryPayment() async throws -> Bool {
        let known = Set(try await AdversaryChecks.orders(site).map(\.reference))
        return bank.payments.allSatisfy { known.contains($0.endToEndID) }
    }
}
