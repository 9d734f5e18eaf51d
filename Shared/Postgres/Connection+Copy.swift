import CPostgres

extension Connection {
    /// Runs `COPY … FROM STDIN (FORMAT binary)`; when `body` throws, the COPY is abandoned and nothing is written.
    func copyIn(_ sql: String, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
        try begin(sql, PGRES_COPY_IN)
        do {
            var writer = CopyWriter(connection: handle)
            try body(&writer)
            try writer.finish()
        } catch {
            _ = PQputCopyEnd(handle, "abandoned by the program")
            throw cause(of: error, server: outcome())
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        return try finish()
    }

    /// Runs `COPY … TO STDOUT (FORMAT binary)` and lends each row; when `body` throws, the COPY is cancelled.
    func copyOut(_ sql: String, _ body: (borrowing CopyRow) throws -> Void) throws -> Int {
        try begin(sql, PGRES_COPY_OUT)
        var fields = UnsafeMutablePointer<(offset: Int32, length: Int32)>.allocate(capacity: 64)
        var capacity = 64
        defer { fields.deallocate() }
        var first = true
        var rows = 0
        while true {
            var message: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(handle, &message, 0)
            guard length > 0, let message else { break }
            defer { PQfreemem(message) }
            do {
                let raw = UnsafeRawBufferPointer(start: message, count: Int(length))
                var offset = 0
                if first {
                    offset = 19 + (try CopyFormat.int32(raw, 15))
                    first = false
                }
                let count = try CopyFormat.int16(raw, offset)
                if count < 0 { continue }
                offset += 2
                if count > capacity {
                    fields.deallocate()
                    fields = .allocate(capacity: count)
                    capacity = count
                }
                for field in 0..<count {
                    let size = try CopyFormat.int32(raw, offset)
                    offset += 4
                    fields[field] = (Int32(offset), Int32(size))
                    if size > 0 { offset += size }
                }
                guard offset <= raw.count else { throw PostgresError(decoding: "a row of the COPY is cut short") }
                try body(CopyRow(base: UnsafeRawPointer(message), fields: fields, count: count))
                rows += 1
            } catch {
                abandonCopyOut()
                throw error
            }
        }
        _ = try finish()
        return rows
    }

    /// Which of two errors explains an abandoned COPY: the server's own, or the one that the body met.
    private func cause(of error: any Error, server: PostgresError?) -> any Error {
        let notAccepted = error is CopyWriter.NotAccepted
        guard let server else { return notAccepted ? lost() : error }
        switch server.kind {
        case .connection: return server
        case .cancelled: return notAccepted || Task.isCancelled ? server : error
        case .server, .decoding, .usage: return notAccepted ? server : error
        }
    }

    private func begin(_ sql: String, _ expected: ExecStatusType) throws(PostgresError) {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result)
        guard PQresultStatus(result) == expected else {
            throw PostgresError(kind: .usage, message: "the statement is not a COPY of the expected direction")
        }
    }

    /// Stops the server's sending and reads what is already on the way.
    private func abandonCopyOut() {
        cancellation.request()
        var message: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(handle, &message, 0) > 0 { PQfreemem(message) }
        _ = outcome()
    }

    private func finish() throws(PostgresError) -> Int {
        var affected = 0
        if let failure = outcome(&affected) { throw failure }
        return affected
    }

    private func outcome() -> PostgresError? {
        var affected = 0
        return outcome(&affected)
    }

    /// Reads the answers to the end; returns the first error.
    private func outcome(_ affected: inout Int) -> PostgresError? {
        var failure: PostgresError?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK: affected += affectedRows(result)
            default: failure = failure ?? fault(result)
            }
        }
        return failure
    }
}

/// The integers of the binary COPY format.
enum CopyFormat {
    @inline(__always)
    static func int32(_ bytes: UnsafeRawBufferPointer, _ offset: Int) throws(PostgresError) -> Int {
        guard offset + 4 <= bytes.count else { throw PostgresError(decoding: "a row of the COPY is cut short") }
        return Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }

    @inline(__always)
    static func int16(_ bytes: UnsafeRawBufferPointer, _ offset: Int) throws(PostgresError) -> Int {
        guard offset + 2 <= bytes.count else { throw PostgresError(decoding: "a row of the COPY is cut short") }
        return Int(Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self)))
    }
}
