import CPostgres
import Glibc

/// One connection to PostgreSQL. Only the task that leased it touches it, and only on the connection's own thread.
final class Connection: @unchecked Sendable {
    let thread: ConnectionThread
    private(set) var handle: OpaquePointer?
    private(set) var cancellation: Cancellation!
    private var prepared: [ObjectIdentifier: String] = [:]
    private let configuration: ConnectionConfiguration
    /// A BEGIN that goes before the next piece of work.
    var pendingBegin: IsolationLevel?
    /// The session may write nothing although nobody asked for that: its server became a standby. It is not used again.
    private(set) var isStale = false
    /// Whether the open transaction was meant to write nothing.
    var isSnapshot = false

    init(_ configuration: ConnectionConfiguration) {
        self.configuration = configuration
        thread = ConnectionThread(name: "postgres")
    }

    deinit {
        if let handle { PQfinish(handle) }
        thread.stop()
    }

    /// Whether the connection can be used again: open, idle, and in no transaction.
    var isReusable: Bool {
        !isStale && PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    /// Whether an idle connection still stands. The server says nothing to an idle session but that it ends, so
    /// anything to read means: do not use it again.
    var isAlive: Bool {
        guard isReusable else { return false }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) == 0
    }

    /// Connects. Blocks its thread.
    func open() throws(PostgresError) {
        let connection = try connected()
        handle = connection
        cancellation = Cancellation(connection: connection)
        try refuseSharedSession()
    }

    /// One more connection to where this one goes.
    func anotherConnection() throws(PostgresError) -> OpaquePointer { try connected() }

    private func connected() throws(PostgresError) -> OpaquePointer {
        guard let connection = configuration.connect() else {
            throw PostgresError(kind: .connection, message: "out of memory")
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            defer { PQfinish(connection) }
            let message = PostgresError.firstLine(PQerrorMessage(connection)) ?? "the connection failed"
            throw PostgresError(kind: .connection, message: message)
        }
        return connection
    }

    /// Runs work on the connection's thread; a cancelled task cancels the statement.
    @concurrent
    func perform<Value>(_ work: (Connection) throws -> Value) async throws -> Value {
        let ticket = cancellation.reserve()
        return try await withTaskCancellationHandler {
            cancellation.begin(ticket)
            defer { cancellation.end() }
            if Task.isCancelled {
                throw PostgresError(kind: .cancelled, message: "the task was cancelled")
            }
            if let begin = pendingBegin {
                pendingBegin = nil
                try script(begin.rawValue)
            }
            return try work(self)
        } onCancel: {
            cancellation.cancel(ticket)
        }
    }

    // MARK: Statements

