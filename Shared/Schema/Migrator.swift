import Postgres

/// Brings a database to the state that this program expects.
///
/// Each migration runs in a transaction together with its record. A session lock makes a second process wait and then
/// find nothing to do. What belongs to the cluster, and not to the database, is looked after each time. The connecting role is a superuser or a member of `puente_owner` that may create roles.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    /// A migrator with this program's migrations.
    public init(migrations: [Migration] = Migration.all) {
        self.migrations = migrations.sorted { $0.name < $1.name }
    }

    /// Applies what is missing; returns the names of what it applied.
    @discardableResult
    public func migrate(_ configuration: ConnectionConfiguration) async throws -> [String] {
        let pool = ConnectionPool(configuration.with(applicationName: "puente-migrate"), size: 1)
        do {
            let applied = try await migrate(pool)
            await pool.close()
            return applied
        } catch {
            await pool.close()
            throw error
        }
    }

    /// The names of the migrations that the database has not seen. Throws when it cannot be migrated.
    public func pending(_ configuration: ConnectionConfiguration) async throws -> [String] {
        let pool = ConnectionPool(configuration.with(applicationName: "puente-migrate"), size: 1)
        let exists = try await pool.queryOne(HistoryExists()) ?? false
        let history = exists ? try await pool.query(History()) : []
        await pool.close()
        return try missing(history).map(\.name)
    }

    /// Makes the roles, and gives them their rights on the database, as a dump that is restored into it expects.
    public func prepareCluster(_ configuration: ConnectionConfiguration) async throws {
        let pool = ConnectionPool(configuration.with(applicationName: "puente-migrate"), size: 1)
        do {
            try await pool.transaction { transaction in
                try await transaction.script(Self.lock)
                try await transaction.script(Migration.cluster)
            }
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private func migrate(_ pool: ConnectionPool) async throws -> [String] {
        try await pool.transaction { transaction in
            try await transaction.script(Self.lock)
            try await transaction.script(Migration.cluster)
            try await transaction.script(Self.createHistory)
        }
        var applied: [String] = []
        while let name = try await applyNext(pool) { applied.append(name) }
        return applied
    }

    /// Applies the first missing migration, if any. The lock is taken anew, so another process may have been faster.
    private func applyNext(_ pool: ConnectionPool) async throws -> String? {
        try await pool.transaction { transaction in
            try await transaction.script(Self.lock)
            guard let next = try missing(try await transaction.query(History())).first else { return nil }
            if try await transaction.queryOne(OwnerExists()) == true {
                try await transaction.script("SET LOCAL ROLE puente_owner")
            }
            try await transaction.script(next.sql)
            try await transaction.script("RESET ROLE")
            try await transaction.execute(Record(name: next.name, checksum: next.checksum))
            return next.name
        }
    }

    func missing(_ history: [(name: String, checksum: Int64)]) throws -> [Migration] {
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, $0) })
        let unknown = history.map(\.name).filter { known[$0] == nil }.sorted()
        guard unknown.isEmpty else { throw MigrationError.databaseIsNewer(unknown: unknown) }
        for applied in history where known[applied.name]?.checksum != applied.checksum {
            throw MigrationError.changed(name: applied.name)
        }
        let names = Set(history.map(\.name))
        let missing = migrations.filter { !names.contains($0.name) }
        if let first = missing.first, let last = names.max(), first.name < last {
            throw MigrationError.outOfOrder(name: first.name, after: last)
        }
        return missing
    }

    /// Held to the end of the transaction; the number means nothing but "migrations".
    private static let lock = "SELECT pg_advisory_xact_lock(7236118436)"

    private static let createHistory = """
        CREATE TABLE IF NOT EXISTS public.schema_migration (
            name text CONSTRAINT schema_migration_pkey PRIMARY KEY,
            checksum bigint CONSTRAINT schema_migration_checksum_check NOT NULL,
            applied_at timestamptz CONSTRAINT schema_migration_applied_at_check NOT NULL DEFAULT now()
        )
        """
}

private struct HistoryExists: Statement {
    static let sql = "SELECT to_regclass('public.schema_migration') IS NOT NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

private struct OwnerExists: Statement {
    static let sql = "SELECT to_regnamespace('rpc') IS NOT NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

private struct History: Statement {
    static let sql = "SELECT name, checksum FROM public.schema_migration ORDER BY name"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (name: String, checksum: Int64) {
        (try row.string(0), try row.int64(1))
    }
}

private struct Record: Statement {
    typealias Row = Never
    static let sql = "INSERT INTO public.schema_migration (name, checksum) VALUES ($1, $2)"
    let name: String
    let checksum: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(name)
        parameters.add(checksum)
    }
}
