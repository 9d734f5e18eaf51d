import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// Loads a country whose days begin where they do in a time zone.
private func load(_ timeZone: String, version: Int, _ pool: ConnectionPool) async throws {
    try await pool.script(
        """
        INSERT INTO coordination.country (version, country, currency, time_zone, definition, loaded_by)
        VALUES (\(version), 'PE', 'PEN', '\(timeZone)', '{}', 'test')
        """)
}

@Test func aDayIsTheCountrys() async throws {
    try await withLine { steps in
        let pool = steps.pool
        // Two zones a day and more apart: whenever this runs, their days differ.
        for (version, zone) in ["Etc/GMT+12", "Pacific/Kiritimati"].enumerated() {
            try await load(zone, version: version + 1, pool)
            let day = try await pool.texts(of: "SELECT (now() AT TIME ZONE '\(zone)')::date").first
            #expect(try await steps.post("p\(version)", .reserve, 1, "d") == "posted")
            let posted = "SELECT business_date FROM coordination.budget_transfer WHERE posting_id = 'p\(version)'"
            #expect(try await pool.texts(of: posted).first == day)
            let today = try #require(try await pool.query(DatabaseToday()).first)
            let sealed = try await pool.query(SetYear(year: 2024, state: nil, sealedThrough: today))
            #expect(sealed == ["date_not_over"])
            let tomorrow = try await pool.texts(of: "SELECT coordination.civil_day() + 1").first!.dropFirst().dropLast()
            #expect(try await steps.post("t\(version)", .reserve, 1, "d", date: String(tomorrow)) == "invalid_date")
        }
        #expect(
            try await pool.texts(
                of: "SELECT count(DISTINCT business_date) FROM coordination.budget_transfer WHERE document = 'd'") == [
                    "(2)"
                ])
    }
}

@Test(arguments: [
    ("1999-01-01", "", "outside_year"), ("2025-01-01", "", "outside_year"), ("2023-12-31", "", "outside_year"),
    ("2025-01-01", "2024-12-31", "posted"), ("2024-02-29", "", "posted"), ("2024-12-31", "", "posted"),
    ("2024-01-31", "", "before_money"), ("1999-01-01", "1999-01-01", "before_money"),
])
func aReservationIsDatedInItsYearAndNotBeforeItsMoney(date: String, original: String, code: String) async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.openLines([.plain("L")])
        let steps = PostingSteps(pool: pool)
        #expect(try await steps.post("law", .appropriate, 100_000, date: "2024-02-01") == "posted")
        #expect(try await steps.post("r", .reserve, 1, "d", date: date, original: original) == code)
        let first = try await pool.texts(of: "SELECT first_open_day FROM coordination.budget_line_v1")
        #expect(first == ["(2024-02-01)"])
        // As of no day was more reserved than there was.
        let on = date.isEmpty || code != "posted" ? "2024-01-31" : date
        let left = try await pool.texts(of: "SELECT available < 0 FROM coordination.ledger_as_of('\(on)', NULL)")
        #expect(left.allSatisfy { $0 == "(f)" })
        await pool.close()
    }
}

/// What stayed payable is ordered, paid and returned after its year without an excuse.
@Test func paymentsGoOnAfterTheYearOnTheirOwnDays() async throws {
    try await withLine { steps in
        let dated: [(CoordinationV1.PostingKind, Int64, String, String)] = [
            (.reserve, 10_000, "", "2024-12-30"), (.commit, 9_000, "", "2024-12-30"),
            (.accrue, 9_000, "", "2024-12-30"),
            (.order, 9_000, "", "2025-01-02"), (.pay, 9_000, "", "2025-01-03"), (.return, 100, "paid", "2025-01-07"),
            (.commit, 1_000, "", "2025-01-03"),
        ]
        var codes: [String] = []
        for (number, step) in dated.enumerated() {
            codes.append(try await steps.post("p\(number)", step.0, step.1, "d", stage: step.2, date: step.3))
        }
        #expect(codes == Array(repeating: "posted", count: 6) + ["outside_year"])
    }
}

/// The batch's own appropriation is money too.
@Test func aBatchMaySpendWhatItAppropriatesOnTheSameDay() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.openLines([.plain("L")])
        let postings = [(CoordinationV1.PostingKind.appropriate, ""), (.reserve, "d")].enumerated().map {
            number, step in
            CoordinationV1.Posting(
                postingId: "p\(number)", kind: step.0, line: "L", amountMinor: 5, document: step.1,
                businessDate: "2024-03-01", currency: "PEN")
        }
        #expect(try await PostingSteps(pool: pool).batch(postings, .atomic) == ["posted", "posted"])
        await pool.close()
    }
}
