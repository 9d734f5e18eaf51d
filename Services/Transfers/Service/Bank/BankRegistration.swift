import Contracts
import Postgres
import Queue

extension TransfersService {
    /// The statements about the bank.
    static let bankStatements: [any Statement.Type] = [
        SumFileOrders.self, InsertPaymentFile.self, ListPaymentFiles.self, ListSentCycles.self,
        AnalyzeStagedReports.self, FindStagedBounds.self, CheckStaged.self, MatchByUETR.self, DropForeignCredits.self,
        FindRepetition.self,
        FindPaymentFile.self, StageUnlisted.self, FindContradiction.self, MoveOrders.self, InsertPaymentEvents.self,
        ReopenEntitlements.self, InsertMovement.self, CountStaged.self, FindBankMessage.self,
        FindBankMessageById.self, InsertBankMessage.self, CountBankMessage.self, InsertBankRefusal.self,
        InsertBankPosting.self, ListBankPostings.self, RecordPostingOutcome.self, SumMovements.self,
        SumLedgerPaid.self, ListRefusedPostings.self, CountUnansweredPostings.self, ListBankDecisions.self,
    ]

    /// Registers the methods about the bank, and what their constraints mean to a caller.
    static func registerBank(on router: inout Router) {
        router.register(streaming: ImportBankFiles())
        router.register(PostingsAnswered())
        router.register(ReconcileRun())
        router.constraints["bank_message_id_key"] = .aborted("The same message is being imported at this moment.")
        router.constraints["bank_message_sha256_key"] = .aborted("The same file is being imported at this moment.")
    }
}
