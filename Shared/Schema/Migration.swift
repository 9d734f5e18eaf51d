/// One numbered step of the database's history.
public struct Migration: SchemaFile {
    /// The file's name without its ending: `m0001_schemas`.
    public let name: String
    /// The SQL text.
    public let sql: String

    /// A migration with the given name and text.
    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }
}

/// Why a database cannot be migrated.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The database has migrations that this program does not know.
    case databaseIsNewer(unknown: [String])
    /// A migration that was applied earlier has another text now.
    case changed(name: String)
    /// A migration that was skipped would have to run before one that has run.
    case outOfOrder(name: String, after: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .databaseIsNewer(let unknown):
            "the database is newer than this program (it has \(unknown.joined(separator: ", "))): use a newer program"
        case .changed(let name):
            "migration \(name) was applied with another text: restore the text and add a new migration instead"
        case .outOfOrder(let name, let after):
            "migration \(name) comes before \(after), which has been applied: give it a later number"
        }
    }
}
