/// A file of SQL that the program applies, and knows again.
public protocol SchemaFile: Sendable, Equatable {
    /// The file's name without its ending.
    var name: String { get }
    /// The SQL text.
    var sql: String { get }
    /// A file with the given name and text.
    init(name: String, sql: String)
}

extension SchemaFile {
    /// FNV-1a over the text: it tells a changed file from the applied one; it is no protection against intent.
    public var checksum: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int64(bitPattern: hash)
    }

    init(_ name: String, _ bytes: [UInt8]) {
        self.init(name: name, sql: String(decoding: bytes, as: UTF8.self))
    }
}
