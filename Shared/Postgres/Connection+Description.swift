import CPostgres

/// What the server says of a statement without running it: the types of its parameters, and its result's columns.
public struct StatementDescription: Sendable, Equatable {
    /// One column of the result.
    public struct Column: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// The number (OID) of its type.
        public let type: UInt32
        /// The number (OID) of the table or view whose column it is; 0 where it is computed.
        public let table: UInt32
        /// The place of the column in that table, from 1.
        public let place: Int32
    }

    /// The numbers (OIDs) of the parameters' types, in their order.
    public let parameters: [UInt32]
    /// The columns, in their order.
    public let columns: [Column]
}

extension Connection {
    /// Prepares the text without a name and asks what became of it; leaves nothing behind.
    func describe(_ sql: String) throws(PostgresError) -> StatementDescription {
        try checkPreparable(sql)
        let result = PQdescribePrepared(handle, "")
        defer { PQclear(result) }
        try check(result)
        return StatementDescription(
            parameters: (0..<PQnparams(result)).map { PQparamtype(result, $0) },
            columns: (0..<PQnfields(result)).map { column in
                StatementDescription.Column(
                    name: PQfname(result, column).map { String(cString: $0) } ?? "", type: PQftype(result, column),
                    table: PQftable(result, column), place: PQftablecol(result, column))
            })
    }
}

extension Transaction {
    /// Asks the server to describe a statement; the types of its parameters are those that the server infers.
    @concurrent
    public func describe(_ sql: String) async throws -> StatementDescription {
        try await connection.perform { try $0.describe(sql) }
    }
}
