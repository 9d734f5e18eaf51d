-- Whatever a program does: only a deciding member of a party signs for it, no text comes into force without the quorum
-- of every party to it, and no state changes without the signatures that it needs.
CREATE FUNCTION coordination.is_deciding_member(p_agreement text, p_version integer, p_party text, p_operator text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM coordination.agreement_version v
        CROSS JOIN LATERAL jsonb_array_elements(v.terms -> 'parties') AS p
        CROSS JOIN LATERAL jsonb_array_elements(p -> 'members') AS m
        WHERE v.agreement = p_agreement AND v.version = p_version AND p ->> 'institution' = p_party
            AND m ->> 'operator' = p_operator AND (m ->> 'decides')::boolean)
$$;

-- How many of a text's parties have their quorum among the signers, and how many have not.
CREATE FUNCTION coordination.party_quorums(p_agreement text, p_version integer, p_signers text[])
RETURNS TABLE (reached bigint, missing bigint) LANGUAGE sql STABLE AS $$
    SELECT count(*) FILTER (WHERE z.signed >= z.quorum), count(*) FILTER (WHERE z.signed < z.quorum)
    FROM (
        SELECT greatest(1, coalesce((p ->> 'quorum')::integer, 0)) AS quorum, (
                SELECT count(*) FROM jsonb_array_elements(p -> 'members') AS m
                WHERE (m ->> 'decides')::boolean AND m ->> 'operator' = ANY (p_signers)) AS signed
        FROM coordination.agreement_version v
        CROSS JOIN LATERAL jsonb_array_elements(v.terms -> 'parties') AS p
        WHERE v.agreement = p_agreement AND v.version = p_version
    ) AS z
$$;

-- Signatures are those of deciding members of the version that is signed.
CREATE FUNCTION coordination.check_signature() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coordination.is_deciding_member(new.agreement, new.version, new.party, new.signed_by) THEN
        RAISE EXCEPTION 'only a deciding member of a party signs for it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_signature_member_check',
            TABLE = 'agreement_signature';
    END IF;
    RETURN new;
END
$$;

CREATE TRIGGER agreement_signature_member_check BEFORE INSERT ON coordination.agreement_signature
    FOR EACH ROW EXECUTE FUNCTION coordination.check_signature();

-- Signatures under a motion are those of deciding members of the version in force.
CREATE FUNCTION coordination.check_motion_signature() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM coordination.agreement_motion m
        WHERE m.motion_id = new.motion_id AND m.carried_at IS NULL
            AND coordination.is_deciding_member(m.agreement, m.version, new.party, new.signed_by)
    ) THEN
        RAISE EXCEPTION 'only a deciding member of a party signs for it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_motion_signature_member_check',
            TABLE = 'agreement_motion_signature';
    END IF;
    RETURN new;
END
$$;

CREATE TRIGGER agreement_motion_signature_member_check BEFORE INSERT ON coordination.agreement_motion_signature
    FOR EACH ROW EXECUTE FUNCTION coordination.check_motion_signature();

-- A version comes into force once every party has its quorum.
CREATE FUNCTION coordination.check_quorum() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT q.missing > 0 FROM coordination.party_quorums(new.agreement, new.version_in_force, ARRAY(
            SELECT s.signed_by FROM coordination.agreement_signature s
            WHERE s.agreement = new.agreement AND s.version = new.version_in_force AND s.act = 'terms'
                AND s.withdrawn_at IS NULL)) AS q
    ) THEN
        RAISE EXCEPTION 'an agreement comes into force with the quorum of every party'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_quorum_check', TABLE = 'agreement';
    END IF;
    RETURN new;
END
$$;

CREATE TRIGGER agreement_quorum_check BEFORE INSERT OR UPDATE OF version_in_force ON coordination.agreement
    FOR EACH ROW WHEN (new.version_in_force IS NOT NULL) EXECUTE FUNCTION coordination.check_quorum();

-- A motion is carried once it has the quorums that it needs.
CREATE FUNCTION coordination.check_motion_quorum() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT CASE new.kind WHEN 'suspend' THEN q.reached = 0 ELSE q.reached = 0 OR q.missing > 0 END
        FROM coordination.party_quorums(new.agreement, new.version, ARRAY(
            SELECT s.signed_by FROM coordination.agreement_motion_signature s
            WHERE s.motion_id = new.motion_id AND s.withdrawn_at IS NULL)) AS q
    ) THEN
        RAISE EXCEPTION 'an agreement is suspended with the quorum of one party, and resumed with that of every party'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_motion_quorum_check', TABLE = 'agreement_motion';
    END IF;
    RETURN new;
END
$$;

