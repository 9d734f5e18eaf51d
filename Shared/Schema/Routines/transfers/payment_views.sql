CREATE VIEW transfers.payment_run_v1 AS
SELECT
    run.run_id, cycle.programme, cycle.code AS cycle, run.state, run.requested_by, run.approved_by, run.households,
    run.payable_households, run.total_minor, run.currency, run.sequence, run.kind, run.fiscal_year, run.pay_on,
    'run/' || run.run_id AS document, run.withdrawn_by, run.withdrawn_reason
FROM transfers.payment_run AS run
JOIN transfers.cycle AS cycle USING (cycle_id)
WHERE cycle.state <> 'void';

CREATE VIEW transfers.payment_run_approval_v1 AS
SELECT run.run_id, decided.approver, decided.decision, decided.reason, decided.seen, encode(decided.digest, 'hex')
    AS digest,
    decided.total_minor, decided.decided_at
FROM transfers.payment_run_approval AS decided
JOIN transfers.payment_run AS run USING (run_number);

CREATE VIEW transfers.payment_run_exception_v1 AS
SELECT run.run_id, odd.code, odd.figures, odd.reason, odd.signed_by, odd.signed_at
FROM transfers.payment_run_exception AS odd
JOIN transfers.payment_run AS run USING (run_number);

-- What the ledger holds for each run that is not paid, and what the run needs of it: everything until it is sent, then
-- what the bank has not decided about, and nothing once it is withdrawn. Where they differ, money is bound that nobody
-- needs.
CREATE VIEW transfers.payment_run_money_v1 AS
SELECT cycle.programme, cycle.code AS cycle, run.run_id, run.state, run.currency,
    coalesce(held.bound, 0)::bigint AS bound_minor,
    CASE
        WHEN run.state IN ('sent', 'closed') THEN coalesce((
            SELECT sum(made.amount_minor) FROM transfers.payment_order AS made
            WHERE made.run_number = run.run_number AND made.state IN ('ordered', 'accepted')), 0)
        WHEN run.state IN ('withdrawing', 'withdrawn', 'empty') THEN 0
        ELSE least(run.total_minor, coalesce(held.bound, 0))
    END::bigint AS needed_minor
FROM transfers.payment_run AS run
JOIN transfers.cycle AS cycle USING (cycle_id)
LEFT JOIN (
    SELECT document, sum(bound) AS bound FROM coordination.budget_document_v1
    WHERE document LIKE 'run/%' GROUP BY document
) AS held ON held.document = 'run/' || run.run_id;

GRANT SELECT ON transfers.payment_run_money_v1
TO puente_service, puente_reader, puente_operator;
