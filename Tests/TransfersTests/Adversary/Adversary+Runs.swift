import Contracts
import Queue
import TestSupport

/// What people do to runs.
extension Adversary {
    /// Starts a run; what is found to be odd about it is accepted, or left.
    func run(_ cycle: Int, isSupplementary: Bool, accepts: Bool, by person: Move.Person) async throws -> String {
        var request = TransfersV1.RunRequest(
            programme: "juntos", cycle: AdversaryModel.cycles[cycle].code, payOn: try await payDay(cycle),
            supplementary: isSupplementary)
        var reply = try await call(person, TransfersV1.Payments.run, request)
        if reply.runId.isEmpty, accepts {
            request.accepted = reply.findings.filter { $0.weight == .odd }.map {
                .init(code: $0.code, reason: "a test")
            }
            reply = try await call(person, TransfersV1.Payments.run, request)
        }
        return reply.runId.isEmpty ? "not started: \(reply.findings.map(\.code))" : reply.status?.state ?? "started"
    }

    func review(_ cycle: Int) async throws -> String {
        guard let status = try await status(cycle) else { return "no run" }
        let review = try await call(.beto, TransfersV1.Payments.review, .init(runId: status.runId))
        let sum = review.departments.reduce(0) { $0 + $1.totalMinor }
        let decides = ["freezing", "verifying", "withdrawing", "withdrawn", "empty"]
        guard let seen = review.status, sum == seen.totalMinor || decides.contains(seen.state) else {
            throw Violation("what is reviewed does not add up: \(review)")
        }
        return "\(review.departments.count) departments"
    }

    /// The person who started the run, and who states another total, are refused.
    func approve(_ cycle: Int, isStale: Bool = false, by person: Move.Person) async throws -> String {
        guard let status = try await status(cycle) else { return "no run" }
        let isFirst = status.requestedBy.hasSuffix("_\(person)")
        let after = try await call(
            person, TransfersV1.Payments.approve,
            .init(runId: status.runId, expectedTotalMinor: status.totalMinor + (isStale ? 1 : 0)))
        if status.state == "awaiting_approval", isFirst || isStale {
            throw Violation("approved \(isFirst ? "by who started it" : "with a stale total"): \(after)")
        }
        return after.state
    }

    func refuse(_ cycle: Int, by person: Move.Person) async throws -> String {
        guard let status = try await status(cycle) else { return "no run" }
        let after = try await call(
            person, TransfersV1.Payments.refuse, .init(runId: status.runId, reason: "something is wrong"))
        guard !status.requestedBy.hasSuffix("_\(person)") else {
            throw Violation("refused by who started it: \(after)")
        }
        return after.state
    }

    func withdraw(_ cycle: Int) async throws -> String {
        guard let status = try await status(cycle) else { return "no run" }
        return try await call(
            .eva, TransfersV1.Payments.withdraw, .init(runId: status.runId, reason: "a mistake")
        ).state
    }

    func resume(_ cycle: Int) async throws -> String {
        guard let status = try await status(cycle) else { return "no run" }
        return try await call(.ana, TransfersV1.Payments.resume, .init(runId: status.runId)).state
    }

    func reconcile(_ cycle: Int) async throws -> String {
        guard let status = try await status(cycle) else { return "no run" }
        let verdict = try await call(.ana, TransfersV1.Payments.reconcile, .init(runId: status.runId))
        return verdict.closed ? "closed" : "\(verdict)"
    }

    /// What a person does next who reads the status of the latest run.
    func advance(_ cycle: Int) async throws -> String {
        if hasForgotten, generator.once(in: 2) { return "recover: \(try await recover())" }
        return try await goOn(cycle)
    }

    /// The same, without a look at what a restored database forgot.
    func goOn(_ cycle: Int) async throws -> String {
        guard let status = try await status(cycle) else {
            let isOpen = try await open(cycle)
            return "\(isOpen); \(try await run(cycle, isSupplementary: false, accepts: true, by: .ana))"
        }
        switch status.state {
        case "awaiting_budget": return try await fund(status)
        case "awaiting_approval":
            return try await approve(cycle, by: status.requestedBy.hasSuffix("_beto") ? .ana : .beto)
        case "empty", "withdrawn":
            return try await run(cycle, isSupplementary: status.kind == "supplementary", accepts: true, by: .ana)
        case "sent", "closed":
            _ = try bankTakesUp()
            _ = bankWorks()
            let next = bank.messages.firstIndex { $0.delivery != .taken }
            return next == nil ? try await reconcile(cycle) : try await deliver(next!)
        default:
            if status.moves { return try await wait() }
            return try await call(.ana, TransfersV1.Payments.resume, .init(runId: status.runId)).state
        }
    }

    /// Gives the lines of a run that waits for budget what all households can be owed, or takes it back where its year is over.
    func fund(_ status: TransfersV1.RunStatus) async throws -> String {
        let year = try await yearState(Int(status.fiscalYear))
        // What takes up files that the bank has goes on in its own year, which is opened again.
        if year == "closing", status.kind == "recovered" {
            return try await call(
                .ana, CoordinationV1.Budget.closeYear, .init(fiscalYear: status.fiscalYear, step: .reopen),
                .coordination
            ).state
        }
        guard year == "open" else {
            return try await call(
                .eva, TransfersV1.Payments.withdraw, .init(runId: status.runId, reason: "the year is over")
            ).state
        }
        for (index, line) in model.lines.enumerated() where line.fiscalYear == status.fiscalYear {
            _ = try await post(index, minor: AdversaryModel.cycleMinor)
        }
        return try await call(.ana, TransfersV1.Payments.resume, .init(runId: status.runId)).state
    }
}
