import Contracts
import Intake
import ISO20022
import Postgres
import Queue
import TransfersDomain

/// One file of the bank on its way: read into staging, matched, checked, applied.
///
/// Everything that is wrong with it throws a `MessageRefusal`; the caller undoes what was done until then.
struct BankFileApplication {
    private let fileName: String
    private let sha256: [UInt8]
    private let importedBy: String
    private var head: BankMessageHead?
    private var groups: [ReportedGroup] = []
    private var staging = StagedReports()
    /// Transactions read.
    private(set) var transactions: Int64 = 0

    /// Payment blocks and files whose status one message may carry: a bank answers files, which have one block each.
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
        try await transaction.script("TRUNCATE transfers.staged_bank_report")
        staging.cycles = Dictionary(
            uniqueKeysWithValues: try await transaction.query(ListSentCycles()).map { ($0.paymentKey, $0.cycleId) })
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
        rows.reserveCapacity(events.count)
        for event in events {
            switch event {
            case .head(let head): self.head = head
            case .transaction(let transaction):
                transactions += 1
                if let row = staging.row(transaction) { rows.append(row) }
            case .paymentBlock(let group), .group(let group):
                groups.append(group)
                guard groups.count <= Self.mostGroups else {
                    throw MessageRefusal(.tooLarge, line: group.line, "too many payment blocks")
                }
            }
        }
        guard !rows.isEmpty else { return }
        try await transaction.copyIn(StagedReport.copy) { writer in
            for row in rows { row.write(to: &writer) }
        }
    }

    /// Matches, checks and applies what was read.
    mutating func apply(_ call: borrowing CallContext) async throws -> TransfersV1.BankFileResult {
        guard let head else { throw MessageRefusal(.missingElement, line: 1, "no head") }
        if let known = try await call.transaction.queryOne(
            FindBankMessageById(kind: head.kind.rawValue, messageId: head.messageID))
        {
            guard known.sha256 == sha256 else {
                throw MessageRefusal(
                    .invalidValue, line: 1, "a message with the same identifier and other content was applied before")
            }
            return ImportBankFiles.alreadyApplied(fileName, head.kind.rawValue)
        }
        try await BankFileMatching(head: head, groups: groups, staging: staging).run(call.transaction)
        return try await store(head, call)
    }

    private func store(_ head: BankMessageHead, _ call: borrowing CallContext) async throws
        -> TransfersV1.BankFileResult
    {
        let number = try await call.transaction.queryOne(
            InsertBankMessage(
                head: head, fileName: fileName, sha256: sha256, transactions: transactions, importedBy: importedBy))
        guard let number else { throw RPCError.internal("A message got no number.") }
        let bounds = try await call.transaction.queryOne(FindStagedBounds()) ?? StagedBounds()
        var movements: [BankMovement] = []
        for event in PaymentOrderEvent.ofBank {
            movements += try await move(event, bounds, call.transaction)
        }
        try await call.transaction.execute(InsertPaymentEvents(messageNumber: number))
        try await call.transaction.execute(
            ReopenEntitlements(
                messageNumber: number, reasons: ReasonHandling.table.map(\.reason),
                handlings: ReasonHandling.table.map(\.handling.rawValue), bounds: bounds))
        try await call.transaction.executeMany(movements.map { InsertMovement(messageNumber: number, movement: $0) })
        try await BankPostings.ask(number, sha256: sha256, movements, call)
        let result = try await result(head, movements, call.transaction)
        try await call.transaction.execute(CountBankMessage(messageNumber: number, result: result))
        return result
    }

    /// Applies one kind of event to every order that it concerns, by the state machine's own table.
    private func move(
        _ event: PaymentOrderEvent, _ bounds: StagedBounds, _ transaction: borrowing Transaction
    ) async throws -> [BankMovement] {
        let table = PaymentOrderState.transitions(on: event)
        let contradiction = try await transaction.queryOne(
            FindContradiction(event: event.stagedName, known: table.map(\.known), bounds: bounds))
        if let contradiction, contradiction.count > 0 {
            throw MessageRefusal(
                .invalidValue, line: Int(contradiction.line),
                "\(contradiction.count) transactions are reported as \(event.stagedName) that the bank has finished"
                    + " otherwise; a person must ask the bank")
        }
        return try await transaction.query(
            MoveOrders(event: event.stagedName, known: table.map(\.known), next: table.map(\.next), bounds: bounds))
    }

    private func result(
        _ head: BankMessageHead, _ movements: [BankMovement], _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.BankFileResult {
        func moved(to state: PaymentOrderState) -> Int64 {
            movements.filter { $0.toState == state.rawValue }.reduce(0) { $0 + $1.orders }
        }
        let staged = try await transaction.queryOne(CountStaged()) ?? 0
        var result = TransfersV1.BankFileResult(fileName: fileName, kind: head.kind.rawValue, outcome: "applied")
        result.accepted = moved(to: .accepted)
        result.rejected = moved(to: .rejected)
        result.paid = moved(to: .paid)
        result.returned = moved(to: .returned)
        result.unchanged =
            max(staged, transactions) - result.accepted - result.rejected - result.paid - result.returned
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
