import CPostgres
import Glibc

extension PostgresError {
    /// A pooler lends the server's sessions out transaction by transaction. Prepared statements, LISTEN, settings and locks
    /// belong to a session: with another's they would be missing, or be somebody else's.
    public static let sharedSession = PostgresError(
        kind: .usage,
        message: "a connection pooler that shares sessions between transactions (pool_mode=transaction) stands before "
            + "the database: connect to the server itself, or to the pooler with pool_mode=session")
}

extension Connection {
    /// How long another connection may wait for the pooler to give it a session.
    private static let patience: Int32 = 2_000

    /// Refuses a pooler that shares sessions. The server itself says, when the connection is made, which of its processes
    /// answers; a pooler says something else. It shares sessions if it gives another connection ours while we are idle, or
    /// gives us another.
    func refuseSharedSession() throws(PostgresError) {
        let mine = try backend(handle)
        if mine == PQbackendPID(handle) { return }
        let other = try anotherConnection()
        defer { PQfinish(other) }
        // Without an answer the pooler keeps what it has for us, as it should.
        guard PQsendQuery(other, "BEGIN; SELECT pg_backend_pid()") == 1, answers(other) else { return }
        var theirs: Int32?
        while let result = PQgetResult(other) {
            defer { PQclear(result) }
            try check(result)
            if PQntuples(result) == 1 { theirs = number(result) }
        }
        if theirs == mine { throw .sharedSession }
        if try backend(handle) != mine { throw .sharedSession }
    }

    private func answers(_ connection: OpaquePointer) -> Bool {
        while PQisBusy(connection) == 1 {
            var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, Self.patience) > 0, PQconsumeInput(connection) == 1 else { return false }
        }
        return true
    }

    private func backend(_ connection: OpaquePointer?) throws(PostgresError) -> Int32 {
        let result = PQexec(connection, "SELECT pg_backend_pid()")
        defer { PQclear(result) }
        try check(result)
        return number(result) ?? 0
    }

    private func number(_ result: OpaquePointer?) -> Int32? {
        PQgetvalue(result, 0, 0).flatMap { Int32(String(cString: $0)) }
    }
}
