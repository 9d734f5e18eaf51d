-- Takes away what Routines/ declares, before migrations run: triggers, views and functions of the program's schemas,
-- and every right of its roles there. Functions that a table's default, constraint or index needs stay. Nothing else
-- goes with them.
DO $$
DECLARE
    ours oid[] := ARRAY(SELECT oid FROM pg_namespace WHERE nspowner = 'puente_owner'::regrole);
    -- How many constraints, columns and defaults there are.
    counted text := $count$
        SELECT (SELECT count(*) FROM pg_constraint WHERE connamespace = ANY ($1) AND contype <> 't')
            + (SELECT count(*) FROM pg_attrdef)
            + (SELECT count(*) FROM pg_attribute JOIN pg_class AS held ON held.oid = attrelid
                WHERE held.relnamespace = ANY ($1) AND held.relkind IN ('r', 'p', 'i', 'I', 'S'))
        $count$;
    shape bigint;
    left_over bigint;
    statements text[];
    statement text;
BEGIN
    EXECUTE counted INTO shape USING ours;
    -- All texts before the first is carried out: the name of what is gone already cannot be found any more.
    SELECT array_agg(made.text) INTO statements FROM (
        SELECT format('DROP TRIGGER %I ON %s', fires.tgname, fires.tgrelid::regclass) AS text
        FROM pg_trigger AS fires JOIN pg_class AS held ON held.oid = fires.tgrelid
        WHERE held.relnamespace = ANY (ours) AND NOT fires.tgisinternal AND fires.tgparentid = 0
        UNION ALL
        SELECT format('DROP VIEW IF EXISTS %s CASCADE', held.oid::regclass)
        FROM pg_class AS held WHERE held.relnamespace = ANY (ours) AND held.relkind = 'v'
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', named.oid::regprocedure)
        FROM pg_proc AS named
        WHERE named.pronamespace = ANY (ours) AND NOT EXISTS (
            SELECT FROM pg_depend AS needs
            WHERE needs.refclassid = 'pg_proc'::regclass AND needs.refobjid = named.oid
                AND needs.classid IN ('pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_class'::regclass))
        UNION ALL
        SELECT format('REVOKE ALL ON ALL %s IN SCHEMA %s FROM %I', kinds.kind, named.oid::regnamespace, role.rolname)
        FROM pg_namespace AS named, (VALUES ('TABLES'), ('SEQUENCES'), ('ROUTINES')) AS kinds (kind), pg_roles AS role
        WHERE named.oid = ANY (ours) AND role.rolname LIKE 'puente\_%' AND role.rolname <> 'puente_owner') AS made;
    FOREACH statement IN ARRAY coalesce(statements, '{}') LOOP
        EXECUTE statement;
    END LOOP;
    EXECUTE counted INTO left_over USING ours;
    IF left_over <> shape THEN
        RAISE EXCEPTION 'taking away the routines would have taken something of a table with it';
    END IF;
END
$$;
