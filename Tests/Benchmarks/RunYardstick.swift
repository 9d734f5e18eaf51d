import Foundation
import Postgres

/// The hand-written script: the same joins, inserts and export in set-based SQL, as somebody who knows PostgreSQL would write
/// it, into tables with the same columns, keys and checks. It freezes nothing and explains nothing.
enum RunYardstick {
    /// Runs the script through psql, which also exports.
    static func measure(_ database: ConnectionConfiguration) async throws -> (
        stages: [(String, Duration)], total: Duration
    ) {
        let pool = ConnectionPool(database, size: 1)
        try await pool.script(tables)
        var stages: [(String, Duration)] = []
        for (what, sql) in [("verdicts", verdicts), ("entitlements", entitlements), ("orders", orders)] {
            stages.append((what, try await timed { try await pool.script(sql) }))
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("puente-hand-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try FileHandle(forWritingTo: file)
        stages.append(
            (
                "export",
                try await timed {
                    _ = try await pool.transaction { transaction in
                        try await transaction.copyOut(export) { row in try ExportLine.write(row, to: output) }
                    }
                    try output.synchronize()
                }
            ))
        await pool.close()
        return (stages, stages.reduce(.zero) { $0 + $1.1 })
    }

    /// Whether the run and the script ordered the same.
    static func totals(_ pool: ConnectionPool) async throws -> Bool {
        try await pool.queryOne(CompareOrders()) ?? false
    }

    private static let tables = """
        CREATE SCHEMA hand;
        CREATE TABLE hand.verdict (LIKE transfers.verdict INCLUDING ALL);
        CREATE TABLE hand.entitlement (LIKE transfers.entitlement INCLUDING ALL);
        CREATE TABLE hand.payment_order (LIKE transfers.payment_order INCLUDING ALL)
        """

    private static let verdicts = """
        INSERT INTO hand.verdict (
            household_id, person_id, run_number, condition, outcome, reason, school_level, measured, possible)
        SELECT m.household_id, m.person_id, 1, 0,
            CASE WHEN a.days IS NULL THEN 2 WHEN a.days = 0 THEN 4 WHEN a.attended * 10000 >= 8500 * a.days THEN 1
                ELSE 2 END,
            CASE WHEN a.days IS NULL THEN 6 WHEN a.days = 0 THEN 3 WHEN a.attended * 10000 >= 8500 * a.days THEN 1
                ELSE 2 END,
            a.level, coalesce(a.attended, 0), coalesce(a.days, 0)
        FROM transfers.affiliation AS f
        JOIN coordination.member AS m USING (household_id)
        LEFT JOIN (
            SELECT household_id, person_id, max(level) AS level, sum(school_days) AS days,
                sum(days_attended) AS attended
            FROM transfers.attendance WHERE month BETWEEN '2024-07-01' AND '2024-08-31'
            GROUP BY household_id, person_id
        ) AS a USING (household_id, person_id)
        WHERE f.cycle_id = 1 AND f.refusals = 0 AND m.birth_date BETWEEN '2005-07-02' AND '2018-07-01'
        UNION ALL
        SELECT m.household_id, m.person_id, 1, k.condition, CASE WHEN c.checks >= 1 THEN 1 ELSE 2 END,
            CASE WHEN c.checks >= 1 THEN 4 ELSE 6 END, NULL, coalesce(c.checks, 0), 1
        FROM transfers.affiliation AS f
        JOIN coordination.member AS m USING (household_id)
        CROSS JOIN (VALUES (1, 1), (2, 2)) AS k (condition, kind)
        LEFT JOIN (
            SELECT household_id, person_id, kind, count(*) AS checks FROM transfers.health_check
            WHERE checked_on BETWEEN '2024-07-01' AND '2024-08-31' GROUP BY household_id, person_id, kind
        ) AS c ON c.household_id = m.household_id AND c.person_id = m.person_id AND c.kind = k.kind
        WHERE f.cycle_id = 1 AND f.refusals = 0
            AND CASE k.condition WHEN 1 THEN m.birth_date BETWEEN '2019-07-02' AND '2024-07-01' ELSE m.pregnant END
        """

    private static let entitlements = """
        INSERT INTO hand.entitlement (
            household_id, unit_minor, amount_minor, cycle_id, run_number, units, component, currency)
        WITH person AS (
            SELECT household_id, person_id, bool_and(outcome IN (1, 4)) AS met, max(school_level) AS level
            FROM hand.verdict GROUP BY household_id, person_id
        ), household AS (
            SELECT f.household_id, bool_and(coalesce(p.met, true)) AS base,
                bool_or(
                    coalesce(p.met, true)
                    AND (m.pregnant OR m.birth_date BETWEEN '2022-07-02' AND '2024-07-01')) AS early,
                count(*) FILTER (WHERE p.met AND p.level = 2) AS pupils
            FROM transfers.affiliation AS f
            JOIN coordination.member AS m USING (household_id)
            LEFT JOIN person AS p USING (household_id, person_id)
            WHERE f.cycle_id = 1 AND f.refusals = 0 GROUP BY f.household_id
        )
        SELECT household_id, c.unit, c.unit * c.units, 1, 1, c.units, c.component, 'PEN'
        FROM household CROSS JOIN LATERAL (VALUES
            (0, 20000::bigint, CASE WHEN base THEN 1 ELSE 0 END),
            (1, 10000, CASE WHEN early THEN 1 ELSE 0 END),
            (2, 8000, CASE WHEN base THEN pupils::integer ELSE 0 END)
        ) AS c (component, unit, units)
        WHERE c.units > 0
        """

    private static let orders = """
        INSERT INTO hand.payment_order (household_id, amount_minor, cycle_id, run_number, uetr, end_to_end_id, currency)
        SELECT e.household_id, sum(e.amount_minor), 1, 1, gen_random_uuid(), 'JUNTOSA1B2C3-' || e.household_id, 'PEN'
        FROM hand.entitlement AS e JOIN coordination.account AS a USING (household_id) GROUP BY e.household_id
        """

    private static let export = """
        COPY (
            SELECT o.end_to_end_id, o.uetr::text, o.amount_minor::text, p.holder_name, p.bank_bic, p.account_number
            FROM hand.payment_order AS o JOIN coordination.payee_v1 AS p USING (household_id) ORDER BY o.household_id
        ) TO STDOUT (FORMAT binary)
        """

    /// Writes exported rows as lines, some hundreds of kilobytes at a time.
    private enum ExportLine {
        static func write(_ row: borrowing CopyRow, to file: FileHandle) throws {
            for field in 0..<6 {
                try row.withBytes(field) { buffer.append(contentsOf: $0) }
                buffer.append(field < 5 ? UInt8(ascii: ",") : UInt8(ascii: "\n"))
            }
            if buffer.count > 1 << 18 {
                try file.write(contentsOf: buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }

        nonisolated(unsafe) private static var buffer: [UInt8] = []
    }
}
