import Contracts
import Queue
import Testing
import Vocabulary

/// The line that pays is looked up by its dimensions; no name is ever built.
@Suite struct RunLineTests {
    @Test func aRunInOneCurrencyOverLinesOfAnotherIsRefusedBeforeAnythingIsReserved() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024, currency: "USD")
            let started = try await fixture.startRun()
            #expect(started.findings.map(\.code).filter { $0 == "line_other_currency" }.count == 2)
            let refused = try await fixture.wait(for: "awaiting_budget")
            #expect(refused.obstacles.map(\.kind) == ["line_other_currency", "line_other_currency"])
            #expect(refused.obstacles.map(\.lines) == [["2024-RO-USD-01"], ["2024-RO-USD-06"]])
            #expect(try await fixture.number("SELECT count(*) FROM transfers.ledger_request") == 0)
            #expect(try await fixture.number(RunFixture.bound) == 0)
        }
    }

    @Test func twoLinesThatFitAreAnErrorThatNamesBothUntilTheCountrySaysWhich() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024)
            try await fixture.openLines(year: 2024, fund: "RD", minor: 100)
            _ = try await fixture.startRun()
            let torn = try await fixture.wait(for: "awaiting_budget")
            #expect(torn.obstacles.map(\.kind) == ["lines_several", "lines_several"])
            #expect(torn.obstacles.first?.lines == ["2024-RD-PEN-01", "2024-RO-PEN-01"])
            #expect(try await fixture.number("SELECT count(*) FROM transfers.ledger_request") == 0)
            try await fixture.script(
                """
                INSERT INTO coordination.country (version, country, currency, time_zone, definition, loaded_by)
                VALUES (1, 'PE', 'PEN', 'America/Lima', '{"budgetLine": {"fund": "RO", "ownMinistry": true}}', 'ana')
                """)
            try await fixture.resume()
            _ = try await fixture.wait(for: "awaiting_approval")
            #expect(
                try await fixture.number("SELECT sum(reserved) FROM coordination.budget_line_v1 WHERE fund = 'RD'") == 0
            )
        }
    }

    @Test func noLineIsAnErrorThatNamesTheDimensions() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            _ = try await fixture.startRun()
            let missing = try await fixture.wait(for: "awaiting_budget")
            #expect(missing.obstacles.map(\.kind) == ["line_missing", "line_missing"])
            #expect(
                missing.obstacles.first?.dimensions
                    == ["programme": "juntos", "fiscal_year": "2024", "currency": "PEN", "territory": "01"])
            #expect(missing.obstacles.first?.lines == [])
        }
    }

    /// Codes of 64 characters made identifiers of more than 64, which the ledger refused.
    @Test func lineCodesOf64CharactersWork() async throws {
        try await withRun(households: 64) { fixture in
            _ = try await fixture.openCycle()
            let lines = ["01", "06"].map { territory in
                CoordinationV1.BudgetLine(
                    line: "2024-" + String(repeating: "x", count: 57) + territory, fiscalYear: 2024, fund: "RO",
                    ministry: "MIDIS", programme: "juntos", territory: territory, currency: "PEN")
            }
            #expect(lines.allSatisfy { $0.line.utf8.count == 64 })
            _ = try await fixture.ana.call(
                CoordinationV1.Budget.openLines, CoordinationV1.OpenLinesRequest(lines: lines), RunFixture.patient)
            let postings = lines.enumerated().map { number, line in
                CoordinationV1.Posting(
                    postingId: "law/\(number)", kind: .appropriate, line: line.line, amountMinor: 10_000_000,
                    currency: "PEN")
            }
            _ = try await fixture.ana.call(
                CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings),
                RunFixture.patient)
            _ = try await fixture.startRun()
            let reserved = try await fixture.wait(for: "awaiting_approval")
            _ = try await fixture.approve(reserved)
            _ = try await fixture.wait(for: "sent")
            #expect(
                try await fixture.number("SELECT max(octet_length(posting_id)) FROM transfers.ledger_posting") <= 64)
        }
    }

    @Test(
        arguments: [
            (.payDay, 1, "2025-01-15", "2024-12-31", 2025), (.lastDay, 1, "2025-01-15", "2024-12-31", 2024),
            (.payDay, 4, "2025-03-31", "2025-02-28", 2025), (.payDay, 4, "2025-04-01", "2025-02-28", 2026),
        ] as [(CoordinationV1.FiscalYearRule, Int32, String, String, Int)])
    func aCycleIsChargedToAYearByOneRule(
        _ rule: CoordinationV1.FiscalYearRule, firstMonth: Int32, payOn: String, lastDay: String, year: Int
    ) throws {
        let pay = try #require(CalendarDate(iso8601: payOn))
        let last = try #require(CalendarDate(iso8601: lastDay))
        #expect(CoordinationV1.FiscalYear(firstMonth: firstMonth, rule: rule).year(paidOn: pay, lastDay: last) == year)
    }
}
