-- Decisions and payments are added, never changed: the service may only move the states of cycles, runs and orders.
GRANT SELECT, INSERT ON
    transfers.cycle, transfers.affiliation, transfers.payment_run_chunk,
    transfers.payment_run_line, transfers.roll_household, transfers.roll_member, transfers.roll_evidence,
    transfers.verdict, transfers.household_outcome, transfers.entitlement, transfers.payment_order
TO puente_transfers;
GRANT UPDATE (
    state, affiliated_households, considered_households, suspended_households, exited_households, voided_by, voided_at,
    void_reason
) ON transfers.cycle TO puente_transfers;
GRANT SELECT, INSERT ON transfers.overlap_exception TO puente_transfers;
GRANT UPDATE (signed_by, signed_at) ON transfers.overlap_exception TO puente_transfers;

-- Who started a run and who decided about it are written by functions, which take the person from the call.
GRANT SELECT ON transfers.payment_run, transfers.payment_run_approval, transfers.payment_run_exception
TO puente_transfers;
GRANT UPDATE (
    state, stage, chunks, chunks_done, households, payable_households, total_minor, withdrawn_by, withdrawn_at,
    withdrawn_reason, sent_at, closed_at
) ON transfers.payment_run TO puente_transfers;
GRANT UPDATE (payable_households, total_minor, call_id, done_at) ON transfers.payment_run_chunk TO puente_transfers;
GRANT UPDATE (shortfall_minor, line, obstacle, candidates) ON transfers.payment_run_line TO puente_transfers;
GRANT UPDATE (state) ON transfers.payment_order TO puente_transfers;
GRANT SELECT, INSERT ON
    transfers.payment_file, transfers.bank_message, transfers.bank_refusal, transfers.payment_event,
    transfers.bank_movement, transfers.entitlement_reopened, transfers.bank_oddity,
    transfers.payment_difference
TO puente_transfers;
GRANT UPDATE (state, decision, moves_money, settled_by, settled_reason, settled_at) ON transfers.bank_oddity
TO puente_transfers;

-- A payment that was made after all closes what its rejection had opened; by the foreign key of the next order, only
-- as long as there is none.
GRANT DELETE ON transfers.entitlement_reopened TO puente_transfers;
GRANT UPDATE (accepted, rejected, paid, returned, unchanged, odd, passed_over) ON transfers.bank_message
TO puente_transfers;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON transfers.staged_bank_report, transfers.staged_bank_entry
TO puente_transfers;
GRANT SELECT, INSERT, UPDATE ON transfers.attendance, transfers.health_check TO puente_transfers;
GRANT SELECT, INSERT ON transfers.late_evidence TO puente_transfers;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON transfers.staged_attendance, transfers.staged_health_check
TO puente_transfers;
GRANT SELECT ON transfers.proposal, transfers.open_payment TO puente_transfers;
GRANT SELECT, INSERT ON transfers.given_back, transfers.order_settled, transfers.recalled_file, transfers.recovered_file
TO puente_transfers;
GRANT SELECT, INSERT, UPDATE ON transfers.outbox_trouble TO puente_transfers;
GRANT UPDATE (given_back) ON transfers.entitlement_reopened TO puente_transfers;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON transfers.staged_recovered_order TO puente_transfers;

-- The conversation with the ledger.
GRANT SELECT, INSERT ON transfers.ledger_request, transfers.ledger_posting TO puente_transfers;
GRANT UPDATE (state, code, asked_at, answered_at, call_id, times_asked) ON transfers.ledger_request TO puente_transfers;
GRANT UPDATE (business_date, original_date, outcome_code, shortfall_minor) ON transfers.ledger_posting
    TO puente_transfers;
GRANT SELECT ON transfers.cycle_v1, transfers.void_cycle_v1, transfers.overlap_exception_v1, transfers.sanction_v1,
    transfers.served_household_v1, transfers.payment_run_v1, transfers.payment_run_approval_v1,
    transfers.payment_run_exception_v1, transfers.cycle_household_v1
TO puente_service, puente_reader, puente_operator;
GRANT EXECUTE ON FUNCTION
    transfers.analyze_roll(), transfers.payment_run_id(text, text, integer), transfers.run_document(uuid),
    transfers.payment_uetr(text, bigint, smallint), transfers.end_to_end_id(text, bigint, smallint),
    transfers.payment_key(text, text)
TO puente_transfers;
