import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Forms working groups.
struct FormGroup: Handler {
    static let method = CoordinationV1.Agreements.formGroup

    func handle(
        _ request: CoordinationV1.WorkingGroup, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.GroupReply {
        guard !request.group.isEmpty, !request.members.isEmpty else {
            throw RPCError.invalidArgument("a group needs a code and members")
        }
        let changed = try await call.transaction.execute(StoreGroup(group: request))
        return .init(changed: Int32(changed))
    }
}

/// Records what groups say, propose and decide.
struct RecordOfGroup: Handler {
    static let method = CoordinationV1.Agreements.record

    func handle(
        _ request: CoordinationV1.GroupRecord, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.GroupReply {
        guard let json = try await call.transaction.queryOne(GroupMembers(group: request.group)) else {
            throw RPCError.notFound("there is no working group \(request.group)")
        }
        let group = try CoordinationV1.WorkingGroup(json: json)
        guard group.members.contains(where: { $0.`operator` == call.info.caller }) else {
            throw RPCError.permissionDenied("you are not a member of \(request.group)")
        }
        switch request.kind {
        case .unspecified: throw RPCError.invalidArgument("say whether it is minutes, a proposal or a decision")
        case .minutes, .proposal:
            let id = try await call.transaction.queryOne(
                StoreGroupRecord(
                    group: request.group, kind: request.kind == .minutes ? "minutes" : "proposal", body: request.body,
                    recordedBy: call.info.caller))
            return .init(id: id ?? 0, changed: 1)
        case .decision:
            if let fault = group.decisionFault(by: request.decidedBy, recordedBy: call.info.caller) {
                throw RPCError.failedPrecondition(fault)
            }
            guard let due = CalendarDate(iso8601: request.dueOn), !request.owner.isEmpty, !request.grounds.isEmpty
            else {
                throw RPCError.invalidArgument(
                    "a decision needs its grounds, an owner and a day by which it is executed")
            }
            let deciding = Set(group.members.filter(\.decides).map(\.`operator`))
            let present = Set(request.decidedBy).union([call.info.caller]).intersection(deciding).sorted()
            let id = try await call.transaction.queryOne(
                StoreDecision(
                    subject: request.group, body: request.body, grounds: request.grounds, decidedBy: present,
                    owner: request.owner, dueOn: due.daysSinceEpoch2000))
            return .init(id: id ?? 0, changed: 1)
        }
    }
}

/// Marks decisions as executed: only by their owner, or by whom they were handed to.
struct ExecuteDecision: Handler {
    static let method = CoordinationV1.Agreements.execute

    func handle(
        _ request: CoordinationV1.ExecuteDecision, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.GroupReply {
        let changed = try await call.transaction.execute(
            StoreExecution(
                decision: request.decisionId, executedBy: call.info.caller,
                call: request.callId == 0 ? call.info.id : request.callId))
        guard changed == 1 else {
            throw RPCError.failedPrecondition("decision \(request.decisionId) is not yours to execute, or is executed")
        }
        return .init(id: request.decisionId, changed: 1)
    }
}

/// Hands overdue decisions on.
struct EscalateDecisions: Handler {
    static let method = CoordinationV1.Agreements.escalate

    func handle(
        _ request: CoordinationV1.EscalateOverdue, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.GroupReply {
        guard !request.to.isEmpty else { throw RPCError.invalidArgument("say to whom") }
        return .init(changed: Int32(try await call.transaction.execute(StoreEscalation(to: request.to))))
    }
}
