import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Proposes agreements and amendments. The same terms again change nothing.
struct ProposeAgreement: Handler {
    static let method = CoordinationV1.Agreements.propose

    func handle(
        _ request: CoordinationV1.AgreementTerms, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.AgreementReply {
        if let fault = request.fault { throw RPCError.invalidArgument(fault) }
        guard request.standing(of: call.info.caller) != .outsider else {
            throw RPCError.permissionDenied("only a member of a party may propose the agreement")
        }
        let terms = request.json()
        guard let stored = try await call.transaction.queryOne(LockAgreement(agreement: request.agreement)) else {
            return try await store(request.agreement, terms, .proposed, 1, nil, call)
        }
        let state = AgreementState(rawValue: stored.state) ?? .ended
        if try CoordinationV1.AgreementTerms(json: stored.latest) == request {
            return .init(agreement: request.agreement, state: state.name, version: stored.version)
        }
        if let binding = stored.binding {
            let standing = try CoordinationV1.AgreementTerms(json: binding).standing(of: call.info.caller)
            guard standing != .outsider else {
                throw RPCError.permissionDenied("only a member of a party may amend the agreement")
            }
        }
        switch state {
        case .ended: throw RPCError.failedPrecondition("the agreement has ended; propose a new one")
        case .proposed, .active, .suspended:
            return try await store(request.agreement, terms, state, stored.version + 1, stored.inForce, call)
        }
    }

    private func store(
        _ agreement: String, _ terms: [UInt8], _ state: AgreementState, _ version: Int32, _ inForce: Int32?,
        _ call: borrowing CallContext
    ) async throws -> CoordinationV1.AgreementReply {
        _ = try await call.transaction.execute(
            StoreAgreement(agreement: agreement, state: state, version: version, inForce: inForce))
        _ = try await call.transaction.execute(
            StoreAgreementVersion(
                agreement: agreement, version: version, terms: terms, proposedBy: call.info.caller))
        _ = try await call.transaction.execute(
            StoreAgreementEvent(
                agreement: agreement, version: version, action: "propose", doneBy: call.info.caller, reason: "",
                callId: call.info.id))
        return .init(agreement: agreement, state: state.name, version: version, done: true)
    }
}
