import Contracts
import ISO20022
import Postgres
import TransfersDomain
import Vocabulary

/// One transaction as the bank reports it, ready for the set-based steps.
struct StagedReport {
    static let copy = """
        COPY transfers.staged_bank_report (
            household_id, amount_minor, uetr, cycle_id, line, booked_on, order_number, event, code, currency, reason
        ) FROM STDIN (FORMAT binary)
        """

    var householdId: Int64?
    var amountMinor: Int64?
    var uetr: UETR?
    var cycleId: Int32?
    var line: Int32
    var bookedOn: Int32?
    var orderNumber: Int16?
    var event: String
    var code: String
    var currency: String?
    var reason: String?

    func write(to writer: inout CopyWriter) {
        writer.startRow(columns: 11)
        writer.add(householdId)
        writer.add(amountMinor)
        if let uetr {
            withUnsafeBytes(of: (uetr.high.bigEndian, uetr.low.bigEndian)) { writer.add($0) }
        } else {
            writer.addNull()
        }
        writer.add(cycleId)
        writer.add(line)
        if let bookedOn { writer.add(date: bookedOn) } else { writer.addNull() }
        writer.add(orderNumber)
        writer.add(event)
        writer.add(code)
        writer.add(currency)
        writer.add(reason)
    }
}

/// Turns what the bank says into rows: finds run and household in the references that we gave.
struct StagedReports {
    /// The cycles that have files with the bank, by the key that begins their EndToEndIds.
    var cycles: [String: Int32] = [:]
    /// Entries that name none of our payments: fees, money that came in.
    private(set) var others: Int64 = 0

    /// The row of a transaction; nil for an entry that names no payment.
    mutating func row(_ transaction: ReportedTransaction) -> StagedReport? {
        guard transaction.references.namesTransaction else {
            others += 1
            return nil
        }
        var row = StagedReport(
            amountMinor: transaction.amount?.minorUnits, uetr: transaction.references.uetr,
            line: Int32(clamping: transaction.line),
            bookedOn: transaction.bookingDate.flatMap { CalendarDate(iso8601: $0)?.daysSinceEpoch2000 },
            event: Self.event(transaction), code: transaction.statusCode, currency: transaction.amount?.currency,
            reason: transaction.reasonCode)
        for reference in [transaction.references.endToEndID, transaction.references.instructionID] {
            guard let reference, let found = PaymentReference(reference), let cycleId = cycles[found.paymentKey]
            else { continue }
            row.householdId = found.household
            row.cycleId = cycleId
            row.orderNumber = found.orderNumber
            break
        }
        return row
    }

    static func event(_ transaction: ReportedTransaction) -> String {
        switch transaction.fact {
        case .status(.accepted): PaymentOrderEvent.bankAccepted.stagedName
        // The bank has it already: it is looked for, and never sent again. A statement decides.
        case .status(.rejected) where ReasonHandling(reason: transaction.reasonCode) == .check: "check"
        case .status(.rejected): PaymentOrderEvent.bankRejected.stagedName
        case .status(.received), .status(.partlyAccepted), .status(.pending), .status(.other): "noted"
        case .debited: PaymentOrderEvent.bankPaid.stagedName
        case .credited: PaymentOrderEvent.bankReturned.stagedName
        case .notBooked: "noted"
        }
    }
}
