import Contracts
import Foundation
import Postgres
import TransfersDomain

/// What the outbox holds and announces, beside what the database knows.
struct OutboxState: Sendable {
    /// A file that the outbox or its manifest names and the database does not know.
    struct Forgotten: Sendable {
        var name: String
        /// What the manifest says; nil when it does not name the file.
        var entry: TransfersV1.OutboxEntry?
        /// Whether it is there.
        var isThere: Bool
    }

    let directory: String
    let manifest: OutboxManifest
    let known: [KnownFile]
    let forgotten: [Forgotten]

    static func read(_ directory: String, _ transaction: borrowing Transaction) async throws -> OutboxState {
        // The directory first: what is written meanwhile is known before it is there, or announced by a run on its way.
        let there = Set(try Outbox.names(in: directory))
        var manifest = try OutboxManifest(directory: directory)
        let known = try await transaction.query(ListKnownFiles(runNumber: nil))
        // The first file of all may have been announced and recorded between the two looks.
        if manifest.entries.isEmpty, !known.isEmpty { manifest = try OutboxManifest(directory: directory) }
        let recalled = Set(try await transaction.query(ListRecalledNames()))
        let announced = manifest.latest
        let names = there.union(manifest.announced)
            .subtracting(known.map(\.name)).subtracting(recalled)
        return OutboxState(
            directory: directory, manifest: manifest, known: known,
            forgotten: names.sorted().map {
                Forgotten(name: $0, entry: announced[$0], isThere: there.contains($0))
            })
    }

    /// The forgotten files of a cycle.
    func forgotten(key: String) -> [Forgotten] { forgotten.filter { $0.name.hasPrefix("\(key)-") } }

    /// Whether another run's file of a cycle is forgotten too and was announced before this one. One that no manifest names may
    /// have been before any.
    func hasForgotten(before name: String, key: String) -> Bool {
        let others = forgotten(key: key).filter { $0.name != name }
        guard let place = manifest.entries.firstIndex(where: { $0.name == name }) else { return !others.isEmpty }
        return others.contains { other in
            guard let entry = other.entry else { return true }
            return entry.runId != manifest.entries[place].runId
                && manifest.entries.firstIndex { $0.name == other.name } ?? 0 < place
        }
    }

    /// The forgotten files that no run which has decided, nor `run`, will write again with the same bytes. While there are any, no
    /// other money may leave: the bank may be paying them. A run that is not approved yet explains its files too: each cycle has
    /// one run that moves, so nobody else pays what these pay, and the runs of two cycles would otherwise wait for each other.
    static func unexplained(
        besides run: PaymentRun, outbox: String, _ transaction: borrowing Transaction
    ) async throws -> [String] {
        let state = try await read(outbox, transaction)
        try state.checkManifest()
        guard !state.forgotten.isEmpty else { return [] }
        var names = Set(state.forgotten.map(\.name))
        var runs = try await transaction.query(ListRunsThatAwaitFiles())
        if !runs.contains(where: { $0.runNumber == run.runNumber }) { runs.append(run) }
        for writing in runs {
            names.subtract(try await fileNames(of: writing, transaction))
        }
        return names.sorted()
    }

    /// The same for a run that is writing: what runs that are writing have announced themselves needs no second look, because
    /// what they write was fixed before they were approved.
    static func unexplained(
        besideWriting run: PaymentRun, outbox: String, _ transaction: borrowing Transaction
    ) async throws -> [String] {
        let state = try await read(outbox, transaction)
        try state.checkManifest()
        guard !state.forgotten.isEmpty else { return [] }
        let writing = Set(try await transaction.query(ListRunsThatWrite()).map(\.id))
        let others = state.forgotten.filter { !writing.contains($0.entry?.runId ?? "") }
        return others.isEmpty ? [] : try await unexplained(besides: run, outbox: outbox, transaction)
    }

    /// The files that a run has written or will write.
    static func fileNames(of run: PaymentRun, _ transaction: borrowing Transaction) async throws -> [String] {
        run.kind == "recovered"
            ? try await transaction.query(ListRecoveredNames(runNumber: run.runNumber))
            : try await RunFile.expectedNames(run, transaction)
    }

    /// Every file was announced: without a manifest this is not the outbox that the database knows, and nobody can tell what
    /// the bank was told.
    private func checkManifest() throws {
        guard known.isEmpty || !manifest.entries.isEmpty else {
            throw RecallFile.refusal(
                OutboxManifest.name, "manifest_missing", "The outbox has no manifest, and files were written to it.")
        }
    }

    /// The refusal that names them.
    static func refusal(_ names: [String]) -> RPCError {
        RPCError.failedPrecondition(
            "The outbox has files that this database does not know: the bank may be paying them.",
            details: names.prefix(20).map { ErrorDetail(type: "outbox", reason: "forgotten_file", subject: $0) })
    }
}

/// Runs that are approved and whose files are not all written.
struct ListRunsThatWrite: Statement {
    typealias Row = PaymentRun
    static let sql = "\(PaymentRun.selection) WHERE run.state IN ('committing', 'ordering', 'writing')"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// Runs whose files follow from what they have decided, and are not all written.
struct ListRunsThatAwaitFiles: Statement {
    typealias Row = PaymentRun
    static let sql: String = {
        let states = PaymentRunState.allCases.filter(\.awaitsItsFiles).map { "'\($0.rawValue)'" }
        return "\(PaymentRun.selection) WHERE run.state IN (\(states.joined(separator: ", ")))"
    }()
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// The runs of a cycle that are neither over nor without effect.
struct ListMovingRuns: Statement {
    typealias Row = PaymentRun
    static let sql = """
        \(PaymentRun.selection)
        WHERE run.cycle_id = $1 AND run.state NOT IN ('empty', 'withdrawn', 'sent', 'closed')
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}
