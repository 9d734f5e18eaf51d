import Contracts
import LedgerConversation

/// Where this service keeps its conversation with the ledger.
enum ProjectsLedger: LedgerPlace {
    static let schema = "projects"
    static let answered = ProjectsV1.Projects.ledgerAnswered
}

/// The service's conversation with the ledger.
typealias Ledger = LedgerConversation<ProjectsLedger>
