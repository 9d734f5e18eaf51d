import Postgres
import TestSupport
import Testing

/// What the database refuses even if a program has a defect. Every statement is run as the service's own role.
@Suite struct ConstraintTests {
    private static let runs = """
        INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
        VALUES ('juntos', '2024-4', '2024-07-01', '2024-08-31', 1, '{}', 'ana');
        INSERT INTO transfers.payment_run (
            run_id, cycle_id, sequence, pay_on, fiscal_year, currency, state, stage, requested_by)
        VALUES (transfers.payment_run_id('juntos', '2024-4', 1), 1, 1, '2024-09-05', 2024, 'PEN', 'awaiting_approval',
            'verify', 'ana');
        INSERT INTO transfers.entitlement (
            household_id, unit_minor, amount_minor, cycle_id, run_number, units, component, currency)
        VALUES (1, 20000, 20000, 1, 1, 1, 0, 'PEN')
        """

    /// As the database's function leaves it.
    private static let approval = """
        UPDATE transfers.payment_run
        SET total_minor = 40000, households = 2, payable_households = 2, approved_by = 'beto', approved_at = now();
        INSERT INTO transfers.payment_run_approval (
            run_number, approver, decision, seen, digest, total_minor, call_id)
        VALUES (1, 'beto', 'approved', '{}', sha256('{}'), 40000, 1)
        """

    private static let order = """
        INSERT INTO transfers.payment_order (
            household_id, amount_minor, cycle_id, run_number, uetr, end_to_end_id, currency)
        VALUES (1, 20000, 1, 1, transfers.payment_uetr('K', 1, 1::smallint), 'K-1', 'PEN')
        """

    /// A second order of the household, with the number and the order that it says it follows.
    private static func next(_ number: String, after previous: String) -> String {
        """
        INSERT INTO transfers.payment_order (
            household_id, amount_minor, cycle_id, run_number, order_number, previous_order, uetr, end_to_end_id, currency)
        VALUES (1, 20000, 1, 1, \(number), \(previous), transfers.payment_uetr('K', 1, 2::smallint), 'K-1-2', 'PEN')
        """
    }

