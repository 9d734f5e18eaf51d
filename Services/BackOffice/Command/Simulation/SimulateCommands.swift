import PopulationSimulation

/// `puente simulate`: the files of a ministry of Peru, from the figures that Peru has published, and with its programmes' codes. No
/// other command knows a country.
extension Command {
    private static let simulatedHouseholds = CommandOption<Int64>.integer(
        "households", "N",
        Text(
            "Affiliated households; otherwise as many as the figures say",
            es: "Hogares afiliados; si no, tantos como digan las cifras"), in: 1...20_000_000)
    private static let simulationSeed = CommandOption<Int64>.integer(
        "seed", "S", Text("The same seed gives the same bytes; 1", es: "La misma semilla da los mismos bytes; 1"))
    private static let simulationOut = CommandOption<String>.text(
        "out", "DIR", Text("Where the files go", es: "Adónde van los archivos"), required: true)
    private static let sizes = CommandOption<String>.text(
        "sizes", "FILE",
        Text(
            "Households per district, as INFOMIDIS publishes them; with --territories",
            es: "Hogares por distrito, como los publica INFOMIDIS; con --territories"))
    private static let territories = CommandOption<String>.text(
        "territories", "FILE", Text("Catalogue of districts; with --sizes", es: "Catálogo de distritos; con --sizes"))
    private static let departments = CommandOption<String>.text(
        "departments", "FILE",
        Text(
            "Households per department instead of those of August 2024",
            es: "Hogares por departamento en vez de los de agosto de 2024"))
    private static let failedAttendance = percent(
        "failed-attendance", Text("Share that attends school too little", es: "Parte que asiste muy poco a la escuela"))
    private static let missingEvidence = percent(
        "missing-evidence", Text("Share with evidence missing", es: "Parte con evidencia faltante"))
    private static let closedShare = percent(
        "closed-accounts", Text("Share whose account the bank refuses", es: "Parte cuya cuenta rechaza el banco"))
    private static let duplicates = percent(
        "duplicates", Text("Share that is in the files twice; 0", es: "Parte que está dos veces en los archivos; 0"))
    private static let budgetShare = percent(
        "budget-share", Text("Budget as a share of the cycle's cost; 100", es: "Presupuesto como parte del costo; 100"))

    private static func percent(_ name: String, _ help: Text) -> CommandOption<Percent> {
        CommandOption<Percent>(name: name, placeholder: "PERCENT", help: help, isRequired: false) {
            text throws(UnfitValue) in
            guard let percent = Percent(text) else {
                throw UnfitValue(
                    expected: Text(
                        "a percentage with at most two decimals, as 5.8",
                        es: "un porcentaje con a lo más dos decimales, como 5.8"))
            }
            return percent
        }
    }

    static let simulate = Command(
        "simulate",
        Text("Makes the files that a ministry would send", es: "Hace los archivos que enviaría un ministerio"),
        example: "puente simulate peru --households 20000 --seed 1 --out data",
        [
            Command(
                "peru",
                Text(
                    "Juntos and Haku Wiñay, by default with the real numbers per department of August 2024",
                    es: "Juntos y Haku Wiñay, por defecto con los números reales por departamento de agosto de 2024"),
                example: "puente simulate peru --households 20000 --seed 1 --out data",
                options: [
                    simulatedHouseholds, simulationSeed, simulationOut, departments, sizes, territories,
                    failedAttendance, missingEvidence, closedShare, duplicates, budgetShare,
                ], action: simulatePeru)
        ])

    @Sendable private static func simulatePeru(_ invocation: Invocation) throws {
        let terminal = invocation.terminal
        let progress = Progress(terminal)
        let summary: PopulationSummary
        do {
            summary = try PopulationSimulation.run(try simulationOptions(invocation)) { done in
                progress.show(
                    stage: Text("simulating households", es: "simulando hogares")(invocation.language),
                    detail: "\(Figures.count(Int64(done.written)))/\(Figures.count(Int64(done.total)))")
            }
        } catch let error as PopulationError {
            throw Failure(Text(error.description, es: error.description))
        }
        progress.finish()
        for finding in summary.findings.prefix(10) {
            terminal.notice("  \(finding.kind.rawValue) \(finding.territory): \(finding.detail)")
        }
        if summary.findings.count > 10 {
            let more = summary.findings.count - 10
            terminal.notice(
                Text("  … and \(more) more findings in the figures", es: "  … y \(more) hallazgos más en las cifras"))
        }
        let rows: [(Text, Int)] = [
            (Text("affiliated households", es: "hogares afiliados"), summary.households),
            (Text("households that are not poor", es: "hogares no pobres"), summary.notPoor),
            (Text("members", es: "integrantes"), summary.members),
            (Text("children", es: "niñas y niños"), summary.children),
            (
                Text("households with failed attendance", es: "hogares con asistencia insuficiente"),
                summary.failedAttendance
            ),
            (Text("households with evidence missing", es: "hogares con evidencia faltante"), summary.missingEvidence),
            (Text("households with a closed account", es: "hogares con cuenta cerrada"), summary.closedAccounts),
            (Text("households in both programmes", es: "hogares en ambos programas"), summary.hakuWinay),
        ]
        if invocation.wantsJSON {
            let items = rows.map { "\"\($0.0.english)\":\($0.1)" }
            terminal.print("{" + items.joined(separator: ",") + "}")
            return
        }
        var table = Table([Text("simulated", es: "simulado")(invocation.language), ""], numeric: [1])
        for (name, count) in rows { table.add([name(invocation.language), Figures.count(Int64(count))]) }
        table.lines().forEach { terminal.print($0) }
    }

    private static func simulationOptions(_ invocation: Invocation) throws -> PopulationOptions {
        var options = PopulationOptions(
            households: invocation[simulatedHouseholds].map(Int.init), seed: UInt64(invocation[simulationSeed] ?? 1),
            directory: try invocation.required(simulationOut), failedAttendance: invocation[failedAttendance],
            missingEvidence: invocation[missingEvidence], closedAccounts: invocation[closedShare])
        if let share = invocation[duplicates] { options.duplicates = share }
        if let share = invocation[budgetShare] { options.budgetShare = share }
        switch (invocation[sizes], invocation[territories], invocation[departments]) {
        case (let sizes?, let territories?, nil): options.figures = .districts(sizes: sizes, territories: territories)
        case (nil, nil, let departments?): options.figures = .departments(file: departments)
        case (nil, nil, nil): break
        case (_?, nil, _): throw UsageError.missingOption("territories", path: invocation.path)
        case (nil, _?, _): throw UsageError.missingOption("sizes", path: invocation.path)
        case (_?, _?, _?): throw UsageError.unexpectedArgument("--departments", path: invocation.path)
        }
        return options
    }
}
