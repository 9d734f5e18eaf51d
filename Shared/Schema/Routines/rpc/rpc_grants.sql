REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rpc FROM PUBLIC;

DO $$
DECLARE
    f record;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure AS signature, p.proname AS name FROM pg_proc p
        WHERE p.pronamespace = 'rpc'::regnamespace
    LOOP
        IF f.name IN (
            'enqueue', 'enqueue_all', 'enqueue_each', 'result', 'results', 'await', 'stream', 'cancel',
                'expire_waiting',
            'health', 'healths', 'stats', 'show', 'trace', 'time_of', 'limits')
        THEN
            EXECUTE format('grant execute on function %s to puente_operator, puente_service', f.signature);
        ELSIF f.name IN (
            'register', 'heartbeat', 'leave', 'claim', 'complete', 'fail', 'push', 'promote', 'reap',
            'rotate', 'compact', 'retain', 'drop_leases', 'reconcile', 'cancelled')
        THEN
            EXECUTE format('grant execute on function %s to puente_service', f.signature);
        ELSIF f.name IN ('list', 'retry', 'retry_all', 'discard', 'discard_all', 'pause', 'keep') THEN
            EXECUTE format('grant execute on function %s to puente_operator', f.signature);
        END IF;
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION rpc.fire_recurrences, rpc.figures
    TO puente_service;
