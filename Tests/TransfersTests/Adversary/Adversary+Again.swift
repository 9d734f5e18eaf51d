import Contracts
import Queue
import TestSupport

/// What happens after files are with the bank: what is odd, what is open again, and what is given back.
extension Adversary {
    /// Settles what is odd by its proposal: what can be taken is taken, by another person than who imported it.
    func settleOddities() async throws -> String {
        let odd = try await call(.eva, TransfersV1.Bank.odd, .init()).oddities
        var done: [String] = []
        // What was unknown when it came is imported again once it is known.
        for one in odd where one.proposal != "recover" {
            let decision = one.canBeTaken && one.proposal.hasPrefix("take") ? "take" : "pass"
            let settled = try await refused {
                _ = try await self.call(
                    .eva, TransfersV1.Bank.settle,
                    .init(numbers: [one.number], decision: decision, reason: "as proposed"))
                return decision
            }
            done.append("\(one.code): \(settled)")
        }
        return done.isEmpty ? "nothing is odd" : done.joined(separator: "; ")
    }

    /// What is open in a cycle, by what it waits for.
    func openPayments(_ cycle: Int) async throws -> [TransfersV1.OpenPayment] { try await open(of: cycle).payments }

    /// The same, summed.
    func groups(_ cycle: Int) async throws -> [TransfersV1.OpenGroup] { try await open(of: cycle).groups }

    private func open(of cycle: Int) async throws -> TransfersV1.OpenPaymentsReply {
        try await call(
            .ana, TransfersV1.OpenPayments.list,
            .init(programme: "juntos", cycle: AdversaryModel.cycles[cycle].code, limit: 1_000))
    }

    /// Gives back what one household waits for; who proposed it cannot confirm it.
    func giveBack(_ cycle: Int) async throws -> String {
        guard let open = try await openPayments(cycle).first else { return "nothing is open" }
        let made = try await call(
            .ana, TransfersV1.Proposals.make,
            .init(
                kind: "give_back", programme: "juntos", cycle: AdversaryModel.cycles[cycle].code,
                reason: "the household has moved away", households: [open.householdId]))
        try await mustBeRefused("confirmed by who proposed it") {
            _ = try await self.call(.ana, TransfersV1.Proposals.decide, .init(number: made.number, confirm: true))
        }
        let household = Int(open.householdId - RunPopulation.householdId(0))
        model.mayBeGivenBack.insert([cycle, household])
        return try await call(.beto, TransfersV1.Proposals.decide, .init(number: made.number, confirm: true)).state
    }

    /// Mends what keeps open payments from being paid again; whether any is ready then.
    func mend(_ cycle: Int) async throws -> Bool {
        for open in try await openPayments(cycle) {
            let household = Int(open.householdId - RunPopulation.householdId(0))
            switch open.waitsFor {
            case "repair": _ = try await importAccounts(household, 1)
            // A restore has forgotten the account that the payment came back from.
            case "account_missing" where open.cause != "no_account": _ = try await importAccounts(household, 1)
            case "terminal", "check":
                _ = try await call(
                    .ana, TransfersV1.OpenPayments.settle,
                    .init(
                        programme: "juntos", cycle: AdversaryModel.cycles[cycle].code, households: [open.householdId],
                        reason: "the office has looked"))
            default: break
            }
        }
        return try await openPayments(cycle).contains { $0.waitsFor == "ready" }
    }

    func mustBeRefused(_ what: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch is RPCError {
            return
        }
        throw Violation(what)
    }
}