    /// Runs static text without parameters, several statements if need be; rows are dropped.
    @discardableResult
    func script(_ sql: String) throws(PostgresError) -> Int {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result)
        return affectedRows(result)
    }

    /// Prepares the statement unless this connection has it already; returns its name.
    func prepare<S: Statement>(_ type: S.Type, _ parameterTypes: [UInt32]) throws(PostgresError) -> String {
        if let name = prepared[ObjectIdentifier(type)] { return name }
        let name = "s\(prepared.count + 1)"
        let result = PQprepare(handle, name, S.sql, Int32(parameterTypes.count), parameterTypes)
        defer { PQclear(result) }
        try check(result)
        prepared[ObjectIdentifier(type)] = name
        return name
    }

    /// Asks the server whether it understands the text; leaves nothing behind.
    func checkPreparable(_ sql: String) throws(PostgresError) {
        let result = PQprepare(handle, "", sql, 0, nil)
        defer { PQclear(result) }
        try check(result)
    }

    func query<S: Statement>(_ statement: S) throws -> [S.Row] {
        let result = try run(statement)
        defer { PQclear(result) }
        return try rows(result, S.self)
    }

    func execute<S: Statement>(_ statement: S) throws -> Int {
        let result = try run(statement)
        defer { PQclear(result) }
        return affectedRows(result)
    }

    private func run<S: Statement>(_ statement: S) throws(PostgresError) -> OpaquePointer? {
        var parameters = Parameters()
        statement.bind(into: &parameters)
        if parameters.isTooLarge { throw Self.tooLarge }
        let name = try prepare(S.self, parameters.types)
        let result = parameters.withPointers { values, lengths, formats in
            PQexecPrepared(handle, name, Int32(values.count), values.baseAddress, lengths, formats, 1)
        }
        do {
            try check(result)
        } catch {
            PQclear(result)
            throw error
        }
        return result
    }

    private func rows<S: Statement>(_ result: OpaquePointer?, _ type: S.Type) throws(PostgresError) -> [S.Row] {
        guard let result else { return [] }
        let count = PQntuples(result)
        var rows: [S.Row] = []
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            rows.append(try S.decode(RowReader(result: result, row: row)))
        }
        return rows
    }

    // MARK: Pipeline

    /// Sends the statements without waiting for each answer; returns the affected rows in all. The first error wins.
    func executeMany<S: Statement>(_ statements: [S]) throws -> Int {
        // Small enough that the answers fit the socket's buffers: in blocking mode a longer pipeline could stop both sides.
        let size = 128
        var affected = 0
        var start = 0
        while start < statements.count {
            let end = min(start + size, statements.count)
            affected += try pipeline(statements[start..<end])
            start = end
        }
        return affected
    }

    private func pipeline<S: Statement>(_ statements: ArraySlice<S>) throws(PostgresError) -> Int {
        guard let first = statements.first else { return 0 }
        var parameters = Parameters()
        first.bind(into: &parameters)
        let name = try prepare(S.self, parameters.types)
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        var sent = 0
        for statement in statements {
            parameters.removeAll()
            statement.bind(into: &parameters)
            if parameters.isTooLarge { break }
            let accepted = parameters.withPointers { values, lengths, formats in
                PQsendQueryPrepared(handle, name, Int32(values.count), values.baseAddress, lengths, formats, 1)
            }
            guard accepted == 1 else { break }
            sent += 1
        }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        var affected = 0
        var failure: PostgresError? =
            parameters.isTooLarge ? Self.tooLarge : sent < statements.count ? lost() : nil
        var synced = false
        while !synced {
            guard let result = PQgetResult(handle) else {
                if PQstatus(handle) != CONNECTION_OK { throw failure ?? lost() }
                continue
            }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC: synced = true
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK: affected += affectedRows(result)
            case PGRES_PIPELINE_ABORTED: break
            default: failure = failure ?? fault(result)
            }
        }
        PQexitPipelineMode(handle)
        if let failure { throw failure }
        return affected
    }

    static let tooLarge = PostgresError(kind: .usage, message: "the statement's values are more than a gibibyte")

    // MARK: Results

    func check(_ result: OpaquePointer?) throws(PostgresError) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_COPY_IN, PGRES_COPY_OUT: return
        default: throw fault(result)
        }
    }

    func affectedRows(_ result: OpaquePointer?) -> Int {
        PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    func lost() -> PostgresError {
        PostgresError(result: nil, connection: handle)
    }

    /// The error in a result. 25006 in a transaction that was to write says that this is no longer the server to write on:
    /// for the caller the connection is lost, and the next one may reach another server.
    func fault(_ result: OpaquePointer?) -> PostgresError {
        let error = PostgresError(result: result, connection: handle)
        guard error.sqlState == "25006", !isSnapshot else { return error }
        isStale = true
        return PostgresError(
            kind: .connection, message: "the server takes no writes on this connection any more", sqlState: "25006")
    }
}

extension Parameters {
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
    }

    /// Lends the arrays that libpq wants; all formats are binary.
    func withPointers<Result>(
        _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>, [Int32], [Int32]) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { raw in
            // An empty value still needs an address, or libpq takes it for NULL.
            let empty = UnsafePointer<CChar>(bitPattern: 1)!
            let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = offsets.map { offset -> UnsafePointer<CChar>? in
                offset < 0 ? nil : base.map { $0 + Int(offset) } ?? empty
            }
            let formats = [Int32](repeating: 1, count: offsets.count)
            return values.withUnsafeBufferPointer { body($0, lengths, formats) }
        }
    }
}
