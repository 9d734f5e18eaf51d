import Postgres

/// Rows of the ledger's tables, each as texts, for comparing with what the journal says.
protocol StoredRows: Statement where Row == [String?] {
    static var columns: Int { get }
}

extension StoredRows {
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String?] {
        var values: [String?] = []
        for column in 0..<columns { values.append(try row.stringOrNil(column)) }
        return values
    }
}

struct StoredLines: StoredRows {
    static let columns = 17
    static let sql = """
        SELECT l.line_id::text, l.line, l.fiscal_year::text, l.fund, l.ministry, l.programme, l.territory_code,
            l.currency, l.scheme, b.control::text, (-b.appropriated)::text, b.available::text, b.reserved::text,
            b.committed::text, b.accrued::text, b.ordered::text, b.paid::text
        FROM coordination.budget_line l FULL JOIN coordination.budget_balance b USING (line_id)
        """
}

struct StoredHolds: StoredRows {
    static let columns = 8
    static let sql = """
        SELECT line_id::text, document, reserved::text, committed::text, accrued::text, ordered::text, paid::text,
            (expires_on - date '2000-01-01')::text
        FROM coordination.budget_hold
        """
}

struct StoredDocuments: StoredRows {
    static let columns = 2
    static let sql = "SELECT document, owner::text FROM coordination.budget_document"
}

struct StoredLimits: StoredRows {
    static let columns = 10
    static let sql = """
        SELECT limit_id::text, code, fiscal_year::text, currency, fund, ministry, programme, territory_code,
            ceiling::text, used::text
        FROM coordination.budget_limit
        """
}

struct StoredLimitLines: StoredRows {
    static let columns = 2
    static let sql = "SELECT limit_id::text, line_id::text FROM coordination.budget_limit_line"
}

struct StoredYears: StoredRows {
    static let columns = 3
    static let sql = """
        SELECT fiscal_year::text, state::text, (sealed_through - date '2000-01-01')::text FROM coordination.fiscal_year
        """
}

struct StoredSchemes: StoredRows {
    static let columns = 16
    static let sql = """
        SELECT scheme, appropriated, available, reserved, committed, accrued, ordered, paid, skips_reserved::text,
            skips_ordered::text, source, reserved_at_year_end::text, committed_at_year_end::text,
            accrued_at_year_end::text, ordered_at_year_end::text, year_end_source
        FROM coordination.budget_scheme
        """
}
