import Contracts
import Foundation
import LedgerConversation
import Postgres
import Queue
import TransfersDomain

/// Takes a run back while nothing of it is with the bank: what the ledger holds is given back, orders that were made are open
/// again, and the cycle is free for another run.
struct WithdrawRun: Handler {
    static let method = TransfersV1.Payments.withdraw

    let environment: TransfersEnvironment

    func handle(
        _ request: TransfersV1.WithdrawRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunStatus {
        let reason = try Self.reason(request)
        guard let run = try await Self.lock(try uuid(request.runId), call) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        if run.state != .withdrawing, run.state != .withdrawn {
            guard run.state.canBeWithdrawn else {
                throw RPCError.failedPrecondition(
                    "The run is \(run.state.rawValue): what is with the bank cannot be taken back in this way.")
            }
            // Its file is with the bank, or may be: once it has orders again they stay.
            guard run.kind != "recovered" || run.state != .ordering && run.state != .writing else {
                throw RPCError.failedPrecondition(
                    "The run takes up files that are with the bank; it goes on and cannot be withdrawn.")
            }
            if run.state == .ordering || run.state == .writing {
                if let file = try await Self.firstFile(of: run, outbox: environment.outboxDirectory, call) {
                    throw RecallFile.refusal(
                        file, "file_written", "The bank file \(file) of the run is written; it cannot be withdrawn.")
                }
            }
            try await Self.withdraw(run, reason: reason, call)
        }
        guard let withdrawn = try await call.transaction.queryOne(FindRun(runId: run.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        return try await RunStatusReading.read(withdrawn, call.transaction)
    }

    /// The reason, which must say something.
    static func reason(_ request: TransfersV1.WithdrawRequest) throws -> String {
        let reason = request.reason
        guard reason.contains(where: { !$0.isWhitespace }), reason.unicodeScalars.count <= 500 else {
            throw RPCError.invalidArgument("reason: say why, in at most 500 characters.")
        }
        return reason
    }

    /// Locks the chunks of the present stage and then the run, in the order in which whoever does a chunk locks them: no chunk
    /// is half done when this answers.
    static func lock(_ runId: UUID, _ call: borrowing CallContext) async throws -> PaymentRun? {
        guard let seen = try await call.transaction.queryOne(FindRun(runId: runId)) else { return nil }
        _ = try await call.transaction.query(LockStageChunks(runNumber: seen.runNumber, stage: seen.stage))
        guard let run = try await call.transaction.queryOne(LockRun(runId: runId)) else { return nil }
        guard run.stage == seen.stage else { throw RPCError.aborted("The run moved on at this moment. Look again.") }
        return run
    }

    /// Takes a locked run back, in the name of the caller.
    static func withdraw(_ run: PaymentRun, reason: String, _ call: borrowing CallContext) async throws {
        if run.state == .ordering || run.state == .writing {
            _ = try await call.transaction.execute(WithdrawOrders(run: run))
        }
        _ = try await call.transaction.execute(
            NoteWithdrawal(runNumber: run.runNumber, by: call.info.caller, reason: reason))
        let holdsMoney = try await RunBudget.holdsMoney(run, call)
        try await RunMovement.apply(.withdrawn(holdsMoney: holdsMoney), to: run, call)
        if holdsMoney,
            try await Ledger.list(document: run.document, call.transaction).allSatisfy({ $0.state != .asked })
        {
            _ = try await RunBudget.giveBack(run, call)
        }
    }

    /// A bank file of the run that was recorded, is there or was announced: a writer that was killed may have left it, and a
    /// database that went back does not know it. Files of other content are other runs'.
    private static func firstFile(
        of run: PaymentRun, outbox: String, _ call: borrowing CallContext
    ) async throws -> String? {
        if let recorded = try await RunFile.list(run, call.transaction).first { return recorded.name }
        let names = try await RunFile.expectedNames(run, call.transaction)
        return try await Outbox.locked(outbox) {
            names.first(where: try OutboxManifest(directory: outbox).has)
        }
    }
}

/// The second person's no: the run is withdrawn, and the decision is kept with what the person saw.
struct RefuseRun: Handler {
    static let method = TransfersV1.Payments.refuse

    func handle(
        _ request: TransfersV1.WithdrawRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunStatus {
        let reason = try WithdrawRun.reason(request)
        guard let run = try await WithdrawRun.lock(try uuid(request.runId), call) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        guard run.state == .awaitingApproval else {
            throw RPCError.failedPrecondition(
                "The run is \(run.state.rawValue); only a run that is awaiting_approval can be refused.")
        }
        guard call.info.caller != run.requestedBy else { throw ApproveRun.secondPerson }
        var review = try await RunReviewReading.read(run, call.transaction)
        review.findings = review.findings.map(\.kept)
        _ = try await call.transaction.query(
            DecideRun(callId: call.info.id, approves: false, seen: review.json()))
        try await WithdrawRun.withdraw(run, reason: reason, call)
        guard let refused = try await call.transaction.queryOne(FindRun(runId: run.runId)) else {
            throw RPCError.notFound("No payment run has this id.")
        }
        return try await RunStatusReading.read(refused, call.transaction)
    }
}
