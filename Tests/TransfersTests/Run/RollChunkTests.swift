import Contracts
import Postgres
import TestSupport
import Testing
import TransfersDomain

@testable import TransfersService

@Suite struct RollChunkTests {
    private static let rows = """
        INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
        VALUES ('juntos', '2024-4', '2024-07-01', '2024-08-31', 1, '{}', 'test');
        INSERT INTO transfers.payment_run (
            run_id, cycle_id, sequence, pay_on, fiscal_year, currency, state, stage, requested_by)
        VALUES (transfers.payment_run_id('juntos', '2024-4', 1), 1, 1, '2024-09-05', 2024, 'PEN', 'verifying',
            'verify', 'test');
        INSERT INTO transfers.roll_household (household_id, run_number, territory_code, department_code, account_number)
        VALUES (10, 1, '010101', '01', '1'), (11, 1, '010101', '01', NULL), (12, 1, '010101', '01', '3'),
            (99, 1, '010101', '01', '4');
        INSERT INTO transfers.roll_member (household_id, run_number, person_id, birth_date, pregnant)
        VALUES (10, 1, 101, '2015-01-01', false), (10, 1, 102, '2023-01-01', false), (12, 1, 120, '1999-01-01', true),
            (99, 1, 990, '2015-01-01', false);
        INSERT INTO transfers.attendance (
            household_id, person_id, month, level, school_days, days_attended, school_code)
        VALUES (9, 1, '2024-07-01', 1, 20, 20, 'A'), (10, 100, '2024-07-01', 1, 20, 20, 'A'),
            (10, 101, '2024-06-01', 1, 20, 20, 'A'), (10, 101, '2024-07-01', 1, 20, 19, 'A'),
            (10, 101, '2024-07-01', 2, 4, 3, 'B'), (10, 101, '2024-08-01', 1, 21, 0, 'A'),
            (10, 101, '2024-09-01', 1, 20, 20, 'A'), (11, 110, '2024-07-01', 1, 20, 20, 'A'),
            (12, 121, '2024-07-01', 1, 20, 20, 'A');
        INSERT INTO transfers.health_check (household_id, person_id, checked_on, kind, facility_code)
        VALUES (10, 102, '2024-06-30', 1, 'E'), (10, 102, '2024-07-01', 1, 'E'), (10, 102, '2024-08-31', 1, 'E'),
            (10, 102, '2024-09-01', 1, 'E'), (12, 120, '2024-07-15', 2, 'E'), (12, 120, '2024-07-15', 1, 'E')
        """

    @Test func evidenceOfTheCycleIsMergedIntoTheRollAndOtherRowsArePassedBy() async throws {
        try await withDatabase { database in
            let setup = database.pool(size: 1)
            try await setup.script(Self.rows)
            await setup.close()
            let pool = database.pool(as: "puente_transfers", size: 1)
            let chunk = try await pool.transaction { transaction in
                let runs = try await transaction.query(FindLatestRun(programme: "juntos", cycle: "2024-4"))
                let days = CycleDays(firstDay: RuleFixtures.day("2024-07-01"), lastDay: RuleFixtures.day("2024-08-31"))
                return try await RollChunk.read(
                    transaction, run: try #require(runs.first), firstDay: days.firstDay, range: 10...12,
                    evidence: .reported(days))
            }
            await pool.close()
            #expect(chunk.households.map(\.householdId) == [10, 11, 12])
            #expect(chunk.households.map(\.hasAccount) == [true, false, true])
            #expect(chunk.memberHouseholds == [10, 10, 12])
            #expect(
                chunk.members == [
                    Member(
                        personId: 101, ageMonths: 114,
                        evidence: MemberEvidence(
                            attendanceReported: true, schoolDays: 45, daysAttended: 22, schoolLevel: .secondary)),
                    Member(personId: 102, ageMonths: 18, evidence: MemberEvidence(growthChecks: 2)),
                    Member(
                        personId: 120, ageMonths: 306, pregnant: true,
                        evidence: MemberEvidence(growthChecks: 1, prenatalChecks: 1)),
                ])
        }
    }

    @Test func whatIsDecidedIsStoredOnceAndNeverTwice() async throws {
        try await withDatabase { database in
            let setup = database.pool(size: 1)
            try await setup.script(Self.rows)
            await setup.close()
            let pool = database.pool(as: "puente_transfers", size: 1)
            func decide() async throws -> (Int32, Int64) {
                try await pool.transaction { transaction in
                    let runs = try await transaction.query(FindLatestRun(programme: "juntos", cycle: "2024-4"))
                    let run = try #require(runs.first)
                    let days = CycleDays(
                        firstDay: RuleFixtures.day("2024-07-01"), lastDay: RuleFixtures.day("2024-08-31"))
                    let roll = try await RollChunk.read(
                        transaction, run: run, firstDay: days.firstDay, range: 10...12, evidence: .reported(days))
                    let decided = try VerifyChunk(roll, rules: RuleFixtures.rules)
                    try await decided.store(transaction, run: run)
                    let kept = try await RollChunk.read(
                        transaction, run: run, firstDay: days.firstDay, range: 10...12, evidence: .frozen)
                    #expect(kept.members == roll.members)
                    return (decided.payableHouseholds, decided.totalMinor)
                }
            }
            // Household 10 fails attendance but has a checked infant; 11 has no member that a rule concerns and no
            // account; 12 has a pregnant member with too few checks.
            #expect(try await decide() == (1, 10_000))
            await #expect(throws: PostgresError.self) { try await decide() }
            await pool.close()
            let reader = database.pool(size: 1)
            let stored = try await reader.query(StoredOutcomes())
            await reader.close()
            #expect(stored == ["10:1:10000", "11:4:20000", "12:2:0", "entitlement 10:1:10000"])
        }
    }
}

private struct StoredOutcomes: Statement {
    static let sql = """
        SELECT household_id || ':' || outcome || ':' || entitled_minor AS stored FROM transfers.household_outcome
        UNION ALL
        SELECT 'entitlement ' || household_id || ':' || component || ':' || amount_minor FROM transfers.entitlement
        ORDER BY stored
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
