import CPostgres

extension ConnectionPool {
    /// Runs the body in a transaction that ends with the statement it returns: that statement and COMMIT travel together,
    /// so nothing comes between them. BEGIN waits for the body's first statement; a body without any costs one round trip.
    @concurrent
    package func transaction<Last: Statement>(
        endingWith body: (borrowing Transaction) async throws -> Last
    ) async throws {
        try await withConnection { connection in
            connection.pendingBegin = .readCommitted
            do {
                let last = try await body(Transaction(connection: connection))
                try Task.checkCancellation()
                let isOpen = connection.pendingBegin == nil
                connection.pendingBegin = nil
                try await connection.perform { connection in
                    if isOpen {
                        try connection.executeAndCommit(last)
                    } else {
                        _ = try connection.execute(last)
                    }
                }
            } catch {
                connection.pendingBegin = nil
                if !connection.isReusable { connection.rollback() }
                throw error is CancellationError ? Self.cancelled : error
            }
        }
    }
}

extension Connection {
    /// Sends the statement and COMMIT in one go. When the statement fails, COMMIT is skipped and the transaction stays
    /// open and failed.
    func executeAndCommit<S: Statement>(_ statement: S) throws(PostgresError) {
        var parameters = Parameters()
        statement.bind(into: &parameters)
        if parameters.isTooLarge { throw Self.tooLarge }
        let name = try prepare(S.self, parameters.types)
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        let sent = parameters.withPointers { values, lengths, formats in
            PQsendQueryPrepared(
                handle, name, Int32(values.count), values.baseAddress, lengths, formats, 1)
        }
        guard sent == 1, PQsendQueryParams(handle, "COMMIT", 0, nil, nil, nil, nil, 1) == 1,
            PQpipelineSync(handle) == 1
        else { throw lost() }
        var failure: PostgresError?
        var committed = false
        var synced = false
        while !synced {
            guard let result = PQgetResult(handle) else {
                if PQstatus(handle) != CONNECTION_OK { throw failure ?? lost() }
                continue
            }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC: synced = true
            case PGRES_COMMAND_OK:
                committed = committed || String(cString: PQcmdStatus(result)) == "COMMIT"
            case PGRES_TUPLES_OK, PGRES_PIPELINE_ABORTED: break
            default: failure = failure ?? fault(result)
            }
        }
        PQexitPipelineMode(handle)
        if let failure { throw failure }
        guard committed else {
            throw PostgresError(
                kind: .server, message: "the transaction had failed and was rolled back", sqlState: "25P02")
        }
    }
}
