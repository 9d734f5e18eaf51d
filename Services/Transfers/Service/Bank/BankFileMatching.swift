import Contracts
import ISO20022
import Postgres
import TransfersDomain
import Vocabulary

/// Finds the order of every staged transaction, and marks what is odd: what is not marked is clear and can be applied.
///
/// In the order UETR, EndToEndId, InstrId: the references that we gave lead to cycle and household by their own text, so
/// the orders are found by their key; a UETR that differs from the order's is looked for among all orders that are with
/// the bank, and decides.
struct BankFileMatching {
    let head: BankMessageHead
    let groups: [ReportedGroup]
    let batches: [ReportedBatch]
    let accounts: [ReportedAccount]
    let hasEntries: Bool
    let staging: StagedReports

    /// What the matching came to.
    struct Result {
        /// What is odd about the message as such.
        var oddities: [MessageOddity] = []
        /// What is none of ours.
        var passedOver: Int64 = 0
        /// Whether it is about anything of ours.
        var isOurs = false
    }

    /// Matches and marks, set-based.
    func run(_ transaction: borrowing Transaction) async throws -> Result {
        var result = Result(passedOver: staging.others)
        var counted = try await count(transaction)
        if counted.otherUETRs > 0 {
            try await transaction.execute(MatchByUETR())
            counted = try await count(transaction)
        }
        let isAnswer = try await answer(groups, &result, transaction)
        for batch in batches {
            switch try await BankBatches(madeOn: staging.madeOn).match(batch, transaction) {
            case .foreign: result.passedOver += 1
            case .staged: result.isOurs = true
            case .odd(let odd):
                result.oddities.append(odd)
                result.isOurs = result.isOurs || odd.runNumber != nil
            }
        }
        result.isOurs = result.isOurs || isAnswer
        if try await transaction.queryOne(CountRepetitions()) ?? 0 > 0 {
            try await transaction.execute(MarkRepetitions())
            try await transaction.execute(DropMarked(mark: "repeated"))
        }
        if !groups.isEmpty || !batches.isEmpty { counted = try await count(transaction) }
        try await markOtherAccounts(transaction)
        if hasEntries { try await transaction.execute(MarkEntries()) }
        if counted.odd > 0 {
            try await transaction.execute(MarkOddities(judgement: try await judgement(transaction)))
        }
        if counted.foreign > 0 {
            result.passedOver += Int64(try await transaction.execute(DropMarked(mark: "foreign")))
        }
        result.isOurs = result.isOurs || counted.rows > counted.unknown + counted.foreign
        return result
    }

    private func judgement(_ transaction: borrowing Transaction) async throws -> BankJudgement {
        BankJudgement(
            bounds: try await transaction.queryOne(FindStagedBounds()) ?? StagedBounds(),
            isStatusReport: head.kind == .pain002)
    }

    private func count(_ transaction: borrowing Transaction) async throws -> CountOddities.Row {
        let judgement = try await judgement(transaction)
        guard let counted = try await transaction.queryOne(CountOddities(judgement: judgement)) else {
            throw RPCError.internal("Nothing can be said about what was staged.")
        }
        return counted
    }

    /// Applies the status of a file or block to the orders that the message does not list, where it is about the file that
    /// was written.
    private func answer(
        _ groups: [ReportedGroup], _ result: inout Result, _ transaction: borrowing Transaction
    ) async throws -> Bool {
        var isAnswer = false
        for group in groups {
            let statement = FindPaymentFile(messageId: group.originalMessageID, paymentInformationId: nil)
            guard let file = try await transaction.queryOne(statement),
                group.paymentInformationID == nil || group.paymentInformationID == file.paymentInformationId
            else {
                let name = group.paymentInformationID ?? group.originalMessageID
                result.oddities.append(odd(.unknownFile, group, file: nil, [("file", name)]))
                continue
            }
            isAnswer = true
            if let differing = Self.difference(group, file) {
                result.oddities.append(odd(.fileDiffers, group, file: file, differing))
                continue
            }
            guard let event = Self.event(group), group.listedTransactions < file.transactions else { continue }
            try await transaction.execute(
                StageUnlisted(
                    file: file, line: Int32(clamping: group.line), event: event, code: group.statusCode,
                    reason: group.reasonCode))
        }
        return isAnswer
    }

    private static func event(_ group: ReportedGroup) -> String? {
        switch group.status {
        case .accepted: PaymentOrderEvent.bankAccepted.stagedName
        case .rejected:
            ReasonHandling(reason: group.reasonCode) == .check ? "check" : PaymentOrderEvent.bankRejected.stagedName
        case .received, .partlyAccepted, .pending, .other, nil: nil
        }
    }

    /// What the message says of the file that is not so.
    private static func difference(_ group: ReportedGroup, _ file: SentFile) -> [(String, String)]? {
        if let count = group.originalTransactions, count != file.transactions {
            return [("declared", String(count)), ("payments", String(file.transactions)), ("file", file.messageId)]
        }
        guard let sum = group.originalControlSum, let currency = Currency(code: file.currency),
            Money(sum, currency: currency)?.minorUnits != file.totalMinor
        else { return nil }
        return [
            ("declared", String(sum.prefix(30))), ("payments_minor", String(file.totalMinor)), ("file", file.messageId),
        ]
    }

    private func odd(
        _ oddity: BankOddity, _ group: ReportedGroup, file: SentFile?, _ values: [(String, String)]
    ) -> MessageOddity {
        MessageOddity(
            oddity: oddity, line: Int32(clamping: group.line), runNumber: file?.runNumber, cycleId: file?.cycleId,
            event: Self.event(group) ?? "noted", statusCode: group.statusCode, values: values)
    }

    /// Statements of accounts that are not the payer's.
    private func markOtherAccounts(_ transaction: borrowing Transaction) async throws {
        var reports: [Int32] = []
        var cycleIds: [Int32] = []
        for account in accounts {
            for cycle in staging.cycles.values where !Self.isSame(account, as: cycle) {
                reports.append(account.report)
                cycleIds.append(cycle.cycleId)
            }
        }
        guard !reports.isEmpty else { return }
        try await transaction.execute(MarkOtherAccounts(reports: reports, cycleIds: cycleIds))
    }

    /// Banks write the same number with or without its spaces and hyphens.
    static func isSame(_ account: ReportedAccount, as cycle: SentCycle) -> Bool {
        func plain(_ number: String) -> String { number.uppercased().filter { $0 != " " && $0 != "-" } }
        return plain(account.number) == plain(cycle.account)
            && (account.currency.isEmpty || account.currency == cycle.currency)
    }
}
