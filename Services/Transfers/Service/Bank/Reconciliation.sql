-- A run against what the bank said of it.
-- import: Contracts, TransfersDomain

-- name: FollowFailedOrders :many
-- Where the households are whose order of a run failed, by their last order of the cycle.
-- type: run PaymentRun
-- column: fate `paid`, `given_back`, `being_paid` or `waiting`.
SELECT CASE
        WHEN last.state = 'paid' THEN 'paid'
        WHEN last.state IN ('ordered', 'accepted') THEN 'being_paid'
        WHEN open.given_back THEN 'given_back'
        ELSE 'waiting'
    END AS fate, count(*) AS households, sum(failed.amount_minor)::bigint AS amount_minor
FROM transfers.payment_order AS failed
CROSS JOIN LATERAL (
    SELECT latest.state, latest.order_number FROM transfers.payment_order AS latest
    WHERE latest.household_id = failed.household_id AND latest.cycle_id = @run.cycle_id
    ORDER BY latest.order_number DESC LIMIT 1
) AS last
LEFT JOIN transfers.entitlement_reopened AS open
    ON open.household_id = failed.household_id AND open.cycle_id = @run.cycle_id
        AND open.order_number = last.order_number
WHERE failed.run_number = @run.run_number AND failed.state IN ('rejected', 'returned', 'withdrawn')
GROUP BY fate;

-- name: SumMovements :one
-- What the bank's messages came to, from the movements that were kept with each.
SELECT coalesce(sum(
        CASE WHEN to_state = 'paid' THEN amount_minor WHEN from_state = 'paid' THEN -amount_minor END),
            0)::bigint AS paid_minor,
    coalesce(sum(
        CASE WHEN to_state = 'rejected' THEN amount_minor WHEN from_state = 'rejected' THEN -amount_minor END),
        0)::bigint AS rejected_minor,
    coalesce(sum(amount_minor) FILTER (WHERE to_state = 'returned'), 0)::bigint AS returned_minor
FROM transfers.bank_movement WHERE run_number = @run_number;

-- name: SumLedgerPaid :one
-- What the ledger has paid for a run, and what it still holds.
SELECT coalesce(sum(paid), 0)::bigint AS paid_minor, coalesce(sum(bound), 0)::bigint AS held_minor
FROM coordination.budget_document_v1 WHERE document = @document;
