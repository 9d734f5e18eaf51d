import Contracts

extension Command {
    private static let firstDay = CommandOption<String>.day(
        "from", Text("First day", es: "Primer día"), required: true)
    private static let lastDay = CommandOption<String>.day(
        "to", Text("Last day, inclusive", es: "Último día, inclusive"), required: true)
    private static let overlapReason = CommandOption<String>.text(
        "overlap-reason", "TEXT",
        Text(
            "Asks for leave to open the cycle over days that other cycles have; another person signs it",
            es: "Pide permiso para abrir el ciclo sobre días que otros ciclos tienen; otra persona lo firma"))
    private static let number = CommandOption<Int64>.integer(
        "number", "N",
        Text(
            "The exception's number, as 'puente cycle list' shows it; otherwise the latest",
            es: "El número de la excepción, como lo muestra 'puente cycle list'; si no, la última"),
        in: 1...Int64(Int32.max))
    private static let closeReason = CommandOption<String>.text(
        "reason", "TEXT", Text("Why", es: "Por qué"), required: true)

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
                options: [CycleOptions.cycle, ProgrammeOptions.programme, firstDay, lastDay, overlapReason]
            ) { invocation in
                try await Desk.open(invocation) { desk in try await open(desk) }
            },
            Command(
                "allow-overlap",
                Text(
                    "Signs the leave that another person asked for: a cycle over days that other cycles have",
                    es: "Firma el permiso que otra persona pidió: un ciclo sobre días que otros ciclos tienen"),
                example: "puente cycle allow-overlap --cycle 2024-4b --number 3 --as luis",
                options: [CycleOptions.cycle, ProgrammeOptions.programme, number]
            ) { invocation in
                try await Desk.open(invocation) { desk in try await allowOverlap(desk) }
            },
            Command(
                "close",
                Text(
                    "Closes a cycle that was opened by mistake and for which nothing was ordered; its days are free again",
                    es: "Cierra un ciclo abierto por error y para el que nada se ordenó; sus días quedan libres"),
                example: "puente cycle close --cycle 2024-4b --reason mistake --as ana",
                options: [CycleOptions.cycle, ProgrammeOptions.programme, closeReason]
            ) { invocation in
                try await Desk.open(invocation) { desk in try await close(desk) }
            },
            cycleList,
        ])

    private static func open(_ desk: Desk) async throws {
        let invocation = desk.invocation
        let request = TransfersV1.OpenCycleRequest(
            programme: try await desk.programme(.conditionalTransfer),
            cycle: try invocation.required(CycleOptions.cycle),
            firstDay: try invocation.required(firstDay), lastDay: try invocation.required(lastDay),
            overlapReason: invocation[overlapReason] ?? "")
        let progress = Progress(desk.terminal)
        var last = TransfersV1.OpenCycleProgress()
        do {
            for try await message in desk.client.stream(TransfersV1.Cycles.open, request) {
                last = message
                progress.show(
                    stage: Text("deciding affiliation", es: "decidiendo afiliación")(desk.language),
                    detail: Figures.count(message.households))
            }
        } catch let refusal as RPCError {
            progress.finish()
            throw CycleOutcome.failure(of: refusal, request) ?? refusal
        }
        progress.finish()
        let outcome = CycleOutcome(request: request, progress: last)
        if let failure = outcome.failure {
            if invocation.wantsJSON { desk.show(last) { [] } }
            throw failure
        }
        desk.show(last) { outcome.lines(desk.language) }
    }

    private static func allowOverlap(_ desk: Desk) async throws {
        let programme = try await desk.programme(.conditionalTransfer)
        let cycle = try desk.invocation.required(CycleOptions.cycle)
        let reply: TransfersV1.AllowOverlapReply
        do {
            reply = try await desk.call(
                TransfersV1.Cycles.allowOverlap,
                .init(
                    programme: programme, cycle: cycle, exceptionNumber: Int32(desk.invocation[number] ?? 0)))
        } catch let refusal as RPCError {
            throw CycleOutcome.failure(of: refusal, cycle: cycle, programme) ?? refusal
        }
        let others = reply.others.joined(separator: ", ")
        desk.show(reply) {
            [
                Text(
                    "exception \(reply.exceptionNumber) is signed: cycle \(cycle) of \(programme), \(reply.firstDay) to \(reply.lastDay), although \(others) has days of it",
                    es:
                        "la excepción \(reply.exceptionNumber) está firmada: ciclo \(cycle) de \(programme), \(reply.firstDay) a \(reply.lastDay), aunque \(others) tiene días suyos"
                )(desk.language),
                Text(
                    "asked for by \(reply.requestedBy): \(reply.reason)",
                    es: "pedida por \(reply.requestedBy): \(reply.reason)")(desk.language),
            ]
        }
        guard !desk.invocation.wantsJSON else { return }
        desk.terminal.notice(
            Text(
                "next: 'puente cycle open --cycle \(cycle) --programme \(programme) --from \(reply.firstDay) --to \(reply.lastDay)'",
                es:
                    "siguiente: 'puente cycle open --cycle \(cycle) --programme \(programme) --from \(reply.firstDay) --to \(reply.lastDay)'"
            ))
    }

    private static func close(_ desk: Desk) async throws {
        let programme = try await desk.programme(.conditionalTransfer)
        let cycle = try desk.invocation.required(CycleOptions.cycle)
        let reply: TransfersV1.CloseCycleReply
        do {
            reply = try await desk.call(
                TransfersV1.Cycles.close,
                .init(programme: programme, cycle: cycle, reason: try desk.invocation.required(closeReason)))
        } catch let refusal as RPCError {
            throw CycleOutcome.failure(of: refusal, cycle: cycle, programme) ?? refusal
        }
        desk.show(reply) {
            [
                Text(
                    "cycle \(cycle) of \(programme) is closed empty; its code and the days \(reply.firstDay) to \(reply.lastDay) are free again",
                    es:
                        "el ciclo \(cycle) de \(programme) está cerrado sin pagos; su código y los días \(reply.firstDay) a \(reply.lastDay) quedan libres"
                )(desk.language)
            ]
        }
    }
}
