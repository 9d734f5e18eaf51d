import Contracts
import Postgres

extension Command {
    private static let year = CommandOption<Int64>.integer(
        "year", "YYYY", Text("Fiscal year of the budget lines", es: "Año fiscal de las líneas de presupuesto"),
        in: 2000...2100, required: true)
    private static let instalment = CommandOption<Int64>.integer(
        "instalment", "N", Text("The instalment; 1", es: "El desembolso; 1"), in: 1...100)

    static let projects = Command(
        "projects", Text("Productive projects", es: "Proyectos productivos"),
        example: "puente projects status --year 2024 --as ana",
        [
            Command(
                "order-inputs",
                Text(
                    "Commits the projects' budget and orders an instalment of inputs",
                    es: "Compromete el presupuesto de los proyectos y ordena un desembolso de insumos"),
                example: "puente projects order-inputs --year 2024 --instalment 1 --as ana",
                options: [ProgrammeOptions.programme, year, instalment]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let request = try await request(desk)
                    var answer = try await desk.call(ProjectsV1.Projects.orderInputs, request)
                    let progress = Progress(desk.terminal)
                    while answer.state == "reserving" {
                        progress.show(
                            stage: Text("reserving budget", es: "reservando presupuesto")(desk.language), detail: "")
                        try await Task.sleep(for: .milliseconds(250))
                        answer = try await desk.call(ProjectsV1.Projects.status, request)
                    }
                    progress.finish()
                    show(answer, desk)
                    if answer.state == "awaiting_budget" {
                        let again = "puente projects order-inputs"
                        throw Failure(
                            Text("nothing was ordered", es: "nada se ordenó"), at: answer.state,
                            remedy: answer.obstacles.first.map {
                                ObstacleWords($0, currency: answer.currency).remedy(again: again)
                            })
                    }
                }
            },
            Command(
                "status", Text("Shows where an instalment is", es: "Muestra dónde está un desembolso"),
                example: "puente projects status --year 2024 --as ana",
                options: [ProgrammeOptions.programme, year, instalment]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    show(try await desk.call(ProjectsV1.Projects.status, try await request(desk)), desk)
                }
            },
            Command(
                "refused",
                Text(
                    "Lists the households whose project did not start, and by which agreement",
                    es: "Lista los hogares cuyo proyecto no empezó, y por qué convenio"),
                example: "puente projects refused --year 2024 --as ana",
                options: [ProgrammeOptions.programme, year, instalment]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let rows = try await desk.pool.query(HouseholdsNotStarted(request: try await request(desk)))
                    let reason = Text("receives no transfer", es: "no recibe transferencia")
                    desk.show(
                        rows.map { $0 + [invocation.wantsJSON ? reason.english : reason(desk.language)] },
                        under: [
                            Text("household", es: "hogar"), Text("project", es: "proyecto"),
                            Text("agreement", es: "convenio"), Text("version", es: "versión"),
                            Text("decided (UTC)", es: "decidido (UTC)"), Text("reason", es: "razón"),
                        ], numeric: [0, 3])
                }
            },
        ])

    private static func request(_ desk: Desk) async throws -> ProjectsV1.OrderInputsRequest {
        .init(
            programme: try await desk.programme(.productiveProject),
            fiscalYear: Int32(try desk.invocation.required(year)), instalment: Int32(desk.invocation[instalment] ?? 1))
    }

    private static func show(_ answer: ProjectsV1.OrderInputsReply, _ desk: Desk) {
        desk.show(answer) {
            let language = desk.language
            let committed = Figures.money(answer.committedMinor, answer.currency)
            let ordered = Figures.money(answer.orderedMinor, answer.currency)
            return [
                "\(Text("state", es: "estado")(language)): \(answer.state)",
                Text(
                    "\(answer.projects) projects, \(Figures.count(answer.households)) households, \(answer.purchaseOrders) purchase orders",
                    es:
                        "\(answer.projects) proyectos, \(Figures.count(answer.households)) hogares, \(answer.purchaseOrders) órdenes de compra"
                )(language),
                Text(
                    "committed \(committed), ordered \(ordered)", es: "comprometido \(committed), ordenado \(ordered)")(
                        language),
            ] + notStarted(answer.householdsNotStarted, language)
                + answer.obstacles.map { "- " + ObstacleWords($0, currency: answer.currency).what(language) }
        }
    }

    private static func notStarted(_ households: Int64, _ say: Language) -> [String] {
        guard households > 0 else { return [] }
        let count = Figures.count(households)
        return [
            Text(
                "\(count) households do not start: they receive no transfer, and an agreement asks for one; 'puente projects refused' lists them",
                es:
                    "\(count) hogares no empiezan: no reciben transferencia, y un convenio la pide; 'puente projects refused' los lista"
            )(say)
        ]
    }
}

/// The households that did not get their first inputs with an instalment, at the latest attempt to order it.
struct HouseholdsNotStarted: Statement {
    static let sql = """
        SELECT DISTINCT refused.household_id::text, participant.project_code, refused.agreement,
            refused.agreement_version::text, to_char(refused.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')
        FROM projects.start_v1 AS refused
        LEFT JOIN projects.participant_v1 AS participant USING (household_id, programme)
        WHERE refused.programme = $1 AND refused.fiscal_year = $2 AND refused.instalment = $3 AND refused.outcome = 3
            AND refused.attempt = (
                SELECT max(latest.attempt) FROM projects.start_v1 AS latest
                WHERE latest.programme = $1 AND latest.fiscal_year = $2 AND latest.instalment = $3)
        ORDER BY 2, 1, 3
        """
    let request: ProjectsV1.OrderInputsRequest

    func bind(into parameters: inout Parameters) {
        parameters.add(request.programme)
        parameters.add(request.fiscalYear)
        parameters.add(request.instalment)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [String] {
        var cells: [String] = []
        for column in 0..<5 { cells.append(try row.stringOrNil(column) ?? "") }
        return cells
    }
}
