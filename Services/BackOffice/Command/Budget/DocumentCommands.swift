import Postgres

/// `puente budget documents`: what each document holds, so that bound money can be found.
extension Command {
    private typealias Option = CommandOption<String>

    private static let year = CommandOption<Int64>.integer(
        "year", "YYYY", Text("Only this fiscal year", es: "Solo este año fiscal"), in: 1900...2999)
    private static let line = Option.text("line", "CODE", Text("Only this line", es: "Solo esta línea"))
    private static let document = Option.text("document", "CODE", Text("Only this document", es: "Solo este documento"))
    private static let owner = Option.choice(
        "owner", ["transfers", "projects", "coordination", "people"],
        Text("Only documents of this owner", es: "Solo documentos de este dueño"))
    private static let bound = CommandOption<Bool>.flag(
        "bound", Text("Only where money is bound and not paid", es: "Solo donde hay dinero retenido y no pagado"))

    static let documentsCommand = Command(
        "documents",
        Text(
            "Lists what each document holds of each line, by stage, and whose it is",
            es: "Lista lo que cada documento retiene de cada línea, por etapa, y de quién es"),
        example: "puente budget documents --bound --year 2024 --as ana", options: [year, line, document, owner, bound]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let rows = try await desk.pool.query(
                DocumentList(
                    year: invocation[year], line: invocation[line], document: invocation[document],
                    owner: invocation[owner], onlyBound: invocation[bound]))
            desk.show(
                rows,
                under: [
                    Text("document", es: "documento"), Text("owner", es: "dueño"), Text("line", es: "línea"),
                    Text("reserved", es: "reservado"), Text("committed", es: "comprometido"),
                    Text("accrued", es: "devengado"), Text("ordered", es: "ordenado"), Text("paid", es: "pagado"),
                    Text("bound", es: "retenido"),
                ], numeric: [3, 4, 5, 6, 7, 8])
        }
    }
}

/// What documents hold now, stage by stage.
struct DocumentList: Statement {
    static let sql = """
        SELECT document, owner, line, currency, reserved - committed, committed - accrued, accrued - ordered,
            ordered - paid, paid, bound
        FROM coordination.budget_document_v1
        WHERE ($1::bigint IS NULL OR fiscal_year = $1) AND ($2::text IS NULL OR line = $2)
            AND ($3::text IS NULL OR document = $3) AND ($4::text IS NULL OR owner = $4)
            AND CASE WHEN $5 THEN bound > 0 ELSE reserved > 0 END
        ORDER BY document, line
        """

    let year: Int64?
    let line: String?
    let document: String?
    let owner: String?
    let onlyBound: Bool

    func bind(into parameters: inout Parameters) {
        parameters.add(year)
        parameters.add(line)
        parameters.add(document)
        parameters.add(owner)
        parameters.add(onlyBound)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        let currency = try row.string(3)
        var cells = [try row.string(0), try row.string(1), try row.string(2)]
        for column in 4..<9 { cells.append(BudgetAmount.number(Int128(try row.int64(column)), currency)) }
        return cells + [BudgetAmount.text(Int128(try row.int64(9)), currency)]
    }
}