    /// Statements, and the constraint (or SQLSTATE) that refuses them.
    private static let refused: [(sql: String, by: String)] = [
        ("UPDATE transfers.payment_run SET approved_by = 'beto', approved_at = now()", "42501"),
        ("UPDATE transfers.payment_run SET requested_by = 'beto'", "42501"),
        (
            """
            INSERT INTO transfers.payment_run_approval (
                run_number, approver, decision, seen, digest, total_minor, call_id)
            VALUES (1, 'beto', 'approved', '{}', sha256('{}'), 0, 1)
            """, "42501"
        ),
        ("SELECT transfers.decide_run(1, true, '{}')", "payment_run_person_check"),
        (
            """
            SELECT transfers.start_run(1, 1, 'main', '2024-09-05', 2024, 'PEN', '{}', '{}', '{}')
            """, "payment_run_person_check"
        ),
        ("UPDATE transfers.payment_run SET state = 'withdrawn'", "payment_run_withdrawn_check"),
        ("UPDATE transfers.payment_run SET state = 'ordering'", "payment_run_approval_check"),
        ("UPDATE transfers.payment_run SET state = 'paid'", "payment_run_state_check"),
        (order, "payment_order_approved_check"),
        (
            """
            INSERT INTO transfers.payment_run (
                run_id, cycle_id, sequence, pay_on, fiscal_year, currency, state, stage, requested_by)
            VALUES (transfers.payment_run_id('juntos', '2024-4', 2), 1, 2, '2024-09-05', 2024, 'PEN', 'ordering',
                'order', 'ana')
            """, "42501"
        ),
        (
            """
            INSERT INTO transfers.entitlement (
                household_id, unit_minor, amount_minor, cycle_id, run_number, units, component, currency)
            VALUES (1, 20000, 20000, 1, 1, 1, 0, 'PEN')
            """, "entitlement_never_twice_key"
        ),
        (
            """
            INSERT INTO transfers.entitlement (
                household_id, unit_minor, amount_minor, cycle_id, run_number, units, component, currency)
            VALUES (2, 20000, 20001, 1, 1, 1, 0, 'PEN')
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
        (
            """
            INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
            VALUES ('juntos', '2024-04', '2024-08-31', '2024-10-31', 1, '{}', 'ana')
            """, "cycle_period_once_excl"
        ),
        (
            """
            INSERT INTO transfers.cycle (
                programme, code, first_day, last_day, rule_version, rules, opened_by, shared_days)
            VALUES ('juntos', '2024-04', '2024-08-01', '2024-08-31', 1, '{}', 'ana', '{[2024-08-01,2024-09-01)}')
            """, "cycle_shared_days_check"
        ),
        (
            """
            WITH asked AS (
                INSERT INTO transfers.overlap_exception (
                    programme, code, first_day, last_day, others, reason, requested_by)
                VALUES ('juntos', '2024-04', '2024-08-01', '2024-08-31', '{2024-4}', 'flood', 'ana')
                RETURNING exception_number)
            INSERT INTO transfers.cycle (
                programme, code, first_day, last_day, rule_version, rules, opened_by, shared_days, overlap_exception)
            SELECT 'juntos', '2024-04', '2024-08-01', '2024-08-31', 1, '{}', 'ana', '{[2024-08-01,2024-09-01)}',
                exception_number FROM asked
            """, "cycle_overlap_exception_signed_fkey"
        ),
        (
            """
            INSERT INTO transfers.overlap_exception (
                programme, code, first_day, last_day, others, reason, requested_by, signed_by, signed_at)
            VALUES ('juntos', '2024-04', '2024-08-01', '2024-08-31', '{2024-4}', 'flood', 'ana', 'ana', now())
            """, "overlap_exception_second_person_check"
        ),
        (
            """
            INSERT INTO transfers.affiliation (
                household_id, cycle_id, refusals, poverty_class, residence_since, any_pregnant, consecutive_not_met,
                sanction)
            VALUES (1, 1, 0, 1, '2015-01-01', false, 6, 3)
            """, "affiliation_sanction_check"
        ),
        ("UPDATE transfers.cycle SET state = 'void'", "cycle_void_check"),
        ("UPDATE transfers.cycle SET shared_days = '{}'", "42501"),
        ("UPDATE transfers.overlap_exception SET reason = 'other'", "42501"),
        ("UPDATE transfers.roll_evidence SET days_attended = 0", "42501"),
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
            let approval = database.pool(size: 1)
            try await approval.script(Self.approval)
            await approval.close()
            try await pool.script("UPDATE transfers.payment_run SET state = 'ordering'")
            // What was approved cannot change, and no order goes beyond it.
            for (sql, by) in [
                ("UPDATE transfers.payment_run SET total_minor = 9999999", "payment_run_approved_check"),
                ("UPDATE transfers.payment_run SET payable_households = 1", "payment_run_approved_check"),
                (Self.order.replacing("20000", with: "99999999"), "payment_order_approved_check"),
            ] {
                do {
                    try await pool.script(sql)
                    Issue.record("not refused: \(sql)")
                } catch let error as PostgresError {
                    #expect(error.constraint == by, "\(sql): \(error)")
                }
            }
            try await pool.script(Self.order)
            // Again, under another number, or as the follower of one that is not open again, it may not.
            for (sql, by) in [
                (Self.order, "payment_order_never_twice_key"),
                (Self.next("2", after: "NULL"), "payment_order_number_check"),
                (Self.next("2", after: "1"), "payment_order_reopened_fkey"),
                (Self.next("3", after: "1"), "payment_order_number_check"),
            ] {
                do {
                    try await pool.script(sql)
                    Issue.record("a second order was made: \(sql)")
                } catch let error as PostgresError {
                    #expect(error.constraint == by)
                }
            }
            try await pool.script(
                """
                INSERT INTO transfers.entitlement_reopened (
                    household_id, amount_minor, cycle_id, run_number, order_number, cause, handling)
                VALUES (1, 20000, 1, 1, 1, 'withdrawn', 'unspecified')
                """)
            try await pool.script(Self.next("2", after: "1"))
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
                    "53b7b884-cdbb-490f-ad70-76dea3fe12c3", "8b2c7df1-93ca-44b4-a6bd-deb44513427f", "JUNTOS5F860D-1-2",
                ])
        }
    }
}

private struct Identifiers: Statement {
    static let sql = """
        SELECT transfers.payment_run_id('juntos', '2024-4', 1)::text
        UNION ALL SELECT transfers.payment_uetr(transfers.payment_key('juntos', '2024-4'), 1, 1::smallint)::text
        UNION ALL SELECT transfers.end_to_end_id(transfers.payment_key('juntos', '2024-4'), 1, 2::smallint) ORDER BY 1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
