import Contracts
import CoordinationService
import Foundation
import ISO20022
import Postgres
import Queue
import TestSupport
import Testing
import TransfersService

/// A dump of a site's database.
struct Dump {
    let file: String

    init(of database: TestDatabase) throws {
        file = FileManager.default.temporaryDirectory.path + "/\(database.name)-\(UUID().uuidString).dump"
        let dump = try runProgram("pg_dump", ["-Fc", "-f", file], environment: database.environment)
        #expect(dump.status == 0, "\(dump.output)")
    }

    func remove() { try? FileManager.default.removeItem(atPath: file) }
}

extension RunFixture {
    /// A run from its cycle to the approval, with the database's identity noted as the service does before it serves.
    func begin() async throws {
        try await script("SELECT transfers.notice_restore()")
        _ = try await openCycle()
        try await openLines()
        try await appropriate(10_000_000, id: "start")
    }

    /// Runs and approves to the files.
    func send() async throws -> TransfersV1.RunStatus {
        _ = try await startRun()
        _ = try await approve(try await wait(for: "awaiting_approval"))
        return try await wait(for: "sent")
    }

    /// Pauses payments.
    func pause() async throws -> TransfersV1.PaymentPause {
        try await ana.call(TransfersV1.Payments.pause, .init(reason: "a test pauses"), Self.patient)
    }

    /// Lets payments go on.
    func letGoOn() async throws {
        let held = try await ana.call(TransfersV1.Payments.pause, .init(reason: "a look"), Self.patient)
        _ = try await beto.call(
            TransfersV1.Payments.continue, .init(reason: "compared with the outbox", seenEvent: held.event),
            Self.patient)
    }

    /// What outbox and database tell of each other.
    func compare() async throws -> TransfersV1.OutboxComparison {
        try await ana.call(TransfersV1.Outbox.compare, .init(), Self.patient)
    }

    /// Waits until a run rests because payments are paused.
    func waitForRest(in state: String) async throws -> TransfersV1.RunStatus {
        var seen = TransfersV1.RunStatus()
        for _ in 0..<1_200 {
            seen = try await status()
            if seen.state == state, !seen.moves { return seen }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw RunWentElsewhere(wanted: "\(state), at rest", seen: seen)
    }

    /// Restores a dump into another database, with services of its own and the same outbox, and lends it to the body.
    func withRestored(_ dump: Dump, _ body: @Sendable (RunFixture) async throws -> Void) async throws {
        try await withSecondDatabase { copy in
            let restore = try runProgram(
                "pg_restore", ["--exit-on-error", "-d", copy.name, dump.file], environment: copy.environment)
            #expect(restore.status == 0, "\(restore.output)")
            let pool = copy.pool(size: 1)
            try await pool.script(
                "GRANT CONNECT ON DATABASE \(copy.name) TO puente_operator, puente_transfers, puente_coordination")
            // As the service does before it serves.
            try await pool.script("SELECT transfers.notice_restore()")
            await pool.close()
            let restored = RunFixture(
                database: copy, ana: QueueClient(try await copy.person("ana")),
                beto: QueueClient(try await copy.person("beto")), outbox: outbox)
            try await restored.served { try await body(restored) }
            await restored.ana.close()
            await restored.beto.close()
        }
    }

    /// Runs the services of this database while the body works.
    private func served(_ body: @Sendable () async throws -> Void) async throws {
        var transfers = Router()
        TransfersService.register(
            on: &transfers, environment: TransfersEnvironment(outboxDirectory: outbox, householdsPerChunk: 40))
        var coordination = Router()
        CoordinationService.register(on: &coordination)
        let options = WorkerOptions { event in
            if case .unexpected = event { FileHandle.standardError.write(Data("\(event)\n".utf8)) }
        }
        let workers = [("transfers", transfers), ("coordination", coordination)].map { service, router in
            Worker(
                service: service, router: router, configuration: database.configuration(as: "puente_\(service)"),
                options: options)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { try await worker.run() } }
            try await body()
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
    }
}

/// Every file that ever was in an outbox, and that nothing in it was paid twice or overwritten.
struct OutboxContents: Equatable {
    var files: [String: Data] = [:]

    init(_ outbox: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: outbox) where name.hasSuffix(".xml") {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(outbox)/\(name)"))
        }
    }

    /// The references of all payments, in all files.
    func references() throws -> [String] {
        try files.values.flatMap { bytes in
            let reader = PaymentInitiationReader()
            var events: [PaymentInitiationReader.Event] = []
            try bytes.withUnsafeBytes { try reader.feed($0, into: &events) }
            try reader.finish(into: &events)
            return events.compactMap { if case .transaction(let transfer) = $0 { transfer.endToEndID } else { nil } }
        }
    }

    /// Checks that everything that was there is there with the same bytes, and that no payment is in two files.
    func check(after before: OutboxContents) throws {
        for (name, bytes) in before.files { #expect(files[name] == bytes, "\(name) changed") }
        let references = try references()
        #expect(Set(references).count == references.count, "a payment is in two files")
    }
}
