import Contracts
import Intake
import ISO20022
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// One file of the bank on its way: read into staging, matched, and what is clear in it applied.
///
/// A file that cannot be read, or whose own totals lie, throws a `MessageRefusal`; the caller undoes what was done until
/// then. What is odd about a payment is put on the list.
struct BankFileApplication {
    private let fileName: String
    private let sha256: [UInt8]
    private let importedBy: String
    private var head: BankMessageHead?
    private var groups: [ReportedGroup] = []
    private var batches: [ReportedBatch] = []
    private var accounts: [ReportedAccount] = []
    private var hasEntries = false
    private var staging = StagedReports()
    /// Transactions read.
    private(set) var transactions: Int64 = 0

    /// Payment blocks, batches and statements that one message may carry: a bank answers files, which have one block each.
    private static let mostGroups = 10_000

    init(fileName: String, sha256: [UInt8], importedBy: String) {
        self.fileName = fileName
        self.sha256 = sha256
        self.importedBy = importedBy
    }

    /// Streams the file into staging.
    mutating func read(
        _ upload: inout UploadedFile, _ transaction: borrowing Transaction, _ progress: (Int64) async throws -> Void
    ) async throws {
        try await transaction.script("TRUNCATE transfers.staged_bank_report, transfers.staged_bank_entry")
        staging.cycles = Dictionary(
            uniqueKeysWithValues: try await transaction.query(ListSentCycles()).map { ($0.paymentKey, $0) })
        let reader = BankMessageReader()
        var events: [BankEvent] = []
        while try await upload.advance(in: transaction) {
            try upload.piece.withUnsafeBytes { try reader.feed($0, into: &events) }
            try await stage(&events, transaction)
            try await progress(transactions)
        }
        try reader.finish(into: &events)
        try await stage(&events, transaction)
        _ = try await transaction.query(AnalyzeStagedReports())
    }

    private mutating func stage(_ events: inout [BankEvent], _ transaction: borrowing Transaction) async throws {
        defer { events.removeAll(keepingCapacity: true) }
        var rows: [StagedReport] = []
        var entries: [ReportedEntry] = []
        rows.reserveCapacity(events.count)
        for event in events {
            switch event {
            case .head(let head):
                self.head = head
                staging.madeOn = CalendarDate(iso8601: head.createdAt.prefix(10))
            case .transaction(let transaction):
                transactions += 1
                if let row = staging.row(transaction) { rows.append(row) }
            case .entry(let entry): entries.append(entry)
            case .batch(let batch):
                transactions += 1
                batches.append(batch)
                try bound(batches.count, "Btch", line: batch.line)
            case .report(let account):
                accounts.append(account)
                try bound(accounts.count, "Stmt", line: account.line)
            case .paymentBlock(let group), .group(let group):
                groups.append(group)
                try bound(groups.count, "OrgnlPmtInfAndSts", line: group.line)
            }
        }
        if !rows.isEmpty {
            try await transaction.copyIn(StagedReport.copy) { writer in
                for row in rows { row.write(to: &writer) }
            }
        }
        if !entries.isEmpty {
            hasEntries = true
            try await transaction.copyIn(StagedEntry.copy) { writer in
                for entry in entries { StagedEntry.write(entry, to: &writer) }
            }
        }
    }

    private func bound(_ count: Int, _ what: String, line: Int) throws(MessageRefusal) {
        guard count > Self.mostGroups else { return }
        throw MessageRefusal(.tooLarge, line: line, ["what": what, "limit": String(Self.mostGroups)])
    }

    /// Matches what was read and applies what is clear.
    mutating func apply(_ call: borrowing CallContext) async throws -> TransfersV1.BankFileResult {
        guard let head else { throw MessageRefusal(.missingElement, line: 1, ["element": "GrpHdr"]) }
        let matched = try await BankFileMatching(
            head: head, groups: groups, batches: batches, accounts: accounts, hasEntries: hasEntries, staging: staging
        ).run(call.transaction)
        guard matched.isOurs else {
            // Named in our way, and nothing of it is known: perhaps the database has forgotten it. It is not taken, so
            // that it can be imported once the database has been told.
            guard head.kind != .pain002, !staging.hasOurs, matched.oddities.isEmpty else {
                throw MessageRefusal(
                    .nothingOfOurs, line: groups.first?.line ?? 1,
                    ["file": groups.last?.originalMessageID ?? ""])
            }
            return TransfersV1.BankFileResult(
                fileName: fileName, kind: head.kind.rawValue, outcome: "passed_over", passedOver: matched.passedOver)
        }
        return try await store(head, matched, call)
    }

