import Contracts
import Queue

/// Options that several commands about cycles and payments take.
enum CycleOptions {
    static let programme = CommandOption<String>.text(
        "programme", "CODE", Text("The programme; juntos", es: "El programa; juntos"))
    static let cycle = CommandOption<String>.text(
        "cycle", "CODE", Text("The cycle, for instance 2024-4", es: "El ciclo, por ejemplo 2024-4"), required: true)
    static let watch = CommandOption<Bool>.flag(
        "watch", Text("Shows progress until a person has to act", es: "Muestra el avance hasta que alguien deba actuar")
    )

    static func programme(of invocation: Invocation) -> String { invocation[programme] ?? "juntos" }
}

extension Command {
    static let payments = Command(
        "payments", Text("Payment runs", es: "Corridas de pago"), example: "puente payments status --cycle 2024-4",
        [
            paymentsRun, paymentsStatus, paymentsApprove, paymentsResume, paymentsFiles, paymentsReconcile,
            paymentsTotals, paymentsExplain, paymentsPause, paymentsContinue,
        ])

    private static let payOn = CommandOption<String>.day(
        "pay-on", Text("Day on which the bank shall pay", es: "Día en que el banco debe pagar"), required: true)
    private static let namedRun = Argument(
        "RUN", Text("The run; without it, the latest of --cycle", es: "La corrida; si no, la última de --cycle"),
        .optional)
    private static let optionalCycle = CommandOption<String>.text(
        "cycle", "CODE", Text("The cycle, for instance 2024-4", es: "El ciclo, por ejemplo 2024-4"))

    private static let paymentsRun = Command(
        "run", Text("Starts the payment run of a cycle", es: "Inicia la corrida de pago de un ciclo"),
        example: "puente payments run --cycle 2024-4 --pay-on 2024-09-16 --watch --as ana",
        options: [CycleOptions.cycle, CycleOptions.programme, payOn, CycleOptions.watch]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let reply = try await desk.call(
                TransfersV1.Payments.run,
                .init(
                    programme: CycleOptions.programme(of: invocation),
                    cycle: try invocation.required(CycleOptions.cycle), payOn: try invocation.required(payOn)))
            try await desk.follow(
                reply.status ?? .init(runId: reply.runId, state: "verifying"), request: .init(runId: reply.runId))
        }
    }

    private static let paymentsStatus = Command(
        "status", Text("Shows where a run is", es: "Muestra dónde está una corrida"),
        example: "puente payments status --cycle 2024-4 --watch --as ana", arguments: [namedRun],
        options: [optionalCycle, CycleOptions.programme, CycleOptions.watch]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let request = try invocation.namedRun()
            try await desk.follow(try await desk.call(TransfersV1.Payments.status, request), request: request)
        }
    }

    private static let paymentsApprove = Command(
        "approve",
        Text(
            "Approves a run; another person than the one who started it",
            es: "Aprueba una corrida; otra persona que quien la inició"),
        example: "puente payments approve --cycle 2024-4 --watch --as luis", arguments: [namedRun],
        options: [optionalCycle, CycleOptions.programme, CycleOptions.watch]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            // What the approver sees is what is approved: a run whose total has changed since is refused.
            let seen = try await desk.call(TransfersV1.Payments.status, try invocation.namedRun())
            let status = try await desk.call(
                TransfersV1.Payments.approve, .init(runId: seen.runId, expectedTotalMinor: seen.totalMinor))
            try await desk.follow(status, request: .init(runId: seen.runId))
        }
    }

    private static let paymentsResume = Command(
        "resume",
        Text(
            "Tries to reserve the budget again, after an appropriation",
            es: "Intenta otra vez reservar el presupuesto, después de una asignación"),
        example: "puente payments resume --cycle 2024-4 --watch --as ana", arguments: [namedRun],
        options: [optionalCycle, CycleOptions.programme, CycleOptions.watch]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let request = try invocation.namedRun()
            let seen = try await desk.call(TransfersV1.Payments.status, request)
            let status = try await desk.call(TransfersV1.Payments.resume, .init(runId: seen.runId))
            try await desk.follow(status, request: .init(runId: seen.runId))
        }
    }

    private static let paymentsFiles = Command(
        "files", Text("Lists the bank files of a run", es: "Lista los archivos para el banco de una corrida"),
        example: "puente payments files --cycle 2024-4 --as ana", arguments: [namedRun],
        options: [optionalCycle, CycleOptions.programme]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let status = try await desk.call(TransfersV1.Payments.status, try invocation.namedRun())
            desk.show(status) {
                var table = Table(["file", "transactions", "amount", "sha256"], numeric: [1, 2])
                for file in status.files {
                    table.add([
                        file.path.asShownPath, Figures.count(Int64(file.transactions)),
                        Figures.money(file.totalMinor, status.currency), String(file.sha256.prefix(16)),
                    ])
                }
                return table.lines()
            }
        }
    }

    private static let paymentsReconcile = Command(
        "reconcile",
        Text(
            "Compares orders, bank answers and ledger to the cent; closes the run when nothing is open",
            es: "Compara órdenes, respuestas del banco y presupuesto al céntimo; cierra la corrida si nada está abierto"
        ),
        example: "puente payments reconcile --cycle 2024-4 --as ana", arguments: [namedRun],
        options: [optionalCycle, CycleOptions.programme]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let answer = try await desk.reconcile(try invocation.namedRun())
            desk.show(answer) { ReconciliationReport(answer: answer, language: invocation.language).lines() }
            if answer.differenceMinor != 0 {
                throw Failure(
                    Text(
                        "the amounts differ by \(Figures.money(answer.differenceMinor, answer.currency))",
                        es: "los importes difieren en \(Figures.money(answer.differenceMinor, answer.currency))"),
                    at: answer.runId)
            }
        }
    }
}

