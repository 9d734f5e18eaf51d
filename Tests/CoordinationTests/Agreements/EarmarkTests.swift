import Contracts
import LedgerAudit
import Testing

private let money = """
    SELECT line, earmarked, remaining, drawn, returned, committed, accrued, paid
    FROM coordination.agreement_earmark_v1 ORDER BY line
    """
private let earmark = "agreement/juntos-haku-2024"

@Test func aClosedYearLapsesTheEarmarkAndWhatWasDrawnStaysWhatItIs() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.openLine("L1-2025", 100_000, year: 2025)
        try await table.activate(sampleTerms(roles: table.prefix))
        // Two documents draw 40,000 and commit 25,000 of it; one has other money too.
        #expect(try await table.post("a", .reserve, 30_000, "HW-06-001", source: earmark) == "posted")
        #expect(try await table.post("b", .commit, 20_000, "HW-06-001") == "posted")
        #expect(try await table.post("c", .accrue, 5_000, "HW-06-001") == "posted")
        #expect(try await table.post("d", .reserve, 10_000, "HW-06-002", source: earmark) == "posted")
        #expect(try await table.post("e", .reserve, 7_000, "HW-06-002") == "posted")
        #expect(try await table.post("f", .commit, 5_000, "HW-06-002") == "posted")
        #expect(try await table.rows(money) == ["(L1,60000,20000,40000,0,25000,5000,0)"])

        let preview = try await table.closeYear(.preview)
        #expect(preview.holds.first { $0.document == earmark }?.targetLine == "")
        try await table.closeYear(.seal)
        // The 20,000 that nobody drew have lapsed with the year, and the 15,000 that were drawn and not committed.
        #expect(try await table.rows(money) == ["(L1,60000,0,25000,35000,25000,5000,0)"])
        #expect(try await table.rows("SELECT state FROM coordination.agreement_v1") == ["(active)"])

        // What was carried over is followed to the line of the next year.
        #expect(try await table.post("g", .order, 5_000, "HW-06-001", line: "L1-2025") == "posted")
        #expect(try await table.post("h", .pay, 5_000, "HW-06-001", line: "L1-2025") == "posted")
        #expect(try await table.post("i", .accrue, 15_000, "HW-06-001", line: "L1-2025") == "posted")
        #expect(try await table.rows(money) == ["(L1,60000,0,25000,35000,25000,20000,5000)"])

        // The agreement binds money of the next year; the old year's earmark stays as it was.
        var next = sampleTerms(roles: table.prefix)
        next.earmarks[0].line = "L1-2025"
        next.earmarks[0].amountMinor = 40_000
        try await table.propose("ana", next, amends: true)
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        #expect(try await table.act("ana", .activate).done)
        #expect(
            try await table.rows(money)
                == ["(L1,60000,0,25000,35000,25000,20000,5000)", "(L1-2025,40000,40000,0,0,0,0,0)"])
        #expect(try await table.post("j", .reserve, 1_000, "HW-06-003", source: earmark, line: "L1-2025") == "posted")
        #expect(try await LedgerAuditor(table.pool).run().problems == [])
    }
}

@Test func whatIsReversedOrGivenUpIsDrawnNoLonger() async throws {
    try await withTable { table in
        try await table.openLine()
        try await table.activate(sampleTerms(roles: table.prefix))
        #expect(try await table.post("a", .reserve, 30_000, "HW-06-001", source: earmark) == "posted")
        #expect(try await table.post("b", .reserve, 10_000, "HW-06-002", source: earmark) == "posted")
        #expect(try await table.post("c", .reserve, 9_000, "HW-06-003") == "posted")
        #expect(try await table.rows(money) == ["(L1,60000,20000,40000,0,0,0,0)"])
        // A reversal gives back to the earmark; a release gives the money up.
        #expect(try await table.post("d", .reverse, 4_000, "", reverses: "a") == "posted")
        #expect(try await table.rows(money) == ["(L1,60000,24000,36000,0,0,0,0)"])
        #expect(try await table.post("e", .release, 10_000, "HW-06-002", stage: "reserved") == "posted")
        #expect(try await table.rows(money) == ["(L1,60000,24000,26000,10000,0,0,0)"])
        for person in ["ana", "carla"] { try await table.act(person, .end, reason: "goals met") }
        #expect(try await table.rows(money) == ["(L1,60000,0,26000,34000,0,0,0)"])
    }
}
