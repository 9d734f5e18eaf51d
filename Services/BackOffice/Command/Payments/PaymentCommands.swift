import Contracts
import Queue

/// Options that several commands about cycles and payments take.
enum CycleOptions {
    static let cycle = CommandOption<String>.text(
        "cycle", "CODE", Text("The cycle, for instance 2024-4", es: "El ciclo, por ejemplo 2024-4"), required: true)
    static let watch = CommandOption<Bool>.flag(
        "watch", Text("Shows progress until a person has to act", es: "Muestra el avance hasta que alguien deba actuar")
    )
}

extension Command {
    static let payments = Command(
        "payments", Text("Payment runs", es: "Corridas de pago"), example: "puente payments status --cycle 2024-4",
        [
            paymentsRun, paymentsStatus, paymentsReview, paymentsApprove, paymentsRefuse, paymentsWithdraw,
            paymentsResume,
            paymentsFiles, paymentsReconcile, paymentsTotals, paymentsExplain, paymentsOpen, paymentsSettle,
            paymentsGiveBack,
            paymentsRecall, paymentsRecover, paymentsTakeUp, paymentsNeverSent, paymentsProposals, paymentsConfirm,
            paymentsDecline, paymentsPause, paymentsContinue,
        ])

    private static let payOn = CommandOption<String>.day(
        "pay-on", Text("Day on which the bank shall pay", es: "Día en que el banco debe pagar"), required: true)
    private static let accept = CommandOption<String>.text(
        "accept", "CODE,CODE",
        Text("What was found to be odd and is right all the same", es: "Lo que se halló raro y aun así es correcto"))
    private static let acceptReason = CommandOption<String>.text(
        "reason", "TEXT",
        Text(
            "Why it is right; shown to who approves, and kept",
            es: "Por qué es correcto; se muestra a quien aprueba, y queda guardado"))
    private static let supplementary = CommandOption<Bool>.flag(
        "supplementary",
        Text(
            "Pays what is open again of a cycle that was paid",
            es: "Paga lo que está abierto otra vez de un ciclo pagado"))
    private static let namedRun = Argument(
        "RUN", Text("The run; without it, the latest of --cycle", es: "La corrida; si no, la última de --cycle"),
        .optional)
    private static let optionalCycle = CommandOption<String>.text(
        "cycle", "CODE", Text("The cycle, for instance 2024-4", es: "El ciclo, por ejemplo 2024-4"))

    private static let paymentsRun = Command(
        "run", Text("Starts the payment run of a cycle", es: "Inicia la corrida de pago de un ciclo"),
        example: "puente payments run --cycle 2024-4 --pay-on 2024-09-16 --watch --as ana",
        options: [
            CycleOptions.cycle, ProgrammeOptions.programme, payOn, supplementary, accept, acceptReason,
            CycleOptions.watch,
        ]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let codes = invocation[accept]?.split(separator: ",").map(String.init) ?? []
            guard codes.isEmpty || invocation[acceptReason] != nil else {
                throw UsageError.missingOption("reason", path: invocation.path)
            }
            let reply = try await desk.call(
                TransfersV1.Payments.run,
                .init(
                    programme: try await desk.programme(.conditionalTransfer),
                    cycle: try invocation.required(CycleOptions.cycle), payOn: try invocation.required(payOn),
                    supplementary: invocation[supplementary],
                    accepted: codes.map { .init(code: $0, reason: invocation[acceptReason] ?? "") }))
            try desk.showFindings(reply)
            try await desk.follow(
                reply.status ?? .init(runId: reply.runId, state: "verifying"), request: .init(runId: reply.runId))
        }
    }

    private static let paymentsStatus = Command(
        "status", Text("Shows where a run is", es: "Muestra dónde está una corrida"),
        example: "puente payments status --cycle 2024-4 --watch --as ana", arguments: [namedRun],
        options: [optionalCycle, ProgrammeOptions.programme, CycleOptions.watch]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let request = try await desk.namedRun()
            try await desk.follow(try await desk.call(TransfersV1.Payments.status, request), request: request)
        }
    }

    private static let paymentsReconcile = Command(
        "reconcile",
        Text(
            "Compares orders, bank answers and ledger to the cent; closes the run when nothing is open",
            es: "Compara órdenes, respuestas del banco y presupuesto al céntimo; cierra la corrida si nada está abierto"
        ),
        example: "puente payments reconcile --cycle 2024-4 --as ana", arguments: [namedRun],
        options: [optionalCycle, ProgrammeOptions.programme]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let answer = try await desk.reconcile(try await desk.namedRun())
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

extension Desk {
    /// The run that the line names, by its id or by its cycle.
    func namedRun() async throws -> TransfersV1.StatusRequest {
        if let run = invocation.arguments.first { return .init(runId: run) }
        let cycle = CommandOption<String>.text("cycle", "CODE", Text("", es: ""))
        guard let cycle = invocation[cycle] else { throw UsageError.missingOption("cycle", path: invocation.path) }
        return .init(programme: try await programme(.conditionalTransfer), cycle: cycle)
    }
}
