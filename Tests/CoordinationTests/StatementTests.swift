import Intake
import Postgres
import TestSupport
import Testing

@testable import CoordinationService
@testable import LedgerAudit

@Test func everyStatementFitsTheSchemaAndTheServicesRights() async throws {
    #expect(CoordinationService.statements.count > 80)
    try await withDatabase { database in
        let refused = try await database.refusedStatements(CoordinationService.statements, as: "puente_coordination")
        #expect(refused == [])
        let refusedOfIntake = try await database.pool().prepareAll(IntakeStatements.all)
        #expect(refusedOfIntake.isEmpty, "\(refusedOfIntake)")
    }
}

/// Whoever may read reports may check the ledger.
@Test func whatAnAuditorReadsFitsTheSchemaAndAnOperatorsRights() async throws {
    let stored: [any Statement.Type] = [
        StoredLines.self, StoredHolds.self, StoredDocuments.self, StoredLimits.self, StoredLimitLines.self,
        StoredYears.self, StoredSchemes.self,
    ]
    try await withDatabase { database in
        let person = try #require(try await database.person("ana")["user"])
        let refused = try await database.refusedStatements(AuditStatements.all + stored, as: person)
        #expect(refused == [])
    }
}
