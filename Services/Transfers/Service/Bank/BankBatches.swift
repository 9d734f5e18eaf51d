import Contracts
import ISO20022
import Postgres
import TransfersDomain
import Vocabulary

/// Finds the payments of a batch that was booked in one sum: the file's, less what was rejected, when count and sum are
/// theirs.
struct BankBatches {
    let madeOn: CalendarDate?

    /// What became of a batch.
    enum Outcome {
        /// None of ours.
        case foreign
        /// Its payments are staged, or were known.
        case staged(Int64)
        /// It waits for a person.
        case odd(MessageOddity)
    }

    func match(_ reported: ReportedBatch, _ transaction: borrowing Transaction) async throws -> Outcome {
        let statement = FindPaymentFile(
            messageId: reported.messageID, paymentInformationId: reported.paymentInformationID)
        guard let file = try await transaction.queryOne(statement),
            reported.paymentInformationID == nil || reported.paymentInformationID == file.paymentInformationId
        else {
            let names = [reported.messageID, reported.paymentInformationID].compactMap { $0 }
            guard names.contains(where: Self.isFileName) else { return .foreign }
            return .odd(odd(.unknownFile, reported, file: nil, [("file", names[0])]))
        }
        let event = StagedReports.event(reported.fact)
        guard event != "noted" else { return .staged(file.transactions) }
        let sums = try await transaction.queryOne(SumFilePayments(file: file))
        guard let sums else { throw RPCError.internal("The payments of a file cannot be summed.") }
        guard let amount = reported.amount else { return .odd(differs(reported, file, sums)) }
        guard amount.currency.code == file.currency else {
            return .odd(odd(.currencyDiffers, reported, file: file, [("ordered_currency", file.currency)]))
        }
        let batch = StagedBatch(
            line: Int32(clamping: reported.line), entry: reported.entry, report: reported.report,
            bookedOn: StagedReports.day(reported.bookingDate, or: madeOn)?.daysSinceEpoch2000,
            statusCode: reported.statusCode, servicerReference: StagedReports.kept(reported.servicerReference))
        let choices: [(which: String, sum: PaymentSum)] =
            event == PaymentOrderEvent.bankReturned.stagedName
            ? [("paid", sums.paid)] : [("standing", sums.standing), ("unpaid", sums.unpaid)]
        guard let fitting = choices.first(where: { Self.fits(reported, amount, $0.sum, file) }) else {
            if try await transaction.queryOne(IsBatchKnown(file: file, batch: batch, event: event)) == true {
                return .staged(0)
            }
            return .odd(differs(reported, file, sums))
        }
        if fitting.which == "standing", sums.unpaid.count == 0 {
            // Told in one sum what was told one by one: the same booking, or another one of all of them.
            guard try await transaction.queryOne(IsBatchKnown(file: file, batch: batch, event: event)) == true else {
                return .odd(odd(.bookedTwice, reported, file: file, Self.values(reported, sums)))
            }
            return .staged(fitting.sum.count)
        }
        try await transaction.execute(StageBatch(file: file, batch: batch, event: event, which: fitting.which))
        return .staged(fitting.sum.count)
    }

    /// Banks count in a batch what they booked, or what the file had.
    static func fits(_ reported: ReportedBatch, _ amount: Money, _ sum: PaymentSum, _ file: SentFile) -> Bool {
        guard sum.count > 0, amount.minorUnits == sum.sumMinor else { return false }
        guard reported.transactions.map({ $0 == sum.count || $0 == file.transactions }) ?? true else { return false }
        return reported.sum.map {
            $0.currency == amount.currency && [sum.sumMinor, file.totalMinor].contains($0.minorUnits)
        } ?? true
    }

    /// Whether the text has the shape of the identifiers of our files: a payment key, a hyphen, twelve hexadecimal digits.
    static func isFileName(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 && parts[2] == "1" else { return false }
        return PaymentReference("\(parts[0])-1")?.hasPaymentKey == true && parts[1].utf8.count == 12
            && parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    }

    private func differs(_ reported: ReportedBatch, _ file: SentFile, _ sums: SumFilePayments.Row) -> MessageOddity {
        odd(.batchDiffers, reported, file: file, Self.values(reported, sums))
    }

    private static func values(_ reported: ReportedBatch, _ sums: SumFilePayments.Row) -> [(String, String)] {
        var values = [
            ("payments", String(sums.standing.count)), ("payments_minor", String(sums.standing.sumMinor)),
            ("unpaid", String(sums.unpaid.count)), ("unpaid_minor", String(sums.unpaid.sumMinor)),
        ]
        if let count = reported.transactions { values.append(("declared", String(count))) }
        return values
    }

    private func odd(
        _ oddity: BankOddity, _ reported: ReportedBatch, file: SentFile?, _ values: [(String, String)]
    ) -> MessageOddity {
        var all = values
        if let file { all.append(("file", file.messageId)) }
        return MessageOddity(
            oddity: oddity, line: Int32(clamping: reported.line), runNumber: file?.runNumber, cycleId: file?.cycleId,
            event: StagedReports.event(reported.fact), statusCode: reported.statusCode,
            bookedOn: StagedReports.day(reported.bookingDate, or: madeOn)?.daysSinceEpoch2000,
            amount: reported.amount, servicerReference: StagedReports.kept(reported.servicerReference), values: all)
    }
}
