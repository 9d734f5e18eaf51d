-- The same arithmetic as the domain's: a share of all places, rounded up.
CREATE FUNCTION projects.reserved_places(reserved integer, share_hundredths integer, places integer) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN greatest(reserved::bigint, (places::bigint * share_hundredths + 9999) / 10000);

-- Whatever a program does: nobody outside the target population takes a place while reserved ones are open, and no more
-- places are taken than there are. Once per statement.
CREATE FUNCTION projects.check_reserved_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT agreement, programme, bool_or(outcome = 2) AS any_other
            FROM inserted WHERE outcome <= 2 GROUP BY agreement, programme
        ) AS added
        JOIN coordination.agreement_in_force_v1 AS rule USING (agreement, programme)
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE held.outcome = 1) AS target, count(*) AS taken
            FROM projects.admission AS held
            WHERE held.agreement = added.agreement AND held.programme = added.programme AND held.outcome <= 2
        ) AS filled
        WHERE added.any_other AND filled.target < projects.reserved_places(
                rule.reserved_places, rule.reserved_share_hundredths, rule.places)
            OR rule.places > 0 AND filled.taken > rule.places
    ) THEN
        RAISE EXCEPTION 'places that an agreement reserves are not filled with its target population'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'admission_reserved_first_check', TABLE = 'admission';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER admission_reserved_first_check AFTER INSERT ON projects.admission
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION projects.check_reserved_places();

-- Nobody begins in a programme that agreements bind without a decision that admits them under each of these. The
-- conditions are counts per household, found by the primary keys, because a plan for a table that was empty a moment
-- ago would join every new row with every other. Who lacks a decision must have taken part before: with other rows
-- than the new ones.
CREATE FUNCTION projects.check_admitted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM coordination.agreement_in_force_v1 WHERE kind = 'productive_project') THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        WITH rule AS MATERIALIZED (SELECT programme, agreement FROM coordination.agreement_in_force_v1)
        SELECT FROM (
            SELECT added.household_id, project.programme, count(*) AS rows
            FROM inserted AS added JOIN projects.project AS project USING (project_code)
            GROUP BY added.household_id, project.programme
        ) AS added
        JOIN rule USING (programme)
        WHERE (
                SELECT count(*) FROM projects.admission AS held
                WHERE held.household_id = added.household_id AND held.programme = added.programme
                    AND held.agreement = rule.agreement AND held.outcome <= 3
            ) = 0 AND (
                SELECT count(*) FROM projects.participant AS present
                WHERE present.household_id = added.household_id AND (
                    SELECT project.programme FROM projects.project AS project
                    WHERE project.project_code = present.project_code) = added.programme
            ) <= added.rows
    ) THEN
        RAISE EXCEPTION 'a household takes part without having been admitted under the agreement'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'participant_admitted_check', TABLE = 'participant';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER participant_admitted_check AFTER INSERT ON projects.participant
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION projects.check_admitted();

-- Whatever a program does: nobody starts under such an agreement whose latest decision does not say so. Who has started
-- goes on. Found by the primary keys, like the admissions.
CREATE FUNCTION projects.check_started() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM coordination.agreement_in_force_v1
        WHERE kind = 'productive_project' AND sequencing = 'SEQUENCING_RULE_PROJECT_DURING_TRANSFER'
    ) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        WITH rule AS MATERIALIZED (
            SELECT programme, agreement FROM coordination.agreement_in_force_v1
            WHERE kind = 'productive_project' AND sequencing = 'SEQUENCING_RULE_PROJECT_DURING_TRANSFER'
        )
        SELECT FROM (
            SELECT changed.household_id, changed.project_code FROM changed WHERE changed.starts_with IS NOT NULL
            GROUP BY changed.household_id, changed.project_code
        ) AS changed
        JOIN projects.project AS project USING (project_code)
        JOIN rule USING (programme)
        WHERE (
                SELECT count(*) FROM projects.participant AS held
                WHERE held.household_id = changed.household_id AND held.project_code = changed.project_code
                    AND held.starts_with <= project.instalments_ordered
            ) = 0 AND coalesce((
                SELECT decided.outcome FROM projects.start_decision AS decided
                WHERE decided.household_id = changed.household_id AND decided.programme = project.programme
                    AND decided.agreement = rule.agreement
                ORDER BY decided.decided_at DESC LIMIT 1), 3) = 3
    ) THEN
        RAISE EXCEPTION 'a project starts for a household against the sequence of an agreement'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'participant_start_check', TABLE = 'participant';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER participant_start_check AFTER UPDATE ON projects.participant
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION projects.check_started();
CREATE TRIGGER participant_start_check_of_new AFTER INSERT ON projects.participant
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION projects.check_started();

-- Decisions about admission and start are final.
CREATE FUNCTION projects.refuse_change_of_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION 'a decision about a household stays as it is'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER admission_final_check BEFORE UPDATE OR DELETE OR TRUNCATE ON projects.admission
    FOR EACH STATEMENT EXECUTE FUNCTION projects.refuse_change_of_decision();
CREATE TRIGGER start_decision_final_check BEFORE UPDATE OR DELETE OR TRUNCATE ON projects.start_decision
    FOR EACH STATEMENT EXECUTE FUNCTION projects.refuse_change_of_decision();

-- How the places of each agreement are filled. A household that was refused and admitted later counts as admitted. At
-- its start counts what was decided last.
CREATE VIEW projects.agreement_places_v1 AS
SELECT agreement, programme, coalesce(admitted.target_population, 0) AS target_population,
    coalesce(admitted.others, 0) AS others, coalesce(admitted.overridden, 0) AS overridden,
    coalesce(admitted.refused, 0) AS refused, coalesce(started.overridden, 0) AS started_by_override,
    coalesce(started.refused, 0) AS refused_at_start
FROM (
    SELECT agreement, programme,
        count(*) FILTER (WHERE outcome = 1) AS target_population, count(*) FILTER (WHERE outcome = 2) AS others,
        count(*) FILTER (WHERE outcome = 3) AS overridden, count(*) FILTER (WHERE outcome > 3) AS refused
    FROM (
        SELECT agreement, programme, household_id, min(outcome) AS outcome
        FROM projects.admission GROUP BY agreement, programme, household_id
    ) AS household
    GROUP BY agreement, programme
) AS admitted
FULL JOIN (
    SELECT agreement, programme, count(*) FILTER (WHERE outcome = 2) AS overridden,
        count(*) FILTER (WHERE outcome = 3) AS refused
    FROM (
        SELECT DISTINCT ON (agreement, programme, household_id) agreement, programme, outcome
        FROM projects.start_decision ORDER BY agreement, programme, household_id, decided_at DESC
    ) AS household
    GROUP BY agreement, programme
) AS started USING (agreement, programme);

-- Why a household was admitted or not.
CREATE VIEW projects.admission_v1 AS
SELECT household_id, programme, agreement, agreement_version, outcome, override_id, reserved, filled, decided_at
FROM projects.admission;

-- Why a household's project started or did not, at each attempt to order the instalment that would bring its first
-- inputs.
CREATE VIEW projects.start_v1 AS
SELECT household_id, programme, agreement, agreement_version, fiscal_year, instalment, attempt, outcome, override_id,
    decided_at
FROM projects.start_decision;

GRANT EXECUTE ON FUNCTION projects.reserved_places(integer, integer, integer) TO puente_projects;
GRANT SELECT ON projects.agreement_places_v1, projects.admission_v1, projects.start_v1
TO puente_service, puente_reader, puente_operator;
