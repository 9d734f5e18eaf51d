import Contracts
import Postgres
import Queue
import TransfersDomain

/// Moves a run from state to state, with everything that the new state begins, in the caller's transaction.
enum RunMovement {
    /// Applies an event to a run whose row the transaction has locked or just updated.
    static func apply(
        _ event: PaymentRunEvent, to run: PaymentRun, chunks: Int32? = nil, households: Int64? = nil,
        _ call: borrowing CallContext
    ) async throws {
        guard let next = run.state.after(event) else {
            throw RPCError.failedPrecondition("The run is \(run.state.rawValue); that is not possible now.")
        }
        switch next {
        case .verifying:
            try await begin(.verify, next, run, chunks: chunks ?? 0, households: households, call)
        case .reserving: try await reserve(run, next, isFirst: event != .resumed, call)
        case .committing:
            try await move(run, to: next, call)
            try await askToOrder(run, call)
        case .ordering:
            let cut = try await call.transaction.queryOne(CutOrderChunks(runNumber: run.runNumber))
            try await begin(.order, next, run, chunks: cut ?? 0, call)
        case .writing:
            let definition = try await FrozenRules.read(call.transaction, runNumber: run.runNumber).definition
            let configured = Int64(definition.payments?.maxTransactionsPerFile ?? 0)
            let perFile = configured > 0 ? configured : RunFile.defaultTransactionsPerFile
            let cut = try await call.transaction.queryOne(
                CutFileChunks(runNumber: run.runNumber, transactionsPerFile: perFile))
            try await begin(.write, next, run, chunks: cut ?? 0, call)
        case .closed:
            try await move(run, to: next, call)
            _ = try await call.transaction.execute(CloseCycle(cycleId: run.cycleId))
        case .freezing, .awaitingBudget, .awaitingApproval, .sent, .empty:
            _ = try await call.transaction.execute(
                MoveRun(runNumber: run.runNumber, state: next.rawValue, households: households))
        }
    }

    private static func move(
        _ run: PaymentRun, to state: PaymentRunState, _ call: borrowing CallContext
    ) async throws {
        _ = try await call.transaction.execute(MoveRun(runNumber: run.runNumber, state: state.rawValue))
    }

    /// Starts a stage: its chunks are stored; each becomes a call.
    private static func begin(
        _ stage: RunStage, _ state: PaymentRunState, _ run: PaymentRun, chunks: Int32, households: Int64? = nil,
        _ call: borrowing CallContext
    ) async throws {
        guard chunks > 0 else { throw RPCError.internal("A stage of the run has no chunks.") }
        _ = try await call.transaction.execute(
            MoveRun(
                runNumber: run.runNumber, state: state.rawValue, stage: stage.rawValue, chunks: chunks,
                households: households))
        let requests = (0..<chunks).map {
            TransfersV1.ChunkRequest(runId: run.id, stage: stage.rawValue, chunk: $0)
        }
        try await call.sendAll(TransfersV1.Payments.runChunk, requests)
    }

    /// Asks the ledger to reserve, line by line, all or nothing. A line that is not open lacks everything.
    private static func reserve(
        _ run: PaymentRun, _ state: PaymentRunState, isFirst: Bool, _ call: borrowing CallContext
    ) async throws {
        if isFirst {
            let definition = try await FrozenRules.read(call.transaction, runNumber: run.runNumber).definition
            _ = try await call.transaction.execute(
                SumLines(
                    runNumber: run.runNumber, fiscalYear: run.fiscalYear, ministry: definition.ministry,
                    programme: run.programme, currency: run.currency))
        } else {
            _ = try await call.transaction.execute(
                NameLines(
                    runNumber: run.runNumber, programme: run.programme, fiscalYear: run.fiscalYear,
                    currency: run.currency))
        }
        let lines = try await call.transaction.query(ListRunLines(runNumber: run.runNumber))
        let unopened = lines.filter { !$0.isOpen }
        guard unopened.isEmpty else {
            _ = try await call.transaction.execute(
                RecordShortfalls(
                    runNumber: run.runNumber, lines: unopened.map(\.line), shortfalls: unopened.map(\.amountMinor)))
            try await move(run, to: .awaitingBudget, call)
            return
        }
        // A reservation whose answer is still out is asked for again under the same number, so it is made once.
        var attempt = run.reservationAttempt
        if run.state != .reserving {
            attempt += 1
            _ = try await call.transaction.execute(CountReservation(runNumber: run.runNumber))
        }
        try await move(run, to: state, call)
        let postings = lines.map { line in
            CoordinationV1.Posting(
                postingId: run.shortCode.postingId(step: "RESERVE\(attempt)", line: line.line), kind: .reserve,
                line: line.line, amountMinor: line.amountMinor, document: run.id,
                description: "Payment run \(run.shortCode)", currency: run.currency)
        }
        try await ask(run, postings, TransfersV1.BudgetStep(runId: run.id, step: "reserve", attempt: attempt), call)
    }

    /// Asks the ledger to commit, accrue and order what it has reserved.
    private static func askToOrder(_ run: PaymentRun, _ call: borrowing CallContext) async throws {
        let lines = try await call.transaction.query(ListRunLines(runNumber: run.runNumber))
        let steps: [(name: String, kind: CoordinationV1.PostingKind)] = [
            ("COMMIT", .commit), ("ACCRUE", .accrue), ("ORDER", .order),
        ]
        let postings = steps.flatMap { step in
            lines.map { line in
                CoordinationV1.Posting(
                    postingId: run.shortCode.postingId(step: step.name, line: line.line), kind: step.kind,
                    line: line.line, amountMinor: line.amountMinor, document: run.id,
                    description: "Payment run \(run.shortCode)", currency: run.currency)
            }
        }
        try await ask(run, postings, TransfersV1.BudgetStep(runId: run.id, step: "order"), call)
    }

    private static func ask(
        _ run: PaymentRun, _ postings: [CoordinationV1.Posting], _ step: TransfersV1.BudgetStep,
        _ call: borrowing CallContext
    ) async throws {
        var options = CallOptions()
        options.waitForReady = true
        _ = try await call.send(
            CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings),
            then: TransfersV1.Payments.budgetAnswered, state: step, options)
    }
}
