import Postgres

extension ConnectionPool {
    /// The rows of a query that a test alone writes, each as the text of an expression over the row `q`.
    public func texts(of query: String, as expression: String = "(q.*)::text") async throws -> [String] {
        try await transaction { transaction in
            // A view gives the query a name that a prepared statement can read.
            try await transaction.script(
                "CREATE TEMPORARY VIEW answer AS SELECT \(expression) AS line FROM (\(query)) AS q")
            let rows = try await transaction.query(TextRows())
            try await transaction.script("DROP VIEW answer")
            return rows
        }
    }
}

private struct TextRows: Statement {
    static let sql = "SELECT line FROM answer"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
