-- The chunks of a run, and what each step does to theirs.
-- import: Contracts, TransfersDomain

-- name: LockChunk :one
-- One chunk, locked until the transaction ends: a repeated call waits, and then sees that it is done.
-- row: RunChunkRow
SELECT chunk, first_household, last_household, households, payable_households, total_minor,
    done_at IS NOT NULL AS is_done
FROM transfers.payment_run_chunk WHERE run_number = @run_number AND stage = @stage AND chunk = @chunk FOR UPDATE;

-- name: CutRollIntoChunks :one
-- Cuts the frozen roll into chunks of consecutive households; answers how many, and how many households.
WITH cut AS (
    INSERT INTO transfers.payment_run_chunk (
        run_number, stage, chunk, first_household, last_household, households)
    SELECT @run_number, 'verify', chunk, min(household_id), max(household_id), count(*)
    FROM (
        SELECT household_id, (row_number() OVER (ORDER BY household_id) - 1) / @households_per_chunk AS chunk
        FROM transfers.roll_household WHERE run_number = @run_number
    ) AS numbered
    GROUP BY chunk
    RETURNING households
)
SELECT count(*)::integer AS chunks, coalesce(sum(households), 0)::bigint AS households FROM cut;

-- name: CutOrderChunks :one
-- The chunks of the ordering stage: those of verification that have somebody to pay; numbered anew.
WITH cut AS (
    INSERT INTO transfers.payment_run_chunk (
        run_number, stage, chunk, first_household, last_household, households, payable_households, total_minor)
    SELECT @run_number, 'order', row_number() OVER (ORDER BY chunk) - 1, first_household, last_household, households,
        payable_households, total_minor
    FROM transfers.payment_run_chunk
    WHERE run_number = @run_number AND stage = 'verify' AND payable_households > 0
    RETURNING 1
)
SELECT count(*)::integer FROM cut;

-- name: CutFileChunks :one
-- The chunks of the writing stage: one bank file each, of at most so many orders.
WITH cut AS (
    INSERT INTO transfers.payment_run_chunk (
        run_number, stage, chunk, first_household, last_household, households, payable_households, total_minor)
    SELECT @run_number, 'write', chunk, min(household_id), max(household_id), count(*), count(*), sum(entitled_minor)
    FROM (
        SELECT household_id, entitled_minor,
            (row_number() OVER (ORDER BY household_id) - 1) / @transactions_per_file AS chunk
        FROM transfers.household_outcome WHERE run_number = @run_number AND outcome = 1
    ) AS numbered
    GROUP BY chunk
    RETURNING 1
)
SELECT count(*)::integer FROM cut;

-- name: FinishChunk :exec
-- Says that a chunk is done, and what it came to.
-- parameters: run_number, stage, chunk, payable_households, total_minor
UPDATE transfers.payment_run_chunk SET done_at = now(), payable_households = @payable_households,
    total_minor = @total_minor
WHERE run_number = @run_number AND stage = @stage AND chunk = @chunk AND done_at IS NULL;

-- name: CountChunk :one
-- Counts a chunk as done, last of all in its transaction: the run's row is locked only until the commit that follows.
--
-- The one call that reads `chunksDone == chunks` is the stage's last and moves the run on.
-- parameters: run_number, payable_households, total_minor
UPDATE transfers.payment_run
SET chunks_done = chunks_done + 1, payable_households = payable_households + @payable_households,
    total_minor = total_minor + @total_minor
WHERE run_number = @run_number
RETURNING chunks_done = chunks AS is_last, payable_households;

-- name: MoveRun :exec
-- Moves a run to a state; what is not known of its households stays.
-- parameters: run_number, state, households
UPDATE transfers.payment_run SET
    state = @state, households = coalesce(@households?, households),
    sent_at = CASE WHEN @state = 'sent' THEN now() ELSE sent_at END,
    closed_at = CASE WHEN @state = 'closed' THEN now() ELSE closed_at END
WHERE run_number = @run_number;

-- name: BeginStage :exec
-- Moves a run to a state and a stage with so many chunks to do; what is not known of its households stays.
-- parameters: run_number, state, stage, chunks, households
UPDATE transfers.payment_run SET
    state = @state, stage = @stage, chunks = @chunks, chunks_done = 0,
    households = coalesce(@households?, households)
WHERE run_number = @run_number;

-- name: NoteChunkCalls :exec
-- Notes which call was sent for each chunk.
-- parameters: run_number, stage, chunks, calls
UPDATE transfers.payment_run_chunk AS part SET call_id = sent.call_id
FROM unnest(@chunks::integer[], @calls::bigint[]) AS sent (chunk, call_id)
WHERE part.run_number = @run_number AND part.stage = @stage AND part.chunk = sent.chunk;

-- name: ListChunkCalls :many
-- The calls of the chunks of a run's present stage that are not done.
-- row: ChunkCall
SELECT chunk, call_id AS "call_id?", state, status AS "status?", message AS "message?", attempts
FROM transfers.chunk_calls(@run_number);

-- name: ListLedgerCalls :many
-- The requests of a document that have no answer yet, and whether one is on its way.
SELECT request_id, call_id AS "call_id?", is_alive FROM transfers.ledger_calls(@document);

