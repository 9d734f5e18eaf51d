import Contracts
import Postgres
import Queue
import TransfersDomain

extension TransfersService {
    /// The statements about the bank.
    static let bankStatements: [any Statement.Type] = [
        SumFileOrders.self, InsertPaymentFile.self, ListPaymentFiles.self, ListSentCycles.self,
        AnalyzeStagedReports.self, FindStagedBounds.self, CountOddities.self, MarkOddities.self, MatchByUETR.self,
        DropMarked.self, CountRepetitions.self, MarkRepetitions.self, MarkOtherAccounts.self, MarkEntries.self,
        FindPaymentFile.self, StageUnlisted.self, SumFilePayments.self, StageBatch.self, IsBatchKnown.self,
        CountOpenOddities.self, SelectOddities.self, LockOddities.self, LockOddOrder.self, MoveOddOrder.self,
        InsertTakenEvent.self, InsertDifference.self, ReopenEntitlement.self, CloseReopening.self, SettleOddity.self,
        InsertMessageOddity.self, InsertOddities.self, CountMarked.self, MoveOrders.self, InsertPaymentEvents.self,
        ReopenEntitlements.self, InsertMovement.self, CountStaged.self, FindBankMessage.self,
        FindBankMessageById.self, InsertBankMessage.self, CountBankMessage.self, InsertBankRefusal.self,
        FindMessageName.self, FindLedgerLines.self, SumMovements.self, SumLedgerPaid.self,
        CountOpenOdditiesOfRun.self, SumDifferences.self, ListBankDecisions.self,
    ]

    /// Registers the methods about the bank, and what their constraints mean to a caller.
    static func registerBank(on router: inout Router) {
        router.register(streaming: ImportBankFiles())
        router.register(ListOddities())
        router.register(SettleOddities())
        router.register(ReconcileRun())
        router.constraints["bank_oddity_second_person_check"] = .failedPrecondition(
            "Whoever imported the bank's message cannot take money as paid or come back.",
            details: [ErrorDetail(type: "oddity", reason: OddityTaking.Refusal.samePerson.rawValue)])
        router.constraints["payment_order_reopened_fkey"] = .failedPrecondition(
            "The household's next order follows the one that was open again.",
            details: [ErrorDetail(type: "oddity", reason: OddityTaking.Refusal.orderedAgain.rawValue)])
        router.constraints["bank_message_sha256_key"] = .aborted("The same file is being imported at this moment.")
    }
}
