import Postgres
import Queue

/// The coordination service: the registry, programmes, the budget ledger and agreements.
public enum CoordinationService {
    /// Serves every method of the service.
    public static func register(on router: inout Router) {
        registerLedger(on: &router)
        registerAgreements(on: &router)
        registerRegistry(on: &router)
    }

    /// Every statement of the service, for checking them against the schema.
    public static var statements: [any Statement.Type] { ledgerStatements + agreementStatements + registryStatements }
}
