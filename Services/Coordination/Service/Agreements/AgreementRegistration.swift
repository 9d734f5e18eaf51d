import Contracts
import Postgres
import Queue

extension CoordinationService {
    /// Serves agreements, working groups and decisions.
    static func registerAgreements(on router: inout Router) {
        router.register(ProposeAgreement())
        router.register(ActOnAgreement())
        router.register(FormGroup())
        router.register(RecordOfGroup())
        router.register(ExecuteDecision())
        router.register(KeepTime())
        router.constraints["agreement_agreement_check"] = .invalidArgument(
            "agreement: a code has 1 to 40 letters, digits and . _ -")
        router.constraints["agreement_version_reason_check"] = .invalidArgument("reason: at most 240 characters")
        router.constraints["agreement_event_reason_check"] = .invalidArgument("reason: at most 240 characters")
        router.constraints["agreement_condition_reason_check"] = .invalidArgument("reason: at most 240 characters")
        router.constraints["agreement_motion_signature_reason_check"] = .invalidArgument(
            "reason: at most 240 characters")
        for name in ["agreement_signature_member_check", "agreement_motion_signature_member_check"] {
            router.constraints[name] = .permissionDenied("only a deciding member of a party signs for it")
        }
        for name in ["agreement_quorum_check", "agreement_motion_quorum_check", "agreement_transition_check"] {
            router.constraints[name] = .failedPrecondition("signatures are missing for this")
        }
        router.constraints["agreement_withdrawal_check"] = .failedPrecondition(
            "a signature that has taken effect stays")
        router.constraints["agreement_override_reason_check"] = .invalidArgument("reason: at most 240 characters")
        router.constraints["agreement_earmark_prefix_check"] = .invalidArgument(
            "documentPrefix: 1 to 64 characters")
        router.constraints["agreement_version_pkey"] = .aborted(
            "another version was proposed at the same moment; read it, then try again")
        router.constraints["working_group_code_check"] = .invalidArgument(
            "group: a code has 1 to 40 letters, digits and . _ -")
        router.constraints["working_group_version_pkey"] = .aborted(
            "the group was formed anew at the same moment; try again")
        router.constraints["working_group_record_body_check"] = .invalidArgument("the text has 1 to 4000 characters")
        router.constraints["decision_body_check"] = .invalidArgument("the decision has 1 to 4000 characters")
        router.constraints["decision_grounds_check"] = .invalidArgument("the grounds have 1 to 4000 characters")
    }
}
