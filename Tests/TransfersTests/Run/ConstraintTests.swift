import Postgres
import TestSupport
import Testing

/// What the database refuses even if a program has a defect. Every statement is run as the service's own role.
@Suite struct ConstraintTests {
    private static let runs = """
        INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
        VALUES ('juntos', '2024-4', '2024-07-01', '2024-08-31', 1, '{}', 'ana');
        INSERT INTO transfers.payment_run (
            run_id, cycle_id, sequence, short_code, pay_on, currency, state, stage, requested_by)
        VALUES (transfers.payment_run_id('juntos', '2024-4', 1), 1, 1, 'R1', '2024-09-05', 'PEN', 'awaiting_approval',
            'verify', 'ana');
        INSERT INTO transfers.entitlement (
            household_id, unit_minor, amount_minor, cycle_id, run_number, units, component)
        VALUES (1, 20000, 20000, 1, 1, 1, 0)
        """

    private static let order = """
        INSERT INTO transfers.payment_order (household_id, amount_minor, cycle_id, run_number, uetr, end_to_end_id)
        VALUES (1, 20000, 1, 1, transfers.payment_uetr(transfers.payment_run_id('juntos', '2024-4', 1), 1), 'R1-1')
        """

    /// Statements, and the constraint (or SQLSTATE) that refuses them.
    private static let refused: [(sql: String, by: String)] = [
        (
            "UPDATE transfers.payment_run SET approved_by = 'ana', approved_at = now()",
            "payment_run_second_person_check"
        ),
        ("UPDATE transfers.payment_run SET state = 'ordering'", "payment_run_approval_check"),
        ("UPDATE transfers.payment_run SET state = 'paid'", "payment_run_state_check"),
        (order, "payment_order_approved_check"),
        (
            """
            INSERT INTO transfers.payment_run (
                run_id, cycle_id, sequence, short_code, pay_on, currency, state, stage, requested_by)
            VALUES (transfers.payment_run_id('juntos', '2024-4', 2), 1, 2, 'R2', '2024-09-05', 'PEN', 'freezing',
                'freeze', 'ana')
            """, "payment_run_cycle_once_key"
        ),
        (
            """
            INSERT INTO transfers.entitlement (
                household_id, unit_minor, amount_minor, cycle_id, run_number, units, component)
            VALUES (1, 20000, 20000, 1, 2, 1, 0)
            """, "entitlement_never_twice_key"
        ),
        (
            """
            INSERT INTO transfers.entitlement (
                household_id, unit_minor, amount_minor, cycle_id, run_number, units, component)
            VALUES (2, 20000, 20001, 1, 1, 1, 0)
            """, "entitlement_amount_check"
        ),
        (
            """
            INSERT INTO transfers.household_outcome (household_id, run_number, outcome, entitled_minor)
            VALUES (2, 1, 2, 100)
            """, "household_outcome_amount_check"
        ),
        (
            """
            INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
            VALUES ('juntos', '2024-5', '2024-09-01', '2024-08-31', 1, '{}', 'ana')
            """, "cycle_days_check"
        ),
        ("UPDATE transfers.entitlement SET amount_minor = 1", "42501"),
        ("DELETE FROM transfers.entitlement", "42501"),
        ("UPDATE transfers.payment_order SET amount_minor = 1", "42501"),
        ("DELETE FROM transfers.payment_order", "42501"),
        ("UPDATE transfers.verdict SET outcome = 1", "42501"),
        ("UPDATE transfers.payment_run SET requested_by = 'beto'", "42501"),
        ("UPDATE transfers.cycle SET rules = '{}'", "42501"),
        ("DELETE FROM transfers.payment_run", "42501"),
    ]

    @Test func theDatabaseRefusesWhatADefectMightTry() async throws {
        try await withDatabase { database in
            let setup = database.pool(size: 1)
            try await setup.script(Self.runs)
            await setup.close()
            let pool = database.pool(as: "puente_transfers", size: 1)
            for (sql, by) in Self.refused {
                do {
                    try await pool.script(sql)
                    Issue.record("not refused: \(sql)")
                } catch let error as PostgresError {
                    #expect(error.constraint == by || error.sqlState == by, "\(sql): \(error)")
                }
            }
            // With the second person's approval the order may be made: once.
            try await pool.script("UPDATE transfers.payment_run SET approved_by = 'beto', state = 'ordering'")
            try await pool.script(Self.order)
            do {
                try await pool.script(Self.order)
                Issue.record("a second order was made")
            } catch let error as PostgresError {
                #expect(error.constraint == "payment_order_never_twice_key")
            }
            await pool.close()
        }
    }

    @Test func identifiersFollowFromWhatTheyName() async throws {
        try await withDatabase { database in
            let pool = database.pool(as: "puente_transfers", size: 1)
            let rows = try await pool.query(Identifiers())
            await pool.close()
            // Version 4, variant 1, and the same in every database.
            #expect(
                rows == [
                    "53b7b884-cdbb-490f-ad70-76dea3fe12c3", "61d57733-b731-4404-a889-6d0b4f4ad0fe",
                ])
        }
    }
}

private struct Identifiers: Statement {
    static let sql = """
        SELECT transfers.payment_run_id('juntos', '2024-4', 1)::text
        UNION ALL SELECT transfers.payment_uetr('6f9619ff-8b86-4011-b42d-00cf4fc964ff', 1)::text ORDER BY 1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
