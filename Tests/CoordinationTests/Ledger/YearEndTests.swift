import Contracts
import Foundation
import LedgerAudit
import Testing

private func shippedScheme(_ country: String) throws -> CoordinationV1.BudgetScheme {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("deploy/programmes/\(country)/budget_scheme.json")
    return try CoordinationV1.BudgetScheme(json: Array(Data(contentsOf: file)))
}

private struct CountryRow: Sendable {
    let country: String
    /// What becomes of reserved, committed, accrued and ordered money, as far as the country has these stages.
    let treatments: [CoordinationV1.YearEndTreatment]
    /// Available, reserved, committed, accrued, ordered, paid of the line whose year is sealed, and of the next year's.
    let sealed: String
    let next: String
}

private let accounts = """
    SELECT b.available, b.reserved, b.committed, b.accrued, b.ordered, b.paid
    FROM coordination.budget_balance b JOIN coordination.budget_line l USING (line_id) ORDER BY l.line
    """

extension MeetingTable {
    /// A document with 200.00 reserved, 300.00 committed, 200.00 accrued, 200.00 ordered and 100.00 paid, as far as the
    /// country has these stages: of 1,000.00 on a line of 1,500.00.
    fileprivate func spend(_ scheme: CoordinationV1.BudgetScheme) async throws {
        var steps: [(String, CoordinationV1.PostingKind, Int64)] = [
            ("commit", .commit, 80_000), ("accrue", .accrue, 50_000), ("pay", .pay, 10_000),
        ]
        if !scheme.skipsReserved { steps.insert(("reserve", .reserve, 100_000), at: 0) }
        if !scheme.skipsOrdered { steps.insert(("order", .order, 30_000), at: steps.count - 1) }
        for (name, kind, amount) in steps { #expect(try await post(name, kind, amount, "d") == "posted", "\(name)") }
    }
}

@Test(arguments: [
    // Reservas presupuestales go on in the next year with their appropriation; obligations are cuentas por pagar.
    CountryRow(
        country: "colombia", treatments: [.lapse, .carryOver, .payable], sealed: "(70000,0,0,40000,0,10000)",
        next: "(0,0,30000,0,0,0)"),
    // What is not accrued is annulled; the commitment is charged to the credits of the next year.
    CountryRow(
        country: "peru", treatments: [.lapse, .chargeNextYear, .payable, .payable],
        sealed: "(100000,0,0,20000,20000,10000)", next: "(20000,0,30000,0,0,0)"),
    // What is not accrued cannot be spent; accruals are ADEFAS.
    CountryRow(
        country: "mexico", treatments: [.lapse, .payable, .payable], sealed: "(100000,0,0,20000,20000,10000)",
        next: "(0,0,0,0,0,0)"),
])
private func aYearEndsAsTheCountrysRulesSay(row: CountryRow) async throws {
    try await withTable { table in
        let scheme = try shippedScheme(row.country)
        let ana = try #require(table.people["ana"])
        _ = try await ana.call(CoordinationV1.Budget.loadScheme, scheme, MeetingTable.patient)
        try await table.openLine("L1", 150_000, scheme: scheme.scheme)
        try await table.openLine("L2", 0, year: 2025, scheme: scheme.scheme)
        try await table.spend(scheme)

        let preview = try await table.closeYear(.preview)
        #expect(preview.holds.map(\.treatment) == row.treatments && !preview.changed)
        // Peru's commitment needs credit of the next year.
        if row.treatments.contains(.chargeNextYear) {
            #expect(preview.shortfalls.map(\.shortfallMinor) == [30_000] && preview.shortfalls.map(\.line) == ["L2"])
            let refused = try await table.closeYear(.seal)
            #expect(!refused.changed && refused.state == "open" && refused.shortfalls == preview.shortfalls)
            #expect(refused.shortfalls.map(\.currency) == ["PEN"])
            #expect(try await table.post("law", .appropriate, 50_000, "", line: "L2") == "posted")
        } else {
            #expect(preview.shortfalls == [])
        }
        #expect(try await table.closeYear(.seal).changed)
        // Sealed again, under rules that have changed since: nothing happens.
        var changed = scheme
        changed.yearEnd?.reserved = .carryOver
        changed.yearEnd?.committed = .lapse
        _ = try await ana.call(CoordinationV1.Budget.loadScheme, changed, MeetingTable.patient)
        #expect(try await table.closeYear(.seal).changed == false)
        #expect(try await table.rows(accounts) == [row.sealed, row.next])
        #expect(try await table.rows("SELECT state FROM coordination.fiscal_year WHERE fiscal_year = 2024") == ["(3)"])

        // What stayed payable is paid, reversed and paid again; nothing else happens in the sealed year.
        #expect(try await table.post("new", .reserve, 1, "e") == "year_sealed")
        #expect(try await table.post("more", .accrue, 1, "d") == "year_sealed")
        #expect(try await table.post("up", .appropriate, 1, "") == "year_sealed")
        if !scheme.skipsOrdered { #expect(try await table.post("late-order", .order, 20_000, "d") == "posted") }
        #expect(try await table.post("late-pay", .pay, 40_000, "d") == "posted")
        #expect(try await table.post("returned", .reverse, 0, "", reverses: "late-pay") == "posted")
        #expect(try await table.post("again", .pay, 40_000, "d") == "posted")
        #expect(
            try await table.post("too-much", .pay, 1, "d")
                == (scheme.skipsOrdered ? "insufficient_accrued" : "insufficient_ordered"))
        #expect(try await table.rows(accounts).first?.hasSuffix(",0,0,50000)") == true)
        // What the bank returns leaves the line, and its appropriation with it: no money of that year is free again.
        let left = "SELECT appropriated, available, paid FROM coordination.budget_balance ORDER BY line_id LIMIT 1"
        let before = try await table.rows(left)
        #expect(try await table.post("back", .return, 1_000, "d", stage: "paid") == "posted")
        #expect(try await table.post("back", .return, 1_000, "d", stage: "paid") == "posted")
        let after = before.map {
            $0.replacing("(150000", with: "(149000").replacing("(120000", with: "(119000")
                .replacing(",50000)", with: ",49000)")
        }
        #expect(try await table.rows(left) == after && after != before)
        #expect(try await LedgerAuditor(table.pool).run().problems == [])
    }
}

@Test func aSchemeSaysWhatBecomesOfEachStage() async throws {
    try await withTable { table in
        let ana = try #require(table.people["ana"])
        let good = try shippedScheme("peru")
        let changes: [@Sendable (inout CoordinationV1.BudgetScheme) -> Void] = [
            { $0.yearEnd = nil }, { $0.yearEnd?.reserved = .unspecified }, { $0.yearEnd?.committed = .payable },
            { $0.yearEnd?.accrued = .chargeNextYear }, { $0.yearEnd?.ordered = .lapse }, { $0.yearEnd?.source = "" },
            { $0.yearEnd?.ordered = .carryOver },
            {
                $0.skipsOrdered = true
                $0.yearEnd?.accrued = .carryOver
            },
        ]
        for change in changes {
            var scheme = good
            change(&scheme)
            let wrong = scheme
            let error = await #expect(throws: RPCError.self) {
                try await ana.call(CoordinationV1.Budget.loadScheme, wrong, MeetingTable.patient)
            }
            #expect(error?.code == .invalidArgument && error?.message.contains("yearEnd") == true)
        }
        #expect(try await ana.call(CoordinationV1.Budget.loadScheme, good, MeetingTable.patient).changed)
    }
}

