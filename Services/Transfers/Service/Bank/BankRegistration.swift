import Contracts
import Postgres
import Queue
import TransfersDomain

extension TransfersService {
    /// The statements about the bank.
    static let bankStatements: [any Statement.Type] = [
        SumFileOrders.self, CountOddities.self, MarkOddities.self, MatchByUETR.self, SelectOddities.self,
        LockOddities.self, LockOddOrder.self, ReopenEntitlement.self, InsertMessageOddity.self, InsertOddities.self,
        MoveOrders.self, ReopenEntitlements.self, InsertBankRefusal.self, ListBankDecisions.self,
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
