import Contracts
import LedgerConversation

/// Where this service keeps its conversation with the ledger.
enum TransfersLedger: LedgerPlace {
    static let schema = "transfers"
    static let answered = TransfersV1.Payments.ledgerAnswered
}

/// The service's conversation with the ledger.
typealias Ledger = LedgerConversation<TransfersLedger>
