import Foundation
import Postgres
import Testing

/// A whole deployment of a test's own: a private database with durable settings, and the four services as processes.
struct TestSite: Sendable {
    let directory: String
    let data: String
    /// What the tests' cycles pay.
    let programme: TestProgramme
    private let environment: [String: String]

    /// Runs `body` with a deployment in Peru, and the files of a simulated ministry.
    static func with<Value>(
        households: Int, seed: Int = 1, householdsPerChunk: Int? = nil, simulation: [String] = [],
        _ body: (TestSite) async throws -> Value
    ) async throws -> Value {
        try await with(.peru, householdsPerChunk: householdsPerChunk) { site in
            try await site.done(
                ["simulate", "peru", "--households", "\(households)", "--seed", "\(seed)", "--out", site.data]
                    + simulation)
            return try await body(site)
        }
    }

    /// Runs `body` with a deployment that is started before and deleted afterwards, and two people.
    static func with<Value>(
        _ programme: TestProgramme, householdsPerChunk: Int? = nil, _ body: (TestSite) async throws -> Value
    ) async throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "puente-site-\(UUID().uuidString.prefix(8))"
        ).path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        var environment = ProcessInfo.processInfo.environment
        for name in ["DATABASE_URL", "PUENTE_OPERATOR", "PUENTE_BANK_FILES", "LC_ALL", "LC_MESSAGES", "PGPASSFILE"] {
            environment[name] = nil
        }
        environment["LANG"] = "C"
        environment["PUENTE_HOME"] = Program.root.path
        environment["PUENTE_STATE"] = directory
        environment["PUENTE_HOUSEHOLDS_PER_CHUNK"] = householdsPerChunk.map(String.init)
        let site = TestSite(
            directory: directory, data: "\(directory)/data", programme: programme, environment: environment)
        do {
            try await site.done("up", "--detach")
            for person in ["ana", "luis"] { try await site.done("operator", "add", person) }
            let value = try await body(site)
            await site.remove()
            return value
        } catch {
            await site.remove()
            throw error
        }
    }

    private func remove() async {
        _ = try? await puente(["down"])
        _ = try? await Program.run(
            Program.root.appendingPathComponent("deploy/postgres").path, ["destroy", "--dir", directory],
            environment: environment)
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Runs a command to its end, whatever comes of it; with other variables where a test is about them, nil to take one away.
    func puente(_ words: [String], _ changes: [String: String?] = [:]) async throws -> Outcome {
        var environment = environment
        for (name, value) in changes { environment[name] = value }
        return try await Program.run("\(Program.directory)/puente", words, environment: environment)
    }

    /// Runs a command that must succeed.
    @discardableResult
    func done(_ words: [String]) async throws -> Outcome {
        let outcome = try await puente(words)
        try #require(outcome.status == 0, "puente \(words.joined(separator: " ")): \(outcome.notices)")
        return outcome
    }

    /// Runs a command that must succeed.
    @discardableResult
    func done(_ words: String...) async throws -> Outcome { try await done(words) }

    /// Runs a command that must be refused; returns what it said.
    func refused(_ words: String...) async throws -> String { try await refused(words) }

    /// Runs a command that must be refused; returns what it said.
    func refused(_ words: [String]) async throws -> String {
        let outcome = try await puente(words)
        try #require(outcome.status == 1, "puente \(words.joined(separator: " ")) was not refused: \(outcome.output)")
        return outcome.notices
    }

    /// Files of the simulated ministry.
    func files(_ names: String...) -> [String] { names.map { "\(data)/\($0).csv" } }

    /// The database as its administrator.
    func administrator() throws -> ConnectionConfiguration {
        let url = try String(contentsOfFile: "\(directory)/postgres.url", encoding: .utf8)
        var configuration = try ConnectionConfiguration(url: url.trimmingCharacters(in: .whitespacesAndNewlines))
        configuration.database = "puente"
        configuration["passfile"] = "\(directory)/pgpass"
        return configuration
    }

    /// Rows of a query as lines of text, for comparing.
    func rows(_ query: String) async throws -> [String] {
        let pool = ConnectionPool(try administrator(), size: 1)
        do {
            let rows = try await pool.texts(of: query, as: "row_to_json(q)::text")
            await pool.close()
            return rows
        } catch {
            await pool.close()
            throw error
        }
    }

    /// Changes the database as its administrator, where a test cannot wait for time to pass.
    func script(_ text: String) async throws {
        let pool = ConnectionPool(try administrator(), size: 1)
        do {
            try await pool.script(text)
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    /// The bank files by name.
    func bankFiles() throws -> [String: Data] {
        let place = "\(directory)/bank"
        let all = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        let names = all.filter { $0.hasSuffix(".xml") }
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: "\(place)/\($0)"))) })
    }
}
