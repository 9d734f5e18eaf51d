-- Calls that are made again and again.

-- name: SetRecurrence :one
-- Makes a recurrence, or changes it; gives its id.
SELECT rpc.recur(@name, @cron, @method, @request, @options);

-- name: EndRecurrence :one
-- Ends a recurrence; false when there is none of that name.
-- type: intent Intent
SELECT rpc.end_recurrence(@name, @intent.is_internal, @intent.reason?);

-- name: ListRecurrences :many
-- Every recurrence, and when it is due.
-- row: Recurrence
SELECT name, cron, method, caller, next_at, trouble AS "trouble?" FROM rpc.recurrences();
