import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// An agreement that binds money of the scenario's lines, and is suspended and resumed.
extension LedgerTwin {
    /// Binds money of one more line, or suspends the agreement or lets it go on.
    mutating func changeAgreement() async throws {
        guard let administrators else { return }
        let isThere = !model.earmarks.isEmpty
        if isThere, scenario.random.once(in: 2) {
            let isSuspended = model.earmarks.values.contains { $0.contains { !$0.isSuspended } }
            try await administrators.script(
                """
                SET session_replication_role = replica;
                UPDATE coordination.agreement SET state = \(isSuspended ? 3 : 2) WHERE agreement = '\(scenario.name)'
                """)
            for line in model.earmarks.keys {
                for index in model.earmarks[line]!.indices { model.earmarks[line]![index].isSuspended = isSuspended }
            }
            return
        }
        let (posting, prefix) = scenario.earmark()
        guard model.earmarks[posting.line] == nil else { return }
        let request = CoordinationV1.PostRequest(mode: .atomic, postings: [posting])
        let answers = try await pool.post(
            PostBatch(
                mode: .atomic, remembersRefusals: false, isOwnAct: true, actor: "test", callId: nil,
                postings: [posting]))
        let expected = model.post(request, isOwnAct: true)
        try #require(answers.map { .init($0) } == expected, "\(scenario.name) \(posting)")
        guard expected.allSatisfy({ $0.code == "posted" }) else { return }
        let isSuspended = model.earmarks.values.contains { $0.contains(where: \.isSuspended) }
        try await administrators.script(
            """
            SET session_replication_role = replica;
            INSERT INTO coordination.agreement VALUES ('\(scenario.name)', 2, 1, 1) ON CONFLICT DO NOTHING;
            INSERT INTO coordination.agreement_earmark
            SELECT '\(scenario.name)', l.line_id, 'MIDIS', '\(prefix)', \(posting.amountMinor)
            FROM coordination.budget_line AS l WHERE l.line = '\(posting.line)'
            """)
        model.earmarks[posting.line] = [
            .init(agreement: scenario.name, prefix: prefix, isSuspended: isSuspended)
        ]
    }
}
