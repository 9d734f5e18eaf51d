import Foundation
import Testing

/// Real processes on a private database: one at a time, so that each has the machine to itself.
@Suite(.serialized) struct CycleTests {
    @Test func aCycleIsPaidAndReconciledToTheCent() async throws {
        try await TestSite.with(households: 300) { site in
            try await site.prepareCycle()
            try await site.done(["participants", "import"] + site.files("project_participants") + ["--as", "ana"])
            let inputs = try await site.done("projects", "order-inputs", "--year", "2024", "--json", "--as", "ana")
                .json()
            #expect(text(inputs, "state") == "ordered")
            #expect(number(inputs, "orderedMinor") > 0)
            let run = try await site.startRun()
            #expect(text(run, "state") == "awaiting_approval")
            #expect(number(run, "households") == 300)
            #expect((1..<300).contains(number(run, "payableHouseholds")))

            let sent = try await site.approveRun()
            #expect(text(sent, "state") == "sent")
            #expect(text(sent, "requestedBy") == "ana")
            #expect(text(sent, "approvedBy") == "luis")
            let files = try #require(sent["files"] as? [[String: Any]])
            #expect(files.reduce(0) { $0 + number($1, "totalMinor") } == number(run, "totalMinor"))
            #expect(Set(try site.bankFiles().keys) == Set(files.map { text($0, "name") }))

            try await site.takeBankAnswers()
            let reconciliation = try await site.reconcile()
            // Who was rejected, or whose payment came back, is owed still: the run is not closed by being answered.
            #expect(reconciliation["closed"] as? Bool != true)
            #expect(number(reconciliation, "waitingHouseholds") > 0)
            #expect(number(reconciliation, "differenceMinor") == 0)
            #expect(number(reconciliation, "ledgerPaidMinor") == number(reconciliation, "paidMinor"))
            #expect(number(reconciliation, "rejectedMinor") > 0)
            let totals = try await site.done("payments", "totals", "--cycle", TestCycle.code, "--as", "luis")
            #expect(!totals.output.contains("DIFFERS"))
            try await site.checkReport(paidMinor: number(reconciliation, "paidMinor"))
            try await site.giveBackWhatIsOpen()
            let closed = try await site.reconcile()
            #expect(closed["closed"] as? Bool == true)
            #expect(number(closed, "givenBackMinor") == number(reconciliation, "waitingMinor"))
            let disk = try await site.done("payments", "files", "--cycle", TestCycle.code, "--as", "luis")
            #expect(disk.output.contains("as written"))
            let recovered = try await site.done("payments", "recover", "--as", "luis")
            #expect(recovered.output.contains("the database has forgotten no file"))
        }
    }

    @Test func whoStartsARunCannotApproveIt() async throws {
        try await TestSite.with(households: 60) { site in
            try await site.prepareCycle()
            let total = site.programme.amount(number(try await site.startRun(), "totalMinor"))
            let unstated = try await site.refused("payments", "approve", "--cycle", TestCycle.code, "--as", "luis")
            #expect(unstated.contains("--total AMOUNT"))
            let wrong = try await site.refused(
                "payments", "approve", "--cycle", TestCycle.code, "--total", "1.00", "--as", "luis")
            #expect(wrong.contains("not 1.00 PEN"))
            let words = try await site.refused(
                "payments", "approve", "--cycle", TestCycle.code, "--total", total, "--as", "ana")
            #expect(words.contains("PERMISSION_DENIED"))
            let stranger = try await site.refused("payments", "approve", "--cycle", TestCycle.code, "--as", "nobody")
            #expect(stranger.contains("nobody: no operator of this name"))
            #expect(text(try await site.runStatus(), "state") == "awaiting_approval")
            #expect(try await site.rows("SELECT household_id FROM transfers.payment_order").isEmpty)
            #expect(text(try await site.approveRun(), "state") == "sent")
        }
    }

