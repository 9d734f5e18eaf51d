import Postgres

/// What must hold when a scenario has come to rest. Each query counts violations.
enum FaultInvariants: String, CaseIterable {
    case everyCallHasOneOutcome = """
        SELECT count(*) FROM rpc.call c WHERE (SELECT count(*) FROM rpc.outcome o WHERE o.call_id = c.call_id) <> 1
        """
    case successfulCallsTookEffectOnce = """
        SELECT count(*) FROM rpc.outcome o WHERE o.status = 0
            AND (SELECT count(*) FROM public.effect e WHERE e.call_id = o.call_id) <> 1
        """
    case failedCallsTookNoEffect = """
        SELECT count(*) FROM rpc.outcome o WHERE o.status <> 0
            AND EXISTS (SELECT FROM public.effect e WHERE e.call_id = o.call_id)
        """
    case failedOneWayCallsAreDead = """
        SELECT count(*) FROM rpc.outcome o
        WHERE (o.status NOT IN (0, 1)) <> EXISTS (SELECT FROM rpc.dead d WHERE d.call_id = o.call_id)
        """
    case followUpsExistExactlyForSuccesses = """
        SELECT count(*) FROM rpc.call c
        JOIN rpc.outcome o ON o.call_id = c.call_id JOIN rpc.method m ON m.method_id = c.method_id
        WHERE m.name LIKE '%/Free' AND (SELECT count(*) FROM rpc.call k WHERE k.parent_id = c.call_id)
            <> CASE WHEN o.status = 0 AND (c.request ->> 'minorUnits')::bigint % 3 = 0 THEN 1
                WHEN o.status = 0 AND c.request ->> 'minorUnits' IS NULL THEN 1 ELSE 0 END
        """
    case ordersOfKeysAreKept = """
        SELECT count(*) FROM (
            SELECT e.call_id, lag(e.call_id) OVER (PARTITION BY c.ordering_key ORDER BY e.seq) AS before
            FROM public.effect e JOIN rpc.call c ON c.call_id = e.call_id
            WHERE c.ordering_key IS NOT NULL) AS s
        WHERE s.before > s.call_id
        """
    case oneCallOfAKeyRunsAtATime = """
        SELECT count(*) FROM public.effect e
        JOIN rpc.call c ON c.call_id = e.call_id JOIN rpc.outcome o ON o.call_id = e.call_id
        JOIN rpc.call c2 ON c2.ordering_key = c.ordering_key AND c2.call_id <> c.call_id
        JOIN public.effect e2 ON e2.call_id = c2.call_id
        WHERE e2.began_at > e.began_at AND e2.began_at < o.finished_at
        """
    case theConcurrencyLimitIsKept = """
        SELECT count(*) FROM (
            SELECT e.call_id, (SELECT count(*) FROM public.effect e2
                JOIN rpc.outcome o2 ON o2.call_id = e2.call_id
                JOIN rpc.call c2 ON c2.call_id = e2.call_id AND c2.method_id = c.method_id
                WHERE e2.began_at <= e.began_at AND o2.finished_at > e.began_at) AS running
            FROM public.effect e JOIN rpc.call c ON c.call_id = e.call_id
            JOIN rpc.method m ON m.method_id = c.method_id AND m.max_concurrency = 2) AS s
        WHERE s.running > 2
        """
    case noEffectCameAfterADeadline = """
        SELECT count(*) FROM public.effect e
        JOIN rpc.call c ON c.call_id = e.call_id JOIN rpc.outcome o ON o.call_id = e.call_id
        WHERE greatest(e.began_at, o.finished_at) >= c.deadline_at
        """
    case noEffectCameAfterACancellation = """
        SELECT count(*) FROM public.cancelled x LEFT JOIN rpc.outcome o ON o.call_id = x.call_id
        WHERE o.status IS NULL OR o.status = 0
        """
    case noCallWaitsAnywhere = """
        SELECT (SELECT count(*) FROM rpc.ready) + (SELECT count(*) FROM rpc.scheduled)
            + (SELECT count(*) FROM rpc.arrival) + (SELECT count(*) FROM rpc.waiting)
        """
    case noPermitIsKept = "SELECT count(*) FROM rpc.permit"
    case noCancellationIsKept = "SELECT count(*) FROM rpc.cancellation"
    case noLeaseIsKept = "SELECT count(*) FROM rpc.lease"

    /// The invariants that do not hold, with how many rows break them.
    static func violations(_ pool: ConnectionPool) async throws -> [String] {
        var broken: [String] = []
        for invariant in allCases {
            let count = try await pool.transaction { (transaction: borrowing Transaction) in
                try await transaction.script("CREATE TEMP TABLE violation AS \(invariant.rawValue)")
                let count = try await transaction.queryOne(CountViolations()) ?? -1
                try await transaction.script("DROP TABLE violation")
                return count
            }
            if count != 0 { broken.append("\(invariant): \(count)") }
        }
        return broken
    }
}

struct CountViolations: Statement {
    static let sql = "SELECT sum(v.n)::bigint FROM (SELECT * FROM pg_temp.violation) AS v (n)"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
