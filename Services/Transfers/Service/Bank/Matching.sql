-- Which order each of the bank's reports is about.
-- import: TransfersDomain

-- name: AnalyzeStagedReports :many
-- Statistics of what was staged.
SELECT transfers.analyze_staged_bank_report() IS NULL;

-- name: FindStagedBounds :one
-- Finds the bounds; none staged leaves them empty.
-- row: StagedBounds
SELECT coalesce(min(household_id), 1) AS first, coalesce(max(household_id), 0) AS last
FROM transfers.staged_bank_report;

-- name: DropMarked :exec
-- Drops rows that were marked as none of ours, or as saying what another row of the message says.
DELETE FROM transfers.staged_bank_report WHERE oddity = @mark;

-- name: CountRepetitions :one
-- How many payments the message says the same kind of thing about twice.
SELECT count(*) FROM (
    SELECT FROM transfers.staged_bank_report
    WHERE household_id IS NOT NULL
    GROUP BY household_id, cycle_id, order_number,
        CASE WHEN event IN ('accepted', 'rejected', 'check') THEN 'status' ELSE event END
    HAVING count(*) > 1
) AS repeated;

-- name: MarkRepetitions :exec
-- Marks them: two statuses that differ are odd, both; a second booking is odd, unless the bank's reference says that it
-- is the same one, told in two notifications; and what only repeats is dropped.
UPDATE transfers.staged_bank_report AS report SET oddity = CASE
    WHEN told.family = 'status' AND told.least <> told.most THEN 'status_twice'
    WHEN told.family IN ('status', 'noted')
        OR told.reference = report.servicer_reference AND told.entry <> report.entry THEN 'repeated'
    WHEN told.family = 'paid' THEN 'booked_twice' ELSE 'returned_twice' END
FROM (
    SELECT ctid, family, row_number() OVER line AS place_in_line, min(event) OVER family AS least,
        max(event) OVER family AS most, first_value(servicer_reference) OVER line AS reference,
        first_value(entry) OVER line AS entry
    FROM (
        SELECT ctid, *, CASE WHEN event IN ('accepted', 'rejected', 'check') THEN 'status' ELSE event END AS family
        FROM transfers.staged_bank_report WHERE household_id IS NOT NULL AND oddity IS NULL
    ) AS named
    WINDOW family AS (PARTITION BY household_id, cycle_id, order_number, family),
        line AS (PARTITION BY household_id, cycle_id, order_number, family ORDER BY line, entry, ctid)
) AS told
WHERE report.ctid = told.ctid AND (
    told.place_in_line > 1 OR told.family = 'status' AND told.least <> told.most);

-- name: MarkOtherAccounts :exec
-- Marks what is on the account of another than the payer, by statement and cycle.
UPDATE transfers.staged_bank_report AS staged SET oddity = 'other_account'
FROM unnest(@reports::integer[], @cycle_ids::integer[]) AS other (report, cycle_id)
WHERE staged.report = other.report AND staged.cycle_id = other.cycle_id AND staged.oddity IS NULL
    AND staged.event IN ('paid', 'returned');

-- name: MarkEntries :exec
-- Marks the transactions of entries whose orders do not add up to what was booked, in its currency.
UPDATE transfers.staged_bank_report AS report SET oddity = 'entry_differs'
FROM (
    SELECT entry.entry
    FROM transfers.staged_bank_entry AS entry
    JOIN transfers.staged_bank_report AS listed USING (entry)
    LEFT JOIN transfers.payment_order AS sent
        ON sent.household_id = listed.household_id AND sent.cycle_id = listed.cycle_id
        AND sent.order_number = listed.order_number
    GROUP BY entry.entry, entry.transactions, entry.amount_minor, entry.currency
    HAVING count(sent.household_id) <> entry.transactions
        OR sum(coalesce(listed.amount_minor, sent.amount_minor)) <> entry.amount_minor
        OR NOT bool_and(coalesce(listed.currency, sent.currency) = entry.currency)
) AS wrong
WHERE report.entry = wrong.entry AND report.oddity IS NULL;