    @Test func aRunThatLacksBudgetStopsBeforeAnyOrderAndGoesOnAfterAnAppropriation() async throws {
        try await TestSite.with(households: 120, simulation: ["--budget-share", "50"]) { site in
            try await site.prepareCycle()
            let stopped = try await site.startRun()
            #expect(text(stopped, "state") == "awaiting_budget")
            let shortfalls = try #require(stopped["shortfalls"] as? [[String: Any]])
            #expect(!shortfalls.isEmpty)
            #expect(shortfalls.allSatisfy { number($0, "shortfallMinor") > 0 })
            #expect(try await site.rows("SELECT household_id FROM transfers.payment_order").isEmpty)
            #expect(try site.bankFiles().isEmpty)

            let lines = shortfalls.map { shortfall in
                let missing = number(shortfall, "shortfallMinor")
                let line = text(shortfall, "line")
                let territory = line.split(separator: "-").last ?? ""
                return "\(line),2024,RO,MIDIS,juntos,\(territory),PEN,\(site.programme.amount(missing)),supplement-1"
            }
            let header = "line,fiscal_year,fund,ministry,programme,territory_code,currency,appropriation,document"
            let supplement = "\(site.data)/supplement.csv"
            try ([header] + lines).joined(separator: "\n").write(toFile: supplement, atomically: true, encoding: .utf8)
            try await site.done("budget", "appropriate", "--file", supplement, "--as", "ana")
            let resumed = try await site.done(
                "payments", "resume", "--cycle", TestCycle.code, "--watch", "--json", "--as", "ana"
            ).json()
            #expect(text(resumed, "state") == "awaiting_approval")
            #expect(number(resumed, "totalMinor") == number(stopped, "totalMinor"))
            #expect(text(try await site.approveRun(), "state") == "sent")
        }
    }

    @Test func anEmptySelectionPaysNobodyAndSaysSo() async throws {
        try await TestSite.with(households: 60) { site in
            try await site.prepareCycle(evidence: false)
            let run = try await site.startRun()
            #expect(text(run, "state") == "empty")
            #expect(number(run, "totalMinor") == 0)
            let said = try await site.done("payments", "status", "--cycle", TestCycle.code, "--as", "ana")
            #expect(said.output.contains("nobody is to be paid"))
            #expect(try await site.rows("SELECT household_id FROM transfers.payment_order").isEmpty)
            #expect(try site.bankFiles().isEmpty)
        }
    }
}

extension TestSite {
    /// Two persons give back what the bank rejected or returned, group by group, as the list names them.
    fileprivate func giveBackWhatIsOpen() async throws {
        let open = try await done("payments", "open", "--cycle", TestCycle.code, "--json", "--as", "ana").json()
        let groups = try #require(open["groups"] as? [[String: Any]]).map { text($0, "waitsFor") }
        for group in ["ready", "repair", "terminal", "check"] where groups.contains(group) {
            let proposal = try await done(
                "payments", "give-back", group, "--cycle", TestCycle.code, "--reason", "the test ends", "--json",
                "--as",
                "ana"
            ).json()
            let words = try await refused("payments", "confirm", text(proposal, "number"), "--as", "ana")
            #expect(words.contains("PERMISSION_DENIED"))
            try await done("payments", "confirm", text(proposal, "number"), "--as", "luis")
        }
    }

    /// The report is there, stands by itself, and its departments sum to what was paid.
    fileprivate func checkReport(paidMinor: Int64) async throws {
        let place = "\(directory)/report"
        try await done(
            "report", "run", "cycle", "--cycle", TestCycle.code, "--out", place, "--lang", "es", "--as", "luis")
        let names = try FileManager.default.contentsOfDirectory(atPath: place)
        let page = try #require(names.first { $0.hasSuffix(".html") })
        let html = try String(contentsOfFile: "\(place)/\(page)", encoding: .utf8)
        #expect(html.contains("<svg"))
        #expect(!html.contains("src=\"http") && !html.contains("href=\"http"))
        let table = try String(contentsOfFile: "\(place)/juntos-\(TestCycle.code).csv", encoding: .utf8)
        let rows = table.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let column = try #require(rows.first?.firstIndex(of: "paid_amount"))
        let paid = rows.dropFirst().reduce(Int64(0)) { $0 + (Int64($1[column].filter { $0 != "." }) ?? 0) }
        #expect(paid == paidMinor)
    }
}
