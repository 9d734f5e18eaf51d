import Contracts
import Crypto
import FoundationEssentials
import ISO20022
import Postgres
import TransfersDomain

/// The bank files of a run.
///
/// A file's name and identifiers follow from what it says: the same orders make the same file, and other orders another
/// name. A writer that is killed leaves at most a file without a row; the next attempt finds its own bytes there.
enum RunFile {
    /// Transactions in one file where the programme does not say.
    static let defaultTransactionsPerFile: Int64 = 50_000

    struct Written {
        var transactions: Int32
        var totalMinor: Int64
    }

    /// Writes the file of one chunk and records it.
    static func write(
        _ run: PaymentRun, chunk: RunChunkRow, outbox: String, transaction: borrowing Transaction
    ) async throws -> Written {
        let frozen = try await FrozenRules.read(transaction, runNumber: run.runNumber)
        let totals = try await transaction.queryOne(SumFileOrders(runNumber: run.runNumber, range: chunk.range))
        guard let totals, totals.transactions > 0 else { throw RPCError.internal("A bank file would be empty.") }
        let head = named(try head(run, frozen, totals: totals), totals, key: run.paymentKey)
        var entry = Self.entry(run, frozen, head)
        let position = try await transaction.queryOne(FindLedgerPosition())
        entry.ledgerLeaves = position?.leaves ?? 0
        entry.ledgerChain = position?.chain ?? ""
        let file = try OutboxFile(directory: outbox, name: "\(head.messageID).xml")
        let byteCount = try await fill(file, head, run: run, range: chunk.range, transaction)
        // The manifest says it first: a file that the bank can have is never one that nothing tells of.
        let sha256 = try file.complete()
        entry.sha256 = Hexadecimal.string(sha256)
        let announced = entry
        try await Outbox.locked(outbox) {
            // Whoever withdrew the run since this session ended has looked for the file.
            guard try await transaction.queryOne(FindRun(runId: run.runId))?.state == .writing else {
                throw RPCError.aborted("The run moved on while its file was written.")
            }
            try file.publish(sha256) { try OutboxManifest.append(announced, directory: outbox) }
        }
        try await transaction.execute(
            InsertPaymentFile(
                runNumber: run.runNumber, chunk: chunk.chunk, messageId: head.messageID,
                paymentInformationId: head.paymentInformationID, fileName: file.name, path: file.path,
                range: chunk.range, transactions: Int32(totals.transactions), totalMinor: totals.totalMinor,
                byteCount: Int64(byteCount), sha256: sha256))
        return Written(transactions: Int32(totals.transactions), totalMinor: totals.totalMinor)
    }

    /// Writes a file again that was recorded and is missing. Its bytes follow from what was frozen and ordered; when they
    /// would be others than were recorded, nothing is written.
    static func writeAgain(
        _ known: KnownFile, run: PaymentRun, outbox: String, transaction: borrowing Transaction
    ) async throws {
        let frozen = try await FrozenRules.read(transaction, runNumber: run.runNumber)
        let totals = try await transaction.queryOne(SumFileOrders(runNumber: run.runNumber, range: known.range))
        guard let totals, totals.transactions > 0 else { throw RPCError.internal("A bank file would be empty.") }
        let head = named(try head(run, frozen, totals: totals), totals, key: run.paymentKey)
        let file = try OutboxFile(directory: outbox, name: known.name)
        _ = try await fill(file, head, run: run, range: known.range, transaction)
        let digest = try file.complete()
        try file.publish(digest) {
            guard digest == known.digest else {
                throw RPCError.failedPrecondition(
                    "The file would have other bytes than were recorded; it is not written.",
                    details: [ErrorDetail(type: "outbox", reason: "other_bytes", subject: known.name)])
            }
        }
    }

