import Postgres

/// A range of households that one call does.
struct RunChunkRow: Sendable {
    var chunk: Int32
    var firstHousehold: Int64
    var lastHousehold: Int64
    var households: Int32
    var payableHouseholds: Int32
    var totalMinor: Int64
    var isDone: Bool
    var range: ClosedRange<Int64> { firstHousehold...lastHousehold }
}

/// One chunk, locked until the transaction ends: a repeated call waits, and then sees that it is done.
struct LockChunk: Statement {
    typealias Row = RunChunkRow
    static let sql = """
        SELECT chunk, first_household, last_household, households, payable_households, total_minor,
            done_at IS NOT NULL
        FROM transfers.payment_run_chunk WHERE run_number = $1 AND stage = $2 AND chunk = $3 FOR UPDATE
        """
    var runNumber: Int32
    var stage: String
    var chunk: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(stage)
        parameters.add(chunk)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> RunChunkRow {
        RunChunkRow(
            chunk: try row.int32(0), firstHousehold: try row.int64(1), lastHousehold: try row.int64(2),
            households: try row.int32(3), payableHouseholds: try row.int32(4), totalMinor: try row.int64(5),
            isDone: try row.bool(6))
    }
}

/// Cuts the frozen roll into chunks of consecutive households; answers how many, and how many households.
struct CutRollIntoChunks: Statement {
    struct Row: Sendable {
        var chunks: Int32
        var households: Int64
    }
    static let sql = """
        WITH cut AS (
            INSERT INTO transfers.payment_run_chunk (
                run_number, stage, chunk, first_household, last_household, households)
            SELECT $1, 'verify', chunk, min(household_id), max(household_id), count(*)
            FROM (
                SELECT household_id, (row_number() OVER (ORDER BY household_id) - 1) / $2 AS chunk
                FROM transfers.roll_household WHERE run_number = $1
            ) AS numbered
            GROUP BY chunk
            RETURNING households
        )
        SELECT count(*)::integer, coalesce(sum(households), 0)::bigint FROM cut
        """
    var runNumber: Int32
    var householdsPerChunk: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(householdsPerChunk)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(chunks: try row.int32(0), households: try row.int64(1))
    }
}

/// The chunks of the ordering stage: those of verification that have somebody to pay; numbered anew.
struct CutOrderChunks: Statement {
    typealias Row = Int32
    static let sql = """
        WITH cut AS (
            INSERT INTO transfers.payment_run_chunk (
                run_number, stage, chunk, first_household, last_household, households, payable_households, total_minor)
            SELECT $1, 'order', row_number() OVER (ORDER BY chunk) - 1, first_household, last_household, households,
                payable_households, total_minor
            FROM transfers.payment_run_chunk
            WHERE run_number = $1 AND stage = 'verify' AND payable_households > 0
            RETURNING 1
        )
        SELECT count(*)::integer FROM cut
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

/// The chunks of the writing stage: one bank file each, of at most so many orders.
struct CutFileChunks: Statement {
    typealias Row = Int32
    static let sql = """
        WITH cut AS (
            INSERT INTO transfers.payment_run_chunk (
                run_number, stage, chunk, first_household, last_household, households, payable_households, total_minor)
            SELECT $1, 'write', chunk, min(household_id), max(household_id), count(*), count(*), sum(entitled_minor)
            FROM (
                SELECT household_id, entitled_minor, (row_number() OVER (ORDER BY household_id) - 1) / $2 AS chunk
                FROM transfers.household_outcome WHERE run_number = $1 AND outcome = 1
            ) AS numbered
            GROUP BY chunk
            RETURNING 1
        )
        SELECT count(*)::integer FROM cut
        """
    var runNumber: Int32
    var transactionsPerFile: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(transactionsPerFile)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

/// Says that a chunk is done, and what it came to.
struct FinishChunk: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run_chunk SET done_at = now(), payable_households = $4, total_minor = $5
        WHERE run_number = $1 AND stage = $2 AND chunk = $3 AND done_at IS NULL
        """
    var runNumber: Int32
    var stage: String
    var chunk: Int32
    var payableHouseholds: Int32
    var totalMinor: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(stage)
        parameters.add(chunk)
        parameters.add(payableHouseholds)
        parameters.add(totalMinor)
    }
}

