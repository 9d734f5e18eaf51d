-- Calls as their callers make, await and cancel them.

-- name: EnqueueCall :one
-- Makes a call; gives its id.
SELECT rpc.enqueue(@method, @request, @options);

-- name: EnqueueCalls :one
-- Makes calls of one method; gives their ids in the order of the requests.
SELECT rpc.enqueue_all(@method, @requests, @options);

-- name: EnqueueEach :many
-- Makes calls that have nothing to do with one another: what is refused of one does not touch the others.
-- row: EnqueueResult
SELECT call_id AS "id?", code AS "sql_state?", message AS "message?"
FROM rpc.enqueue_each(@methods, @requests, @options);

-- name: PushMessage :exec
-- Keeps a message of a call's stream.
SELECT rpc.push(@lease, @call, @number, @body, @reply_to?, @deadline_at?);

-- name: FetchOutcomes :many
-- How calls ended: those that have.
-- row: CallOutcome
SELECT call_id AS id, status, message AS "message?", details AS "details?", response AS "response?",
    trailers AS "trailers?"
FROM rpc.results(@calls);

-- name: FetchOutcome :one
-- How a call ended, once it has.
-- row: CallOutcome
SELECT call_id AS id, status, message AS "message?", details AS "details?", response AS "response?",
    trailers AS "trailers?"
FROM rpc.results(ARRAY[@call::bigint]);

-- name: FetchMessages :many
-- The messages of a call's stream after one of them.
SELECT seq AS sequence, body FROM rpc.stream(@call, @after);

-- name: CancelCall :one
-- Cancels a call; false when it had ended.
SELECT rpc.cancel(@call);

-- name: ExpireCall :one
-- Ends a call whose deadline has passed while it waited; false when it is not so.
SELECT rpc.expire_waiting(@call);

-- name: SendNotices :one
-- Tells whoever waits for calls that they have ended.
-- type: notices [Notice]
SELECT count(pg_notify(n.channel, n.call_id::text))
FROM unnest(@notices.channel::text[], @notices.call::bigint[]) AS n (channel, call_id);
