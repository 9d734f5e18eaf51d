-- The journal can only grow.
CREATE FUNCTION coordination.ledger_refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger''s journal is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER budget_batch_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_batch
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_transfer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_record
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_posting
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_document_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_document
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_reversal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_reversal
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER agreement_motion_final_check BEFORE UPDATE OR DELETE ON coordination.agreement_motion
    FOR EACH ROW WHEN (old.carried_at IS NOT NULL) EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER agreement_motion_signature_append_only
    BEFORE DELETE OR TRUNCATE ON coordination.agreement_motion_signature
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER agreement_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.agreement_version
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER agreement_signature_append_only BEFORE DELETE OR TRUNCATE ON coordination.agreement_signature
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER agreement_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.agreement_event
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER agreement_condition_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.agreement_condition
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER agreement_override_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.agreement_override
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER working_group_version_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.working_group_version
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER working_group_record_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.working_group_record
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER notice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.notice
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_log_span_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_log_span
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_log_node_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_log_node
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_log_key_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_log_key
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
CREATE TRIGGER budget_checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON coordination.budget_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION coordination.ledger_refuse_change();
