import Contracts
import LedgerConversation
import Postgres
import Queue
import TransfersDomain

/// A run's side of the conversation with the ledger: what it asks in which state, and what an answer means to it.
///
/// What is asked follows from what the ledger says that it holds for the run's document, so nothing is reserved twice and
/// nothing is given back that is not there, whatever was repeated, lost or came late.
enum RunBudget {
    /// What entering a state that needs the ledger led to.
    enum Outcome {
        /// The ledger was asked, and answers later.
        case asked
        /// There is nothing to ask: everything is there.
        case done
        /// It cannot be asked, or would refuse: the run's lines say why.
        case lacking
    }

    /// Looks the lines up and asks for the reservation, where a line has one; where it has none, only looks whether the money
    /// is there.
    static func reserve(_ run: PaymentRun, _ call: borrowing CallContext) async throws -> Outcome {
        let asked = try await Ledger.list(document: run.document, call.transaction)
        _ = try await call.transaction.execute(SumLines(runNumber: run.runNumber))
        if asked.isEmpty {
            // Once the ledger was asked the lines stay: an answer to another line could still come.
            _ = try await call.transaction.execute(
                FindLines(runNumber: run.runNumber, dimensions: try await dimensions(of: run, call.transaction)))
        }
        guard try await call.transaction.query(ListLineObstacles(runNumber: run.runNumber)).isEmpty else {
            return .lacking
        }
        let need = RunPostings(run: run, lines: try await call.transaction.query(ListRunLines(run: run)))
        _ = try await call.transaction.execute(
            RecordShortfalls(runNumber: run.runNumber, shortfalls: need.shortfalls))
        guard need.shortfalls.isEmpty else { return .lacking }
        return try await ask("reserve", asked, call) { need.reservation(generation: $0) }
    }

    /// Asks to commit, accrue and order.
    static func order(_ run: PaymentRun, _ call: borrowing CallContext) async throws -> Outcome {
        let asked = try await Ledger.list(document: run.document, call.transaction)
        let need = RunPostings(run: run, lines: try await call.transaction.query(ListRunLines(run: run)))
        return try await ask("order", asked, call) { need.order(generation: $0) }
    }

    /// Whether the ledger holds money for a run, or may: a question about it has no answer yet.
    static func holdsMoney(_ run: PaymentRun, _ call: borrowing CallContext) async throws -> Bool {
        let held = RunPostings(run: run, lines: try await call.transaction.query(ListRunLines(run: run)))
        if held.release(generation: 1) != nil { return true }
        return try await Ledger.list(document: run.document, call.transaction).contains { $0.state == .asked }
    }

    /// Gives back what the ledger holds for a run that was taken back, without waiting for answers that are out: should one
    /// come after all, what it brought is given back then.
    static func giveBack(_ run: PaymentRun, _ call: borrowing CallContext) async throws -> Outcome {
        let asked = try await Ledger.list(document: run.document, call.transaction)
        let last = asked.filter { $0.purpose == "release" }.max { $0.generation < $1.generation }
        if let last, last.state == .asked || last.state == .unanswered {
            try await Ledger.askAgain(last.requestId, call)
            return .asked
        }
        // The ledger releases no more than it holds: after a refusal what is held now is asked for under a new number.
        let held = RunPostings(run: run, lines: try await call.transaction.query(ListRunLines(run: run)))
        guard let request = held.release(generation: (last?.generation ?? 0) + 1) else { return .done }
        try await Ledger.ask(request, call)
        return .asked
    }

    /// Gives back what is held once no answer is out any more. A release that was refused waits for a person.
    static func giveBack(
        _ run: PaymentRun, after answer: LedgerAnswer, _ call: borrowing CallContext
    ) async throws -> Outcome {
        if answer.request.purpose == "release", answer.request.state != .posted { return .lacking }
        let asked = try await Ledger.list(document: run.document, call.transaction)
        if asked.contains(where: { $0.state == .asked }) { return .asked }
        return try await giveBack(run, call)
    }

    /// Asks under the number of the last request, as it was stored, until that is posted. Only then, and if something is
    /// missing all the same because what was posted is gone again, under the next.
    private static func ask(
        _ purpose: String, _ asked: [StoredLedgerRequest], _ call: borrowing CallContext,
        _ missing: (Int32) -> LedgerRequest?
    ) async throws -> Outcome {
        let last = asked.filter { $0.purpose == purpose }.max { $0.generation < $1.generation }
        if let last, last.state != .posted {
            try await Ledger.askAgain(last.requestId, call)
            return .asked
        }
        guard let request = missing((last?.generation ?? 0) + 1) else { return .done }
        try await Ledger.ask(request, call)
        return .asked
    }

    /// What the run's lines are looked up by.
    static func dimensions(
        of run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> LineDimensions {
        let rule = try await CountryRule.read(transaction)
        let definition = try await FrozenRules.read(transaction, runNumber: run.runNumber).definition
        return LineDimensions(
            programme: run.programme, fiscalYear: run.fiscalYear, currency: run.currency, fund: rule.fund,
            ministry: rule.ownMinistry ? definition.ministry : "")
    }
}
