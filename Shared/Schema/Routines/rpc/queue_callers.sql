-- Refuses with gRPC status `code`; clients read it from SQLSTATE PQ0nn.
CREATE FUNCTION rpc.refuse(code integer, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'PQ0' || lpad(code::text, 2, '0'), message = message;
END
$$;

-- Functions that are not inlined are in PL/pgSQL, which keeps their plans for the session; SQL functions plan each
-- time. Rows of rpc.call and rpc.outcome are looked up in `lateral (… offset 0)`: a plan that is made while a day's
-- table is still small, and kept, would otherwise join it whole for one id. Where it counts, a range that is known
-- beforehand (the first and last id) keeps the executor from opening every day. force_generic_plan: planning anew for
-- each call's arguments never finds a better plan here and costs more than running it (claim 0.57 ms against 0.33 ms,
-- result 0.28 ms against 0.10 ms).

-- Whether the role is a service's: one that was made a member of the services. A superuser is none, whatever
-- PostgreSQL says.
CREATE FUNCTION rpc.is_service(role text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM pg_auth_members AS given JOIN pg_roles AS named ON named.oid = given.member
        WHERE given.roleid = 'puente_service'::regrole AND named.rolname = is_service.role);
END
$$;

-- Whether the role is a person's: one that may log in and was made a member of the operators. A superuser, whom
-- PostgreSQL takes for a member of every role, is nobody here; nor are the schema's owner and the services.
CREATE FUNCTION rpc.is_person(role text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM pg_roles r
        WHERE r.rolname = is_person.role AND r.rolcanlogin AND NOT r.rolsuper
            AND pg_has_role(r.oid, 'puente_operator', 'member') AND NOT pg_has_role(r.oid, 'puente_owner', 'member')
            AND NOT pg_has_role(r.oid, 'puente_service', 'member'));
END
$$;

-- Whether `role` may make calls restricted to `roles`: a service as itself, a person as an operator.
CREATE FUNCTION rpc.may_call(role text, roles text[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE WHEN rpc.is_service(role) THEN substr(role, 8) = ANY (roles)
        ELSE 'operator' = ANY (roles) AND rpc.is_person(role) END;
END
$$;

-- The same of the session's role.
CREATE FUNCTION rpc.may_call(roles text[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN rpc.may_call(session_user::text, roles);
END
$$;

-- Whether the session's role is a person who may steer the queue.
CREATE FUNCTION rpc.is_operator() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN rpc.is_person(session_user);
END
$$;

-- Refuses everybody but those who may steer the queue.
CREATE FUNCTION rpc.require_operator() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT rpc.is_operator() THEN
        PERFORM rpc.refuse(7, 'only operators may do this');
    END IF;
END
$$;

-- Whether a live worker serves the method. Volatile, so that it looks after rpc.compact and never while.
CREATE FUNCTION rpc.is_served(method_id smallint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM rpc.worker w
        WHERE w.method_ids @> ARRAY[is_served.method_id] AND w.expires_at > clock_timestamp() AND NOT w.draining);
END
$$;

-- A text that was cut says so.
CREATE FUNCTION rpc.cut(text text, most integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN length($1) <= $2 THEN $1 ELSE left($1, $2) || '…' END $$;

-- A payload as it is, or, when it is long, its beginning and its size.
CREATE FUNCTION rpc.cut_payload(payload jsonb, whole boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN whole OR pg_column_size(payload) <= 20000 THEN payload
        ELSE jsonb_build_object('cut', left(payload::text, 2000), 'bytes', octet_length(payload::text)) END
$$;
