/// Functions, triggers, views and rights of one subject, declared by one file of `Routines/`. All of them are made anew whenever
/// one has changed: what no file declares any more is gone.
public struct Routine: Sendable, Equatable {
    /// Schema and subject: `rpc/queue_claims`.
    public let name: String
    /// The SQL text.
    public let sql: String

    /// A file's name without its ending, and its text.
    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// FNV-1a over the text: it tells a changed file from the applied one.
    public var checksum: Int64 { Checksum.of(sql) }
}

/// FNV-1a: it tells one text from another; it is no protection against intent.
enum Checksum {
    static func of(_ text: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}
