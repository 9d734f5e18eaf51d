import Contracts
import CoordinationDomain
import Postgres
import Queue
import Vocabulary

/// Forms working groups. The same members again change nothing; others are a new version, and the old one stays readable.
struct FormGroup: Handler {
    static let method = CoordinationV1.Agreements.formGroup

    func handle(
        _ request: CoordinationV1.WorkingGroup, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.GroupReply {
        let stored = try await call.transaction.queryOne(LockGroup(group: request.group))
        let before = try stored.map { row throws(RPCError) in try CoordinationV1.WorkingGroup(json: row.formation) }
        if before == request { return .init() }
        if let fault = request.formationFault(before: before, by: call.info.caller) {
            let isForbidden = before != nil || fault.pattern.hasPrefix("nobody")
            throw isForbidden ? RPCError.permissionDenied(fault) : RPCError.invalidArgument(fault)
        }
        let version = (stored?.version ?? 0) + 1
        _ = try await call.transaction.execute(StoreGroup(group: request.group, version: version))
        _ = try await call.transaction.execute(
            StoreGroupVersion(
                group: request.group, version: version, formation: request.json(), formedBy: call.info.caller))
        return .init(id: Int64(version), changed: 1)
    }
}

/// Records what groups say, propose and decide.
struct RecordOfGroup: Handler {
    static let method = CoordinationV1.Agreements.record

    func handle(
        _ request: CoordinationV1.GroupRecord, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.GroupReply {
        guard let stored = try await call.transaction.queryOne(LockGroup(group: request.group)) else {
            throw RPCError.notFound("there is no working group \(request.group)")
        }
        let group = try CoordinationV1.WorkingGroup(json: stored.formation)
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
        case .decision: return try await decide(request, group, call)
        }
    }

    private func decide(
        _ request: CoordinationV1.GroupRecord, _ group: CoordinationV1.WorkingGroup, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.GroupReply {
        if let fault = group.decisionFault(by: request.decidedBy, recordedBy: call.info.caller) {
            throw RPCError.failedPrecondition(fault)
        }
        guard let due = CalendarDate(iso8601: request.dueOn), !request.owner.isEmpty, !request.grounds.isEmpty
        else {
            throw RPCError.invalidArgument(
                "a decision needs its grounds, an owner and a day by which it is executed")
        }
        guard try await call.transaction.queryOne(IsOperator(name: request.owner)) == true else {
            throw RPCError.invalidArgument("owner: there is no operator \(request.owner)")
        }
        if !request.escalatesTo.isEmpty,
            try await call.transaction.queryOne(IsOperator(name: request.escalatesTo)) != true
        {
            throw RPCError.invalidArgument("escalatesTo: there is no operator \(request.escalatesTo)")
        }
        guard request.escalatesAfterDays >= 0 else {
            throw RPCError.invalidArgument("escalatesAfterDays cannot be negative")
        }
        let present = Set(request.decidedBy).union([call.info.caller]).sorted()
        let id = try await call.transaction.queryOne(
            StoreDecision(
                subject: "group/\(request.group)", body: request.body, grounds: request.grounds, decidedBy: present,
                owner: request.owner, dueOn: due.daysSinceEpoch2000,
                escalatesTo: request.escalatesTo.isEmpty ? present : [request.escalatesTo],
                escalatesAfterDays: request.escalatesAfterDays))
        return .init(id: id ?? 0, changed: 1)
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
            let found = try await call.transaction.queryOne(FindDecision(decision: request.decisionId))
            guard let found else { throw RPCError.notFound("there is no decision \(request.decisionId)") }
            throw found.isExecuted
                ? RPCError.failedPrecondition("decision \(request.decisionId) is executed already")
                : RPCError.permissionDenied("decision \(request.decisionId) is \(found.owner)'s to execute")
        }
        return .init(id: request.decisionId, changed: 1)
    }
}
