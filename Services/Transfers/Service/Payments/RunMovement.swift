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
        var moved = run
        moved.state = next
        switch next {
        case .verifying:
            try await begin(.verify, moved, chunks: chunks ?? 0, households: households, call)
        case .reserving:
            try await move(moved, call)
            switch try await RunBudget.reserve(moved, call) {
            case .asked: break
            case .done: try await apply(.budgetReserved(isApproved: run.approvedBy != nil), to: moved, call)
            case .lacking: try await apply(.budgetRefused, to: moved, call)
            }
        case .committing:
            try await move(moved, call)
            switch try await RunBudget.order(moved, call) {
            case .asked: break
            case .done: try await apply(.budgetOrdered, to: moved, call)
            case .lacking: try await apply(.budgetRefused, to: moved, call)
            }
        case .ordering:
            let cut = try await call.transaction.queryOne(CutOrderChunks(runNumber: run.runNumber))
            try await begin(.order, moved, chunks: cut ?? 0, call)
        case .writing:
            try await begin(.write, moved, chunks: try await cutFiles(moved, call.transaction), call)
        case .closed:
            try await move(moved, call)
            _ = try await call.transaction.execute(CloseCycle(cycleId: run.cycleId))
        case .freezing, .awaitingBudget, .awaitingApproval, .sent, .empty, .withdrawing, .withdrawn:
            _ = try await call.transaction.execute(
                MoveRun(runNumber: run.runNumber, state: next.rawValue, households: households))
        }
    }

    /// Cuts the orders of a run into files; those of a run that was taken up are there already.
    private static func cutFiles(_ run: PaymentRun, _ transaction: borrowing Transaction) async throws -> Int32 {
        if run.kind == "recovered" {
            return try await transaction.queryOne(CutRecoveredChunks(runNumber: run.runNumber)) ?? 0
        }
        let definition = try await FrozenRules.read(transaction, runNumber: run.runNumber).definition
        let statement = CutFileChunks(
            runNumber: run.runNumber, transactionsPerFile: RunFile.transactionsPerFile(definition))
        return try await transaction.queryOne(statement) ?? 0
    }

    private static func move(_ run: PaymentRun, _ call: borrowing CallContext) async throws {
        _ = try await call.transaction.execute(
            MoveRun(runNumber: run.runNumber, state: run.state.rawValue, households: nil))
    }

    /// Starts a stage: its chunks are stored; each becomes a call.
    private static func begin(
        _ stage: RunStage, _ run: PaymentRun, chunks: Int32, households: Int64? = nil, _ call: borrowing CallContext
    ) async throws {
        guard chunks > 0 else { throw RPCError.internal("A stage of the run has no chunks.") }
        _ = try await call.transaction.execute(
            BeginStage(
                runNumber: run.runNumber, state: run.state.rawValue, stage: stage.rawValue, chunks: chunks,
                households: households))
        try await send(stage, of: run, chunks: Array(0..<chunks), call)
    }

    /// Sends calls for chunks of a stage, and notes with each chunk which call it was.
    static func send(
        _ stage: RunStage, of run: PaymentRun, chunks: [Int32], _ call: borrowing CallContext
    ) async throws {
        guard !chunks.isEmpty else { return }
        let requests = chunks.map { TransfersV1.ChunkRequest(runId: run.id, stage: stage.rawValue, chunk: $0) }
        let calls = try await call.sendAll(TransfersV1.Payments.runChunk, requests)
        _ = try await call.transaction.execute(
            NoteChunkCalls(runNumber: run.runNumber, stage: stage.rawValue, chunks: chunks, calls: calls))
    }
}
