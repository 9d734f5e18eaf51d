import Contracts
import Postgres

/// Changes the control level of lines; answers with those that changed.
struct ChangeControl: Statement {
    static let sql = "SELECT coordination.ledger_set_control($1, $2, $3, $4, $5)"

    var actor: String
    var callId: Int64
    var request: CoordinationV1.SetControlRequest

    func bind(into parameters: inout Parameters) {
        parameters.add(actor)
        parameters.add(callId)
        parameters.add(request.lines)
        parameters.add(request.control.number)
        parameters.add(request.reason)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String? { try row.stringOrNil(0) }
}

/// Sets a ceiling; answers with what is used of it.
struct ChangeLimit: Statement {
    static let sql = "SELECT coordination.ledger_set_limit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"

    var actor: String
    var callId: Int64
    var request: CoordinationV1.SetLimitRequest

    func bind(into parameters: inout Parameters) {
        parameters.add(actor)
        parameters.add(callId)
        parameters.add(request.code)
        parameters.add(request.fiscalYear)
        parameters.add(request.currency)
        for dimension in [request.fund, request.ministry, request.programme, request.territory] {
            parameters.add(dimension.isEmpty ? nil as String? : dimension)
        }
        parameters.add(request.ceilingMinor)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Loads a scheme; answers whether it changed anything.
struct StoreScheme: Statement {
    static let sql = "SELECT coordination.ledger_load_scheme($1, $2, $3, $4, $5, $6, $7, $8::smallint[], $9)"

    var actor: String
    var callId: Int64
    var scheme: CoordinationV1.BudgetScheme
    var yearEnd: CoordinationV1.YearEndRules

    func bind(into parameters: inout Parameters) {
        parameters.add(actor)
        parameters.add(callId)
        parameters.add(scheme.scheme)
        parameters.add([
            scheme.appropriated, scheme.available, scheme.reserved, scheme.committed, scheme.accrued, scheme.ordered,
            scheme.paid,
        ])
        parameters.add(scheme.skipsReserved)
        parameters.add(scheme.skipsOrdered)
        parameters.add(scheme.source)
        parameters.add(
            [yearEnd.reserved, yearEnd.committed, yearEnd.accrued, yearEnd.ordered].map { Int64($0.number) })
        parameters.add(yearEnd.source)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Moves a year on, or seals its days; answers with `changed`, `unchanged` or what is in the way.
struct ChangeYear: Statement {
    static let sql = "SELECT coordination.ledger_set_year($1, $2, $3, $4, $5)"

    var actor: String
    var callId: Int64
    var year: Int32
    var state: Int16?
    var sealedThrough: Int32?

    func bind(into parameters: inout Parameters) {
        parameters.add(actor)
        parameters.add(callId)
        parameters.add(year)
        parameters.add(state)
        parameters.add(date: sealedThrough)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Where a year is: `open`, `closing` or `sealed`.
struct YearState: Statement {
    static let sql = """
        SELECT (ARRAY['open', 'closing', 'sealed'])[state] FROM coordination.fiscal_year WHERE fiscal_year = $1
        """

    var year: Int32

    func bind(into parameters: inout Parameters) { parameters.add(year) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// What closing a year does to each hold.
struct YearEnd: Statement {
    static let sql = """
        SELECT line, document, stage, amount, treatment, target_line, target_skips_reserved, currency, candidates
        FROM coordination.ledger_year_end($1)
        """

    struct Row: Sendable {
        var hold: CoordinationV1.YearEndHold
        /// Whether the line that receives it does without reservations.
        var targetSkipsReserved: Bool
    }

    var year: Int32

    func bind(into parameters: inout Parameters) { parameters.add(year) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        guard let treatment = CoordinationV1.YearEndTreatment(number: try row.int16(4)) else {
            throw PostgresError(decoding: "a treatment at the end of the year is unknown")
        }
        let target = try row.stringOrNil(5)
        return Row(
            hold: .init(
                line: try row.string(0), document: try row.string(1), stage: try row.string(2),
                amountMinor: try row.int64(3), targetLine: target ?? "", treatment: treatment,
                currency: try row.string(7), candidates: try row.stringArray(8)),
            targetSkipsReserved: target == nil ? false : try row.bool(6))
    }
}

/// Reservations that have lapsed by a date.
struct LapsedHolds: Statement {
    static let sql = """
        SELECT l.line, h.document, h.reserved, l.currency
        FROM coordination.budget_hold h
        JOIN coordination.budget_line l USING (line_id)
        JOIN coordination.fiscal_year y USING (fiscal_year)
        WHERE h.expires_on < coalesce($1, coordination.civil_day()) AND h.reserved > 0 AND y.state < 3
        ORDER BY l.line, h.document
        """

    struct Row: Sendable {
        var line: String
        var document: String
        var amount: Int64
        var currency: String
    }

    var date: Int32?

    func bind(into parameters: inout Parameters) { parameters.add(date: date) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            line: try row.string(0), document: try row.string(1), amount: try row.int64(2),
            currency: try row.string(3))
    }
}

extension CoordinationV1.ControlLevel {
    /// The level as the ledger stores it.
    var number: Int16 {
        switch self {
        case .unspecified, .absolute: 0
        case .advisory: 1
        case .none: 2
        }
    }
}

extension CoordinationV1.YearEndTreatment {
    /// The treatment as the ledger stores it; 0 where it is not said, which the ledger refuses.
    var number: Int16 {
        switch self {
        case .unspecified: 0
        case .lapse: 1
        case .carryOver: 2
        case .chargeNextYear: 3
        case .payable: 4
        }
    }

    init?(number: Int16) {
        switch number {
        case 1: self = .lapse
        case 2: self = .carryOver
        case 3: self = .chargeNextYear
        case 4: self = .payable
        default: return nil
        }
    }
}
