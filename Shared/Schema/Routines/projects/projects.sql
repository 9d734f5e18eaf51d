-- An order that the ledger has posted is never changed or deleted, whatever a program does.
CREATE FUNCTION projects.refuse_change_of_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION 'a posted purchase order stays as it is'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'purchase_order_final_check', TABLE = 'purchase_order';
END
$$;

CREATE TRIGGER purchase_order_final_check BEFORE UPDATE OR DELETE ON projects.purchase_order
    FOR EACH ROW EXECUTE FUNCTION projects.refuse_change_of_order();

-- ANALYZE needs the owner.
CREATE FUNCTION projects.analyze_staged_participants() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE projects.staged_participant;
END
$$;

-- Gathers statistics on participants after an import.
CREATE FUNCTION projects.analyze_participants() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    -- A table that is known to be empty is read from end to end for each row of the next import.
    IF EXISTS (SELECT FROM projects.participant) THEN
        ANALYZE projects.project, projects.participant;
    END IF;
    IF EXISTS (SELECT FROM projects.admission) THEN
        ANALYZE projects.admission;
    END IF;
END
$$;

CREATE VIEW projects.project_v1 AS
SELECT
    project.project_code, project.programme, project.department_code AS territory_code,
    coalesce(enrolled.households, 0) AS households, project.committed_minor, project.ordered_minor,
    CASE
        WHEN project.ordered_minor > 0 THEN 'ordered'
        WHEN project.committed_minor > 0 THEN 'committed'
        ELSE 'enrolled'
    END AS state
FROM projects.project AS project
LEFT JOIN (
    SELECT project_code, count(DISTINCT household_id) AS households FROM projects.participant GROUP BY project_code
) AS enrolled USING (project_code);

CREATE VIEW projects.participant_v1 AS
SELECT participant.household_id, participant.project_code, project.programme, participant.module_code,
    participant.enrolled_on, coalesce(
        bool_or(participant.starts_with <= project.instalments_ordered)
            OVER (PARTITION BY participant.household_id, participant.project_code), false) AS started
FROM projects.participant AS participant
JOIN projects.project AS project USING (project_code);
COMMENT ON VIEW projects.participant_v1 IS
    'Participants, and whether the household''s first inputs in the project are ordered.';

CREATE VIEW projects.purchase_order_v1 AS
SELECT purchase_order_id, project_code, instalment, module_code, quantity, unit_minor, amount_minor,
    'ordered' AS state
FROM projects.purchase_order;

GRANT EXECUTE ON FUNCTION projects.analyze_staged_participants(), projects.analyze_participants() TO puente_projects;
GRANT SELECT ON projects.project_v1, projects.participant_v1, projects.purchase_order_v1
TO puente_service, puente_reader, puente_operator;
