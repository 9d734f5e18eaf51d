import TestSupport
import Testing

@testable import Queue

/// What workers and callers say is a service's right, what steers the queue an operator's, and some is both's.
@Test func everyStatementFitsTheSchemaAndTheRightsOfAServiceOrAnOperator() async throws {
    #expect(QueueStatements.all.count > 35)
    try await withDatabase { database in
        let person = try #require(try await database.person("ana")["user"])
        var refused: [Set<Substring>] = []
        for role in ["puente_transfers", person] {
            let found = try await database.refusedStatements(QueueStatements.all, as: role)
            refused.append(Set(found.map { $0.prefix { $0 != ":" } }))
        }
        #expect(refused[0].intersection(refused[1]) == [])
        #expect(refused[0].contains("RetryCalls"))
        #expect(refused[1].contains("ClaimCalls"))
    }
}
