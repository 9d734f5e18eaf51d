import Contracts
import LedgerConversation
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
            throw RPCError.failedPrecondition(error.sentence)
        }
        try await call.transaction.execute(
            OpenInstalment(key: key, requestedBy: call.info.caller, currency: definition.currency))
        guard let current = try await call.transaction.queryOne(LockInstalment(key: key)) else {
            throw RPCError.internal("an instalment disappeared")
        }
        switch current.state {
        case .ordered: break
        case .reserving:
            // The answer may have been lost: what was asked is asked again as it was.
            try await Ledger.askAgain(document: key.document, call)
        case .awaitingBudget, .empty:
            try await planOrAskAgain(key, current.attempt, by: rules, currency: definition.currency, call)
        }
        return try await InstalmentReading.read(key, in: call.transaction)
    }

    /// Plans anew, unless it is not known whether the last attempt was posted: then that is asked first.
    private func planOrAskAgain(
        _ key: InstalmentKey, _ attempt: Int32, by rules: ProjectRules, currency: String, _ call: borrowing CallContext
    ) async throws {
        let asked = try await Ledger.list(document: key.document, call.transaction)
        if let unknown = asked.first(where: { $0.generation == attempt && $0.state == .unanswered }) {
            try await call.transaction.execute(MoveInstalment(key: key, state: .reserving, attempt: attempt))
            try await Ledger.askAgain(unknown.requestId, call)
            return
        }
        try await plan(key, attempt: attempt + 1, by: rules, currency: currency, call)
    }

    private func plan(
        _ key: InstalmentKey, attempt: Int32, by rules: ProjectRules, currency: String, _ call: borrowing CallContext
    ) async throws {
        try await call.transaction.execute(ForgetObstacles(key: key))
        try await call.transaction.execute(DecideStarts(key: key, attempt: attempt, claims: StartClaim.all))
        try await call.transaction.execute(MarkStarts(key: key, attempt: attempt))
        let rule = try await call.transaction.queryOne(FindLineRule(programme: key.programme)) ?? LineRule()
        let rolls = try await call.transaction.query(FindRolls(key: key, currency: currency, rule: rule))
        let plans = try await makePlans(rolls, key, by: rules, in: call.transaction)
        func move(_ state: InstalmentState) -> MoveRequestedInstalment {
            MoveRequestedInstalment(
                key: key, state: state, attempt: attempt, currency: currency, requestedBy: call.info.caller)
        }
        guard !plans.isEmpty else {
            _ = try await call.transaction.execute(move(.empty))
            return
        }
        let draft = InstalmentPostings(key: key, currency: currency, rolls: rolls, plans: plans)
        let obstacles = draft.obstacles
        guard obstacles.isEmpty else {
            try await call.transaction.executeMany(obstacles.map { StoreObstacle(key: key, found: $0) })
            _ = try await call.transaction.execute(move(.awaitingBudget))
            return
        }
        try await call.transaction.executeMany(
            zip(plans, rolls).map { StorePlan(key: key, attempt: attempt, plan: $0, line: $1.lines[0]) })
        try await call.transaction.executeMany(
            plans.flatMap { plan in
                plan.purchaseOrders.map { StoreOrder(key: key, attempt: attempt, project: plan.project, order: $0) }
            })
        try await call.transaction.execute(move(.reserving))
        try await Ledger.ask(draft.request(attempt: attempt), call)
    }

    private func makePlans(
        _ rolls: [FindRolls.Row], _ key: InstalmentKey, by rules: ProjectRules, in transaction: borrowing Transaction
    ) async throws -> [InstalmentPlan] {
        let counts = try await transaction.query(FindModuleCounts(key: key))
        let modules = Dictionary(grouping: counts, by: \.project)
        do {
            return try rolls.map { row in
                let roll = ProjectRoll(
                    project: row.project, households: row.households, committedMinor: row.committedMinor,
                    modules: (modules[row.project] ?? []).map(\.count))
                return try InstalmentPlan(roll, instalment: Int(key.instalment), by: rules)
            }
        } catch let fault as ProjectFault {
            throw RPCError.failedPrecondition(fault.sentence)
        }
    }

}

extension InstalmentKey {
    init(_ request: ProjectsV1.OrderInputsRequest) {
        self.init(
            programme: request.programme, fiscalYear: request.fiscalYear, instalment: request.instalment)
    }
}
