import Postgres
import Queue

/// Where the service stands.
public struct TransfersEnvironment: Sendable {
    /// Directory into which bank files are written; the bank's courier takes them from there.
    public let outboxDirectory: String
    /// Households that one call decides in one transaction: some megabytes of plain values, and about a second of work.
    public let householdsPerChunk: Int64

    /// A place for the service.
    public init(outboxDirectory: String, householdsPerChunk: Int64 = 15_000) {
        self.outboxDirectory = outboxDirectory
        self.householdsPerChunk = householdsPerChunk
    }
}

/// The transfers service: evidence, cycles, payment runs and the bank.
public enum TransfersService {
    /// Registers every method that the service serves.
    public static func register(on router: inout Router, environment: TransfersEnvironment) {
        registerCycles(on: &router)
        registerPayments(on: &router, environment: environment)
        registerEvidence(on: &router)
        registerBank(on: &router)
        registerAfterSending(on: &router, environment: environment)
    }

    /// Every statement of the service, for checking them against the schema.
    public static var statements: [any Statement.Type] {
        TransfersStatements.all + cyclesStatements + paymentsStatements + evidenceStatements + bankStatements
            + afterSendingStatements
    }
}
