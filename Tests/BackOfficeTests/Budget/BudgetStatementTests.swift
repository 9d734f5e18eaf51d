import TestSupport
import Testing

@testable import BackOffice

@Test func everyStatementOfTheBudgetsCommandsRunsAsAnOperator() async throws {
    try await withDatabase { database in
        let person = try #require(try await database.person("ana")["user"])
        let refused = try await database.refusedStatements(Command.budgetStatements, as: person)
        #expect(refused == [])
    }
}
