import Contracts
import Foundation
import Postgres
import Queue
import TransfersDomain

/// Does one chunk of a stage, in the transaction that completes the call; the stage's last chunk moves the run on.
///
/// Calling it again changes nothing: a chunk that is done, or a stage that is over, is passed by.
struct RunChunk: Handler {
    static let method = TransfersV1.Payments.runChunk

    let environment: TransfersEnvironment

    func handle(
        _ request: TransfersV1.ChunkRequest, _ call: borrowing CallContext
    ) async throws -> CommonV1.Empty {
        guard let stage = RunStage(rawValue: request.stage) else {
            throw RPCError.invalidArgument("stage: no such stage: \(request.stage)")
        }
        let runId = try uuid(request.runId)
        guard let run = try await call.transaction.queryOne(FindRun(runId: runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        guard run.stage == stage.rawValue, run.state == stage.state else { return .init() }
        // While payments are paused, what would let money go rests: it is sent again when somebody says go on.
        if stage == .order || stage == .write, try await PaymentPauseReading.isLeft(call.transaction) {
            return .init()
        }
        switch stage {
        case .freeze: try await freeze(run, call)
        case .verify: try await verify(run, request.chunk, call)
        case .order: try await order(run, request.chunk, call)
        case .write: try await write(run, request.chunk, call)
        }
        return .init()
    }

    /// Freezes the roll in one statement, and cuts it into chunks.
    private func freeze(_ seen: PaymentRun, _ call: borrowing CallContext) async throws {
        guard let run = try await call.transaction.queryOne(LockRun(runId: seen.runId)), run.state == .freezing
        else { return }
        if run.kind == "supplementary" {
            try await SupplementaryRun.freeze(run, call.transaction)
        } else {
            try await freezeWhole(run, call.transaction)
        }
        let cut = try await call.transaction.queryOne(
            CutRollIntoChunks(runNumber: run.runNumber, householdsPerChunk: environment.householdsPerChunk))
        guard let cut else { throw RPCError.internal("The roll could not be cut into chunks.") }
        _ = try await call.transaction.query(AnalyzeRoll())
        try await RunMovement.apply(
            .rollFrozen(households: cut.households), to: run, chunks: cut.chunks, households: cut.households, call)
    }

    /// The roll of everybody whom the cycle serves; after a run that was taken up, of those whom that did not pay.
    private func freezeWhole(_ run: PaymentRun, _ transaction: borrowing Transaction) async throws {
        let frozen = try await FrozenRules.read(transaction, runNumber: run.runNumber)
        let bornFrom = frozen.rules.concernsBelowMonths.flatMap { frozen.days.firstDay.addingMonths(-$0 - 1) }
        let isRest = try await transaction.queryOne(HasRecoveredRun(cycleId: run.cycleId)) ?? false
        _ = try await transaction.execute(
            FreezeRoll(
                runNumber: run.runNumber, cycleId: run.cycleId, bornFrom: bornFrom?.daysSinceEpoch2000, isRest: isRest))
    }

    private func verify(_ run: PaymentRun, _ number: Int32, _ call: borrowing CallContext) async throws {
        guard let chunk = try await lock(run, .verify, number, call) else { return }
        if run.kind == "supplementary" {
            let decided = try await SupplementaryRun.decided(run, chunk.range, call.transaction)
            return try await finish(
                run, .verify, chunk, payable: decided.payableHouseholds, total: decided.totalMinor, counts: true, call)
        }
        let frozen = try await FrozenRules.read(call.transaction, runNumber: run.runNumber)
        let roll = try await RollChunk.read(
            call.transaction, run: run, firstDay: frozen.days.firstDay, range: chunk.range,
            evidence: .reported(frozen.days))
        let decided = try VerifyChunk(roll, rules: frozen.rules)
        try await decided.store(call.transaction, run: run)
        try await finish(
            run, .verify, chunk, payable: decided.payableHouseholds, total: decided.totalMinor, counts: true, call)
    }

    private func order(_ run: PaymentRun, _ number: Int32, _ call: borrowing CallContext) async throws {
        guard let chunk = try await lock(run, .order, number, call) else { return }
        let isFirst = try await call.transaction.queryOne(HasEarlierOrders(run: run)) != true
        let orders =
            isFirst
            ? try await call.transaction.execute(MakeOrders(run: run, range: chunk.range))
            : try await call.transaction.execute(MakeNextOrders(run: run, range: chunk.range))
        guard orders == Int(chunk.payableHouseholds) else {
            throw RPCError.internal("A chunk of the run has other orders than it has households to pay.")
        }
        try await finish(
            run, .order, chunk, payable: chunk.payableHouseholds, total: chunk.totalMinor, counts: false, call)
    }

    private func write(_ run: PaymentRun, _ number: Int32, _ call: borrowing CallContext) async throws {
        guard let chunk = try await lock(run, .write, number, call) else { return }
        do {
            try await write(run, chunk, call)
        } catch let error as RPCError where error.code == .unavailable {
            // This transaction keeps nothing; which directory it was is kept by another, for whoever asks.
            if let trouble = OutboxTrouble(message: error.message) {
                let note = NoteOutboxTrouble(directory: environment.outboxDirectory, reason: trouble.rawValue)
                _ = try await call.pool.execute(note)
            }
            throw error
        }
    }

    private func write(_ run: PaymentRun, _ chunk: RunChunkRow, _ call: borrowing CallContext) async throws {
        let outbox = environment.outboxDirectory
        let unexplained = try await OutboxState.unexplained(besideWriting: run, outbox: outbox, call.transaction)
        if !unexplained.isEmpty {
            guard try await isThere(run, chunk, call.transaction) else { throw OutboxState.refusal(unexplained) }
        }
        let written =
            run.kind == "recovered"
            ? try await RecoveredRun.adopt(run, chunk: chunk, outbox: outbox, transaction: call.transaction)
            : try await RunFile.write(run, chunk: chunk, outbox: outbox, transaction: call.transaction)
        try await finish(
            run, .write, chunk, payable: written.transactions, total: written.totalMinor, counts: false, call)
    }

    /// Whether the chunk's file is in the outbox already: then no money leaves by recording it, whatever else is there.
    private func isThere(
        _ run: PaymentRun, _ chunk: RunChunkRow, _ transaction: borrowing Transaction
    ) async throws -> Bool {
        guard run.kind != "recovered" else { return true }
        let names = try await RunFile.expectedNames(run, transaction)
        return names.indices.contains(Int(chunk.chunk))
            && Outbox.exists("\(environment.outboxDirectory)/\(names[Int(chunk.chunk)])")
    }

    /// The chunk, locked; nil when it is done already, or the run was taken back while this waited for the lock.
    private func lock(
        _ run: PaymentRun, _ stage: RunStage, _ number: Int32, _ call: borrowing CallContext
    ) async throws -> RunChunkRow? {
        let statement = LockChunk(runNumber: run.runNumber, stage: stage.rawValue, chunk: number)
        guard let chunk = try await call.transaction.queryOne(statement) else {
            throw RPCError.notFound("The run has no such chunk.")
        }
        guard !chunk.isDone, let now = try await call.transaction.queryOne(FindRun(runId: run.runId)),
            now.state == stage.state
        else { return nil }
        return chunk
    }

    /// Marks the chunk as done and, when it is the stage's last, moves the run on.
    private func finish(
        _ run: PaymentRun, _ stage: RunStage, _ chunk: RunChunkRow, payable: Int32, total: Int64, counts: Bool,
        _ call: borrowing CallContext
    ) async throws {
        _ = try await call.transaction.execute(
            FinishChunk(
                runNumber: run.runNumber, stage: stage.rawValue, chunk: chunk.chunk, payableHouseholds: payable,
                totalMinor: total))
        let counted = try await call.transaction.queryOne(
            CountChunk(
                runNumber: run.runNumber, payableHouseholds: counts ? Int64(payable) : 0, totalMinor: counts ? total : 0
            ))
        guard let counted, counted.isLast else { return }
        switch stage {
        case .freeze: break
        case .verify:
            try await RunMovement.apply(.verified(payableHouseholds: counted.payableHouseholds), to: run, call)
        case .order: try await RunMovement.apply(.ordersMade, to: run, call)
        case .write: try await RunMovement.apply(.filesWritten, to: run, call)
        }
    }
}

/// The stages that are done in chunks.
enum RunStage: String, Sendable {
    case freeze, verify, order, write

    /// The state of a run whose chunks of this stage are being done.
    var state: PaymentRunState {
        switch self {
        case .freeze: .freezing
        case .verify: .verifying
        case .order: .ordering
        case .write: .writing
        }
    }
}

/// A UUID that a caller wrote.
func uuid(_ text: String) throws -> UUID {
    guard let id = UUID(uuidString: text) else { throw RPCError.invalidArgument("run_id: not a UUID") }
    return id
}