@Test func aYearWithMoneyThatHasNowhereToGoIsNotClosedAndAClosingYearIsReopened() async throws {
    try await withTable { table in
        let ana = try #require(table.people["ana"])
        try await table.openLine()
        for (id, kind) in [("r", CoordinationV1.PostingKind.reserve), ("c", .commit)] {
            #expect(try await table.post(id, kind, 5_000, "d") == "posted")
        }
        // Commitments are carried over, and no line of 2025 has the dimensions.
        for step in [CoordinationV1.CloseYearStep.close, .seal] {
            let refused = try await table.closeYear(step)
            #expect(!refused.changed && refused.state == "open" && refused.withoutTarget == ["L1"])
            #expect(refused.holds.map(\.document) == ["d"] && refused.holds.map(\.currency) == ["PEN"])
        }
        try await table.openLine("L1-2025", 0, year: 2025)
        #expect(try await table.closeYear(.close).state == "closing")
        #expect(try await table.post("late", .reserve, 1, "e") == "year_closing")
        let reopened = try await table.closeYear(.reopen)
        #expect(reopened.changed && reopened.state == "open")
        #expect(try await table.closeYear(.reopen).changed == false)
        #expect(try await table.post("now", .reserve, 1, "e") == "posted")
        // Two lines that fit are an obstacle that names both.
        try await table.openLine("L1-2025-bis", 0, year: 2025)
        let two = try await table.closeYear(.seal)
        #expect(!two.changed && two.withoutTarget == ["L1"])
        #expect(two.holds.first { $0.stage == "committed" }?.candidates == ["L1-2025", "L1-2025-bis"])
        try await table.openLine("L2", 100, year: 2026)
        _ = try await ana.call(
            CoordinationV1.Budget.closeYear, .init(fiscalYear: 2026, step: .seal), MeetingTable.patient)
        let error = await #expect(throws: RPCError.self) {
            try await ana.call(
                CoordinationV1.Budget.closeYear, .init(fiscalYear: 2026, step: .reopen), MeetingTable.patient)
        }
        #expect(error?.code == .failedPrecondition && error?.message.contains("2026 is sealed") == true)
        #expect(try await LedgerAuditor(table.pool).run().problems == [])
    }
}

