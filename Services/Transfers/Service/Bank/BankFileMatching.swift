import Contracts
import ISO20022
import Postgres
import TransfersDomain

/// Finds the order of every staged transaction, and refuses the file when one cannot be found or does not fit.
///
/// In the order UETR, EndToEndId, InstrId: the references that we gave lead to run and household by their own text, so
/// the orders are found by their key; a UETR that differs from the order's is looked for among all orders that are with
/// the bank, and decides.
struct BankFileMatching {
    let head: BankMessageHead
    let groups: [ReportedGroup]
    let staging: StagedReports

    /// Matches and checks, set-based.
    func run(_ transaction: borrowing Transaction) async throws {
        var checked = try await check(transaction)
        if checked.otherUETRs > 0 {
            _ = try await transaction.execute(MatchByUETR())
            checked = try await check(transaction)
        }
        if checked.unknown > 0, head.kind == .camt053, checked.unknown < checked.staged {
            // Money that came in on the same account from elsewhere is none of ours; a debit would be.
            _ = try await transaction.execute(DropForeignCredits())
            checked = try await check(transaction)
        }
        if checked.unknown > 0 {
            throw MessageRefusal(
                .invalidValue, line: Int(checked.firstUnknown),
                "\(checked.unknown) transactions are about payments that are unknown here")
        }
        if checked.otherAmounts > 0 {
            throw MessageRefusal(
                .totalsDiffer, line: Int(checked.firstOtherAmount),
                "\(checked.otherAmounts) transactions have another amount than was ordered")
        }
        if let twice = try await transaction.queryOne(FindRepetition()), twice.count > 0 {
            throw MessageRefusal(
                .totalsDiffer, line: Int(twice.line), "\(twice.count) payments are reported twice in the file")
        }
        var spoken = checked.staged
        for group in groups { spoken += try await apply(group, transaction) }
        if spoken == 0, groups.isEmpty {
            throw MessageRefusal(.invalidValue, line: 1, "names none of our payments")
        }
    }

    private func check(_ transaction: borrowing Transaction) async throws -> CheckStaged.Row {
        let bounds = try await transaction.queryOne(FindStagedBounds()) ?? StagedBounds()
        guard let checked = try await transaction.queryOne(CheckStaged(bounds: bounds)) else {
            throw RPCError.internal("Nothing can be said about what was staged.")
        }
        return checked
    }

    /// Checks the status of a file or block against the file that was written, and applies it to the orders that the
    /// message does not list.
    private func apply(_ group: ReportedGroup, _ transaction: borrowing Transaction) async throws -> Int64 {
        let statement = FindPaymentFile(messageId: group.originalMessageID)
        guard let file = try await transaction.queryOne(statement),
            group.paymentInformationID == nil || group.paymentInformationID == file.paymentInformationId
        else {
            throw MessageRefusal(.invalidValue, line: group.line, "is about a payment file that is unknown here")
        }
        if let count = group.originalTransactions, count != file.transactions {
            throw MessageRefusal(
                .totalsDiffer, line: group.line,
                "says that the payment file has \(count) transactions; it has \(file.transactions)")
        }
        if let sum = group.originalControlSum, Amount.minorUnits(sum, currency: file.currency) != file.totalMinor {
            throw MessageRefusal(.totalsDiffer, line: group.line, "gives another control sum than the payment file's")
        }
        let event: PaymentOrderEvent
        switch group.status {
        case .accepted: event = .bankAccepted
        case .rejected: event = .bankRejected
        case .received, .partlyAccepted, .pending, .other, nil: return 0
        }
        guard group.listedTransactions < file.transactions else { return 0 }
        let isDuplicate = event == .bankRejected && ReasonHandling(reason: group.reasonCode) == .check
        return Int64(
            try await transaction.execute(
                StageUnlisted(
                    file: file, line: Int32(clamping: group.line), event: isDuplicate ? "check" : event.stagedName,
                    code: group.statusCode, reason: group.reasonCode)))
    }
}