extension Invocation {
    /// The run that the line names, by its id or by its cycle.
    func namedRun() throws -> TransfersV1.StatusRequest {
        if let run = arguments.first { return .init(runId: run) }
        let cycle = CommandOption<String>.text("cycle", "CODE", Text("", es: ""))
        guard let cycle = self[cycle] else { throw UsageError.missingOption("cycle", path: path) }
        return .init(programme: CycleOptions.programme(of: self), cycle: cycle)
    }
}

extension Desk {
    /// Time between two looks at a run.
    private static let lookInterval = Duration.milliseconds(250)

    /// Time that the ledger gets to take in what the bank has just said.
    private static let ledgerPatience = Duration.seconds(60)

    /// Compares orders, bank and ledger. The ledger posts payments by calls of its own: as long as they are on their
    /// way, the comparison is made again.
    func reconcile(_ request: TransfersV1.StatusRequest) async throws -> TransfersV1.Reconciliation {
        let progress = Progress(terminal)
        let end = ContinuousClock.now + Self.ledgerPatience
        var answer = try await call(TransfersV1.Payments.reconcile, request)
        // The ledger may have paid what its answer has not told the run yet: then everything agrees and the run is open.
        while answer.ledgerPaidMinor != answer.paidMinor
            || !answer.closed && answer.openMinor == 0 && answer.differenceMinor == 0, ContinuousClock.now < end
        {
            progress.show(
                stage: Text("waiting for the ledger", es: "esperando al presupuesto")(language),
                detail: Figures.money(answer.ledgerPaidMinor, answer.currency))
            try await Task.sleep(for: Self.lookInterval)
            answer = try await call(TransfersV1.Payments.reconcile, request)
        }
        progress.finish()
        return answer
    }

    /// Shows a run; with --watch, follows it first until it stops moving by itself.
    func follow(_ first: TransfersV1.RunStatus, request: TransfersV1.StatusRequest) async throws {
        var status = first
        if invocation[CycleOptions.watch] {
            let progress = Progress(terminal)
            while RunReport(status: status, language: language).isMoving {
                let line = RunReport(status: status, language: language).progressLine
                progress.show(stage: line.stage, detail: line.detail)
                try await Task.sleep(for: Self.lookInterval)
                // A service that is being started again is no reason to stop watching.
                status = try await client.call(
                    TransfersV1.Payments.status, request, CallOptions(waitForReady: true))
            }
            progress.finish()
        }
        let report = RunReport(status: status, language: language)
        show(status, report.lines)
        try await noticeOverlap(programme: status.programme, cycle: status.cycle)
        if !invocation.wantsJSON, let next = report.nextStep() { terminal.notice(next) }
    }
}
