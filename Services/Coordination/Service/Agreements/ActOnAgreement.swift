import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Signs, activates, suspends, resumes, ends and overrides. What the ledger does is in the same transaction.
struct ActOnAgreement: Handler {
    static let method = CoordinationV1.Agreements.act

    func handle(
        _ request: CoordinationV1.AgreementAct, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.AgreementReply {
        guard let stored = try await call.transaction.queryOne(LockAgreement(agreement: request.agreement)),
            let state = AgreementState(rawValue: stored.state)
        else {
            throw RPCError.notFound("there is no agreement \(request.agreement)")
        }
        var act = AgreementInHand(
            request: request, stored: stored, latest: try .init(json: stored.latest),
            binding: try stored.binding.map { (json) throws(RPCError) in try .init(json: json) },
            today: try await call.transaction.queryOne(DatabaseDay()) ?? 0)
        act.lapsed = act.standing(try await call.transaction.query(LapsedConditions(agreement: request.agreement)))
        let situation = AgreementSituation(
            state, isPending: stored.inForce != stored.version, conditions: Int32(act.inForce.releaseConditions.count),
            lapsed: Set(act.lapsed.keys))
        let next: AgreementState
        switch situation.after(
            request.action, condition: request.condition, by: act.speaking.standing(of: call.info.caller),
            hasReason: !request.reason.isEmpty)
        {
        case .success(let state): next = state
        case .failure(let refusal): throw act.error(refusal)
        }
        var reply = CoordinationV1.AgreementReply(
            agreement: request.agreement, state: state.name, version: stored.version)
        try await perform(act, &reply, call)
        guard reply.missingSignatures.isEmpty, reply.shortfalls.isEmpty else { return reply }
        _ = try await call.transaction.execute(
            StoreAgreement(
                agreement: request.agreement, state: next, version: stored.version,
                inForce: request.action == .activate ? stored.version : stored.inForce))
        reply.lapsedConditions = act.lapsed(after: request.action).sorted { $0.key < $1.key }.map(\.value)
        reply.state = next.name
        reply.done = true
        return reply
    }

    /// What the act does besides moving the state. A reply with missing signatures or shortfalls says it is not done.
    private func perform(
        _ act: AgreementInHand, _ reply: inout CoordinationV1.AgreementReply, _ call: borrowing CallContext
    ) async throws {
        let request = act.request
        switch request.action {
        case .sign:
            guard request.version == 0 || request.version == act.stored.version else {
                throw RPCError.failedPrecondition(
                    "version \(act.stored.version) was proposed since version \(request.version); read it, then sign")
            }
            try await sign("terms", act.stored.version, act.latest, act, call)
            try await act.record("sign", act.stored.version, call)
        case .activate: try await activate(act, &reply, call)
        case .suspend, .resume:
            let body = request.condition == 0 ? "" : act.inForce.releaseConditions[Int(request.condition) - 1]
            let records = act.lapsed.isEmpty && request.action == .resume
            if !records {
                _ = try await call.transaction.execute(
                    StoreCondition(
                        agreement: request.agreement, version: act.versionInForce, condition: request.condition,
                        body: body, holds: request.action == .resume, recordedBy: call.info.caller,
                        reason: request.reason))
            }
            try await act.decide(
                request.action == .suspend ? "suspend" : "resume", act.versionInForce, [call.info.caller], call)
        case .end: try await end(act, &reply, call)
        case .override:
            try await override(act, call)
        case .unspecified: break
        }
    }

    private func sign(
        _ kind: String, _ version: Int32, _ terms: CoordinationV1.AgreementTerms, _ act: AgreementInHand,
        _ call: borrowing CallContext
    ) async throws {
        _ = try await call.transaction.execute(
            StoreSignature(
                agreement: act.request.agreement, version: version, act: kind, signedBy: call.info.caller,
                party: terms.party(of: call.info.caller) ?? ""))
    }

    private func activate(
        _ act: AgreementInHand, _ reply: inout CoordinationV1.AgreementReply, _ call: borrowing CallContext
    ) async throws {
        if let refusal = act.latest.refusal(on: act.day) { throw act.error(refusal) }
        let signers = try await call.transaction.query(
            Signers(agreement: act.request.agreement, version: act.stored.version, act: "terms"))
        // An amendment also needs the quorum of the parties of the text that it replaces.
        let missing =
            act.latest.missingSignatures(signedBy: Set(signers))
            + (act.binding?.missingSignatures(signedBy: Set(signers)) ?? [])
        reply.missingSignatures = Set(missing).sorted()
        guard missing.isEmpty else { return }
        let unknown = try await call.transaction.query(UnknownProgrammes(programmes: act.latest.programmes))
        guard unknown.isEmpty else {
            throw RPCError.failedPrecondition(
                "no programme \(unknown.joined(separator: ", ")) is loaded: the agreement could not act on it")
        }
        reply.shortfalls = try await EarmarkChange(
            agreement: act.request.agreement, version: act.stored.version, earmarks: act.latest.earmarks
        ).post(call)
        guard reply.shortfalls.isEmpty else { return }
        try await act.decide(act.binding == nil ? "activate" : "amend", act.stored.version, signers, call)
    }

    /// Before it is in force a deciding member withdraws it; afterwards every party agrees with its quorum.
    private func end(
        _ act: AgreementInHand, _ reply: inout CoordinationV1.AgreementReply, _ call: borrowing CallContext
    ) async throws {
        guard let binding = act.binding else {
            return try await act.decide("end", act.stored.version, [call.info.caller], call)
        }
        try await sign("end", act.versionInForce, binding, act, call)
        let signers = try await call.transaction.query(
            Signers(agreement: act.request.agreement, version: act.versionInForce, act: "end"))
        reply.missingSignatures = binding.missingSignatures(signedBy: Set(signers))
        guard reply.missingSignatures.isEmpty else {
            return try await act.record("agree_to_end", act.versionInForce, call)
        }
        try await EarmarkReturn(agreement: act.request.agreement).post(call)
        try await act.decide("end", act.versionInForce, signers, call)
    }

    private func override(_ act: AgreementInHand, _ call: borrowing CallContext) async throws {
        guard let household = Int64(act.request.subject), household > 0 else {
            throw RPCError.invalidArgument("subject: an override names a household by its number")
        }
        guard try await call.transaction.queryOne(HouseholdExists(household: household)) == true else {
            throw RPCError.notFound("household \(household) is not in the registry")
        }
        let stored = try await call.transaction.execute(
            StoreOverride(
                agreement: act.request.agreement, version: act.versionInForce, signedBy: call.info.caller,
                subject: String(household), reason: act.request.reason, callId: call.info.id))
        guard stored == 1 else {
            throw RPCError.alreadyExists("an override for household \(household) is signed already")
        }
        try await act.decide("override", act.versionInForce, [call.info.caller], call)
    }
}
