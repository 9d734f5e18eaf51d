import Postgres

/// Where the columns of a statement come from, as far as the database can say whether they may be NULL.
struct ColumnOrigins {
    /// Columns of tables that may be NULL, by table and place; those of views as the table's below them.
    var nullable: [Place: String] = [:]
    /// By the result's column: why its expression may be NULL.
    var expressions: [Int: String] = [:]

    /// A column of a table or view.
    struct Place: Hashable {
        let table: UInt32
        let place: Int32
    }

    /// Why a column may be NULL; nil where nothing says so.
    func doubt(of column: StatementDescription.Column, at place: Int) -> String? {
        if let name = nullable[Place(table: column.table, place: column.place)] {
            return "is \(name), which may be NULL"
        }
        return expressions[place]
    }
}

extension ColumnOrigins {
    /// Asks the database about a statement that it has described.
    static func read(
        _ sql: String, _ description: StatementDescription, in transaction: borrowing Transaction
    ) async throws -> ColumnOrigins {
        var origins = ColumnOrigins()
        for column in description.columns where column.table != 0 {
            let place = Place(table: column.table, place: column.place)
            if let name = try await nullableColumn(at: place, in: transaction) { origins.nullable[place] = name }
        }
        origins.expressions = try await PlannedResult.read(sql, description, in: transaction)
        return origins
    }

    /// The name of a column that may be NULL; nil for one that may not. A view's column is what its query makes of it.
    private static func nullableColumn(
        at place: Place, in transaction: borrowing Transaction
    ) async throws -> String? {
        guard let column = try await transaction.queryOne(FindColumn(place: place)) else { return nil }
        guard let view = column.viewQuery else { return column.mayBeNull ? column.name : nil }
        let described = try await transaction.describe(view).columns
        guard described.indices.contains(Int(place.place) - 1) else { return nil }
        let below = described[Int(place.place) - 1]
        guard below.table != 0 else { return nil }
        return try await nullableColumn(at: Place(table: below.table, place: below.place), in: transaction)
    }
}

private struct FindColumn: Statement {
    struct Row: Sendable {
        let name: String
        let mayBeNull: Bool
        let viewQuery: String?
    }
    static let sql = """
        SELECT c.oid::regclass || '.' || a.attname, NOT a.attnotnull,
            CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.oid = $1::bigint::oid AND a.attnum = $2 AND c.relkind IN ('r', 'p', 'v')
        """
    let place: ColumnOrigins.Place
    func bind(into parameters: inout Parameters) {
        parameters.add(Int64(place.table))
        parameters.add(place.place)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(name: try row.string(0), mayBeNull: try row.bool(1), viewQuery: try row.stringOrNil(2))
    }
}
