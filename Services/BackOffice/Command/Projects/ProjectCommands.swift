import Contracts

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
                options: [projectProgramme, year, instalment]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let request = try request(invocation)
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
                    if answer.state == "awaiting_budget", answer.shortfalls.isEmpty {
                        throw Failure(Text(answer.problem, es: answer.problem), at: answer.state)
                    }
                    if answer.state == "awaiting_budget" {
                        throw Failure(
                            Text("there is not enough budget", es: "no alcanza el presupuesto"),
                            remedy: Text(
                                "appropriate what is missing with 'puente budget appropriate', then order again",
                                es: "asigne lo que falta con 'puente budget appropriate', y ordene otra vez"))
                    }
                }
            },
            Command(
                "status", Text("Shows where an instalment is", es: "Muestra dónde está un desembolso"),
                example: "puente projects status --year 2024 --as ana", options: [projectProgramme, year, instalment]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    show(try await desk.call(ProjectsV1.Projects.status, try request(invocation)), desk)
                }
            },
        ])

    private static func request(_ invocation: Invocation) throws -> ProjectsV1.OrderInputsRequest {
        .init(
            programme: invocation[projectProgramme] ?? "haku_winay",
            fiscalYear: Int32(try invocation.required(year)), instalment: Int32(invocation[instalment] ?? 1))
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
            ] + answer.shortfalls.map { "  \($0)" }
        }
    }
}
