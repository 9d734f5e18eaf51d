import Contracts
import Postgres
import ProjectsDomain
import Queue

/// Takes the ledger's answer: everything is ordered, or the instalment awaits its budget.
struct BudgetAnsweredHandler: Handler {
    static let method = ProjectsV1.Projects.budgetAnswered

    func handle(
        _ request: RPCV1.Continuation, _ call: borrowing CallContext
    ) async throws -> CommonV1.Empty {
        let asked = try ProjectsV1.InstalmentAttempt(json: request.stateJson)
        let key = InstalmentKey(
            programme: asked.programme, fiscalYear: asked.fiscalYear, instalment: asked.instalment)
        guard let current = try await call.transaction.queryOne(LockInstalment(key: key)),
            current.state == .reserving, current.attempt == asked.attempt
        else {
            // An answer that was taken before.
            return .init()
        }
        guard request.status == StatusCode.ok.rawValue else {
            try await call.transaction.execute(
                MoveInstalment(
                    key: key, state: .awaitingBudget, attempt: asked.attempt,
                    problem: "the ledger did not answer: \(request.message)"))
            return .init()
        }
        let reply = try CoordinationV1.PostReply(json: request.replyJson)
        if reply.applied {
            try await call.transaction.execute(MarkProjectsOrdered(key: key))
            try await call.transaction.execute(MarkOrdersOrdered(key: key))
            try await call.transaction.execute(
                MoveInstalment(key: key, state: .ordered, attempt: asked.attempt))
        } else {
            try await refuse(reply, key, asked.attempt, call)
        }
        return .init()
    }

    private func refuse(
        _ reply: CoordinationV1.PostReply, _ key: InstalmentKey, _ attempt: Int32, _ call: borrowing CallContext
    ) async throws {
        var shortfalls: [String: Int64] = [:]
        for result in reply.results where result.shortfallMinor > 0 {
            shortfalls[result.line, default: 0] += result.shortfallMinor
        }
        try await call.transaction.executeMany(
            shortfalls.sorted { $0.key < $1.key }.map { StoreShortfall(key: key, line: $0.key, minor: $0.value) })
        let codes = Set(reply.results.map(\.code)).subtracting(["posted", "group_refused"]).sorted()
        let problem =
            codes == ["agreement_suspended"]
            ? "an agreement is suspended: nothing new is committed for its projects until its conditions hold again"
            : "the ledger refused: \(codes.joined(separator: ", "))"
        try await call.transaction.execute(
            MoveInstalment(key: key, state: .awaitingBudget, attempt: attempt, problem: problem))
    }
}

/// Tells where an instalment is.
struct StatusHandler: Handler {
    static let method = ProjectsV1.Projects.status

    func handle(
        _ request: ProjectsV1.OrderInputsRequest, _ call: borrowing CallContext
    ) async throws -> ProjectsV1.OrderInputsReply {
        try await status(of: InstalmentKey(request), in: call.transaction)
    }
}