    /// The sender, as far as the message tells: a message's identifier is its sender's.
    private var sender: String {
        let named = [head?.servicer ?? ""] + accounts.flatMap { [$0.servicer, $0.number] }
        return String((named.first { !$0.isEmpty } ?? "").prefix(40))
    }

    private func store(
        _ head: BankMessageHead, _ matched: BankFileMatching.Result, _ call: borrowing CallContext
    ) async throws -> TransfersV1.BankFileResult {
        var oddities = matched.oddities
        let sameMessage = FindBankMessageById(
            kind: head.kind.rawValue, sender: sender, messageId: head.messageID, page: head.page)
        if let earlier = try await call.transaction.queryOne(sameMessage) {
            oddities.append(MessageOddity(oddity: .messageAgain, line: 1, values: [("file", earlier)]))
        }
        let number = try await call.transaction.queryOne(
            InsertBankMessage(
                head: head, sender: sender, fileName: fileName, sha256: sha256, transactions: transactions,
                importedBy: importedBy))
        guard let number else { throw RPCError.internal("A message got no number.") }
        for odd in oddities {
            try await call.transaction.execute(
                InsertMessageOddity(messageNumber: number, importedBy: importedBy, odd: odd))
        }
        let applied = try await BankMessageEffects(
            messageNumber: number, importedBy: importedBy, oddityNumber: 0, accounts: accounts
        ).applyJudged(call)
        let result = result(
            head, applied, odd: Int64(oddities.count) + applied.odd, passedOver: matched.passedOver)
        try await call.transaction.execute(CountBankMessage(messageNumber: number, result: result))
        return result
    }

    private func result(
        _ head: BankMessageHead, _ applied: BankMessageEffects.Applied, odd: Int64, passedOver: Int64
    ) -> TransfersV1.BankFileResult {
        func moved(to state: PaymentOrderState) -> Int64 {
            applied.movements.filter { $0.toState == state.rawValue }.reduce(0) { $0 + $1.orders }
        }
        var result = TransfersV1.BankFileResult(fileName: fileName, kind: head.kind.rawValue, outcome: "applied")
        result.accepted = moved(to: .accepted)
        result.rejected = moved(to: .rejected)
        result.paid = moved(to: .paid)
        result.returned = moved(to: .returned)
        result.odd = odd
        result.passedOver = passedOver
        let moved = result.accepted + result.rejected + result.paid + result.returned
        result.unchanged = max(0, applied.clear - moved)
        return result
    }
}

extension PaymentOrderState {
    /// As it is stored: an order is sent when its run is, without a change of its own row.
    var stored: String { self == .sent ? PaymentOrderState.ordered.rawValue : rawValue }

    /// What an event makes of each state of an order of a run that is sent, as stored; states that it contradicts are
    /// not in the table.
    static func transitions(on event: PaymentOrderEvent) -> [(known: String, next: String)] {
        allCases.filter { $0 != .ordered }.compactMap { state in
            state.after(event).map { (state.stored, $0.stored) }
        }
    }
}

extension PaymentOrderEvent {
    /// What the bank can say, in the order in which one file's facts follow from each other.
    static let ofBank: [PaymentOrderEvent] = [.bankAccepted, .bankRejected, .bankPaid, .bankReturned]

    /// As it is stored.
    var stagedName: String {
        switch self {
        case .fileWritten, .takenBack: "noted"
        case .bankAccepted: "accepted"
        case .bankPaid: "paid"
        case .bankRejected: "rejected"
        case .bankReturned: "returned"
        }
    }
}
