import Contracts
import ISO20022
import Postgres
import TransfersDomain
import Vocabulary

/// One transaction as the bank reports it, ready for the set-based steps.
struct StagedReport {
    static let copy = """
        COPY transfers.staged_bank_report (
            household_id, amount_minor, instructed_minor, uetr, cycle_id, line, entry, report, booked_on, order_number,
            is_ours, has_charges, event, code, currency, reason, servicer_reference, oddity
        ) FROM STDIN (FORMAT binary)
        """

    var householdId: Int64?
    var amountMinor: Int64?
    var instructedMinor: Int64?
    var uetr: UETR?
    var cycleId: Int32?
    var line: Int32
    var entry: Int32
    var report: Int32
    var bookedOn: Int32?
    var orderNumber: Int16?
    /// Whether it is named in our way.
    var isOurs = false
    var hasCharges: Bool
    var event: String
    var code: String
    var currency: String?
    var reason: String?
    var servicerReference: String?
    var oddity: BankOddity?

    func write(to writer: inout CopyWriter) {
        writer.startRow(columns: 18)
        writer.add(householdId)
        writer.add(amountMinor)
        writer.add(instructedMinor)
        if let uetr {
            withUnsafeBytes(of: (uetr.high.bigEndian, uetr.low.bigEndian)) { writer.add($0) }
        } else {
            writer.addNull()
        }
        writer.add(cycleId)
        writer.add(line)
        writer.add(entry)
        writer.add(report)
        if let bookedOn { writer.add(date: bookedOn) } else { writer.addNull() }
        writer.add(orderNumber)
        writer.add(isOurs)
        writer.add(hasCharges)
        writer.add(event)
        writer.add(code)
        writer.add(currency)
        writer.add(reason)
        writer.add(servicerReference)
        writer.add(oddity?.rawValue)
    }
}

/// Turns what the bank says into rows: finds cycle and household in the references that we gave.
struct StagedReports {
    /// The cycles that have files with the bank, by the key that begins their EndToEndIds.
    var cycles: [String: SentCycle] = [:]
    /// The day on which the message says it was made: that of a booking that gives none.
    var madeOn: CalendarDate?
    /// Entries that name none of our payments: fees, money that came in.
    var others: Int64 = 0
    /// Whether anything is named in our way.
    private(set) var hasOurs = false

    /// The longest reference of a bank that is kept, by `Max35Text`.
    private static let longestReference = 35

    /// The row of a transaction; nil for an entry that names no payment of ours.
    mutating func row(_ transaction: ReportedTransaction) -> StagedReport? {
        let references = transaction.references
        var row = StagedReport(
            amountMinor: transaction.amount?.minorUnits, instructedMinor: transaction.instructed?.minorUnits,
            uetr: references.uetr, line: Int32(clamping: transaction.line), entry: transaction.entry,
            report: transaction.report,
            bookedOn: Self.day(transaction.bookingDate, or: transaction.report == 0 ? nil : madeOn)?.daysSinceEpoch2000,
            hasCharges: transaction.hasCharges, event: Self.event(transaction), code: transaction.statusCode,
            currency: transaction.amount?.currency.code, reason: transaction.reasonCode,
            servicerReference: Self.kept(references.servicerReference))
        for reference in [references.endToEndID, references.instructionID] {
            guard let reference, let found = PaymentReference(reference), found.hasPaymentKey else { continue }
            row.isOurs = true
            if transaction.report != 0 { hasOurs = true }
            guard let cycle = cycles[found.paymentKey] else { continue }
            row.householdId = found.household
            row.cycleId = cycle.cycleId
            row.orderNumber = found.orderNumber
            break
        }
        // A status report answers a file of ours: what it lists should be there.
        guard row.isOurs || references.uetr != nil || transaction.report == 0 else {
            others += 1
            return nil
        }
        if transaction.isContradictory { row.oddity = .directionDiffers }
        return row
    }

    /// A reference of the bank's as it is kept.
    static func kept(_ reference: String?) -> String? {
        guard let reference, !reference.isEmpty, reference != "NOTPROVIDED" else { return nil }
        return String(reference.prefix(longestReference))
    }

    /// The day of a booking; that of its message where the booking gives none, nil where it gives one that does not exist.
    static func day(_ text: String?, or made: CalendarDate?) -> CalendarDate? {
        guard let text, !text.isEmpty else { return made }
        return CalendarDate(iso8601: text)
    }

    static func event(_ transaction: ReportedTransaction) -> String {
        switch transaction.fact {
        case .status(.accepted): PaymentOrderEvent.bankAccepted.stagedName
        // The bank has it already: it is looked for, and never sent again. A statement decides.
        case .status(.rejected) where ReasonHandling(reason: transaction.reasonCode) == .check: "check"
        case .status(.rejected): PaymentOrderEvent.bankRejected.stagedName
        case .status(.received), .status(.partlyAccepted), .status(.pending), .status(.other): "noted"
        case .debited, .credited, .notBooked: event(transaction.fact)
        }
    }

    /// What a booking says about an order.
    static func event(_ fact: ReportedTransaction.Fact) -> String {
        switch fact {
        case .debited: PaymentOrderEvent.bankPaid.stagedName
        case .credited: PaymentOrderEvent.bankReturned.stagedName
        case .notBooked, .status: "noted"
        }
    }
}

/// An entry whose transactions must be added up, ready for the set-based steps.
enum StagedEntry {
    static let copy = """
        COPY transfers.staged_bank_entry (entry, line, amount_minor, currency, transactions) FROM STDIN (FORMAT binary)
        """

    static func write(_ entry: ReportedEntry, to writer: inout CopyWriter) {
        writer.startRow(columns: 5)
        writer.add(entry.entry)
        writer.add(Int32(clamping: entry.line))
        writer.add(entry.amount.minorUnits)
        writer.add(entry.amount.currency.code)
        writer.add(entry.transactions)
    }
}

/// A cycle that has files with the bank: who pays it, from where.
struct SentCycle: Sendable {
    var paymentKey: String
    var cycleId: Int32
    var account: String
    var currency: String
}