/// Counts a chunk as done, last of all in its transaction: the run's row is locked only until the commit that follows.
///
/// The one call that reads `chunksDone == chunks` is the stage's last and moves the run on.
struct CountChunk: Statement {
    struct Row: Sendable {
        var isLast: Bool
        var payableHouseholds: Int64
    }
    static let sql = """
        UPDATE transfers.payment_run
        SET chunks_done = chunks_done + 1, payable_households = payable_households + $2, total_minor = total_minor + $3
        WHERE run_number = $1
        RETURNING chunks_done = chunks, payable_households
        """
    var runNumber: Int32
    var payableHouseholds: Int64
    var totalMinor: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(payableHouseholds)
        parameters.add(totalMinor)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(isLast: try row.bool(0), payableHouseholds: try row.int64(1))
    }
}

/// Moves a run to a state and a stage with so many chunks to do.
struct MoveRun: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run SET
            state = $2, stage = coalesce($3, stage), chunks = coalesce($4, chunks),
            chunks_done = CASE WHEN $4 IS NULL THEN chunks_done ELSE 0 END,
            households = coalesce($5, households),
            sent_at = CASE WHEN $2 = 'sent' THEN now() ELSE sent_at END,
            closed_at = CASE WHEN $2 = 'closed' THEN now() ELSE closed_at END
        WHERE run_number = $1
        """
    var runNumber: Int32
    var state: String
    var stage: String?
    var chunks: Int32?
    var households: Int64?
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(state)
        parameters.add(stage)
        parameters.add(chunks)
        parameters.add(households)
    }
}

/// Notes which call was sent for each chunk.
struct NoteChunkCalls: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.payment_run_chunk AS part SET call_id = sent.call_id
        FROM unnest($3::integer[], $4::bigint[]) AS sent (chunk, call_id)
        WHERE part.run_number = $1 AND part.stage = $2 AND part.chunk = sent.chunk
        """
    var runNumber: Int32
    var stage: String
    var chunks: [Int32]
    var calls: [Int64]
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(stage)
        parameters.add(chunks)
        parameters.add(calls)
    }
}

/// Where the call of a chunk that is not done is.
struct ChunkCall: Sendable {
    var chunk: Int32
    var callId: Int64?
    /// `ready`, `scheduled`, `blocked`, `running`; `dead`, `ended`, `forgotten`.
    var state: String
    var status: Int16?
    var message: String?
    var attempts: Int32

    /// Whether the call runs, or will.
    var isAlive: Bool { !["dead", "ended", "forgotten"].contains(state) }
}

/// The calls of the chunks of a run's present stage that are not done.
struct ListChunkCalls: Statement {
    static let sql = "SELECT chunk, call_id, state, status, message, attempts FROM transfers.chunk_calls($1)"
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> ChunkCall {
        ChunkCall(
            chunk: try row.int32(0), callId: try row.int64OrNil(1), state: try row.string(2),
            status: try row.int16OrNil(3), message: try row.stringOrNil(4), attempts: try row.int32(5))
    }
}

/// The requests of a document that have no answer yet, and whether one is on its way.
struct ListLedgerCalls: Statement {
    struct Row: Sendable {
        var requestId: String
        var callId: Int64?
        var isAlive: Bool
    }
    static let sql = "SELECT request_id, call_id, is_alive FROM transfers.ledger_calls($1)"
    var document: String
    func bind(into parameters: inout Parameters) { parameters.add(document) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(requestId: try row.string(0), callId: try row.int64OrNil(1), isAlive: try row.bool(2))
    }
}

/// The chunks of a stage, locked: who does one now is waited for, and who comes later sees what was decided meanwhile.
struct LockStageChunks: Statement {
    typealias Row = Int32
    static let sql = """
        SELECT chunk FROM transfers.payment_run_chunk WHERE run_number = $1 AND stage = $2 ORDER BY chunk FOR UPDATE
        """
    var runNumber: Int32
    var stage: String
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(stage)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}
