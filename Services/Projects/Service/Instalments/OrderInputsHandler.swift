import Contracts
import Postgres
import ProjectsDomain
import Queue

/// Plans an instalment and asks the ledger to reserve, commit and order it, all or nothing. Asking again tells where the
/// instalment is, and tries again when money was lacking.
struct OrderInputsHandler: Handler {
    static let method = ProjectsV1.Projects.orderInputs

    func handle(
        _ request: ProjectsV1.OrderInputsRequest, _ call: borrowing CallContext
    ) async throws -> ProjectsV1.OrderInputsReply {
        let key = InstalmentKey(request)
        guard let json = try await call.transaction.queryOne(FindDefinition(programme: key.programme)) else {
            throw RPCError.notFound("no productive programme \(key.programme) is loaded")
        }
        let definition = try CoordinationV1.ProgrammeDefinition(json: json)
        let rules: ProjectRules
        do {
            rules = try ProjectRules(definition.project)
            _ = try rules.part(of: rules.unitCostMinor, instalment: Int(key.instalment))
        } catch {
            throw RPCError.failedPrecondition(error.description)
        }
        try await call.transaction.execute(
            OpenInstalment(key: key, requestedBy: call.info.caller, currency: definition.currency))
        guard let current = try await call.transaction.queryOne(LockInstalment(key: key)) else {
            throw RPCError.internal("an instalment disappeared")
        }
        if current.state.canBePlanned {
            try await plan(key, attempt: current.attempt + 1, by: rules, currency: definition.currency, call)
        }
        return try await status(of: key, in: call.transaction)
    }

    private func plan(
        _ key: InstalmentKey, attempt: Int32, by rules: ProjectRules, currency: String, _ call: borrowing CallContext
    ) async throws {
        try await call.transaction.execute(ForgetOrders(key: key))
        try await call.transaction.execute(ForgetPlan(key: key))
        try await call.transaction.execute(ForgetShortfalls(key: key))
        try await call.transaction.execute(DecideStarts(key: key, attempt: attempt))
        try await call.transaction.execute(MarkStarts(key: key, attempt: attempt))
        let rolls = try await call.transaction.query(FindRolls(key: key))
        let plans = try await makePlans(rolls, key, by: rules, in: call.transaction)
        var move = MoveInstalment(
            key: key, state: .empty, attempt: attempt, currency: currency, requestedBy: call.info.caller)
        guard !plans.isEmpty else {
            _ = try await call.transaction.execute(move)
            return
        }
        if let foreign = rolls.first(where: { $0.lineCurrency != nil && $0.lineCurrency != currency }) {
            throw RPCError.failedPrecondition("the budget line \(foreign.line ?? "") is not in \(currency)")
        }
        let missing = missingLines(rolls, plans, key)
        if !missing.isEmpty {
            try await call.transaction.executeMany(
                missing.sorted { $0.key < $1.key }.map { StoreShortfall(key: key, line: $0.key, minor: $0.value) })
            move = MoveInstalment(
                key: key, state: .awaitingBudget, attempt: attempt,
                problem: "budget lines are missing; open them and appropriate money", currency: currency,
                requestedBy: call.info.caller)
            _ = try await call.transaction.execute(move)
            return
        }
        let lines = rolls.map { $0.line ?? "" }
        try await call.transaction.executeMany(
            zip(plans, lines).map { StorePlan(key: key, plan: $0, line: $1) })
        try await call.transaction.executeMany(
            plans.flatMap { plan in
                plan.purchaseOrders.map { StoreOrder(project: plan.project, instalment: key.instalment, order: $0) }
            })
        move = MoveInstalment(
            key: key, state: .reserving, attempt: attempt, currency: currency, requestedBy: call.info.caller)
        try await call.transaction.execute(move)
        var draw = EarmarkDraw()
        let batch = zip(plans, rolls).flatMap { plan, roll in
            postings(
                for: plan, line: roll.line ?? "", earmark: roll.earmark?.agreement ?? "",
                drawn: draw.draw(plan.commitMinor, from: roll.earmark), currency, key)
        }
        try await call.send(
            CoordinationV1.Budget.post, .init(mode: .atomic, postings: batch),
            then: ProjectsV1.Projects.budgetAnswered,
            state: ProjectsV1.InstalmentAttempt(
                programme: key.programme, fiscalYear: key.fiscalYear, instalment: key.instalment, attempt: attempt),
            CallOptions(
                idempotencyKey: "\(key.programme)/\(key.fiscalYear)/\(key.instalment)/\(attempt)", waitForReady: true))
    }

