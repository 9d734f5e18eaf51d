import Contracts
import LedgerConversation
import Postgres
import Queue

/// The projects service: participants of productive projects, and the instalments of their inputs.
public enum ProjectsService {
    /// Serves every method of the service.
    public static func register(on router: inout Router) {
        router.register(streaming: ImportHandler())
        router.register(OrderInputsHandler())
        router.register(StatusHandler())
        router.register(LedgerAnsweredHandler())
        router.constraints["instalment_number_check"] = .invalidArgument(
            "instalments count from 1, in fiscal years between 2000 and 2999")
        // An agreement came into force while the import was under way: the next attempt decides by it.
        for name in ["participant_admitted_check", "admission_reserved_first_check"] {
            router.constraints[name] = .aborted("an agreement came into force during the import; import again")
        }
        router.constraints["participant_start_check"] = .aborted(
            "an agreement came into force while the instalment was planned; order again")
        router.constraints["purchase_order_pkey"] = .failedPrecondition(
            "another instalment is already ordering for one of these projects")
    }

    /// Every statement of the service, for checking them against the schema.
    public static var statements: [any Statement.Type] {
        ProjectsStatements.all + ParticipantImport.plan.statements + Ledger.statements
    }
}
