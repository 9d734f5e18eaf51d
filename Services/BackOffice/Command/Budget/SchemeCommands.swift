import Contracts
import Postgres

/// The commands that load and list what is configured: the countries' schemes, and limits.
extension Command {
    static let schemeCommands: [Command] = [
        Command(
            "scheme",
            Text(
                "Loads countries' names and rules of the stages; without a file, lists them",
                es: "Carga los nombres y reglas de las etapas; sin archivo, los lista"),
            example: "puente budget scheme deploy/programmes/peru/budget_scheme.json --as ana",
            arguments: [
                Argument(
                    "FILE", Text("A scheme as proto3 JSON", es: "Un esquema como JSON de proto3"), .optional)
            ]
        ) { invocation in
            try await Desk.open(invocation) { desk in
                if let path = invocation.arguments.first {
                    try await loadScheme(path, desk)
                } else {
                    try await listSchemes(desk)
                }
            }
        },
        Command(
            "limits", Text("Lists the ceilings and what is used of them", es: "Lista los topes y lo usado de ellos"),
            example: "puente budget limits --as ana"
        ) { invocation in
            try await Desk.open(invocation) { desk in
                desk.show(
                    try await desk.pool.query(BudgetLimitList()),
                    under: [
                        Text("limit", es: "tope"), Text("year", es: "año"), Text("fund", es: "fuente"),
                        Text("ministry", es: "ministerio"), Text("programme", es: "programa"),
                        Text("territory", es: "territorio"), Text("lines", es: "líneas"),
                        Text("ceiling", es: "máximo"), Text("used", es: "usado"), Text("left", es: "saldo"),
                        Text("currency", es: "moneda"),
                    ], numeric: [6, 7, 8, 9])
            }
        },
        Command(
            "years", Text("Lists fiscal years, and how far they are sealed", es: "Lista los años fiscales y su cierre"),
            example: "puente budget years --as ana"
        ) { invocation in
            try await Desk.open(invocation) { desk in
                desk.show(
                    try await desk.pool.query(BudgetYearList()),
                    under: [
                        Text("year", es: "año"), Text("state", es: "estado"),
                        Text("sealed through", es: "cerrado hasta"), Text("lines", es: "líneas"),
                    ], numeric: [3])
            }
        },
    ]

    private static func loadScheme(_ path: String, _ desk: Desk) async throws {
        let content = try read(path)
        let scheme: CoordinationV1.BudgetScheme
        do throws(RPCError) {
            scheme = try CoordinationV1.BudgetScheme(written: content)
        } catch {
            throw Failure(
                Text(
                    "is no budget scheme: \(error.inOneLine(.english))",
                    es: "no es un esquema: \(error.inOneLine(.spanish))"), at: path)
        }
        let reply = try await desk.call(CoordinationV1.Budget.loadScheme, scheme)
        desk.show(reply) {
            let name = scheme.scheme
            return [
                reply.changed
                    ? Text("scheme \(name) loaded", es: "esquema \(name) cargado")(desk.language)
                    : Text("scheme \(name) unchanged", es: "esquema \(name) sin cambios")(desk.language)
            ]
        }
    }

    private static func listSchemes(_ desk: Desk) async throws {
        var table = Table(
            ["scheme"] + BudgetStageNames.all + ["without", "source", "end of the year", "its source"])
        for row in try await desk.pool.query(BudgetSchemeList()) { table.add(row) }
        table.show(desk)
    }
}

struct BudgetSchemeList: Statement {
    static let sql = """
        SELECT scheme, appropriated, available, reserved, committed, accrued, ordered, paid,
            concat_ws(', ', CASE WHEN skips_reserved THEN 'reserved' END, CASE WHEN skips_ordered THEN 'ordered' END),
            source,
            (SELECT string_agg(stage || ': ' || (
                    ARRAY['lapses', 'carried over', 'charged to the next year', 'stays payable'])[treatment], ', '
                    ORDER BY number)
                FROM unnest(ARRAY[reserved, committed, accrued, ordered],
                    ARRAY[reserved_at_year_end, committed_at_year_end, accrued_at_year_end, ordered_at_year_end],
                    ARRAY[skips_reserved, false, false, skips_ordered])
                    WITH ORDINALITY AS s(stage, treatment, skipped, number)
                WHERE NOT skipped),
            year_end_source
        FROM coordination.budget_scheme ORDER BY scheme
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<12 { cells.append(try row.string(column)) }
        return cells
    }
}

struct BudgetLimitList: Statement {
    static let sql = """
        SELECT m.code, m.fiscal_year::text, coalesce(m.fund, ''), coalesce(m.ministry, ''), coalesce(m.programme, ''),
            coalesce(m.territory_code, ''), m.currency, m.ceiling, m.used,
            (SELECT count(*) FROM coordination.budget_limit_line z WHERE z.limit_id = m.limit_id)
        FROM coordination.budget_limit m ORDER BY m.code
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<6 { cells.append(try row.string(column)) }
        let (ceiling, used) = (try row.int64(7), try row.int64(8))
        let currency = try row.string(6)
        let left = Int128(ceiling) - Int128(used)
        return cells + [Figures.count(try row.int64(9))]
            + [Int128(ceiling), Int128(used), left].map { BudgetAmount.number($0, currency) } + [currency]
    }
}

struct BudgetYearList: Statement {
    static let sql = """
        SELECT y.fiscal_year::text, (ARRAY['open', 'closing', 'sealed'])[y.state], coalesce(y.sealed_through::text, ''),
            (SELECT count(*) FROM coordination.budget_line l WHERE l.fiscal_year = y.fiscal_year)::text
        FROM coordination.fiscal_year y ORDER BY y.fiscal_year
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        [try row.string(0), try row.string(1), try row.string(2), try row.string(3)]
    }
}