    /// The names that the files of a run will have, or have: they follow from what was decided, before any order is made.
    static func expectedNames(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> [String] {
        let frozen = try await FrozenRules.read(transaction, runNumber: run.runNumber)
        let statement = SumExpectedFiles(run: run, transactionsPerFile: transactionsPerFile(frozen.definition))
        return try await transaction.query(statement).map { totals in
            named(try head(run, frozen, totals: totals), totals, key: run.paymentKey).messageID + ".xml"
        }
    }

    /// Transactions in one file of a programme.
    static func transactionsPerFile(_ definition: CoordinationV1.ProgrammeDefinition) -> Int64 {
        let configured = Int64(definition.payments?.maxTransactionsPerFile ?? 0)
        return configured > 0 ? configured : defaultTransactionsPerFile
    }

    /// The files that a run has written.
    static func list(_ run: PaymentRun, _ transaction: borrowing Transaction) async throws -> [TransfersV1.BankFile] {
        try await transaction.query(ListPaymentFiles(runNumber: run.runNumber))
    }

    /// What the manifest says of a file.
    private static func entry(
        _ run: PaymentRun, _ frozen: FrozenRules, _ head: PaymentInitiation
    ) -> TransfersV1.OutboxEntry {
        TransfersV1.OutboxEntry(
            act: "written", name: "\(head.messageID).xml", messageId: head.messageID, programme: run.programme,
            cycle: run.cycle, firstDay: frozen.days.firstDay.description, lastDay: frozen.days.lastDay.description,
            paymentKey: run.paymentKey, runId: run.id, kind: run.kind, requestedBy: run.requestedBy,
            approvedBy: run.approvedBy ?? "", payOn: head.executionDate, transactions: head.transactions,
            totalMinor: head.controlSumMinor, currency: run.currency)
    }

    /// The head with the identifiers that follow from what the file says.
    private static func named(_ head: PaymentInitiation, _ totals: FileTotals, key: String) -> PaymentInitiation {
        var named = head
        named.messageID = "\(key)-\(contentCode(head, totals))"
        named.paymentInformationID = "\(named.messageID)-1"
        return named
    }

    /// Twelve hexadecimal digits that follow from everything the file says but its own identifiers.
    private static func contentCode(_ head: PaymentInitiation, _ totals: FileTotals) -> String {
        let said = [
            head.executionDate, head.debtorName, head.debtorAccount, head.debtorBIC, head.characterSet.rawValue,
            head.currency, String(totals.transactions), String(totals.totalMinor), Hexadecimal.string(totals.digest),
        ]
        let digest = SHA256.digest(of: said.joined(separator: "\n"))
        return Hexadecimal.string(digest).prefix(12).uppercased()
    }

    /// The file says that it was made on the day of payment: the time of writing would make each attempt another file.
    private static func head(
        _ run: PaymentRun, _ frozen: FrozenRules, totals: FileTotals
    ) throws -> PaymentInitiation {
        guard let payments = frozen.definition.payments else {
            throw RPCError.failedPrecondition("Programme \(run.programme) does not say who pays (payments).")
        }
        let day = frozen.payOn.description
        return PaymentInitiation(
            messageID: "", createdAt: "\(day)T00:00:00Z", paymentInformationID: "",
            executionDate: day, initiatingParty: payments.debtorName, debtorName: payments.debtorName,
            debtorAccount: payments.debtorAccount, debtorBIC: payments.debtorBic,
            characterSet: payments.characterSet.vocabulary, currency: run.currency, transactions: totals.transactions,
            controlSumMinor: totals.totalMinor)
    }

    private static func fill(
        _ file: OutboxFile, _ head: PaymentInitiation, run: PaymentRun, range: ClosedRange<Int64>,
        _ transaction: borrowing Transaction
    ) async throws -> Int {
        let remittance = Array("\(head.initiatingParty) \(run.cycle)".utf8)
        let orders: SQLText = """
            COPY (
                SELECT sent.end_to_end_id, sent.uetr, sent.amount_minor, roll.bank_bic, roll.holder_name,
                    roll.account_number
                FROM transfers.payment_order AS sent
                JOIN transfers.roll_household AS roll USING (household_id, run_number)
                WHERE sent.household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                    AND sent.run_number = \(run.runNumber)
                ORDER BY sent.household_id
            ) TO STDOUT (FORMAT binary)
            """
        do {
            let writer = try FileWriter(head, file: file)
            try await transaction.copyOut(orders.sql) { row in
                try remittance.withUnsafeBytes { try writer.add(row, remittance: $0) }
            }
            return try writer.finish()
        } catch let error as WritingError {
            throw error.refusal
        }
    }
}

/// Writes orders from a cursor into a file.
private final class FileWriter {
    private var writer: PaymentInitiationWriter?

    init(_ head: PaymentInitiation, file: OutboxFile) throws {
        writer = try PaymentInitiationWriter(head) { try file.write($0) }
    }

    func add(_ row: borrowing CopyRow, remittance: UnsafeRawBufferPointer) throws {
        let amountMinor = try row.int64(2)
        try row.withBytes(1) { uetr in
            try row.withBytes(0) { endToEndID in
                try row.withBytes(3) { bic in
                    try row.withBytes(4) { name in
                        try row.withBytes(5) { account in
                            try writer?.add(
                                BorrowedCreditTransfer(
                                    endToEndID: endToEndID,
                                    uetr: UETR(
                                        high: UInt64(bigEndian: uetr.loadUnaligned(as: UInt64.self)),
                                        low: UInt64(bigEndian: uetr.loadUnaligned(fromByteOffset: 8, as: UInt64.self))),
                                    amountMinor: amountMinor, creditorBIC: bic, creditorName: name,
                                    creditorAccount: account, remittance: remittance))
                        }
                    }
                }
            }
        }
    }

    func finish() throws -> Int {
        guard let complete = writer.take() else { return 0 }
        return try complete.finish()
    }
}

extension WritingError {
    /// As an error of the call: which transaction of the file and which field, never its text.
    fileprivate var refusal: RPCError {
        switch self {
        case .invalidField(let name, let transaction):
            .failedPrecondition(
                transaction == 0
                    ? "The bank file cannot be written: \(name) of the programme's payer is not valid."
                    : "The bank file cannot be written: \(name) of its transaction \(transaction) is not valid.")
        case .totalsDiffer:
            .internal("The orders of a bank file do not add up to what was decided.")
        }
    }
}
