-- Checks the bodies of all functions, which were made without a check because they may name each other in any order.
SET LOCAL check_function_bodies = on;
DO $$
DECLARE
    definition text;
BEGIN
    FOR definition IN
        SELECT pg_get_functiondef(named.oid)
        FROM pg_proc AS named
        JOIN pg_namespace AS held ON held.oid = named.pronamespace AND held.nspowner = 'puente_owner'::regrole
        JOIN pg_language AS written ON written.oid = named.prolang AND written.lanname IN ('sql', 'plpgsql')
        WHERE named.prokind = 'f' AND named.prosqlbody IS NULL
    LOOP
        EXECUTE definition;
    END LOOP;
END
$$;
