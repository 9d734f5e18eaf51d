import Contracts
import Crypto
import LedgerConversation
import Postgres
import Queue

/// Takes a file back that is still in the outbox and that the bank has not spoken about: its orders are withdrawn and open
/// again, the ledger takes the money back, and the file goes to `recalled/`.
enum RecallFile {
    static func scope(
        of request: TransfersV1.ProposalRequest, _ environment: TransfersEnvironment,
        _ transaction: borrowing Transaction
    ) async throws -> ProposalScope {
        var scope = ProposalScope(cycleId: nil, households: 0, totalMinor: 0, currency: "")
        guard !request.files.isEmpty else { throw RPCError.invalidArgument("files: name what shall be recalled") }
        for name in Set(request.files).sorted() {
            let (file, _) = try await check(name, environment.outboxDirectory, transaction)
            scope.cycleId = file.cycleId
            scope.households += file.transactions
            scope.totalMinor += file.totalMinor
            scope.currency = file.currency
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

    static func refusal(_ name: String, _ reason: String, _ sentence: String) -> RPCError {
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

/// Says, by two persons' word, that an announced file never reached the bank.
enum NeverSent {
    static func scope(
        of request: TransfersV1.ProposalRequest, _ environment: TransfersEnvironment,
        _ transaction: borrowing Transaction
    ) async throws -> ProposalScope {
        var scope = ProposalScope(cycleId: nil, households: 0, totalMinor: 0, currency: "")
        for entry in try await entries(request, environment.outboxDirectory, transaction) {
            scope.households += entry.transactions
            scope.totalMinor += entry.totalMinor
            scope.currency = entry.currency
        }
        return scope
    }

    static func carryOut(
        _ request: TransfersV1.ProposalRequest, _ proposal: TransfersV1.Proposal, _ environment: TransfersEnvironment,
        _ call: borrowing CallContext
    ) async throws {
        for var entry in try await entries(request, environment.outboxDirectory, call.transaction) {
            guard let digest = Hexadecimal.bytes(entry.sha256) else {
                throw RPCError.failedPrecondition("The manifest's line about \(entry.name) has no digest.")
            }
            try await call.transaction.execute(
                InsertRecalledFile(name: entry.name, digest: digest, runNumber: nil, proposal: proposal.number))
            entry.act = "recalled"
            entry.requestedBy = proposal.proposedBy
            entry.approvedBy = call.info.caller
            try OutboxManifest.append(entry, directory: environment.outboxDirectory)
        }
    }

    /// The manifest's words about files that are not there and that the database does not know.
    private static func entries(
        _ request: TransfersV1.ProposalRequest, _ directory: String, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.OutboxEntry] {
        guard !request.files.isEmpty else { throw RPCError.invalidArgument("files: name what never reached the bank") }
        let state = try await OutboxState.read(directory, transaction)
        let lost = Dictionary(
            state.forgotten.filter { !$0.isThere }.compactMap { found in found.entry.map { (found.name, $0) } },
            uniquingKeysWith: { $1 })
        return try Set(request.files).sorted().map { name in
            guard let entry = lost[name] else {
                throw RecallFile.refusal(
                    name, "not_lost", "\(name) is not a file that is announced, missing and forgotten.")
            }
            return entry
        }
    }
}

/// Payments of a file that the bank has spoken about.
struct CountBankWords: Statement {
    typealias Row = Int64
    static let sql = """
        SELECT count(*) FROM transfers.payment_order AS sent
        WHERE sent.run_number = $1 AND sent.household_id BETWEEN $2 AND $3 AND (
            sent.state <> 'ordered'
            OR EXISTS (
                SELECT FROM transfers.payment_event AS said
                WHERE said.household_id = sent.household_id AND said.cycle_id = sent.cycle_id
                    AND said.order_number = sent.order_number))
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// What a file took from each budget line.
struct SumRecalledLines: Statement {
    struct Row: Sendable {
        var line: String
        var amountMinor: Int64
        var skipsOrdered: Bool
    }
    static let sql = """
        SELECT asked.line, sum(sent.amount_minor)::bigint, budget.skips_ordered
        FROM transfers.payment_order AS sent
        JOIN transfers.roll_household AS roll USING (household_id, run_number)
        JOIN transfers.payment_run_line AS asked
            ON asked.run_number = sent.run_number AND asked.department_code = roll.department_code
        JOIN coordination.budget_line_v1 AS budget ON budget.line = asked.line
        WHERE sent.run_number = $1 AND sent.household_id BETWEEN $2 AND $3 AND sent.state = 'ordered'
        GROUP BY asked.line, budget.skips_ordered ORDER BY asked.line
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(line: try row.string(0), amountMinor: try row.int64(1), skipsOrdered: try row.bool(2))
    }
}

/// Takes back the orders of a file that the bank has not spoken about.
struct WithdrawFileOrders: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_order SET state = 'withdrawn'
        WHERE run_number = $1 AND household_id BETWEEN $2 AND $3 AND state = 'ordered'
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
}

/// Opens the entitlements of withdrawn orders again.
struct ReopenWithdrawn: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.entitlement_reopened (
            household_id, amount_minor, cycle_id, run_number, order_number, cause, handling)
        SELECT household_id, amount_minor, cycle_id, run_number, order_number, 'withdrawn', 'payer'
        FROM transfers.payment_order
        WHERE run_number = $1 AND household_id BETWEEN $2 AND $3 AND state = 'withdrawn'
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
}

/// Keeps that a file was taken back.
struct InsertRecalledFile: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.recalled_file (file_name, sha256, run_number, proposal_number) VALUES ($1, $2, $3, $4)
        """
    var name: String
    var digest: [UInt8]
    var runNumber: Int32?
    var proposal: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(name)
        parameters.add(digest)
        parameters.add(runNumber)
        parameters.add(proposal)
    }
}
