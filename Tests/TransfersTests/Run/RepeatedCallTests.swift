import Contracts
import Postgres
import Queue
import Testing

@Suite struct RepeatedCallTests {
    /// Everything a repeated call could change, as one number.
    private static let fingerprint = """
        SELECT hashtextextended(concat(
            (SELECT string_agg(run::text, ';' ORDER BY run_number) FROM transfers.payment_run AS run),
            (SELECT string_agg(chunk::text, ';' ORDER BY stage, chunk) FROM transfers.payment_run_chunk AS chunk),
            (SELECT string_agg(line::text, ';' ORDER BY department_code) FROM transfers.payment_run_line AS line),
            (SELECT string_agg(made::text, ';' ORDER BY household_id) FROM transfers.payment_order AS made),
            (SELECT string_agg(line::text, ';' ORDER BY line) FROM coordination.budget_line_v1 AS line)), 0)
        """

    /// Sends internal calls as the service itself, and waits until they and whatever follows from them are done.
    private func send<Request: Message>(
        _ method: Contracts.Method<Request, CommonV1.Empty>, _ requests: [Request], in fixture: RunFixture
    ) async throws {
        let service = QueueClient(fixture.database.configuration(as: "puente_transfers"))
        for request in requests { try await service.send(method, request, RunFixture.patient) }
        await service.close()
        let pool = fixture.database.pool(size: 1)
        let operations = QueueOperations(pool)
        var isIdle = false
        while !isIdle {
            try await Task.sleep(for: .milliseconds(30))
            isIdle = try await operations.statistics().allSatisfy {
                $0.ready + $0.scheduled + $0.blocked + $0.running == 0
            }
        }
        #expect(try await fixture.number("SELECT count(*) FROM rpc.dead") == 0)
        await pool.close()
    }

    @Test func chunksAndAnswersThatComeAgainChangeNothing() async throws {
        try await withRun(households: 200) { fixture in
            _ = try await fixture.openCycle()
            _ = try await fixture.startRun()
            let short = try await fixture.wait(for: "awaiting_budget")
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "start")
            _ = try await fixture.ana.call(
                TransfersV1.Payments.resume, TransfersV1.StatusRequest(runId: short.runId))
            let reserved = try await fixture.wait(for: "awaiting_approval")

            let before = try await fixture.number(Self.fingerprint)
            let stages = ["freeze", "verify", "order", "write"]
            let chunks = stages.flatMap { stage in
                (0..<3).map { TransfersV1.ChunkRequest(runId: short.runId, stage: stage, chunk: $0) }
            }
            try await send(TransfersV1.Payments.runChunk, chunks, in: fixture)
            #expect(try await fixture.number(Self.fingerprint) == before)

            // A refusal that comes late, the same answer again, and an answer to what was never asked.
            func answer(_ request: String, applied: Bool) -> RPCV1.Continuation {
                RPCV1.Continuation(
                    callId: "1", method: CoordinationV1.Budget.post.name, status: 0,
                    replyJson: String(decoding: CoordinationV1.PostReply(applied: applied).json(), as: UTF8.self),
                    stateJson: String(
                        decoding: CoordinationV1.LedgerQuestion(requestId: "run/\(short.runId)/\(request)").json(),
                        as: UTF8.self))
            }
            let answers = [
                answer("reserve-1", applied: false), answer("reserve-1", applied: true),
                answer("order-1", applied: true),
            ]
            try await send(TransfersV1.Payments.ledgerAnswered, answers, in: fixture)
            #expect(try await fixture.number(Self.fingerprint) == before)

            _ = try await fixture.approve(reserved)
            let sent = try await fixture.wait(for: "sent")
            let after = try await fixture.number(Self.fingerprint)
            try await send(TransfersV1.Payments.runChunk, chunks, in: fixture)
            try await send(TransfersV1.Payments.ledgerAnswered, answers, in: fixture)
            _ = try await fixture.approve(sent)
            #expect(try await fixture.number(Self.fingerprint) == after)
        }
    }
}
