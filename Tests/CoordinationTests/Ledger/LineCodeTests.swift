import Contracts
import Queue
import TestSupport
import Testing

/// What a country's file says of the codes of its lines, and of the level that budgets hang on.
@Suite struct LineCodeTests {
    /// As long as a Mexican key is at least.
    private static let key = "2024-47-D00-1-02-00-005-S176-43101-1-1-1"

    private func refusal(_ line: String, _ territory: String, _ table: MeetingTable) async throws -> RPCError? {
        let opened = CoordinationV1.BudgetLine(
            line: line, fiscalYear: 2024, fund: "1", ministry: "47", programme: "juntos", territory: territory,
            currency: "MXN")
        do {
            _ = try await table.people["ana"]!.call(
                CoordinationV1.Budget.openLines, .init(lines: [opened]), MeetingTable.patient)
            return nil
        } catch let error as RPCError {
            return error
        }
    }

    @Test func aNewLineHasTheCodesOfTheCountry() async throws {
        try await withTable { table in
            // Before a country is loaded, any code will do.
            #expect(try await refusal("L", "0601", table) == nil)
            try await TestCountry.load("mexico", into: table.database)
            let short = String(Self.key.prefix(37))
            for line in [short, Self.key + String(repeating: "0", count: 65 - Self.key.utf8.count), "\(Self.key)ñ"] {
                let error = try await refusal(line, "06", table)
                #expect(error?.code == .failedPrecondition || error?.code == .invalidArgument, "\(line)")
            }
            #expect(
                try await refusal(short, "06", table)?.message
                    == "budget line \(short): line: it has none of the country's forms: "
                    + "clave presupuestaria (38 to 64 letters, digits and signs)")
            #expect(
                try await refusal(Self.key, "0601", table)?.message
                    == "budget line \(Self.key): territory_code: 0601 is no entity, which budgets hang on: "
                    + "clave INEGI (2 digits)")
            #expect(try await refusal(String(Self.key.prefix(38)), "06", table) == nil)
            #expect(
                try await refusal(Self.key + String(repeating: "0", count: 64 - Self.key.utf8.count), "06", table)
                    == nil)
            // What was opened before stays as it is.
            #expect(try await refusal("L", "0601", table) == nil)
            #expect(try await table.rows("SELECT count(*) FROM coordination.budget_line") == ["(3)"])
        }
    }
}
