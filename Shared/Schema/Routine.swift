/// Functions, triggers, views and rights of one subject, declared by one file of `Routines/`. All of them are made anew whenever
/// one has changed: what no file declares any more is gone.
public struct Routine: SchemaFile {
    /// Schema and subject: `rpc/queue_claims`.
    public let name: String
    /// The SQL text.
    public let sql: String

    /// A file's name without its ending, and its text.
    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }
}
