import Contracts
import ISO20022
import Postgres
import Queue
import TransfersDomain

/// What follows from what is staged and clear: orders move, what the bank said is kept, entitlements open again, and the
/// ledger is asked.
struct BankMessageEffects {
    let messageNumber: Int32
    let importedBy: String
    /// The number of what a person took; 0: of the message itself.
    let oddityNumber: Int32
    /// The statements of the message.
    var accounts: [ReportedAccount] = []

    /// What was done.
    struct Applied {
        var movements: [BankMovement]
        /// Things that were put on the list.
        var odd: Int64
        /// Transactions that were clear.
        var clear: Int64
    }

    /// Marks what is odd by now, and applies the rest.
    func apply(isStatusReport: Bool, _ call: borrowing CallContext) async throws -> Applied {
        let bounds = try await call.transaction.queryOne(FindStagedBounds()) ?? StagedBounds()
        try await call.transaction.execute(
            MarkOddities(judgement: BankJudgement(bounds: bounds, isStatusReport: isStatusReport)))
        return try await applyJudged(call)
    }

    /// Applies what is staged and was judged before.
    func applyJudged(_ call: borrowing CallContext) async throws -> Applied {
        var odd: Int64 = 0
        if try await call.transaction.queryOne(CountMarked()) ?? 0 > 0 {
            odd = Int64(
                try await call.transaction.execute(
                    InsertOddities(
                        messageNumber: messageNumber, importedBy: importedBy, reports: accounts.map(\.report),
                        accounts: accounts.map { String($0.number.prefix(40)) })))
        }
        let bounds = try await call.transaction.queryOne(FindStagedBounds()) ?? StagedBounds()
        var movements: [BankMovement] = []
        for event in PaymentOrderEvent.ofBank {
            let table = PaymentOrderState.transitions(on: event)
            movements += try await call.transaction.query(
                MoveOrders(
                    event: event.stagedName, known: table.map(\.known), next: table.map(\.next), bounds: bounds))
        }
        for index in movements.indices { movements[index].oddityNumber = oddityNumber }
        try await call.transaction.execute(InsertPaymentEvents(messageNumber: messageNumber))
        try await call.transaction.execute(ReopenEntitlements(messageNumber: messageNumber, bounds: bounds))
        try await call.transaction.executeMany(
            movements.map { InsertMovement(messageNumber: messageNumber, movement: $0) })
        try await BankPostings.ask(messageNumber, movements, call)
        let clear = try await call.transaction.queryOne(CountStaged()) ?? 0
        return Applied(movements: movements, odd: odd, clear: clear)
    }
}
