import Contracts
import ISO20022
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Settles what is odd about what the bank said: a person takes it as the proposal says, or passes it, for a reason.
///
/// All that is named is settled, or nothing. Whoever takes money as paid or come back is not who imported the message.
struct SettleOddities: Handler {
    static let method = TransfersV1.Bank.settle

    private static let mostNumbers = 100
    private static let longestReason = 1000

    func handle(
        _ request: TransfersV1.BankSettleRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.BankOddities {
        guard request.decision == "take" || request.decision == "pass" else {
            throw RPCError.invalidArgument("decision is neither 'take' nor 'pass'")
        }
        let reason = request.reason.trimmingSpaces
        guard !reason.isEmpty, reason.unicodeScalars.count <= Self.longestReason else {
            throw RPCError.invalidArgument("reason must have 1 to \(Self.longestReason) characters")
        }
        guard (1...Self.mostNumbers).contains(request.numbers.count) else {
            throw RPCError.invalidArgument("numbers must be 1 to \(Self.mostNumbers)")
        }
        let oddities = try await call.transaction.query(LockOddities(numbers: request.numbers, alike: request.alike))
        let found = Set(oddities.map(\.number))
        if let missing = request.numbers.first(where: { !found.contains($0) }) {
            throw RPCError.notFound("There is nothing with number \(missing) on the list.")
        }
        for odd in oddities {
            guard odd.isOpen else { throw Self.refused(.settled, odd) }
            let moves = request.decision == "take" ? try await take(odd, call) : false
            try await call.transaction.execute(
                SettleOddity(
                    number: odd.number, decision: request.decision, movesMoney: moves, settledBy: call.info.caller,
                    reason: reason))
        }
        return try await ListOddities.list(.numbers(oddities.map(\.number)), call.transaction)
    }

    /// Takes one; whether money moved by it.
    private func take(_ odd: StoredOddity, _ call: borrowing CallContext) async throws -> Bool {
        guard let taking = odd.oddity.taking else { throw Self.refused(.nothingToTake, odd) }
        guard odd.importedBy != call.info.caller else { throw Self.refused(.samePerson, odd) }
        if taking == .batch { return try await takeBatch(odd, call) }
        guard let event = PaymentOrderEvent.ofBank.first(where: { $0.stagedName == odd.event }),
            let order = try await call.transaction.queryOne(LockOddOrder(odd: odd))
        else { throw Self.refused(.nothingToTake, odd) }
        guard odd.currency == order.currency else { throw Self.refused(.currencyDiffers, odd) }
        let result: OddityTaking
        do throws(OddityTaking.Refusal) {
            result = try OddityTaking.taking(
                taking, event: event, amountMinor: odd.amountMinor,
                of: OddityTaking.Order(
                    state: order.state, orderedMinor: order.orderedMinor, differenceMinor: order.differenceMinor))
        } catch { throw Self.refused(error, odd) }
        if result.closesReopening, order.isOrderedAgain { throw Self.refused(.orderedAgain, odd) }
        try await apply(result, odd, order, call)
        return result.movements.contains { [.paid, .returned, .rejected].contains($0.to) }
    }

    private func apply(
        _ result: OddityTaking, _ odd: StoredOddity, _ order: OddOrder, _ call: borrowing CallContext
    ) async throws {
        try await call.transaction.execute(MoveOddOrder(odd: odd, state: result.state))
        try await call.transaction.execute(InsertTakenEvent(odd: odd))
        if result.differenceMinor != 0 {
            try await call.transaction.execute(
                InsertDifference(odd: odd, runNumber: order.runNumber, paidMinor: result.differenceMinor))
        }
        if result.closesReopening { try await call.transaction.execute(CloseReopening(odd: odd)) }
        if result.reopens {
            try await call.transaction.execute(ReopenEntitlement(odd: odd, order: order, cause: result.state))
        }
        // A day that cannot be is none to post on.
        let day = odd.oddity == .bookingDate ? order.today : min(odd.bookedOn ?? order.today, order.today)
        let movements = result.movements.map { moved in
            BankMovement(
                runNumber: order.runNumber, line: order.line, fromState: moved.from, toState: moved.to, bookedOn: day,
                orders: moved.isWholeOrder ? 1 : 0, amountMinor: moved.amountMinor, oddityNumber: odd.number)
        }
        try await call.transaction.executeMany(
            movements.map { InsertMovement(messageNumber: odd.messageNumber, movement: $0) })
        try await BankPostings.ask(odd.messageNumber, movements, call)
    }

    /// Takes a batch, where it is what its file has by now.
    private func takeBatch(_ odd: StoredOddity, _ call: borrowing CallContext) async throws -> Bool {
        guard let currency = Currency(code: odd.currency), let file = odd.fileMessageId else {
            throw Self.refused(.batchDiffers, odd)
        }
        try await call.transaction.script("TRUNCATE transfers.staged_bank_report, transfers.staged_bank_entry")
        let batch = ReportedBatch(
            line: Int(odd.line), fact: odd.event == PaymentOrderEvent.bankReturned.stagedName ? .credited : .debited,
            messageID: file, paymentInformationID: nil, transactions: odd.declaredCount.flatMap(Int64.init), sum: nil,
            amount: Money(minorUnits: odd.amountMinor, currency: currency), statusCode: odd.statusCode,
            bookingDate: nil, servicerReference: odd.servicerReference, report: 0, entry: 0)
        let day = odd.bookedOn.flatMap(CalendarDate.init(daysSinceEpoch2000:))
        guard case .staged = try await BankBatches(madeOn: day).match(batch, call.transaction) else {
            throw Self.refused(.batchDiffers, odd)
        }
        let applied = try await BankMessageEffects(
            messageNumber: odd.messageNumber, importedBy: odd.importedBy, oddityNumber: odd.number
        ).apply(isStatusReport: false, call)
        return !applied.movements.isEmpty
    }

    private static func refused(_ why: OddityTaking.Refusal, _ odd: StoredOddity) -> RPCError {
        RPCError.failedPrecondition(
            "Number \(odd.number) cannot be settled so: \(why.rawValue).",
            details: [ErrorDetail(type: "oddity", reason: why.rawValue, subject: String(odd.number))])
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
