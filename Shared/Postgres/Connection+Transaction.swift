import CPostgres

extension Connection {
    /// Commits. A COMMIT of a transaction that already failed rolls back without an error: that is reported as one.
    func commit() throws(PostgresError) {
        let result = PQexec(handle, "COMMIT")
        defer { PQclear(result) }
        try check(result)
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw PostgresError(
                kind: .server, message: "the transaction had failed and was rolled back", sqlState: "25P02")
        }
    }

    /// Rolls back; a connection on which that fails is not used again.
    func rollback() {
        _ = try? script("ROLLBACK")
    }
}
