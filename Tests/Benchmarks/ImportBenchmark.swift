import Contracts
import CoordinationService
import Foundation
import Intake
import Postgres
import Schema
import Tabular
import TestSupport
import TransfersService
import Vocabulary

/// Imports of registry and evidence against raw `COPY` of the same files into tables with keys, on the same server in the
/// same run.
enum ImportBenchmark {
    @Sendable static func run(_ arguments: [String]) async throws {
        let households = value(of: "--households", in: arguments).flatMap { Int($0) } ?? 747_378
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("puente-bench-\(UUID().uuidString.prefix(8))").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let files = try ImportFiles(households: households, directory: directory)
        if let url = value(of: "--server", in: arguments) {
            try await measure(files, on: ConnectionConfiguration(url: url))
        } else {
            try await withPrivateServer { try await measure(files, on: $0.configuration) }
        }
    }

    private static func value(of option: String, in arguments: [String]) -> String? {
        arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
    }

    private static func measure(_ files: ImportFiles, on server: ConnectionConfiguration) async throws {
        let all = files.registry + files.evidence
        say("rows: " + all.map { "\($0.name) \($0.rows)" }.joined(separator: ", "))
        try measureReading(files.registry[2])
        let administration = ConnectionPool(server, size: 1)
        let name = "puente_bench_\(UUID().uuidString.lowercased().prefix(8))"
        try await administration.script("CREATE DATABASE \(name)")
        let pool = ConnectionPool(server.with(database: name), size: 2)
        let outcome: Result<Void, any Error>
        do {
            try await Migrator().migrate(server.with(database: name))
            try await pool.script(rawTables + openCycle)
            let levels = zip(["department", "province", "district"], [2, 4, 6]).map { code, length in
                TerritoryLevels.Level(
                    code: code, names: [:],
                    codeForm: CodeForm(name: "code", lengths: length...length, characters: .digits))
            }
            let forms = CountryForms(
                accounts: BankAccountForms([BankAccountForm(name: "account", lengths: 11...11)]),
                territories: TerritoryLevels(levels, budget: "department", ownLanguage: ""))
            try await compare("registry", files.registry, CoordinationService.registryImportPlan(forms), pool)
            try await compare("evidence", files.evidence, TransfersService.evidenceImportPlan, pool)
            say("peak memory of this process: \(try peakMemoryMegabytes()) MB")
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await pool.close()
        try await administration.script("DROP DATABASE \(name) WITH (FORCE)")
        await administration.close()
        try outcome.get()
    }

    /// One set of files: raw `COPY`, import, and import of the same files again.
    private static func compare(
        _ what: String, _ files: [ImportFiles.File], _ plan: ImportPlan, _ pool: ConnectionPool
    ) async throws {
        let raw = try await measureCopy(what, files, pool)
        let first = try await measureImport("\(what), first import", files, plan, pool)
        let second = try await measureImport("\(what), same files again", files, plan, pool)
        report("\(what): import / raw COPY", first / raw, limit: 4)
        say(String(format: "%@: same files again / raw COPY: %.2f", what, second / raw))
    }

    private static func report(_ what: String, _ ratio: Double, limit: Double) {
        say(String(format: "%@: %.2f (at most %.0f)%@", what, ratio, limit, ratio <= limit ? "" : "  NOT REACHED"))
    }

    /// CSV alone, on one core: how much of an import is reading.
    private static func measureReading(_ file: ImportFiles.File) throws {
        let seconds = try secondsOf {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file.path))
            var reader = CSVReader()
            var fields = 0
            while let piece = try handle.read(upToCount: 1 << 22), !piece.isEmpty {
                try reader.feed([UInt8](piece)) { fields += $0.count }
            }
            try reader.finish { fields += $0.count }
            precondition(fields == (file.rows + 1) * 8)
        }
        say(
            String(
                format: "reading %@ alone: %.2f s, %.1f million rows/s", file.name, seconds,
                Double(file.rows) / seconds / 1_000_000))
    }

    private static func measureCopy(
        _ what: String, _ files: [ImportFiles.File], _ pool: ConnectionPool
    ) async throws -> Double {
        try await pool.script("CHECKPOINT")
        var total = 0.0
        for file in files {
            // The path is this program's own temporary directory.
            let copy = "COPY raw.\(file.name) FROM '\(file.path)' (FORMAT csv, HEADER)"
            let seconds = try await secondsOf { try await pool.script(copy) }
            total += seconds
            say(String(format: "  raw COPY %@: %.2f s", file.name, seconds))
        }
        say(String(format: "%@, raw COPY: %.2f s", what, total))
        return total
    }

    private static func measureImport(
        _ what: String, _ files: [ImportFiles.File], _ plan: ImportPlan, _ pool: ConnectionPool
    ) async throws -> Double {
        try await pool.script("CHECKPOINT")
        var uploadIds: [String] = []
        let upload = try await secondsOf {
            for file in files {
                uploadIds.append(try await Upload.send(file.path, to: pool).uploadId.uuidString)
            }
        }
        let request = CommonV1.ImportRequest(uploadIds: uploadIds, mode: .allOrNothing, context: "2024-4")
        let clock = ContinuousClock()
        let stages = StageTimes(clock.now)
        let work = try await secondsOf {
            let result = try await pool.transaction { transaction in
                try await Importer(plan)
                    .run(request, requestedBy: "bench", in: transaction) { await stages.note($0.stage, clock.now) }
            }
            precondition(result.applied)
            let files = result.files.map { "\($0.kind): \($0.stored) stored, \($0.unchanged) unchanged" }
            say("  " + files.joined(separator: "; "))
        }
        say("  " + (await stages.lines(clock.now)).joined(separator: ", "))
        say(String(format: "%@: %.2f s (upload %.2f s, import %.2f s)", what, upload + work, upload, work))
        return upload + work
    }

    private static let rawTables = """
        CREATE SCHEMA raw;
        CREATE TABLE raw.territories (
            territory_code text COLLATE "C" PRIMARY KEY, name text, level text, parent_code text, poverty_rate numeric);
        CREATE TABLE raw.households (
            household_id bigint PRIMARY KEY, territory_code text COLLATE "C", poverty_class text, residence_since date);
        CREATE TABLE raw.members (
            person_id bigint UNIQUE, household_id bigint, given_names text, surnames text, sex "char", birth_date date,
            relationship text, pregnant boolean, PRIMARY KEY (household_id, person_id));
        CREATE TABLE raw.accounts (
            household_id bigint PRIMARY KEY, holder_person_id bigint, bank_bic text COLLATE "C",
            account_number text COLLATE "C");
        CREATE TABLE raw.school_attendance (
            person_id bigint, school_code text COLLATE "C", level text, month text, school_days smallint,
            days_attended smallint, PRIMARY KEY (person_id, month, school_code));
        CREATE TABLE raw.health_checks (
            person_id bigint, facility_code text COLLATE "C", kind text, checked_on date,
            PRIMARY KEY (person_id, kind, checked_on));
        """

    private static let openCycle = """
        INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
        VALUES ('juntos', '2024-4', '2024-07-01', '2024-08-31', 1, '{}', 'bench');
        """

    private static func peakMemoryMegabytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }
}

/// How long each stage of an import took.
private actor StageTimes {
    private var stages: [(name: String, began: ContinuousClock.Instant)] = []
    private let start: ContinuousClock.Instant

    init(_ start: ContinuousClock.Instant) { self.start = start }

    func note(_ stage: String, _ at: ContinuousClock.Instant) {
        if stages.last?.name != stage { stages.append((stage, stages.isEmpty ? start : at)) }
    }

    func lines(_ end: ContinuousClock.Instant) -> [String] {
        stages.indices.map { index in
            let until = index + 1 < stages.count ? stages[index + 1].began : end
            return String(format: "%@ %.2f s", stages[index].name, (until - stages[index].began) / .seconds(1))
        }
    }
}

/// Seconds that the body takes.
private func secondsOf(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    return try clock.measure(body) / .seconds(1)
}

/// Seconds that the body takes.
private func secondsOf(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    return try await clock.measure(body) / .seconds(1)
}
