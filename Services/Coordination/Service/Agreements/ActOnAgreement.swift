import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Signs, activates, suspends, resumes, ends, overrides and takes signatures back. What the ledger does is in the same transaction.
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
        func next(hasQuorum: Bool) throws(RPCError) -> AgreementState {
            switch situation.after(
                request.action, condition: request.condition, by: act.speaking.standing(of: call.info.caller),
                hasReason: !request.reason.isEmpty, hasQuorum: hasQuorum)
            {
            case .success(let state): return state
            case .failure(let refusal): throw act.error(refusal)
            }
        }
        _ = try next(hasQuorum: true)
        var reply = CoordinationV1.AgreementReply(agreement: request.agreement, version: stored.version)
        try await perform(act, &reply, call)
        let hasQuorum = request.action == .sign || reply.missingSignatures.isEmpty
        guard hasQuorum, reply.shortfalls.isEmpty else {
            reply.state = try next(hasQuorum: false).name
            return reply
        }
        let after = try next(hasQuorum: true)
        _ = try await call.transaction.execute(
            StoreAgreement(
                agreement: request.agreement, state: after, version: stored.version,
                inForce: request.action == .activate ? stored.version : stored.inForce))
        reply.lapsedConditions = act.lapsed(after: request.action).sorted { $0.key < $1.key }.map(\.value)
        reply.state = after.name
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
            reply.missingSignatures = try await missingForTheText(act, call).missing
        case .activate: try await activate(act, &reply, call)
        case .suspend, .resume: try await signMotion(act, &reply, call)
        case .end: try await end(act, &reply, call)
        case .override:
            try await override(act, call)
        case .withdraw: try await withdraw(act, call)
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
        let (signers, missing) = try await missingForTheText(act, call)
        reply.missingSignatures = missing
        guard missing.isEmpty else { return }
        let unknown = try await call.transaction.query(UnknownProgrammes(programmes: act.latest.programmes))
        guard unknown.isEmpty else {
            throw RPCError.failedPrecondition(
                "no programme \(unknown.joined(separator: ", ")) is loaded: the agreement could not act on it")
        }
        reply.shortfalls = try await EarmarkChange(
            agreement: act.request.agreement, version: act.stored.version, earmarks: act.latest.earmarks,
            currency: act.latest.currency
        ).post(call)
        guard reply.shortfalls.isEmpty else { return }
        try await act.decide(act.binding == nil ? "activate" : "amend", act.stored.version, signers, call)
    }

    /// Who has signed the latest text, and who still has to: an amendment also needs the quorum of the parties of the text
    /// that it replaces.
    private func missingForTheText(
        _ act: AgreementInHand, _ call: borrowing CallContext
    ) async throws -> (signers: [String], missing: [CoordinationV1.MissingSignatures]) {
        let signers = try await call.transaction.query(
            Signers(agreement: act.request.agreement, version: act.stored.version, act: "terms"))
        var missing = act.latest.missingSignatures(signedBy: Set(signers))
        for old in act.binding?.missingSignatures(signedBy: Set(signers)) ?? []
        where !missing.contains(where: { $0.institution == old.institution }) {
            missing.append(old)
        }
        return (signers, missing.sorted { $0.institution < $1.institution })
    }

    /// Signs that a condition has lapsed or holds again. It counts when it is carried: a lapse by the quorum of one party, that
    /// it holds again by the quorum of every party.
    private func signMotion(
        _ act: AgreementInHand, _ reply: inout CoordinationV1.AgreementReply, _ call: borrowing CallContext
    ) async throws {
        let request = act.request
        let resumes = request.action == .resume
        let kind = resumes ? "resume" : "suspend"
        let body = request.condition == 0 ? "" : act.inForce.releaseConditions[Int(request.condition) - 1]
        let motion = try await call.transaction.queryOne(
            OpenMotion(
                agreement: request.agreement, version: act.versionInForce, kind: kind, condition: request.condition,
                body: body, openedBy: call.info.caller))
        guard let motion else { throw RPCError.internal("a motion was not kept") }
        _ = try await call.transaction.execute(
            StoreMotionSignature(
                motion: motion, signedBy: call.info.caller, party: act.inForce.party(of: call.info.caller) ?? "",
                reason: request.reason))
        let signers = try await call.transaction.query(MotionSigners(motion: motion))
        reply.missingSignatures =
            resumes
            ? act.inForce.missingSignatures(signedBy: Set(signers))
            : act.inForce.missingSignaturesToSuspend(signedBy: Set(signers))
        guard reply.missingSignatures.isEmpty else {
            return try await act.record("agree_to_\(kind)", act.versionInForce, call)
        }
        _ = try await call.transaction.execute(CarryMotion(motion: motion))
        // A text without the condition that had lapsed is resumed as a whole: there is nothing to record about it.
        if !(resumes && act.lapsed.isEmpty) {
            _ = try await call.transaction.execute(
                StoreCondition(
                    agreement: request.agreement, version: act.versionInForce, condition: request.condition,
                    body: body, holds: resumes, recordedBy: call.info.caller, reason: request.reason, motion: motion))
        }
        try await act.decide(kind, act.versionInForce, signers, call)
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

    /// Takes the caller's own signature back, which waits for others.
    private func withdraw(_ act: AgreementInHand, _ call: borrowing CallContext) async throws {
        let (code, caller) = (act.request.agreement, call.info.caller)
        func signature(_ kind: String, _ version: Int32) async throws -> Int {
            try await call.transaction.execute(
                WithdrawSignature(agreement: code, version: version, act: kind, signedBy: caller))
        }
        func motion(_ kind: String) async throws -> Int {
            try await call.transaction.execute(
                WithdrawMotionSignature(
                    agreement: code, version: act.versionInForce, kind: kind, condition: act.request.condition,
                    signedBy: caller))
        }
        let (what, version, withdrawn) =
            switch act.request.withdraws {
            case .sign: ("sign", act.stored.version, try await signature("terms", act.stored.version))
            case .suspend: ("suspend", act.versionInForce, try await motion("suspend"))
            case .resume: ("resume", act.versionInForce, try await motion("resume"))
            case .end: ("end", act.versionInForce, try await signature("end", act.versionInForce))
            case .activate, .override, .withdraw, .unspecified:
                throw RPCError.invalidArgument("withdraws: say which signature: to sign, suspend, resume or end")
            }
        guard withdrawn == 1 else {
            throw RPCError.failedPrecondition("you have no such signature under \(code) that waits for others")
        }
        try await act.record("withdraw_\(what)", version, call)
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
