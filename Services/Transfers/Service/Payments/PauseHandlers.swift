import Contracts
import Postgres
import Queue

/// Pauses payments because a person asks for it.
struct PausePayments: Handler {
    static let method = TransfersV1.Payments.pause

    func handle(
        _ request: TransfersV1.PausePaymentsRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.PaymentPause {
        let reason = try PaymentPauseReading.checked(request.reason)
        _ = try await call.transaction.queryOne(RecordPause(callId: call.info.id, reason: reason))
        return try await PaymentPauseReading.read(call.transaction)
    }
}

/// Lets payments go on because a person says so, who has seen why they are paused.
struct ContinuePayments: Handler {
    static let method = TransfersV1.Payments.continue

    func handle(
        _ request: TransfersV1.ContinuePaymentsRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.PaymentPause {
        let reason = try PaymentPauseReading.checked(request.reason)
        let recorded = try await call.transaction.queryOne(
            RecordContinuation(callId: call.info.id, seen: request.seenEvent, reason: reason))
        guard recorded != nil else {
            throw RPCError.failedPrecondition("Payments are not paused by the event that was seen. Look again.")
        }
        // What rested meanwhile is sent again.
        for run in try await call.transaction.query(ListRunsThatWrite()) where run.state != .committing {
            guard let stage = RunStage(rawValue: run.stage) else { continue }
            let resting = try await call.transaction.query(ListChunkCalls(runNumber: run.runNumber))
            try await RunMovement.send(stage, of: run, chunks: resting.filter { !$0.isAlive }.map(\.chunk), call)
        }
        return try await PaymentPauseReading.read(call.transaction)
    }
}

/// The present state, as a reply.
enum PaymentPauseReading {
    /// The longest reason, as the table's constraint has it.
    static let longestReason = 2_000

    static func read(_ transaction: borrowing Transaction) async throws -> TransfersV1.PaymentPause {
        try await transaction.queryOne(FindPause()) ?? TransfersV1.PaymentPause()
    }

    /// Whether no money may leave now.
    static func isPaused(_ transaction: borrowing Transaction) async throws -> Bool {
        try await transaction.queryOne(ArePaymentsPaused()) ?? true
    }

    /// Whether no money may leave now, for work that is left until somebody says go on: whoever says so meanwhile waits for
    /// this transaction and sends again what it left, or is waited for.
    static func isLeft(_ transaction: borrowing Transaction) async throws -> Bool {
        guard try await isPaused(transaction) else { return false }
        _ = try await transaction.query(WaitForContinuation())
        return try await isPaused(transaction)
    }

    /// A reason is kept for ever and read by others: it says something, in a text of one paragraph.
    static func checked(_ reason: String) throws -> String {
        let isPlain = reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain, reason.contains(where: { $0.isLetter }), reason.unicodeScalars.count <= longestReason else {
            throw RPCError.invalidArgument(
                "A reason is needed: words of at most \(longestReason) characters, without control characters.")
        }
        return reason
    }
}

extension TransfersService {
    /// Has the database compare itself with the one that its rows were last used in, before anything is paid from it.
    public static func noticeRestore(_ pool: ConnectionPool) async throws {
        _ = try await pool.queryOne(NoticeRestore())
    }
}

/// Waits for whoever lets payments go on at this moment, and makes whoever wants to later wait for this transaction.
struct WaitForContinuation: Statement {
    typealias Row = Bool
    static let sql = "SELECT pg_advisory_xact_lock_shared(hashtextextended('transfers.notice_restore', 0)) IS NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { true }
}
