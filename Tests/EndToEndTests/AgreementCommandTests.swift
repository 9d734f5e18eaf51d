import Foundation
import Testing

extension CycleTests {
    @Test func anAgreementIsSignedRefusedActivatedAndReportedByTheCommands() async throws {
        try await TestSite.with(households: 600) { site in
            try await site.prepareCycle(evidence: false)
            let line = try #require(
                try await site.rows(
                    "SELECT line FROM coordination.budget_line_v1 WHERE programme = 'haku_winay' ORDER BY appropriated DESC"
                ).first?.split(separator: "\"").dropFirst(3).first.map(String.init))
            let department = String(line.suffix(2))
            let file = try site.write("agreement.json", agreement(line: line, department: department, reserved: 10_000))
            try await site.done("agreement", "propose", file, "--as", "ana")
            try await site.done("agreement", "sign", "joint", "--as", "ana")
            let unsigned = try await site.refused("agreement", "activate", "joint", "--as", "ana")
            #expect(unsigned.contains("FONCODES (luis)") && unsigned.contains("agreement sign joint"))
            try await site.done("agreement", "sign", "joint", "--version", "1", "--as", "luis")
            try await site.done("agreement", "activate", "joint", "--as", "luis")

            // Nobody outside the target population is served while its places are open.
            let rejects = "\(site.directory)/refused.csv"
            try await site.done(
                ["participants", "import"] + site.files("project_participants")
                    + ["--keep-good", "--rejects", rejects, "--as", "ana"])
            let reasons = try String(contentsOfFile: rejects, encoding: .utf8)
            #expect(reasons.contains("reserved_places_open") && reasons.contains("joint"))
            try await site.done("projects", "order-inputs", "--year", "2024", "--as", "ana")

            // Another text, in Spanish; the old one stays readable.
            let more = try site.write("more.json", agreement(line: line, department: department, reserved: 1))
            try await site.done("agreement", "amend", more, "--reason", "fewer places", "--as", "luis")
            for person in ["ana", "luis"] { try await site.done("agreement", "sign", "joint", "--as", person) }
            try await site.done("agreement", "activate", "joint", "--as", "ana")
            let old = try await site.done("agreement", "show", "joint", "--version", "1", "--lang", "es", "--as", "ana")
            #expect(old.output.contains("10,000 reservados") && old.output.contains("no en vigor"))
            let shown = try await site.done("agreement", "show", "joint", "--as", "ana")
            #expect(shown.output.contains("1 reserved") && shown.output.contains("in force"))
            #expect(shown.output.contains(line) && shown.output.contains("luis"))

            try await site.done(
                "agreement", "suspend", "joint", "--condition", "1", "--reason", "no report", "--as", "ana")
            let list = try await site.done("agreement", "list", "--as", "luis")
            #expect(list.output.contains("suspended"))
            let still = try await site.refused("agreement", "resume", "joint", "--reason", "well", "--as", "ana")
            #expect(still.contains("1 reports are on time"))
            let half = try await site.done(
                "agreement", "resume", "joint", "--condition", "1", "--reason", "sent", "--as", "luis")
            #expect(half.output.contains("when these sign too: JUNTOS (ana)"))
            let waits = try await site.done("agreement", "show", "joint", "--as", "ana")
            #expect(waits.output.contains("1 holds again: signed by luis; still to sign: JUNTOS (ana)"))
            let withdraw = [
                "agreement", "withdraw", "joint", "--of", "resume", "--condition", "1", "--reason", "too early", "--as",
                "luis",
            ]
            #expect(try await site.done(withdraw).output.contains("is taken back; joint v2 is suspended"))
            #expect(try await site.refused(withdraw).contains("no such signature"))
            let alone = try await site.done("agreement", "show", "joint", "--as", "ana")
            #expect(!alone.output.contains("still to sign") && alone.output.contains("withdraw_resume"))
            for person in ["ana", "luis"] {
                try await site.done(
                    "agreement", "resume", "joint", "--condition", "1", "--reason", "seen", "--as", person)
            }
            let household = try #require(
                try await site.rows("SELECT min(household_id) AS n FROM coordination.household_v1").first.flatMap {
                    Int64($0.filter(\.isNumber))
                })
            try await site.done(
                "agreement", "override", "joint", "--household", "\(household)", "--reason", "flood", "--as", "ana")

