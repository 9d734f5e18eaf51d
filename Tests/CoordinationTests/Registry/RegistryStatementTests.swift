import Intake
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

@Test func theRegistrysStatementsFitTheSchemaAndTheServicesRights() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_coordination")
        let statements = CoordinationService.registryStatements
        #expect(statements.count > 25)
        let refused = try await pool.prepareAll(statements)
        #expect(refused.isEmpty, "\(refused)")
        let refusedOfIntake = try await database.pool().prepareAll(IntakeStatements.all)
        #expect(refusedOfIntake.isEmpty, "\(refusedOfIntake)")
    }
}

@Test func namesAndAccountsAreForThoseWhoPayOnly() async throws {
    try await withDatabase { database in
        let readable: [String: [String]] = [
            "puente_transfers": ["payee_v1", "member_v1"], "puente_projects": ["member_v1"],
            "puente_reporting": ["member_v1"],
        ]
        for (role, views) in readable {
            let pool = database.pool(as: role, size: 1)
            for view in ["payee_v1", "member_v1", "member", "account"] {
                let mayRead = (try? await pool.script("SELECT FROM coordination.\(view)")) != nil
                #expect(mayRead == views.contains(view), "\(role) \(view)")
            }
        }
    }
}