-- name: LockStageChunks :many
-- The chunks of a stage, locked: who does one now is waited for, and who comes later sees what was decided meanwhile.
SELECT chunk FROM transfers.payment_run_chunk
WHERE run_number = @run_number AND stage = @stage ORDER BY chunk FOR UPDATE;

-- name: FreezeRoll :exec
-- Copies the roll of a run: affiliated households with their accounts, those whom a sanction suspends marked, and the
-- members whom a rule can concern.
--
-- One statement, so that both tables come from one instant: a person who moves to another household meanwhile is in one
-- of them, not in both. Everything after this reads the copy.
-- parameters: run_number, cycle_id, born_from, is_rest
WITH paying AS (
    -- Whom another run of the cycle pays: not one that was taken back and decides nothing any more.
    SELECT made.household_id FROM transfers.payment_order AS made JOIN transfers.payment_run AS run USING (run_number)
    WHERE @is_rest AND made.cycle_id = @cycle_id AND (run.kind <> 'main' OR run.state <> 'withdrawn')
), households AS (
    INSERT INTO transfers.roll_household (
        household_id, run_number, territory_code, department_code, holder_person_id, holder_name, bank_bic,
        account_number, suspended)
    SELECT household.household_id, @run_number, household.territory_code, household.department_code,
        payee.holder_person_id, payee.holder_name, payee.bank_bic, payee.account_number,
        affiliated.sanction = 2
    FROM transfers.affiliation AS affiliated
    JOIN coordination.household_v1 AS household USING (household_id)
    LEFT JOIN coordination.payee_v1 AS payee USING (household_id)
    WHERE affiliated.cycle_id = @cycle_id AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
        AND (NOT @is_rest OR affiliated.household_id NOT IN (SELECT household_id FROM paying))
    ORDER BY household.household_id
)
INSERT INTO transfers.roll_member (household_id, run_number, person_id, birth_date, pregnant)
SELECT member.household_id, @run_number, member.person_id, member.birth_date, member.pregnant
FROM transfers.affiliation AS affiliated
JOIN coordination.member_v1 AS member USING (household_id)
WHERE affiliated.cycle_id = @cycle_id AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
    AND (member.pregnant OR member.birth_date >= coalesce(@born_from?, '-infinity'::date))
    AND (NOT @is_rest OR affiliated.household_id NOT IN (SELECT household_id FROM paying))
ORDER BY member.household_id, member.person_id;

-- name: HasEarlierOrders :one
-- Whether households of a cycle have orders of earlier runs, or numbers of orders that were forgotten: only a run that
-- takes files up keeps those.
-- type: run PaymentRun
SELECT EXISTS (
    SELECT FROM transfers.payment_run_chunk AS made JOIN transfers.payment_run AS run USING (run_number)
    WHERE run.cycle_id = @run.cycle_id AND run.run_number <> @run.run_number AND made.stage = 'order'
        AND made.done_at IS NOT NULL)
    OR EXISTS (SELECT FROM transfers.payment_run WHERE cycle_id = @run.cycle_id AND kind = 'recovered');

-- name: MakeOrders :exec
-- Makes the first orders of the households of one chunk, in SQL from what was decided: nothing is computed again.
-- type: run PaymentRun
-- type: range ClosedRange<Int64>
INSERT INTO transfers.payment_order (
    household_id, amount_minor, cycle_id, run_number, uetr, end_to_end_id, currency)
SELECT household_id, entitled_minor, @run.cycle_id, @run.run_number,
    transfers.payment_uetr(@run.payment_key, household_id, 1::smallint),
    transfers.end_to_end_id(@run.payment_key, household_id, 1::smallint), @run.currency
FROM transfers.household_outcome
WHERE household_id BETWEEN @range.lower_bound AND @range.upper_bound AND run_number = @run.run_number AND outcome = 1
ORDER BY household_id;

-- name: MakeNextOrders :exec
-- Makes orders where households of the cycle may have some already: each gets the number after its last, which must be
-- open again.
-- type: run PaymentRun
-- type: range ClosedRange<Int64>
INSERT INTO transfers.payment_order (
    household_id, amount_minor, cycle_id, run_number, order_number, previous_order, uetr, end_to_end_id, currency)
SELECT household_id, entitled_minor, @run.cycle_id, @run.run_number, number, nullif(number - 1, 0)::smallint,
    transfers.payment_uetr(@run.payment_key, household_id, number),
    transfers.end_to_end_id(@run.payment_key, household_id, number), @run.currency
FROM (
    SELECT decided.household_id, decided.entitled_minor, (coalesce(earlier.number, 0) + 1)::smallint AS number
    FROM transfers.household_outcome AS decided
    LEFT JOIN (
        SELECT household_id, max(order_number) AS number
        FROM (
            SELECT household_id, order_number FROM transfers.payment_order
            WHERE household_id BETWEEN @range.lower_bound AND @range.upper_bound AND cycle_id = @run.cycle_id
            UNION ALL
            -- The number of an order that a database which went back has forgotten.
            SELECT household_id, order_number FROM transfers.entitlement_reopened
            WHERE household_id BETWEEN @range.lower_bound AND @range.upper_bound AND cycle_id = @run.cycle_id
        ) AS numbered
        GROUP BY household_id
    ) AS earlier USING (household_id)
    WHERE decided.household_id BETWEEN @range.lower_bound AND @range.upper_bound
        AND decided.run_number = @run.run_number AND decided.outcome = 1
) AS next
ORDER BY household_id;
