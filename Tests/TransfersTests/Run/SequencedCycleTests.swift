import Contracts
import Queue
import Testing

/// Household 5005 is not poor: it is refused in every cycle, unless something keeps it.
private let agreement = """
    INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('haku_winay', 1, 'productive_project', '{}', 'test');
    INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
        VALUES ('juntos', '2024-3', '2024-05-01', '2024-06-30', 1, '{}', 'test');
    INSERT INTO transfers.affiliation (
        household_id, cycle_id, refusals, poverty_class, residence_since, any_pregnant)
    VALUES (5005, 1, 0, 2, '2015-01-01', false), (5013, 1, 0, 2, '2015-01-01', false),
        (5021, 1, 1, 3, '2015-01-01', false);
    INSERT INTO projects.project (
        project_code, programme, department_code, committed_minor, ordered_minor, instalments_ordered)
    VALUES ('HW-01', 'haku_winay', '01', 10, 10, 1), ('HW-02', 'haku_winay', '01', 10, 10, 1);
    INSERT INTO projects.participant (household_id, project_code, module_code, enrolled_on, starts_with) VALUES
        (5005, 'HW-01', 'hen', '2024-06-01', NULL), (5013, 'HW-02', 'hen', '2024-06-01', 1),
        (5013, 'HW-02', 'guinea_pig', '2024-06-01', NULL), (5021, 'HW-01', 'hen', '2024-06-01', NULL);
    INSERT INTO coordination.agreement VALUES ('juntos-haku', 2, 3, 3);
    INSERT INTO coordination.agreement_version (agreement, version, terms, reason, proposed_by) VALUES
        ('juntos-haku', 3, '{"firstDay": "2024-01-01", "lastDay": "2099-12-31", "programmes": ["juntos", "haku_winay"],
            "sequencing": "SEQUENCING_RULE_PROJECT_BEFORE_TRANSFER_ENDS"}', '', 'ana')
    """

@Suite struct SequencedCycleTests {
    @Test func aHouseholdWhoseProjectHasNotStartedStaysAffiliatedWithTheReason() async throws {
        try await withRun(households: 24) { fixture in
            let pool = fixture.database.pool(size: 1)
            try await pool.script(agreement)
            await pool.close()
            // 21 of 24 households are poor; of the three others one awaits its project and was served before.
            let opened = try #require(try await fixture.openCycle())
            #expect(opened.affiliated == 22)
            let kept = "SELECT count(*) FROM transfers.affiliation WHERE kept_by = 'juntos-haku, version 3'"
            #expect(try await fixture.number(kept) == 1)
            #expect(try await fixture.number("\(kept) AND household_id = 5005 AND refusals = 1 AND cycle_id = 2") == 1)
            #expect(
                try await fixture.number(
                    "SELECT count(*) FROM transfers.served_household_v1 WHERE household_id IN (5005, 5013, 5021)") == 1)
            let explained = try await fixture.ana.call(
                TransfersV1.Cycles.explain, .init(programme: "juntos", cycle: "2024-4", householdId: 5_005))
            #expect(explained.decisions.first?.outcome == "kept")
            #expect(
                explained.decisions.first?.reasons.last
                    == .init(code: "kept_by_agreement", values: ["agreement": "juntos-haku, version 3"]))

            // It is on the roll, and paid like any other.
            _ = try await fixture.startRun()
            #expect(try await fixture.wait(for: "awaiting_budget").households == 22)
        }
    }

    @Test func withoutSuchAnAgreementNobodyIsKept() async throws {
        try await withRun(households: 24) { fixture in
            let pool = fixture.database.pool(size: 1)
            try await pool.script(agreement)
            try await pool.script("UPDATE coordination.agreement SET state = 4")
            await pool.close()
            #expect(try await fixture.openCycle()?.affiliated == 21)
        }
    }
}
