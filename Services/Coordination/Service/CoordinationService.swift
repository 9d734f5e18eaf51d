import Contracts
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

    /// The calls that the service makes again and again, by the database's clock: agreements and decisions, the places of
    /// new entries in the ledger's log, and reservations whose last day has passed.
    public static var recurringCalls: [RecurringCall] {
        [
            RecurringCall("coordination: keep time", "*/5 * * * *", CoordinationV1.Agreements.keepTime, .init()),
            RecurringCall("coordination: number the log", "* * * * *", CoordinationV1.Budget.sequence, .init()),
            RecurringCall("coordination: lapse reservations", "15 * * * *", CoordinationV1.Budget.expire, .init()),
        ]
    }

    /// Every statement of the service, for checking them against the schema.
    public static var statements: [any Statement.Type] {
        CoordinationStatements.all + registryStatements + [ReadBatch.self, ApplyBatch.self]
    }
}