            let report = "\(site.directory)/report"
            try await site.done(
                "report", "run", "cycle", "--cycle", TestCycle.code, "--out", report, "--as", "luis")
            let table = try String(
                contentsOfFile: "\(report)/juntos-\(TestCycle.code)-agreements.csv", encoding: .utf8)
            #expect(table.contains("joint,Joint programme,active,2,JUNTOS; FONCODES,false,true,2,1,1,"))
            try await site.checkGroupsAndDecisions()
        }
    }
}

extension TestSite {
    /// Writes a file of the test's own; returns its path.
    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(directory)/\(name)"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// A roundtable that may not decide, one that may, and what becomes of its decision.
    fileprivate func checkGroupsAndDecisions() async throws {
        try await done("group", "form", "mesa", "--members", "ana,luis", "--as", "ana")
        try await done("group", "record", "mesa", "--text", "shared the calendar", "--as", "ana")
        let decide = [
            "group", "record", "mesa", "--kind", "decision", "--text", "share the roll", "--grounds", "minutes 1",
            "--owner", "luis", "--due", "2024-01-31", "--as", "ana",
        ]
        let outcome = try await puente(decide)
        #expect(outcome.status == 1)
        #expect(outcome.notices.contains("can record minutes and proposals, and nothing else"))
        let own = try await refused(
            "group", "form", "mesa", "--members", "ana,luis", "--deciding", "ana", "--mandate", "R.M. 12", "--as", "ana"
        )
        #expect(own.contains("nobody gives themself the right to decide"))
        try await done(
            "group", "form", "mesa", "--members", "ana,luis", "--deciding", "ana", "--mandate", "R.M. 12", "--as",
            "luis")
        try await done(decide)
        let open = try await done("decision", "list", "--open", "--as", "ana")
        #expect(open.output.contains("share the roll") && open.output.contains("luis"))
        // The service asked the queue for its recurring calls; they fire when their time comes, here at once.
        let due = try await rows("SELECT name FROM rpc.recurrence")
        #expect(due.count == 3)
        try await script("UPDATE rpc.recurrence SET next_at = clock_timestamp() - interval '1 hour'")
        var told = ""
        for _ in 0..<200 where !told.contains("share the roll") {
            told = try await done("decision", "notices", "--as", "luis").output
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(told.contains("overdue") && told.contains("group/mesa"))
        var unnumbered = true
        for _ in 0..<200 where unnumbered {
            unnumbered = try await rows("SELECT batch_id FROM coordination.budget_log_pending").isEmpty == false
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(!unnumbered)
        #expect(try await rows("SELECT batch_id FROM coordination.budget_log_span").isEmpty == false)
        let number = try #require(
            try await rows("SELECT decision_id AS n FROM coordination.decision WHERE subject = 'group/mesa'").first)
        try await done("decision", "execute", number.filter(\.isNumber), "--as", "luis")
        let acts = try await done("decision", "list", "--subject", "agreement/joint", "--as", "ana")
        for act in ["activate, version 1", "amend, version 2", "suspend", "resume", "override"] {
            #expect(acts.output.contains(act), "\(act)")
        }
        #expect(try await done("decision", "list", "--open", "--as", "ana").output.contains("share the roll") == false)
    }
}

private func agreement(line: String, department: String, reserved: Int) -> String {
    """
    {
      "agreement": "joint", "title": "Joint programme",
      "parties": [
        { "institution": "JUNTOS", "members": [{ "operator": "ana", "decides": true }], "quorum": 1 },
        { "institution": "FONCODES", "members": [{ "operator": "luis", "decides": true }], "quorum": 1 }
      ],
      "programmes": ["juntos", "haku_winay"], "reservedPlaces": \(reserved),
      "target": { "servedBy": "juntos", "povertyClasses": ["extreme_poor"] }, "currency": "PEN",
      "earmarks": [
        { "institution": "FONCODES", "line": "\(line)", "amountMinor": "600000",
          "documentPrefix": "HW-2024-\(department)-" }
      ],
      "releaseConditions": ["reports are on time"],
      "sequencing": "SEQUENCING_RULE_PROJECT_DURING_TRANSFER",
      "firstDay": "2024-01-01", "lastDay": "2049-12-31",
      "architecture": { "intended": true, "programmes": 2 }
    }
    """
}
