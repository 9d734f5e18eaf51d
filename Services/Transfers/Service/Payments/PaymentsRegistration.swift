import Contracts
import Postgres
import Queue

extension TransfersService {
    /// The statements of payment runs, for checking them against the schema.
    static let paymentsStatements: [any Statement.Type] = [
        SumLines.self, NameLines.self, ListRunLines.self, RecordShortfalls.self, CountReservation.self,
        RecordApproval.self, LockChunk.self, CutRollIntoChunks.self, CutOrderChunks.self, CutFileChunks.self,
        FinishChunk.self, CountChunk.self, MoveRun.self, FreezeRoll.self, AnalyzeRoll.self, MakeOrders.self,
        FindRun.self, LockRun.self, FindLatestRun.self, LockCycle.self, InsertRun.self, FindRunRules.self,
        ListShortfalls.self, SumOrderChunks.self, CountOrders.self, RecordPause.self, RecordContinuation.self,
        FindPause.self, NoticeRestore.self,
    ]

    /// Registers the methods of payment runs, and what their constraints mean to a caller.
    static func registerPayments(on router: inout Router, environment: TransfersEnvironment) {
        router.register(StartRun())
        router.register(RunStatus())
        router.register(ApproveRun())
        router.register(ResumeRun())
        router.register(RunChunk(environment: environment))
        router.register(BudgetAnswered())
        router.register(PausePayments())
        router.register(ContinuePayments())
        router.constraints["payment_run_second_person_check"] = ApproveRun.secondPerson
        router.constraints["payment_run_cycle_once_key"] = .aborted("The cycle's run is being started at this moment.")
        router.constraints["payment_run_cycle_sequence_key"] = .aborted(
            "The cycle's run is being started at this moment.")
        router.constraints["payment_run_short_code_key"] = .alreadyExists(
            "A run of another cycle has the same short code. Give the cycle another code.")
        router.constraints["payment_run_approval_check"] = .failedPrecondition("The run is not approved.")
        router.constraints["payment_order_approved_check"] = .failedPrecondition(
            "Orders are made only for a run that a second person has approved.")
        router.constraints["entitlement_never_twice_key"] = .alreadyExists(
            "A household has its entitlement of this cycle already; nothing was decided twice.")
        router.constraints["payment_order_never_twice_key"] = .alreadyExists(
            "A household has its order of this cycle already; nothing was ordered twice.")
    }
}
