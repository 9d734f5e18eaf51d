import TestSupport
import Testing

@testable import BackOffice

@Test func everyStatementOfTheBudgetsAndTheProjectsCommandsRunsAsAnOperator() async throws {
    try await withDatabase { database in
        let person = try #require(try await database.person("ana")["user"])
        let refused = try await database.refusedStatements(
            Command.budgetStatements + [HouseholdsNotStarted.self], as: person)
        #expect(refused == [])
    }
}
