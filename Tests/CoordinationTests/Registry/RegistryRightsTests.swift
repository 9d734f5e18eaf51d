import TestSupport
import Testing

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
