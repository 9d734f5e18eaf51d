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
        router.register(EscalateDecisions())
        router.constraints["agreement_agreement_check"] = .invalidArgument(
            "an agreement's code has 1 to 40 letters, digits and . _ -")
        router.constraints["agreement_override_reason_check"] = .invalidArgument(
            "an override's reason has 1 to 240 characters")
        router.constraints["working_group_record_body_check"] = .invalidArgument("the text has 1 to 4000 characters")
        router.constraints["decision_body_check"] = .invalidArgument("the decision has 1 to 4000 characters")
    }

    /// The statements behind agreements, for checking them against the schema.
    static let agreementStatements: [any Statement.Type] = [
        LockAgreement.self, StoreAgreement.self, StoreAgreementVersion.self, StoreSignature.self, Signers.self,
        StoreAgreementEvent.self, BoundMoney.self, ReplaceEarmarks.self, StoreOverride.self, StoreGroup.self,
        GroupMembers.self, StoreGroupRecord.self, StoreDecision.self, StoreExecution.self, StoreEscalation.self,
    ]
}
