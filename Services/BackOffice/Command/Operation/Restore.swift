import Foundation
import Postgres
import Schema

/// Brings a dump into a site's empty database, with payments paused before anything can run on it.
struct Restore: Sendable {
    let invocation: Invocation
    let dump: String
    /// Why payments will be paused: `restored` or `rehearsal`.
    let cause: String

    private var directory: String { Site.stateDirectory(invocation) }
    private var environment: [String: String] { invocation.environment }

    func run() async throws {
        let program = try DatabaseProgram("pg_restore", environment: environment)
        // Nothing of this site runs meanwhile.
        let lock = try UpLock(directory: directory)
        defer { withExtendedLifetime(lock) {} }
        guard environment["DATABASE_URL"]?.isEmpty ?? true else { return try await fill(with: program) }
        let server = try PrivateDatabase(
            directory: directory, installation: Installation(environment: environment))
        let wasRunning = server.isRunning
        try await server.start()
        do {
            try await fill(with: program)
        } catch {
            if !wasRunning { try? await server.stop() }
            throw error
        }
        if !wasRunning { try await server.stop() }
    }

    private func fill(with program: DatabaseProgram) async throws {
        let site = try Site(invocation)
        let deployment = Deployment(site: site, environment: environment)
        if site.isPrivate { try await deployment.makeDatabase() }
        try await refuseUnlessEmpty(site)
        try await Migrator().prepareCluster(site.administrator)
        invocation.terminal.notice(Text("restoring \(dump.asShownPath)", es: "recuperando \(dump.asShownPath)"))
        // All or nothing: after a failure the database is as empty as before.
        try await program.run(
            ["--exit-on-error", "--single-transaction", "--no-password", dump], on: site.administrator,
            environment: environment)
        try await Migrator().migrate(site.administrator)
        let name = URL(fileURLWithPath: dump).lastPathComponent
        try await withPool(site) { pool in
            _ = try await pool.queryOne(NoticeRestore(cause: cause, evidence: "from \(name)"))
        }
        _ = try await deployment.prepare()
    }

    private func refuseUnlessEmpty(_ site: Site) async throws {
        let found = try await withPool(site) { try await $0.query(ListContents()) }
        guard !found.isEmpty else { return }
        let some = found.prefix(3).joined(separator: ", ")
        throw Failure(
            Text("the database is not empty: it has \(some)", es: "la base no está vacía: tiene \(some)"),
            at: site.administrator.database ?? "",
            remedy: Text(
                "restore into an empty one; 'puente restore --rehearse' tries it beside this one",
                es: "recupere en una vacía; 'puente restore --rehearse' lo ensaya junto a esta"))
    }
}

/// What stands in the way of a restore: schemas that are not the server's own, and whatever is in `public`.
private struct ListContents: Statement {
    static let sql = """
        SELECT space.nspname::text FROM pg_namespace AS space
        WHERE space.nspname <> 'public' AND space.nspname <> 'information_schema' AND space.nspname NOT LIKE 'pg\\_%'
        UNION ALL
        SELECT relation.oid::regclass::text FROM pg_class AS relation
        WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        ORDER BY 1
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
