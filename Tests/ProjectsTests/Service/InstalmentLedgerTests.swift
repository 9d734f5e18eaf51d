import Contracts
import Foundation
import Queue
import Testing

private let post = CoordinationV1.Budget.post.name
private let answered = ProjectsV1.Projects.ledgerAnswered.name

/// An instalment's conversation with the ledger: every scheme, and answers that are lost or come late.
@Suite struct InstalmentLedgerTests {
    private func load(_ scheme: String, _ fixture: ProjectsFixture) async throws {
        guard scheme != "standard" else { return }
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../deploy/programmes/\(scheme)/budget_scheme.json")
        let definition = try CoordinationV1.BudgetScheme(json: [UInt8](Data(contentsOf: path)))
        _ = try await fixture.ana.call(CoordinationV1.Budget.loadScheme, definition, ProjectsFixture.patient)
    }

    @Test(arguments: ["standard", "peru", "colombia", "mexico"])
    func anInstalmentIsOrderedOnLinesOfTheScheme(scheme: String) async throws {
        try await withProjects { fixture in
            try await load(scheme, fixture)
            _ = try await fixture.importParticipants(ProjectsFixture.participants)
            for (line, territory) in zip(ProjectsFixture.lines, ["06", "21"]) {
                try await fixture.openLine(line, territory: territory, scheme: scheme)
            }
            let short = try await fixture.order()
            #expect(short.state == "awaiting_budget")
            #expect(Set(short.obstacles.map(\.kind)) == [scheme == "mexico" ? "budget_short" : "ledger"])
            #expect(short.obstacles.map(\.shortfallMinor).reduce(0, +) == 1_800_000)
            try await fixture.appropriate([1_200_000, 600_000], id: "law")
            let reply = try await fixture.order()
            #expect(reply.state == "ordered", "\(reply.obstacles)")
            #expect(reply.committedMinor == 1_800_000 && reply.purchaseOrders == 3)
            let stages = try await fixture.stages(ProjectsFixture.lines[0])
            #expect(stages == [1_200_000, 1_200_000, 120_000, scheme == "colombia" ? 0 : 120_000])
            var next = ProjectsFixture.request
            next.instalment = 2
            #expect(try await fixture.order(next).state == "ordered")
        }
    }

    /// The ledger has posted, and its answer is lost: the instalment was reserving for ever.
    @Test func aLostAnswerIsAskedForAgain() async throws {
        try await withProjects { fixture in
            _ = try await fixture.importParticipants(ProjectsFixture.participants)
            try await fixture.openLines()
            try await fixture.appropriate([5_000_000, 5_000_000], id: "law")
            try await fixture.pause(answered)
            _ = try await fixture.ana.call(
                ProjectsV1.Projects.orderInputs, ProjectsFixture.request, ProjectsFixture.patient)
            try await fixture.lose(answered)
            try await fixture.pause(answered, false)
            let reply = try await fixture.order()
            #expect(reply.state == "ordered" && reply.committedMinor == 1_800_000)
            #expect(try await fixture.stages(ProjectsFixture.lines[0]) == [1_200_000, 1_200_000, 120_000, 120_000])
        }
    }

    /// An attempt is posted and its answer is lost as a failure; participants change; the next attempt finds what was posted,
    /// and orders that.
    @Test func whatAnEarlierAttemptPostedIsOrderedAsThatAttemptPlannedIt() async throws {
        try await withProjects { fixture in
            _ = try await fixture.importParticipants(ProjectsFixture.participants)
            try await fixture.openLines()
            try await fixture.appropriate([5_000_000, 5_000_000], id: "law")
            _ = try await fixture.order()
            // As if the answer had never come: the attempt was refused once, by what is known here, and is not ordered.
            let pool = fixture.pool
            try await pool.script(
                """
                UPDATE projects.instalment SET state = 'awaiting_budget';
                UPDATE projects.instalment_project SET posted_at = NULL;
                UPDATE projects.project SET committed_minor = 0, ordered_minor = 0, instalments_ordered = 0;
                ALTER TABLE projects.purchase_order DISABLE TRIGGER purchase_order_final_check;
                DELETE FROM projects.purchase_order;
                ALTER TABLE projects.purchase_order ENABLE TRIGGER purchase_order_final_check;
                UPDATE projects.ledger_request SET state = 'refused', code = 'insufficient_available';
                INSERT INTO projects.participant (household_id, project_code, module_code, enrolled_on, starts_with)
                VALUES (2002, 'HW-21-001', 'hen', '2024-03-15', 1)
                """)
            _ = try await fixture.order()
            var reply = try await fixture.ana.call(ProjectsV1.Projects.status, ProjectsFixture.request)
            for _ in 0..<200 where reply.state != "ordered" {
                try await Task.sleep(for: .milliseconds(50))
                reply = try await fixture.ana.call(ProjectsV1.Projects.status, ProjectsFixture.request)
            }
            #expect(reply.state == "ordered" && reply.committedMinor == 1_800_000 && reply.purchaseOrders == 3)
            #expect(try await fixture.stages(ProjectsFixture.lines[1]) == [600_000, 600_000, 48_000, 48_000])
        }
    }
}

extension ProjectsFixture {
    /// Stops or resumes the claiming of a method.
    func pause(_ method: String, _ pausing: Bool = true) async throws {
        try await pool.script(
            "UPDATE rpc.method SET paused = \(pausing) WHERE name = '\(method)'; NOTIFY rpc_service_projects")
    }

    /// Waits for a call of a method, and takes it out of the queue.
    func lose(_ method: String) async throws {
        for _ in 0..<600 {
            let lost = try await pool.transaction { transaction in
                try await transaction.query(LoseCalls(method: method)).count
            }
            if lost > 0 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("no call of \(method) came")
    }
}