private let unknown: [(String, @Sendable (inout CoordinationV1.BudgetLine) -> Void)] = [
    ("territory_code: 99 ", { $0.territory = "99" }), ("programme: pension ", { $0.programme = "pension" }),
    ("currency: SOL ", { $0.currency = "SOL" }), ("currency:  ", { $0.currency = "" }),
]

@Test(arguments: unknown.indices)
func aLineOfNothingThatIsKnownIsNotOpened(case number: Int) async throws {
    let (field, spoil) = unknown[number]
    try await withTable { table in
        let ana = try #require(table.people["ana"])
        let good = CoordinationV1.BudgetLine(
            line: "A", fiscalYear: 2024, fund: "RO", ministry: "MIDIS", programme: "juntos", territory: "06",
            currency: "PEN")
        var line = good
        line.line = "B"
        spoil(&line)
        let bad = line
        let error = await #expect(throws: RPCError.self) {
            try await ana.call(CoordinationV1.Budget.openLines, .init(lines: [good, bad]), MeetingTable.patient)
        }
        #expect(error?.message.contains("budget line B: \(field)") == true, "\(error?.message ?? "")")
        #expect(try await table.rows("SELECT line FROM coordination.budget_line") == [])
    }
}

/// An amount in another currency than the line's is refused before anything moves; what is shown has the line's digits.
@Test func anAmountInAnotherCurrencyIsRefused() async throws {
    try await withTable { table in
        let ana = try #require(table.people["ana"])
        try await table.openLine()
        for (currency, code) in [("USD", "currency_mismatch"), ("", "invalid_currency"), ("PEN", "posted")] {
            let reply = try await ana.call(
                CoordinationV1.Budget.post,
                .init(
                    mode: .atomic,
                    postings: [
                        .init(
                            postingId: "r \(currency)", kind: .reserve, line: "L1", amountMinor: 1, document: "d",
                            currency: currency)
                    ]), MeetingTable.patient)
            #expect(reply.results.map(\.code) == [code] && reply.results.map(\.currency) == ["PEN"])
            #expect(reply.balances.map(\.currency) == ["PEN"])
        }
        var terms = sampleTerms(roles: table.prefix)
        terms.currency = "USD"
        try await table.propose("ana", terms)
        for person in ["ana", "carla"] { try await table.act(person, .sign) }
        let refused = try await table.act("ana", .activate)
        #expect(!refused.done && refused.shortfalls.map(\.code) == ["currency_mismatch"])
    }
}
