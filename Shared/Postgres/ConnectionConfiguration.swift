import CPostgres
import Glibc

/// How to reach a database: libpq's keywords, from a URL or one by one.
///
/// Every libpq option passes through, the TLS ones (`sslmode`, `sslrootcert`, `sslcert`, `sslkey`) too.
public struct ConnectionConfiguration: Sendable, Equatable, CustomStringConvertible {
    /// libpq keywords and their values.
    public private(set) var keywords: [String: String]

    /// Reads `postgresql://user@host:port/database?sslmode=…` or a `host=… dbname=…` string.
    public init(url: String) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            PQfreemem(message)
            // libpq's message would quote the string, password included.
            throw PostgresError(kind: .usage, message: "the database URL cannot be read")
        }
        defer { PQconninfoFree(options) }
        var keywords: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { keywords[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.init(keywords: keywords)
    }

    /// Uses libpq keywords as they are.
    public init(keywords: [String: String]) {
        self.keywords = keywords
        // A server that vanished without a word is noticed within a minute.
        let defaults = [
            "connect_timeout": "10", "application_name": "puente", "client_encoding": "UTF8",
            "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
        ]
        self.keywords.merge(defaults) { given, _ in given }
    }

    /// Any libpq keyword.
    public subscript(keyword: String) -> String? {
        get { keywords[keyword] }
        set { keywords[keyword] = newValue }
    }

    /// The role to connect as.
    public var user: String? {
        get { keywords["user"] }
        set { keywords["user"] = newValue }
    }

    /// The database to connect to.
    public var database: String? {
        get { keywords["dbname"] }
        set { keywords["dbname"] = newValue }
    }

    /// The name shown in `pg_stat_activity`.
    public var applicationName: String? {
        get { keywords["application_name"] }
        set { keywords["application_name"] = newValue }
    }

    /// The same server, as another role and perhaps to another database.
    public func with(user: String? = nil, database: String? = nil, applicationName: String? = nil) -> Self {
        var copy = self
        if let user {
            copy.user = user
            if user != self.user { copy.keywords["password"] = nil }
        }
        if let database { copy.database = database }
        if let applicationName { copy.applicationName = applicationName }
        return copy
    }

    /// Connects, blocking; the result may be a connection that failed.
    func connect() -> OpaquePointer? {
        let sorted = keywords.sorted { $0.key < $1.key }
        let names = sorted.map { strdup($0.key) }
        let values = sorted.map { strdup($0.value) }
        defer {
            for pointer in names + values { free(pointer) }
        }
        let namePointers = names.map { UnsafePointer($0) } + [nil]
        let valuePointers = values.map { UnsafePointer($0) } + [nil]
        let handle = PQconnectdbParams(namePointers, valuePointers, 0)
        // Notices may quote values; nothing is to appear on standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        return handle
    }

    /// The keywords without the secrets.
    public var description: String {
        keywords.filter { $0.key != "password" && $0.key != "sslpassword" }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
