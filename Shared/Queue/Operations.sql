-- What an operator sees of the queue.
-- import: Contracts

-- name: QueueStatistics :many
-- How many calls of each method wait, run and have died.
-- row: MethodStatistics
SELECT method, paused AS is_paused, serving AS is_served, ready, scheduled, blocked, running, dead,
    oldest_ready_ms AS "oldest_ready_milliseconds?"
FROM rpc.stats();

-- name: ListCalls :many
-- The latest calls, newest first.
SELECT call_id AS id, method, caller, state, attempt, status AS "status?", message AS "message?", made_at,
    due_at AS "due_at?"
FROM rpc.list(@state?, @method?, @limit);

-- name: ShowCall :one
-- Everything about one call.
SELECT rpc.show(@call, @is_whole);

-- name: TraceCall :many
-- The tree of calls that a call belongs to.
SELECT call_id AS id, depth, method, caller, made_at, started_at AS "started_at?", finished_at AS "finished_at?",
    attempt AS "attempt?", status AS "status?", message AS "message?"
FROM rpc.trace(@call);

-- name: FetchHealth :many
-- The health of a method, or of a service and its methods; of everything, where none is named.
SELECT name, health FROM rpc.healths(@name?);

-- name: FetchDatabaseFigures :one
-- The database's own figures.
-- row: DatabaseFigures
SELECT dead_rows, ring_bytes, oldest_snapshot AS oldest_snapshot_transactions, wal_bytes, workers, calls_made
FROM rpc.figures();
