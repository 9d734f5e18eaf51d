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
        let latest = try CoordinationV1.AgreementTerms(json: stored.latest)
        let binding = try stored.binding.map { (json) throws(RPCError) in try CoordinationV1.AgreementTerms(json: json)
        }
        let speaking = request.action == .sign || request.action == .activate ? latest : binding ?? latest
        let isPending = stored.inForce != stored.version
        let next: AgreementState
        switch stateAfter(
            request.action, in: state, isPending: isPending, by: speaking.standing(of: call.info.caller),
            hasReason: !request.reason.isEmpty)
        {
        case .success(let state): next = state
        case .failure(let refusal): throw Self.error(refusal, request)
        }
        var reply = CoordinationV1.AgreementReply(
            agreement: request.agreement, state: state.name, version: stored.version)
        var inForce = stored.inForce
        switch request.action {
        case .sign:
            _ = try await call.transaction.execute(
                StoreSignature(
                    agreement: request.agreement, version: stored.version, signedBy: call.info.caller,
                    party: latest.party(of: call.info.caller) ?? ""))
        case .activate:
            try await activate(request, stored, latest, binding, &reply, call)
            guard reply.missingSignatures.isEmpty, reply.shortfalls.isEmpty else { return reply }
            inForce = stored.version
        case .end:
            try await giveBack(request, call)
        case .override:
            _ = try await call.transaction.execute(
                StoreOverride(
                    agreement: request.agreement, signedBy: call.info.caller, subject: request.subject,
                    reason: request.reason))
        case .suspend, .resume, .unspecified: break
        }
        _ = try await call.transaction.execute(
            StoreAgreement(agreement: request.agreement, state: next, version: stored.version, inForce: inForce))
        _ = try await call.transaction.execute(
            StoreAgreementEvent(
                agreement: request.agreement, version: stored.version, action: "\(request.action)",
                doneBy: call.info.caller, reason: request.reason, callId: call.info.id))
        reply.state = next.name
        reply.done = true
        return reply
    }

    /// Activation is refused without the quorum of every party, or without every earmark reserved. An amendment also
    /// needs the quorum of the parties of the text it replaces.
    private func activate(
        _ request: CoordinationV1.AgreementAct, _ stored: LockAgreement.Row, _ latest: CoordinationV1.AgreementTerms,
        _ binding: CoordinationV1.AgreementTerms?, _ reply: inout CoordinationV1.AgreementReply,
        _ call: borrowing CallContext
    ) async throws {
        let signers = Set(
            try await call.transaction.query(Signers(agreement: request.agreement, version: stored.version)))
        let missing =
            latest.missingSignatures(signedBy: signers) + (binding?.missingSignatures(signedBy: signers) ?? [])
        reply.missingSignatures = Set(missing).sorted()
        guard missing.isEmpty else { return }
        let bound = try await call.transaction.query(BoundMoney(agreement: request.agreement))
        var before: [String: Int64] = [:]
        for money in bound { before[money.line] = money.earmarked }
        var changes: [(line: String, amount: Int64)] = latest.earmarks.map {
            ($0.line, $0.amountMinor - (before.removeValue(forKey: $0.line) ?? 0))
        }
        changes += before.map { ($0.key, -$0.value) }
        let postings = changes.filter { $0.amount != 0 }.enumerated().map { index, change in
            CoordinationV1.Posting(
                postingId: "agreement/\(request.agreement)/\(stored.version)/\(index)",
                kind: change.amount > 0 ? .reserve : .release, line: change.line, amountMinor: abs(change.amount),
                document: "agreement/\(request.agreement)", stage: change.amount > 0 ? "" : BudgetStage.reserved.name,
                description: "earmark of the agreement")
        }
        if !postings.isEmpty {
            let rows = try await call.transaction.query(
                PostBatch(
                    mode: .atomic, remembersRefusals: false, actor: call.info.caller, callId: call.info.id,
                    postings: postings))
            let settled: Set<String> = [PostingCode.posted.rawValue, PostingCode.groupRefused.rawValue]
            reply.shortfalls = PostHandler.reply(rows, .atomic, balances: []).results.filter {
                !settled.contains($0.code)
            }
            guard reply.shortfalls.isEmpty else { return }
        }
        _ = try await call.transaction.execute(
            ReplaceEarmarks(agreement: request.agreement, earmarks: latest.earmarks))
    }

    /// What nobody has drawn on becomes available again.
    private func giveBack(_ request: CoordinationV1.AgreementAct, _ call: borrowing CallContext) async throws {
        let left = try await call.transaction.query(BoundMoney(agreement: request.agreement)).filter { $0.left > 0 }
        guard !left.isEmpty else { return }
        let rows = try await call.transaction.query(
            PostBatch(
                mode: .atomic, remembersRefusals: false, actor: call.info.caller, callId: call.info.id,
                postings: left.enumerated().map { index, money in
                    .init(
                        postingId: "agreement/\(request.agreement)/end/\(index)", kind: .release, line: money.line,
                        amountMinor: money.left, document: "agreement/\(request.agreement)",
                        stage: BudgetStage.reserved.name, description: "the agreement ends")
                }))
        if let refused = rows.first(where: { $0.code != PostingCode.posted.rawValue }) {
            throw RPCError.failedPrecondition("the earmark of \(refused.line) cannot be given back: \(refused.code)")
        }
    }

    private static func error(
        _ refusal: AgreementRefusal, _ request: CoordinationV1.AgreementAct
    ) -> RPCError {
        switch refusal {
        case .notAMember: .permissionDenied("you are not a member of a party to \(request.agreement)")
        case .mayNotDecide:
            .permissionDenied("your membership in \(request.agreement) is to inform and be informed, not to decide")
        case .wrongState(let state): .failedPrecondition("\(request.agreement) is \(state.name)")
        case .reasonMissing: .invalidArgument("say why")
        }
    }
}
