import Postgres

/// What a database lacks of the schema that this program expects, or what was done about it.
public struct SchemaChange: Sendable, Equatable {
    /// Migrations, in their order.
    public var migrations: [String]
    /// Files of routines that are new, changed or gone. With any of them, or any migration, all routines are made anew.
    public var routines: [String]

    /// A change; none by default.
    public init(migrations: [String] = [], routines: [String] = []) {
        self.migrations = migrations
        self.routines = routines
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { migrations.isEmpty && routines.isEmpty }
    /// Every name, migrations first.
    public var names: [String] { migrations + routines }
}

/// Brings a database to the state that this program expects, in one transaction: routines are taken away, missing migrations
/// applied, routines made anew. It is all there, or nothing.
///
/// A lock makes a second process wait and then find nothing to do. What belongs to the cluster, and not to the database, is
/// looked after each time. The connecting role is a superuser or a member of `puente_owner` that may create roles.
public struct Migrator: Sendable {
    private let migrations: [Migration]
    private let routines: [Routine]

    /// A migrator with this program's migrations and routines.
    public init() { self.init(migrations: Migration.all, routines: Routine.all) }

    /// A migrator with other ones.
    public init(migrations: [Migration], routines: [Routine]) {
        self.migrations = migrations.sorted { $0.name < $1.name }
        self.routines = routines
    }

    /// Applies what is missing; answers what that was.
    @discardableResult
    public func migrate(_ configuration: ConnectionConfiguration) async throws -> SchemaChange {
        try await withPool(configuration) { pool in
            try await pool.transaction { transaction in
                try await transaction.script(Self.lock)
                try await transaction.script(Migration.cluster)
                try await transaction.script(Self.createHistory)
                let change = try missing(
                    try await transaction.query(History<Migration>()), try await transaction.query(History<Routine>()))
                if !change.isEmpty { try await apply(change, transaction) }
                return change
            }
        }
    }

    /// What the database lacks; nothing is changed. Throws when it cannot be migrated.
    public func pending(_ configuration: ConnectionConfiguration) async throws -> SchemaChange {
        try await withPool(configuration) { pool in
            guard try await pool.queryOne(HistoryExists()) == true else { return try missing([], []) }
            return try missing(
                try await pool.query(History<Migration>()), try await pool.query(History<Routine>()))
        }
    }

    /// Makes the roles, and gives them their rights on the database, as a dump that is restored into it expects.
    public func prepareCluster(_ configuration: ConnectionConfiguration) async throws {
        try await withPool(configuration) { pool in
            try await pool.transaction { transaction in
                try await transaction.script(Self.lock)
                try await transaction.script(Migration.cluster)
            }
        }
    }

    private func withPool<Result>(
        _ configuration: ConnectionConfiguration, _ body: (ConnectionPool) async throws -> Result
    ) async throws -> Result {
        let pool = ConnectionPool(configuration.with(applicationName: "puente-migrate"), size: 1)
        do {
            let result = try await body(pool)
            await pool.close()
            return result
        } catch {
            await pool.close()
            throw error
        }
    }

    private func apply(_ change: SchemaChange, _ transaction: borrowing Transaction) async throws {
        try await asOwner(Routine.begin, transaction)
        for migration in migrations where change.migrations.contains(migration.name) {
            try await asOwner(migration.sql, transaction)
            try await transaction.execute(Record(file: migration))
        }
        try await transaction.script("DELETE FROM public.\(Routine.history); SET LOCAL check_function_bodies = off")
        for routine in routines {
            try await asOwner(routine.sql, transaction)
            try await transaction.execute(Record(file: routine))
        }
        try await asOwner(Routine.end, transaction)
    }

    /// Everything belongs to the owner's role, from the moment when the schemas are there.
    private func asOwner(_ sql: String, _ transaction: borrowing Transaction) async throws {
        if try await transaction.queryOne(OwnerExists()) == true {
            try await transaction.script("SET LOCAL ROLE puente_owner")
        }
        try await transaction.script(sql)
        try await transaction.script("RESET ROLE")
    }

    func missing(
        _ history: [(name: String, checksum: Int64)], _ made: [(name: String, checksum: Int64)]
    ) throws -> SchemaChange {
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, $0) })
        let unknown = history.map(\.name).filter { known[$0] == nil }.sorted()
        guard unknown.isEmpty else { throw MigrationError.databaseIsNewer(unknown: unknown) }
        for applied in history where known[applied.name]?.checksum != applied.checksum {
            throw MigrationError.changed(name: applied.name)
        }
        let names = Set(history.map(\.name))
        let missing = migrations.map(\.name).filter { !names.contains($0) }
        if let first = missing.first, let last = names.max(), first < last {
            throw MigrationError.outOfOrder(name: first, after: last)
        }
        let before = Dictionary(uniqueKeysWithValues: made.map { ($0.name, $0.checksum) })
        let changed = routines.filter { before[$0.name] != $0.checksum }.map(\.name)
        let gone = Set(before.keys).subtracting(routines.map(\.name)).sorted()
        return SchemaChange(migrations: missing, routines: changed + gone)
    }

    /// Held to the end of the transaction; the number means nothing but "migrations".
    private static let lock = "SELECT pg_advisory_xact_lock(7236118436)"

    private static let createHistory = [Migration.history, Routine.history].map { table in
        """
        CREATE TABLE IF NOT EXISTS public.\(table) (
            name text CONSTRAINT \(table)_pkey PRIMARY KEY,
            checksum bigint CONSTRAINT \(table)_checksum_check NOT NULL,
            applied_at timestamptz CONSTRAINT \(table)_applied_at_check NOT NULL DEFAULT now()
        );
        """
    }.joined(separator: "\n")
}

/// A file whose application is kept, in a table of `public`.
private protocol RecordedFile: SchemaFile {
    static var history: String { get }
}

extension Migration: RecordedFile {
    fileprivate static var history: String { "schema_migration" }
}

extension Routine: RecordedFile {
    fileprivate static var history: String { "schema_routine" }
}

private struct HistoryExists: Statement {
    static let sql = "SELECT to_regclass('public.\(Routine.history)') IS NOT NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

private struct OwnerExists: Statement {
    static let sql = "SELECT to_regnamespace('rpc') IS NOT NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

private struct History<File: RecordedFile>: Statement {
    static var sql: String { "SELECT name, checksum FROM public.\(File.history) ORDER BY name" }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (name: String, checksum: Int64) {
        (try row.string(0), try row.int64(1))
    }
}

private struct Record<File: RecordedFile>: Statement {
    typealias Row = Never
    static var sql: String { "INSERT INTO public.\(File.history) (name, checksum) VALUES ($1, $2)" }
    let file: File
    func bind(into parameters: inout Parameters) {
        parameters.add(file.name)
        parameters.add(file.checksum)
    }
}
