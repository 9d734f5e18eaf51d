/// One leased connection for a task that runs statement after statement, each in a transaction of its own.
public struct Session: ~Copyable, Sendable {
    let connection: Connection

    /// Runs a statement and reads all its rows.
    @concurrent
    public func query<S: Statement>(_ statement: S) async throws -> [S.Row] {
        try await connection.perform { try $0.query(statement) }
    }
}

extension ConnectionPool {
    /// Lends a connection to the body, which runs on the connection's own thread for as long as it holds it: what wakes
    /// it wakes that thread, and no other stands between.
    @concurrent
    public func session<Value: Sendable>(_ body: (borrowing Session) async throws -> Value)
        async throws -> Value
    {
        try await withConnection { connection in
            try await body(Session(connection: connection))
        }
    }
}
