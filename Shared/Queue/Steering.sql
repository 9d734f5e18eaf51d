-- What a person does to the queue, and what was done.

-- name: RetryCall :one
-- Makes a dead call ready again; false when it is not dead.
-- type: intent Intent
SELECT rpc.retry(@call, @intent.is_internal, @intent.reason?);

-- name: RetryCalls :one
-- Makes the dead calls that a filter names ready again.
-- type: filter DeadFilter
-- type: intent Intent
-- row: SteeredCalls
SELECT retried AS changed, left_alone
FROM rpc.retry_all(@filter.method?, @filter.status_number?, @filter.limit, @intent.is_internal, @intent.reason?);

-- name: DiscardCall :one
-- Discards a dead call; false when it is not dead.
-- type: intent Intent
SELECT rpc.discard(@call, @intent.is_internal, @intent.reason?);

-- name: DiscardCalls :one
-- Discards the dead calls that a filter names.
-- type: filter DeadFilter
-- type: intent Intent
-- row: SteeredCalls
SELECT discarded AS changed, left_alone
FROM rpc.discard_all(@filter.method?, @filter.status_number?, @filter.limit, @intent.is_internal, @intent.reason?);

-- name: CancelMeantCall :one
-- Cancels a call, also one of a service where that is meant; false when it had ended.
-- type: intent Intent
SELECT rpc.cancel(@call, @intent.is_internal, @intent.reason?);

-- name: PauseMethods :one
-- Stops the claiming of a method, or of all methods of a service, or lets it go on; gives how many methods.
SELECT rpc.pause(@name, @pausing, @reason?);

-- name: KeepFinished :exec
-- Keeps finished calls for so many days from now on.
SELECT rpc.keep(make_interval(days => @days), @reason?);

-- name: ListSteering :many
-- What was done to the queue, or to one call, the latest first.
-- row: SteeringAct
SELECT acted_at, actor, act, call_id AS "call?", subject, reason AS "reason?" FROM rpc.steering_v1
WHERE @call?::bigint IS NULL OR call_id = @call? ORDER BY steering_id DESC LIMIT @limit::integer;

-- name: ListLimits :many
-- The limits that operators have set.
-- row: QueueLimit
SELECT name, method, value FROM rpc.limits();
