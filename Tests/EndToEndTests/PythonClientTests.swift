import Contracts
import CoordinationService
import Postgres
import Queue
import TestSupport
import Testing

/// A program in another language, given only the .proto files and a database, calls the services.
struct PythonClientTests {
    /// Runs workers of a service while the body runs, as an operator in Python.
    private func withService(
        _ service: String, _ router: Router, _ body: (PythonClient) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            let pool = database.pool(size: 1)
            try await MethodCatalog.publish(AllMethods.all, pool)
            try await pool.script(
                """
                INSERT INTO coordination.territory (territory_code, name, level, parent_code, department_code)
                VALUES ('06', 'Cajamarca', 1, NULL, '06');
                INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
                VALUES ('juntos', 1, 'conditional_transfer', '{}', 'test')
                """)
            await pool.close()
            let worker = Worker(
                service: service, router: router, configuration: database.configuration(as: "puente_\(service)"))
            let serving = Task { try await worker.run() }
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(PythonClient(database: try await database.person("ana"))))
            } catch {
                outcome = .failure(error)
            }
            serving.cancel()
            _ = await serving.result
            try outcome.get()
        }
    }

    /// Calls until a worker serves the method: it needs a moment to start.
    private func call(_ client: PythonClient, _ method: String, _ request: String) async throws -> PythonClient.Answer {
        for _ in 0..<50 {
            let answer = try await client.call(method, request)
            guard answer.errors.first?.hasPrefix("UNAVAILABLE") == true else { return answer }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try await client.call(method, request)
    }

    @Test func itPostsToTheLedgerAndReadsTheBalancesToTheCent() async throws {
        var router = Router()
        CoordinationService.register(on: &router)
        try await withService("coordination", router) { client in
            let opened = try await call(
                client, "puente.coordination.v1.Budget/OpenLines",
                """
                {"lines": [{"line": "2024-RO-MIDIS-juntos-06", "fiscal_year": 2024, "fund": "RO", "ministry": "MIDIS",
                 "programme": "juntos", "territory": "06", "currency": "PEN"}]}
                """)
            #expect(opened.status == 0, "\(opened.errors)")
            #expect(opened.replies == [#"{"opened": 1}"#])

            // In all one more than 2^53, the first whole number that binary floating point cannot hold; one posting holds at
            // most 10^15.
            let amounts = Array(repeating: 1_000_000_000_000_000, count: 9) + [7_199_254_740_993]
            let postings = amounts.enumerated().map { number, amount in
                """
                {"postingId": "pim-2024-06-\(number)", "kind": "POSTING_KIND_APPROPRIATE", "currency": "PEN",
                 "line": "2024-RO-MIDIS-juntos-06", "amountMinor": "\(amount)", "description": "niño"}
                """
            }
            let posted = try await call(
                client, "puente.coordination.v1.Budget/Post",
                #"{"mode": "POST_MODE_ATOMIC", "postings": [\#(postings.joined(separator: ","))]}"#)
            #expect(posted.status == 0, "\(posted.errors)")
            let reply = try CoordinationV1.PostReply(json: try #require(posted.replies.first))
            #expect(reply.applied && reply.results.allSatisfy { $0.code == "posted" })
            #expect(reply.balances.first?.availableMinor == 9_007_199_254_740_993)
        }
    }

    @Test func itReadsRefusalsByTheirCode() async throws {
        var router = Router()
        CoordinationService.register(on: &router)
        try await withService("coordination", router) { client in
            let forbidden = try await call(
                client, "puente.transfers.v1.Payments/RunChunk", #"{"runId": "r", "stage": "verify"}"#)
            #expect(forbidden.status == 1 && forbidden.errors.first?.hasPrefix("PERMISSION_DENIED: ") == true)
            let unserved = try await client.call("puente.transfers.v1.Payments/Status", #"{"runId": "r"}"#)
            #expect(unserved.status == 1 && unserved.errors.first?.hasPrefix("UNAVAILABLE: ") == true)
        }
    }

    @Test func itReadsAStreamOfBytesAndAnErrorsDetails() async throws {
        let content = (UInt8.min...UInt8.max).map { $0 }
        var router = Router()
        router.register(streaming: ReportingV1.Reports.run) { request, _, stream in
            guard request.report == "cycle" else {
                throw RPCError.invalidField("report", "there is no such report", reason: "unknown_report")
            }
            for part in 1...3 {
                try await stream.send(ReportingV1.ReportPart(fileName: "\(part) — año.csv", content: content))
            }
        }
        try await withService("reporting", router) { client in
            let answer = try await call(client, "puente.reporting.v1.Reports/Run", #"{"report": "cycle"}"#)
            #expect(answer.status == 0, "\(answer.errors)")
            let parts = try answer.replies.map { try ReportingV1.ReportPart(json: $0) }
            #expect(parts.map(\.fileName) == ["1 — año.csv", "2 — año.csv", "3 — año.csv"])
            #expect(parts.allSatisfy { $0.content == content })

            let refused = try await call(client, "puente.reporting.v1.Reports/Run", #"{"report": "weather"}"#)
            #expect(refused.status == 1)
            #expect(refused.errors.first == "INVALID_ARGUMENT: report: there is no such report")
            #expect(refused.errors.last?.contains(#""reason": "unknown_report""#) == true)
        }
    }
}
