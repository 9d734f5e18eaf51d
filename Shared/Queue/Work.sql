-- What workers do: register, claim, answer, and keep the queue in order.
-- import: Contracts

-- name: RegisterWorker :one
-- Registers a worker that serves methods; gives its id and the methods' numbers, in their order.
SELECT worker_id AS worker, method_ids::integer[] AS methods
FROM rpc.register(@service, @methods, @host, @pid, @expiry_milliseconds);

-- name: Heartbeat :one
-- Says that a worker lives; learns whether the database thinks so, and which of its calls are cancelled.
SELECT alive, cancelled FROM rpc.heartbeat(@worker, @expiry_milliseconds, @is_draining);

-- name: FetchCancelled :one
-- Calls of this worker's leases that someone has cancelled.
SELECT rpc.cancelled(@worker);

-- name: LeaveWorker :exec
-- Takes a worker's leave.
SELECT rpc.leave(@worker);

-- name: ClaimCalls :many
-- Claims calls of methods, at most so many of each, above a rank.
-- row: ClaimedCall
SELECT lease_id AS lease, method_id AS method, call_id AS id, attempt, rank, caller, request,
    deadline_at AS "deadline_at?", remaining_ms AS "remaining_milliseconds?", reply_to AS "reply_to?",
    continued AS is_continued, traceparent, metadata AS "metadata?", waited_ms AS waited_milliseconds,
    more AS is_more
FROM rpc.claim(@worker, @methods, @wanted, @floors);

-- name: CompleteCalls :exec
-- Keeps the responses of calls of one lease.
-- type: responses [[UInt8]?]
-- type: trailers [[UInt8]?]
-- type: channels [String?]
SELECT rpc.complete(@lease, @is_last, @calls, @responses, @trailers, @channels, @is_continued, @deadline_at?);

-- name: FailAttempt :one
-- Ends an attempt that failed; true when there will be another.
-- type: failure AttemptFailure
-- parameters: lease, is_last, call, failure, trailers
SELECT rpc.fail(
    @lease, @is_last, @call, @failure.code, @failure.error.message, @failure.error.details_json?, @trailers?,
    @failure.push_back_milliseconds?, @failure.is_transient);

-- name: DropLeases :exec
-- Deletes leases whose calls are all finished.
SELECT rpc.drop_leases(@leases);

-- name: ReconcileLeases :one
-- Offers again what this worker holds without knowing it, after a claim whose answer was lost.
SELECT rpc.reconcile(@worker, @known);

-- name: PromoteScheduled :one
-- Makes calls ready that are due; gives the milliseconds until the next is, NULL where none waits.
SELECT rpc.promote(500) AS "milliseconds?";

-- name: ReapLeases :one
-- Offers again what dead workers held; gives how many leases.
SELECT rpc.reap();

-- name: RotateRings :one
-- Truncates drained tables of the rings; gives how many.
SELECT rpc.rotate();

-- name: CompactTables :one
-- Writes tables anew that are large for the few rows they hold; gives how many.
SELECT rpc.compact();

-- name: RetainPartitions :one
-- Drops partitions that retention has passed, and makes the next days'.
SELECT rpc.retain();

-- name: FireRecurrences :one
-- Makes the recurring calls that are due; gives how many.
SELECT rpc.fire_recurrences();
