import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Proposes agreements and amendments. The same terms again change nothing.
struct ProposeAgreement: Handler {
    static let method = CoordinationV1.Agreements.propose

    func handle(
        _ request: CoordinationV1.AgreementProposal, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.AgreementReply {
        guard let terms = request.terms else { throw RPCError.invalidArgument("terms: the text is missing") }
        if let fault = terms.fault { throw RPCError.invalidArgument(fault) }
        guard terms.standing(of: call.info.caller) != .outsider else {
            throw RPCError.permissionDenied("only a member of a party may propose \(terms.agreement)")
        }
        let stored = try await call.transaction.queryOne(LockAgreement(agreement: terms.agreement))
        guard let stored, let state = AgreementState(rawValue: stored.state) else {
            if request.amends { throw RPCError.notFound("there is no agreement \(terms.agreement) to amend") }
            return try await store(request, terms, .proposed, 1, nil, call)
        }
        if state == .ended {
            throw RPCError.failedPrecondition(
                "\(terms.agreement) has ended; propose a new one under another code")
        }
        if try CoordinationV1.AgreementTerms(json: stored.latest) == terms {
            return .init(agreement: terms.agreement, state: state.name, version: stored.version)
        }
        if let binding = stored.binding {
            guard request.amends else {
                throw RPCError.alreadyExists("\(terms.agreement) is \(state.name); amend it instead")
            }
            guard !request.reason.isEmpty else { throw RPCError.invalidArgument("reason: say why it is amended") }
            let standing = try CoordinationV1.AgreementTerms(json: binding).standing(of: call.info.caller)
            guard standing != .outsider else {
                throw RPCError.permissionDenied("only a member of a party may amend \(terms.agreement)")
            }
        } else {
            if request.amends {
                throw RPCError.failedPrecondition("\(terms.agreement) is not in force yet; propose its new text")
            }
            let standing = try CoordinationV1.AgreementTerms(json: stored.latest).standing(of: call.info.caller)
            guard standing != .outsider else {
                throw RPCError.permissionDenied("only a member of a party may propose \(terms.agreement)")
            }
        }
        return try await store(request, terms, state, stored.version + 1, stored.inForce, call)
    }

    private func store(
        _ request: CoordinationV1.AgreementProposal, _ terms: CoordinationV1.AgreementTerms, _ state: AgreementState,
        _ version: Int32, _ inForce: Int32?, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.AgreementReply {
        _ = try await call.transaction.execute(
            StoreAgreement(agreement: terms.agreement, state: state, version: version, inForce: inForce))
        _ = try await call.transaction.execute(
            StoreAgreementVersion(
                agreement: terms.agreement, version: version, terms: terms.json(), reason: request.reason,
                proposedBy: call.info.caller))
        _ = try await call.transaction.execute(
            StoreAgreementEvent(
                agreement: terms.agreement, version: version, action: request.amends ? "propose_amendment" : "propose",
                doneBy: call.info.caller, reason: request.reason, callId: call.info.id))
        return .init(agreement: terms.agreement, state: state.name, version: version, done: true)
    }
}
