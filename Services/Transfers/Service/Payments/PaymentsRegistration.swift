import Contracts
import Postgres
import Queue

extension TransfersService {
    /// The statements of payment runs, for checking them against the schema.
    static let paymentsStatements: [any Statement.Type] =
        [
            DecideRun.self, AnalyzeRoll.self, FindRun.self, LockRun.self, LockRunOfDocument.self, FindLatestRun.self,
            FindLatestRunOfKind.self, SumOrderChunks.self, CountOrders.self, ListFindings.self, FindCivilDay.self,
            CountEvidence.self, CountRollEvidence.self, CountChangedAccounts.self, CountUnwritablePayees.self,
        ] + Ledger.statements

    /// Registers the methods of payment runs, and what their constraints mean to a caller.
    static func registerPayments(on router: inout Router, environment: TransfersEnvironment) {
        router.register(StartRun(environment: environment))
        router.register(RunStatus(environment: environment))
        router.register(ApproveRun(environment: environment))
        router.register(ResumeRun())
        router.register(RunChunk(environment: environment))
        router.register(LedgerAnswered())
        router.register(RunReview())
        router.register(RefuseRun())
        router.register(WithdrawRun(environment: environment))
        router.register(PausePayments())
        router.register(ContinuePayments())
        router.constraints["payment_run_second_person_check"] = ApproveRun.secondPerson
        router.constraints["payment_run_main_once_key"] = .aborted("The cycle's run is being started at this moment.")
        router.constraints["payment_run_one_moves_key"] = .failedPrecondition(
            "Another run of the cycle is under way. One run of a cycle moves at a time.")
        router.constraints["payment_run_cycle_sequence_key"] = .aborted(
            "The cycle's run is being started at this moment.")
        router.constraints["payment_run_approval_check"] = .failedPrecondition("The run is not approved.")
        router.constraints["payment_run_approved_check"] = .failedPrecondition(
            "An approved run stays as it was approved.")
        router.constraints["payment_run_person_check"] = .permissionDenied(
            "A run is started, approved and refused by the person who asks for it.")
        router.constraints["payment_order_approved_check"] = .failedPrecondition(
            "Orders are made only for a run that a second person has approved.")
        router.constraints["entitlement_never_twice_key"] = .alreadyExists(
            "A household has its entitlement of this cycle already; nothing was decided twice.")
        router.constraints["payment_order_never_twice_key"] = .alreadyExists(
            "A household has its order of this cycle already; nothing was ordered twice.")
    }
}
