import Postgres

/// What the budget holds for a programme's payment runs, and what they still need of it. Where the two differ, money is bound
/// that nobody needs, or needed and not bound.
struct BoundMoney: Sendable {
    var boundMinor: Int64 = 0
    var neededMinor: Int64 = 0

    /// The two figures, as a control total.
    var check: ControlTotals.Check {
        ControlTotals.Check(
            name: Text(
                "held for all runs = needed by them",
                es: "retenido para corridas = requerido"),
            left: boundMinor, right: neededMinor, isMoney: true)
    }
}

/// The sums over all runs of a programme in a currency.
struct FindBoundMoney: Statement {
    static let sql = """
        SELECT coalesce(sum(bound_minor), 0)::bigint, coalesce(sum(needed_minor), 0)::bigint
        FROM transfers.payment_run_money_v1 WHERE programme = $1 AND currency = $2
        """
    let programme: String
    let currency: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(currency)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> BoundMoney {
        BoundMoney(boundMinor: try row.int64(0), neededMinor: try row.int64(1))
    }
}
