import Contracts
import Postgres
import Queue

extension TransfersService {
    /// The statements about what happens after files are written, for checking them against the schema.
    static let afterSendingStatements: [any Statement.Type] = [
        ListKnownFiles.self, FindKnownFile.self, ListRunsThatWrite.self, ListRunsThatAwaitFiles.self,
        ListMovingRuns.self, CheckRecoveredOrders.self, SumExpectedFiles.self, TakeUpRun.self,
        FreezeRecoveredRoll.self, KeepForgottenNumbers.self, CountUndecided.self, SumOpenPayments.self,
        FindProposal.self, LockProposal.self, ListProposals.self, StoreProposal.self, WaitForContinuation.self,
    ]

    /// Registers the methods about the outbox, open payments and proposals, and what their constraints mean to a caller.
    static func registerAfterSending(on router: inout Router, environment: TransfersEnvironment) {
        router.register(CompareFiles(environment: environment))
        router.register(CompareOutbox(environment: environment))
        router.register(ListOpenPayments())
        router.register(SettleOpenPayments())
        router.register(MakeProposal(environment: environment))
        router.register(DecideProposal(environment: environment))
        router.register(ListProposalsHandler())
        router.constraints["proposal_second_person_check"] = DecideProposal.secondPerson
        router.constraints["payment_order_reopened_fkey"] = .failedPrecondition(
            "A household's order before is not open any more: it was given back, or is being paid.")
        router.constraints["recalled_file_pkey"] = .failedPrecondition("The file is recalled already.")
        router.constraints["given_back_pkey"] = .failedPrecondition("A household's payment is given back already.")
    }
}
