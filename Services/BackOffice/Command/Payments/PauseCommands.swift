import Contracts

extension Command {
    private static let reason = CommandOption<String>.text(
        "reason", "TEXT", Text("Why; it is kept", es: "Por qué; queda guardado"), required: true)

    static let paymentsPause = Command(
        "pause",
        Text("Pauses all payments of the site", es: "Pone en pausa todos los pagos del sitio"),
        example: "puente payments pause --reason 'the bank asked for it' --as ana", options: [reason]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let answer = try await desk.call(
                TransfersV1.Payments.pause, .init(reason: try invocation.required(reason)))
            try await desk.showPause(answer)
        }
    }

    static let paymentsContinue = Command(
        "continue",
        Text(
            "Lets payments go on, once bank, outbox and database have been compared",
            es: "Deja seguir los pagos, una vez comparados el banco, la salida y la base"),
        example: "puente payments continue --reason 'compared with the bank: they agree' --as ana", options: [reason]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let seen = try await PaymentPauseReport.find(desk.pool)
            guard seen.isPaused else {
                throw Failure(Text("payments are not paused", es: "los pagos no están en pausa"))
            }
            // What the person decides about: why they are paused, and what was compared.
            desk.terminal.notice(seen.shown)
            seen.explanation(in: desk.language).dropLast().forEach { desk.terminal.notice($0) }
            guard let kept = seen.kept, kept.paused else {
                throw Failure(
                    Text(
                        "the copy has not been noticed by its services yet",
                        es: "los servicios aún no han notado que es una copia"),
                    remedy: Text("start them: 'puente up --detach'", es: "arránquelos: 'puente up --detach'"))
            }
            let answer = try await desk.call(
                TransfersV1.Payments.continue,
                .init(reason: try invocation.required(reason), seenEvent: kept.event))
            try await desk.showPause(answer)
        }
    }
}

extension Desk {
    fileprivate func showPause(_ answer: TransfersV1.PaymentPause) async throws {
        let report = try await PaymentPauseReport.find(pool)
        show(answer) {
            ["\(Text("payments", es: "pagos")(language)): \(report.shown(language))"]
                + report.explanation(in: language)
        }
    }
}
