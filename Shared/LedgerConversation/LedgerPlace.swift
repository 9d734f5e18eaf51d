import Contracts

/// Where a service keeps its conversation with the ledger, and who takes the answers.
public protocol LedgerPlace: Sendable {
    /// The service's schema, which has the tables `ledger_request` and `ledger_posting`. A constant: it becomes SQL text.
    static var schema: String { get }
    /// The method that takes what the ledger answers.
    static var answered: Method<RPCV1.Continuation, CommonV1.Empty> { get }
}
