-- What an auditor reads of the ledger and its log.

-- name: LogHead :one
-- The size of the log and the last link of its chain.
SELECT first_leaf + entries AS size, chain_hash AS chain
FROM coordination.budget_log_span ORDER BY first_leaf DESC LIMIT 1;

-- name: LeafHashes :many
-- The hashes of leaves, from the first to before the last.
SELECT leaf, hash FROM coordination.ledger_leaves(@first, @last);

-- name: NodeHashes :many
-- The stored hashes of a level, from the first to before the last.
SELECT number, hash FROM coordination.budget_log_node WHERE level = @level AND number >= @first AND number < @last;

-- name: LeafOfPosting :one
-- The leaf of a posting's first transfer, or of its refusal.
SELECT s.first_leaf + p.ordinal - 1 AS "leaf?"
FROM coordination.budget_posting p LEFT JOIN coordination.budget_log_span s USING (batch_id)
WHERE p.posting_id = @posting_id;

-- name: StoredSpans :many
-- The spans of the log with the link that each of them should carry.
SELECT first_leaf, batch_id AS batch, entries, sequenced_at, chain_hash AS chain
FROM coordination.budget_log_span ORDER BY first_leaf;

-- name: StoredNodes :many
-- The stored hashes above the leaves.
SELECT level, number, hash FROM coordination.budget_log_node;

-- name: StoredCheckpoints :many
-- The checkpoints that are kept.
SELECT leaves AS size, note FROM coordination.budget_checkpoint ORDER BY leaves;

-- name: StoredKeys :many
-- The keys that checkpoints were signed with.
SELECT key_line FROM coordination.budget_log_key;

-- name: Disagreements :many
-- Identifiers, reversals and batches that do not agree with the journal.
SELECT 'identifier ' || coalesce(j.posting_id, p.posting_id) || ' does not agree with the journal'
FROM (
    SELECT t.posting_id, t.batch_id, min(t.ordinal) AS ordinal, false AS refused
    FROM coordination.budget_transfer t GROUP BY t.posting_id, t.batch_id
    UNION ALL
    SELECT r.key, r.batch_id, r.ordinal, true FROM coordination.budget_record r WHERE r.kind = 'refusal'
) AS j
FULL JOIN coordination.budget_posting p USING (posting_id)
WHERE (j.batch_id, j.ordinal, j.refused) IS DISTINCT FROM (p.batch_id, p.ordinal, p.refused)
UNION ALL
SELECT 'the reversal of ' || coalesce(t.reverses, r.posting_id) || ' does not agree with the journal'
FROM (
    SELECT DISTINCT reverses, posting_id FROM coordination.budget_transfer WHERE kind = 9
) AS t
FULL JOIN coordination.budget_reversal r ON r.posting_id = t.reverses
WHERE t.posting_id IS DISTINCT FROM r.reversed_by
UNION ALL
SELECT 'batch ' || coalesce(b.batch_id, z.batch_id) || ' is not in the log exactly once'
FROM coordination.budget_batch b
FULL JOIN (
    SELECT batch_id, entries FROM coordination.budget_log_span
    UNION ALL
    SELECT batch_id, entries FROM coordination.budget_log_pending
) AS z USING (batch_id)
WHERE b.entries IS DISTINCT FROM z.entries
UNION ALL
SELECT 'batch ' || batch_id || ' is both in the log and waiting for it'
FROM coordination.budget_log_span JOIN coordination.budget_log_pending USING (batch_id)
UNION ALL
SELECT 'batch ' || b.batch_id || ' has no entries'
FROM coordination.budget_batch b
WHERE NOT EXISTS (SELECT FROM coordination.budget_transfer t WHERE t.batch_id = b.batch_id)
    AND NOT EXISTS (SELECT FROM coordination.budget_record r WHERE r.batch_id = b.batch_id)
LIMIT 100;

-- name: ExportedLines :many
-- The budget lines, as the export names them.
SELECT line_id AS id, line AS code, currency FROM coordination.budget_line;
