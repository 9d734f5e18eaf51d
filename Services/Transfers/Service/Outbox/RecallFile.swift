import Contracts
import Crypto
import LedgerConversation
import Postgres
import Queue
import Vocabulary

/// Takes a file back that is still in the outbox and that the bank has not spoken about: its orders are withdrawn and open
/// again, the ledger takes the money back, and the file goes to `recalled/`.
enum RecallFile {
    static func scope(
        of request: TransfersV1.ProposalRequest, _ environment: TransfersEnvironment,
        _ transaction: borrowing Transaction
    ) async throws -> ProposalScope {
        var scope = ProposalScope()
        guard !request.files.isEmpty else { throw RPCError.invalidArgument("files: name what shall be recalled") }
        for name in Set(request.files).sorted() {
            let (file, _) = try await check(name, environment.outboxDirectory, transaction)
            scope.add(
                transactions: file.transactions, totalMinor: file.totalMinor, currency: file.currency,
                cycleId: file.cycleId)
        }
        return scope
    }

    static func carryOut(
        _ request: TransfersV1.ProposalRequest, _ proposal: TransfersV1.Proposal, _ environment: TransfersEnvironment,
        _ call: borrowing CallContext
    ) async throws {
        let directory = environment.outboxDirectory
        for name in Set(request.files).sorted() {
            let (file, known) = try await check(name, directory, call.transaction)
            if let known { try await withdrawOrders(of: known, file, proposal, call) }
            try await call.transaction.execute(
                InsertRecalledFile(
                    name: name, digest: file.digest, runNumber: known?.runNumber, proposal: proposal.number))
            // The file last: should anything before it fail, it stays where it was. Should the commit fail, it is in
            // `recalled/`, where confirming again finds it.
            guard try Outbox.recall(name, in: directory) else {
                throw refusal(name, "gone", "The file \(name) has left the outbox: the bank may have it.")
            }
            var entry = try OutboxManifest(directory: directory).latest[name] ?? TransfersV1.OutboxEntry(name: name)
            entry.act = "recalled"
            entry.sha256 = Hexadecimal.string(file.digest)
            entry.requestedBy = proposal.proposedBy
            entry.approvedBy = call.info.caller
            try OutboxManifest.append(entry, directory: directory)
        }
    }

    /// What the bytes of the file are, and what the database knows of it; or why it cannot be recalled.
    private static func check(
        _ name: String, _ directory: String, _ transaction: borrowing Transaction
    ) async throws -> (RecallableFile, KnownFile?) {
        guard !name.contains("/") else { throw RPCError.invalidArgument("files: names, not paths") }
        let known = try await transaction.queryOne(FindKnownFile(name: name))
        let read =
            WrittenFile(path: "\(directory)/\(name)")
            ?? WrittenFile(path: "\(directory)/\(Outbox.recalledDirectory)/\(name)")
        guard let read else {
            throw refusal(name, "gone", "The file \(name) is not in the outbox: the bank may have it.")
        }
        let recalled = try await transaction.query(ListRecalledNames()).contains(name)
        guard !recalled else { throw refusal(name, "recalled", "The file \(name) is recalled already.") }
        let file = RecallableFile(
            cycleId: nil, transactions: read.transactions, totalMinor: read.totalMinor, currency: read.currency,
            digest: read.digest)
        guard let known else { return (file, nil) }
        guard read.digest == known.digest else {
            throw refusal(name, "altered", "The file \(name) has other bytes than were written.")
        }
        guard let run = try await transaction.queryOne(FindRun(runId: known.runId)), run.state == .sent else {
            throw refusal(name, "run_not_sent", "The run of the file \(name) is not sent; it can be withdrawn.")
        }
        let spoken = try await transaction.queryOne(CountBankWords(runNumber: known.runNumber, range: known.range)) ?? 0
        guard spoken == 0 else {
            throw refusal(
                name, "bank_has_it", "The bank has spoken about \(spoken) payments of \(name): it has the file.")
        }
        return (file.of(run), known)
    }

    private static func withdrawOrders(
        of known: KnownFile, _ file: RecallableFile, _ proposal: TransfersV1.Proposal, _ call: borrowing CallContext
    ) async throws {
        guard let run = try await call.transaction.queryOne(LockRun(runId: known.runId)) else { return }
        let lines = try await call.transaction.query(
            SumRecalledLines(runNumber: known.runNumber, range: known.range))
        let withdrawn = try await call.transaction.execute(
            WithdrawFileOrders(runNumber: known.runNumber, range: known.range))
        guard withdrawn == Int(known.transactions) else {
            throw refusal(known.name, "bank_has_it", "The bank is speaking about payments of \(known.name).")
        }
        try await call.transaction.execute(ReopenWithdrawn(runNumber: known.runNumber, range: known.range))
        let postings = lines.map { line in
            CoordinationV1.Posting(
                postingId: BoundedIdentifier.make("\(run.document)/RECALL-\(known.chunk)/\(line.line)"),
                kind: .return, line: line.line, amountMinor: line.amountMinor, document: run.document,
                stage: line.skipsOrdered ? "accrued" : "ordered", description: "\(run.programme) \(run.cycle)",
                currency: run.currency)
        }
        try await Ledger.ask(
            LedgerRequest(
                requestId: "\(run.document)/recall-\(known.chunk)", document: run.document, purpose: "recall",
                generation: 1, postings: postings), call)
    }

    static func refusal(_ name: String, _ reason: String, _ sentence: Sentence) -> RPCError {
        .failedPrecondition(sentence, details: [ErrorDetail(type: "outbox", reason: reason, subject: name)])
    }
}

/// What a file that can be recalled comes to.
private struct RecallableFile {
    var cycleId: Int32?
    var transactions: Int64
    var totalMinor: Int64
    var currency: String
    var digest: [UInt8]

    func of(_ run: PaymentRun) -> RecallableFile {
        var file = self
        file.cycleId = run.cycleId
        file.currency = run.currency
        return file
    }
}
