import BankSimulation
import Contracts
import Foundation
import Intake
import Postgres
import Queue

/// What follows a run: the bank answers its files, the answers are uploaded and imported, and the run is reconciled.
enum BankBenchmark {
    /// Answers the files of the outbox and prints what each step took.
    static func measure(_ database: ConnectionConfiguration, outbox: String) async throws {
        let answers = outbox + "-answers"
        defer { try? FileManager.default.removeItem(atPath: answers) }
        let clock = ContinuousClock()
        let start = clock.now
        let summary = try BankSimulation.run(BankSimulation.Options(files: outbox, out: answers))
        say("  the bank answers \(summary.transactions) transactions: \(seconds(clock.now - start))")

        let paths = summary.answers + summary.lateAnswers + summary.returns
        let pool = ConnectionPool(as_(database, "bench_beto"), size: 1)
        let uploading = clock.now
        var uploads: [Upload.Sent] = []
        for path in paths { uploads.append(try await Upload.send(path, to: pool)) }
        await pool.close()
        let megabytes = uploads.reduce(0) { $0 + $1.byteCount } / 1_000_000
        say("  upload \(paths.count) answers, \(megabytes) MB: \(seconds(clock.now - uploading))")

        let beto = QueueClient(as_(database, "bench_beto"))
        let importing = clock.now
        var last = TransfersV1.BankImportProgress()
        let request = TransfersV1.BankImportRequest(uploadIds: uploads.map(\.uploadId.uuidString))
        for try await progress in beto.stream(TransfersV1.Bank.import, request) { last = progress }
        let took = clock.now - importing
        say("  import \(last.transactions) reported transactions: \(seconds(took))")
        if let refused = last.results.first(where: { $0.outcome != "applied" }) {
            throw BenchmarkFailure(message: "\(refused.fileName) was not applied: \(refused.code)")
        }

        let reconciling = clock.now
        let named = TransfersV1.StatusRequest(programme: "juntos", cycle: "2024-4")
        var reply = TransfersV1.Reconciliation()
        for _ in 0..<100 {
            reply = try await beto.call(TransfersV1.Payments.reconcile, named)
            if reply.closed { break }
            try await Task.sleep(for: .milliseconds(200))
        }
        await beto.close()
        say("  reconcile: \(seconds(clock.now - reconciling))")
        guard reply.closed, reply.ledgerPaidMinor == reply.paidMinor else {
            throw BenchmarkFailure(message: "the run does not reconcile")
        }
    }
}
