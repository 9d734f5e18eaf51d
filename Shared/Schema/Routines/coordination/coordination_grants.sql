GRANT SELECT, INSERT, UPDATE ON
    coordination.territory, coordination.household, coordination.member, coordination.account
TO puente_coordination;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON
    coordination.staged_territory, coordination.staged_household, coordination.staged_member,
    coordination.staged_account
TO puente_coordination;
GRANT SELECT, INSERT ON coordination.programme, coordination.country, coordination.account_change
TO puente_coordination;
GRANT SELECT ON coordination.fiscal_year, coordination.budget_scheme, coordination.budget_line,
    coordination.budget_balance, coordination.budget_limit, coordination.budget_limit_line,
    coordination.budget_hold, coordination.budget_batch, coordination.budget_transfer, coordination.budget_record,
    coordination.budget_posting, coordination.budget_reversal, coordination.budget_log_pending,
    coordination.budget_document
    TO puente_coordination;
GRANT SELECT, INSERT, UPDATE ON coordination.agreement, coordination.working_group TO puente_coordination;
GRANT SELECT, INSERT ON coordination.agreement_motion, coordination.agreement_motion_signature TO puente_coordination;
GRANT UPDATE (carried_at) ON coordination.agreement_motion TO puente_coordination;
GRANT UPDATE (withdrawn_at) ON coordination.agreement_signature, coordination.agreement_motion_signature
    TO puente_coordination;
GRANT SELECT, INSERT ON coordination.agreement_version, coordination.agreement_signature,
    coordination.agreement_event, coordination.agreement_condition, coordination.agreement_override,
    coordination.working_group_version, coordination.working_group_record, coordination.decision, coordination.notice
    TO puente_coordination;
GRANT UPDATE (executed_at, executed_by, executed_call, escalated_at) ON coordination.decision TO puente_coordination;
GRANT SELECT, INSERT, UPDATE, DELETE ON coordination.agreement_earmark TO puente_coordination;

-- Whoever may read the journal can check it without the service.
GRANT SELECT ON coordination.budget_log_span, coordination.budget_log_node, coordination.budget_log_key,
    coordination.budget_checkpoint
    TO puente_coordination, puente_operator, puente_reader;
GRANT SELECT ON coordination.fiscal_year, coordination.budget_scheme, coordination.budget_line,
    coordination.budget_balance, coordination.budget_limit, coordination.budget_limit_line,
    coordination.budget_hold, coordination.budget_batch, coordination.budget_transfer, coordination.budget_record,
    coordination.budget_posting, coordination.budget_reversal, coordination.budget_log_pending,
    coordination.budget_document
    TO puente_operator, puente_reader;
GRANT EXECUTE ON FUNCTION coordination.ledger_open_lines, coordination.ledger_read, coordination.ledger_apply
    TO puente_coordination;
GRANT EXECUTE ON FUNCTION coordination.ledger_set_control, coordination.ledger_set_limit,
    coordination.ledger_load_scheme, coordination.ledger_set_year, coordination.ledger_year_end,
    coordination.ledger_as_of TO puente_coordination;
GRANT SELECT ON coordination.territory_v1, coordination.household_v1, coordination.member_v1, coordination.programme_v1,
    coordination.country_v1
TO puente_service, puente_reader, puente_operator;
