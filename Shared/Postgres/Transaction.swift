/// How far a transaction is kept apart from others.
public enum IsolationLevel: String, Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted = "BEGIN ISOLATION LEVEL READ COMMITTED"
    /// All statements see one snapshot.
    case repeatableRead = "BEGIN ISOLATION LEVEL REPEATABLE READ"
    /// As if transactions ran one after another.
    case serializable = "BEGIN ISOLATION LEVEL SERIALIZABLE"
    /// One snapshot and no writes: reports.
    case snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
}

/// An open transaction, lent to the body of `ConnectionPool.transaction`. It cannot be copied or kept.
public struct Transaction: ~Copyable, Sendable {
    let connection: Connection

    /// Runs a statement and reads all its rows.
    @concurrent
    public func query<S: Statement>(_ statement: S) async throws -> [S.Row] {
        try await connection.perform { try $0.query(statement) }
    }

    /// Runs a statement that returns at most one row.
    @concurrent
    public func queryOne<S: Statement>(_ statement: S) async throws -> S.Row? {
        let rows = try await query(statement)
        guard rows.count <= 1 else {
            throw PostgresError(decoding: "\(S.self) returned \(rows.count) rows where one was expected")
        }
        return rows.first
    }

    /// Runs a statement and returns how many rows it affected.
    @concurrent
    @discardableResult
    public func execute<S: Statement>(_ statement: S) async throws -> Int {
        try await connection.perform { try $0.execute(statement) }
    }

    /// Runs many statements of one kind in pipeline mode; returns how many rows they affected in all.
    @concurrent
    @discardableResult
    public func executeMany<S: Statement>(_ statements: [S]) async throws -> Int {
        try await connection.perform { try $0.executeMany(statements) }
    }

    /// Runs text without parameters. Never build it from input; `SQLText` takes typed values.
    @concurrent
    public func script(_ sql: String) async throws {
        try await connection.perform { _ = try $0.script(sql) }
    }

    /// Runs a binary `COPY … FROM STDIN`; the body writes the rows. Returns how many there were.
    @concurrent
    @discardableResult
    public func copyIn(_ sql: String, _ body: (inout CopyWriter) throws -> Void) async throws -> Int {
        try await connection.perform { try $0.copyIn(sql, body) }
    }

    /// Runs a binary `COPY … TO STDOUT` and lends each row to the body. Returns how many there were.
    @concurrent
    @discardableResult
    public func copyOut(_ sql: String, _ row: (borrowing CopyRow) throws -> Void) async throws -> Int {
        try await connection.perform { try $0.copyOut(sql, row) }
    }

    /// Runs the body so that its failure undoes only the body's own statements.
    public func savepoint<Value>(_ body: (borrowing Transaction) async throws -> Value) async throws -> Value {
        try await script("SAVEPOINT nested")
        do {
            let value = try await body(self)
            try await script("RELEASE SAVEPOINT nested")
            return value
        } catch {
            _ = try? connection.script("ROLLBACK TO SAVEPOINT nested; RELEASE SAVEPOINT nested")
            throw error
        }
    }

    /// A second handle on the same transaction, for a framework that lends the transaction inside its own noncopyable
    /// context. Its owner must not let it outlive the body.
    package func duplicated() -> Transaction {
        Transaction(connection: connection)
    }
}