CREATE TRIGGER agreement_motion_quorum_check BEFORE INSERT OR UPDATE ON coordination.agreement_motion
    FOR EACH ROW WHEN (new.carried_at IS NOT NULL) EXECUTE FUNCTION coordination.check_motion_quorum();

-- What is recorded about a condition of an agreement rests on a motion that was carried.
CREATE FUNCTION coordination.check_condition() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM coordination.agreement_motion m
        WHERE m.motion_id = new.motion_id AND m.carried_at IS NOT NULL AND m.agreement = new.agreement
            AND m.version = new.version AND m.condition = new.condition AND m.body = new.body
            AND (m.kind = 'resume') = new.holds
    ) THEN
        RAISE EXCEPTION 'what holds of a condition is what was signed about it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_condition_motion_check',
            TABLE = 'agreement_condition';
    END IF;
    RETURN new;
END
$$;

CREATE TRIGGER agreement_condition_motion_check BEFORE INSERT ON coordination.agreement_condition
    FOR EACH ROW EXECUTE FUNCTION coordination.check_condition();

-- An agreement moves only along its states, and each step rests on what it needs.
CREATE FUNCTION coordination.check_agreement_transition() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    v_lapsed boolean := EXISTS (
        SELECT FROM coordination.agreement_condition_v1 c
        JOIN coordination.agreement_version v ON v.agreement = c.agreement AND v.version = new.version_in_force
        WHERE c.agreement = new.agreement AND NOT c.holds
            AND (c.body = '' OR v.terms -> 'releaseConditions' ? c.body));
    v_allowed boolean;
BEGIN
    v_allowed := CASE
        WHEN old.state = 1 THEN new.state IN (2, 4)
        WHEN old.state = 2 AND new.state = 3 THEN v_lapsed
        WHEN old.state = 3 AND new.state = 2 THEN NOT v_lapsed AND (
            SELECT m.kind FROM coordination.agreement_motion m
            WHERE m.agreement = new.agreement AND m.carried_at IS NOT NULL
            ORDER BY m.carried_at DESC, m.motion_id DESC LIMIT 1) IS NOT DISTINCT FROM 'resume'
        WHEN old.state IN (2, 3) AND new.state = 4 THEN (
            SELECT (v.terms ->> 'lastDay')::date < coordination.civil_day() FROM coordination.agreement_version v
            WHERE v.agreement = old.agreement AND v.version = old.version_in_force
        ) OR (
            SELECT q.missing = 0 FROM coordination.party_quorums(old.agreement, old.version_in_force, ARRAY(
                SELECT s.signed_by FROM coordination.agreement_signature s
                WHERE s.agreement = old.agreement AND s.version = old.version_in_force AND s.act = 'end'
                    AND s.withdrawn_at IS NULL)) AS q)
        ELSE false
    END;
    IF NOT v_allowed THEN
        RAISE EXCEPTION 'the agreement''s state changes only with the signatures that the change needs'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_transition_check', TABLE = 'agreement';
    END IF;
    RETURN new;
END
$$;

CREATE TRIGGER agreement_transition_check BEFORE UPDATE OF state ON coordination.agreement
    FOR EACH ROW WHEN (new.state <> old.state) EXECUTE FUNCTION coordination.check_agreement_transition();

-- Nothing of a signature changes but that it is taken back, once, while what it signs has not taken effect.
CREATE FUNCTION coordination.check_withdrawal() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    v_waits boolean := old.withdrawn_at IS NULL
        AND to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at';
BEGIN
    IF tg_table_name = 'agreement_motion_signature' THEN
        v_waits := v_waits AND EXISTS (
            SELECT FROM coordination.agreement_motion m
            JOIN coordination.agreement a USING (agreement)
            WHERE m.motion_id = old.motion_id AND m.carried_at IS NULL AND a.state <> 4);
    ELSE
        v_waits := v_waits AND EXISTS (
            SELECT FROM coordination.agreement a
            WHERE a.agreement = old.agreement AND a.state <> 4
                AND (old.act = 'end' OR old.version > coalesce(a.version_in_force, 0)));
    END IF;
    IF NOT v_waits THEN
        RAISE EXCEPTION 'a signature that has taken effect stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_withdrawal_check', TABLE = tg_table_name;
    END IF;
    RETURN new;
END
$$;

CREATE TRIGGER agreement_signature_withdrawal_check BEFORE UPDATE ON coordination.agreement_signature
    FOR EACH ROW EXECUTE FUNCTION coordination.check_withdrawal();
CREATE TRIGGER agreement_motion_signature_withdrawal_check BEFORE UPDATE ON coordination.agreement_motion_signature
    FOR EACH ROW EXECUTE FUNCTION coordination.check_withdrawal();

GRANT EXECUTE ON FUNCTION coordination.is_deciding_member, coordination.party_quorums TO puente_coordination;
