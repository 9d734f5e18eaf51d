GRANT SELECT, INSERT ON projects.project, projects.participant, projects.instalment TO puente_projects;
GRANT UPDATE (committed_minor, ordered_minor, instalments_ordered) ON projects.project TO puente_projects;
GRANT UPDATE (enrolled_on, starts_with) ON projects.participant TO puente_projects;
GRANT UPDATE (state, attempt, requested_by, requested_at, currency) ON projects.instalment TO puente_projects;
GRANT SELECT, INSERT ON projects.instalment_project, projects.instalment_order, projects.purchase_order
    TO puente_projects;
GRANT UPDATE (posted_at) ON projects.instalment_project TO puente_projects;
GRANT SELECT, INSERT, DELETE ON projects.instalment_obstacle TO puente_projects;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON projects.staged_participant TO puente_projects;
GRANT SELECT, INSERT ON projects.admission, projects.start_decision TO puente_projects;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON projects.staged_admission TO puente_projects;

-- The conversation with the ledger.
GRANT SELECT, INSERT ON projects.ledger_request, projects.ledger_posting TO puente_projects;
GRANT UPDATE (state, code, asked_at, answered_at, call_id, times_asked) ON projects.ledger_request TO puente_projects;
GRANT UPDATE (business_date, original_date, outcome_code, shortfall_minor) ON projects.ledger_posting
    TO puente_projects;
