import Contracts

extension Command {
    private static let firstDay = CommandOption<String>.day(
        "from", Text("First day", es: "Primer día"), required: true)
    private static let lastDay = CommandOption<String>.day(
        "to", Text("Last day, inclusive", es: "Último día, inclusive"), required: true)

    static let cycle = Command(
        "cycle", Text("Payment cycles", es: "Ciclos de pago"),
        example: "puente cycle open --cycle 2024-4 --from 2024-07-01 --to 2024-08-31 --as ana",
        [
            Command(
                "open",
                Text(
                    "Opens a cycle: freezes the rules' version and affiliates the households that qualify",
                    es: "Abre un ciclo: fija la versión de las reglas y afilia a los hogares que califican"),
                example: "puente cycle open --cycle 2024-4 --from 2024-07-01 --to 2024-08-31 --as ana",
                options: [CycleOptions.cycle, CycleOptions.programme, firstDay, lastDay]
            ) { invocation in
                try await Desk.open(invocation) { desk in try await open(desk) }
            }
        ])

    private static func open(_ desk: Desk) async throws {
        let invocation = desk.invocation
        let request = TransfersV1.OpenCycleRequest(
            programme: CycleOptions.programme(of: invocation), cycle: try invocation.required(CycleOptions.cycle),
            firstDay: try invocation.required(firstDay), lastDay: try invocation.required(lastDay))
        let progress = Progress(desk.terminal)
        var last = TransfersV1.OpenCycleProgress()
        for try await message in desk.client.stream(TransfersV1.Cycles.open, request) {
            last = message
            progress.show(
                stage: Text("deciding affiliation", es: "decidiendo afiliación")(desk.language),
                detail: Figures.count(message.households))
        }
        progress.finish()
        let households = Figures.count(last.households)
        let affiliated = Figures.count(last.affiliated)
        desk.show(last) {
            [
                Text(
                    "cycle \(request.cycle) of \(request.programme) is open: \(affiliated) of \(households) households affiliated",
                    es:
                        "el ciclo \(request.cycle) de \(request.programme) está abierto: \(affiliated) de \(households) hogares afiliados"
                )(desk.language)
            ]
        }
    }
}