    private func makePlans(
        _ rolls: [RollRow], _ key: InstalmentKey, by rules: ProjectRules, in transaction: borrowing Transaction
    ) async throws -> [InstalmentPlan] {
        let counts = try await transaction.query(
            FindModuleCounts(programme: key.programme, instalment: key.instalment))
        let modules = Dictionary(grouping: counts, by: \.project)
        do {
            return try rolls.map { row in
                let roll = ProjectRoll(
                    project: row.project, households: row.households, committedMinor: row.committedMinor,
                    modules: (modules[row.project] ?? []).map(\.count))
                return try InstalmentPlan(roll, instalment: Int(key.instalment), by: rules)
            }
        } catch let fault as ProjectFault {
            throw RPCError.failedPrecondition(fault.description)
        }
    }

    /// What lines that do not exist would have to hold, under the codes that they would have.
    private func missingLines(
        _ rolls: [RollRow], _ plans: [InstalmentPlan], _ key: InstalmentKey
    ) -> [String: Int64] {
        var missing: [String: Int64] = [:]
        for (roll, plan) in zip(rolls, plans) where roll.line == nil {
            let name = "no line \(key.fiscalYear)-…-\(key.programme)-\(roll.department)"
            missing[name, default: 0] += max(plan.commitMinor, plan.orderMinor)
        }
        return missing
    }

    /// The postings of one project, in the order of the stages. Their identifiers name project and instalment, so a
    /// repeated call posts nothing twice. What is drawn comes from the agreement's earmark, the rest from what the line
    /// has available.
    private func postings(
        for plan: InstalmentPlan, line: String, earmark: String, drawn: Int64, _ currency: String, _ key: InstalmentKey
    ) -> [CoordinationV1.Posting] {
        let steps: [(kind: CoordinationV1.PostingKind, name: String, amount: Int64, source: String)] = [
            (.reserve, "earmark", drawn, "agreement/\(earmark)"),
            (.reserve, "reserve", plan.commitMinor - drawn, ""), (.commit, "commit", plan.commitMinor, ""),
            (.accrue, "accrue", plan.orderMinor, ""), (.order, "order", plan.orderMinor, ""),
        ]
        return steps.filter { $0.amount > 0 }.map { step in
            .init(
                postingId: "\(plan.project)/\(key.instalment)/\(step.name)", kind: step.kind, line: line,
                amountMinor: step.amount, document: plan.project,
                description:
                    "\(key.programme) \(key.fiscalYear), instalment \(key.instalment): \(plan.households) households",
                sourceDocument: step.source, currency: currency)
        }
    }
}

extension InstalmentKey {
    init(_ request: ProjectsV1.OrderInputsRequest) {
        self.init(
            programme: request.programme, fiscalYear: request.fiscalYear, instalment: request.instalment)
    }
}

/// Where an instalment is, for a caller.
func status(
    of key: InstalmentKey, in transaction: borrowing Transaction
) async throws -> ProjectsV1.OrderInputsReply {
    guard var reply = try await transaction.queryOne(FindInstalment(key: key)) else {
        throw RPCError.notFound(
            "instalment \(key.instalment) of \(key.programme) \(key.fiscalYear) was never asked for")
    }
    reply.shortfalls = try await transaction.query(FindShortfalls(key: key))
    return reply
}
