import Contracts
import Foundation
import Vocabulary

/// What a second person does about a run, and what takes it back or sets it going again.
extension Command {
    private static let namedRun = Argument(
        "RUN", Text("The run; without it, the latest of --cycle", es: "La corrida; si no, la última de --cycle"),
        .optional)
    private static let anyCycle = CommandOption<String>.text(
        "cycle", "CODE", Text("The cycle, for instance 2024-4", es: "El ciclo, por ejemplo 2024-4"))
    private static let reason = CommandOption<String>.text(
        "reason", "TEXT", Text("Why; it is shown and kept", es: "Por qué; se muestra y queda guardado"), required: true)
    private static let total = CommandOption<String>.text(
        "total", "AMOUNT",
        Text(
            "The total that is approved, as the review shows it; asked for at a terminal",
            es: "El total que se aprueba, como lo muestra la revisión; se pregunta en una terminal"))

    static let paymentsReview = Command(
        "review",
        Text(
            "Shows what a second person decides about: period, territories, change, what is odd",
            es: "Muestra lo que decide la segunda persona: período, territorios, cambio, lo raro"),
        example: "puente payments review --cycle 2024-4 --as luis", arguments: [namedRun],
        options: [anyCycle, ProgrammeOptions.programme]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let review = try await desk.call(TransfersV1.Payments.review, try await desk.namedRun())
            let territory = try await desk.budgetTerritory()
            desk.show(review) {
                RunReviewReport(review: review, language: desk.language, territory: territory).lines()
            }
        }
    }

    static let paymentsApprove = Command(
        "approve",
        Text(
            "Approves a run; another person than the one who started it",
            es: "Aprueba una corrida; otra persona que quien la inició"),
        example: "puente payments approve --cycle 2024-4 --total 86780.00 --watch --as luis", arguments: [namedRun],
        options: [anyCycle, ProgrammeOptions.programme, total, CycleOptions.watch]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let review = try await desk.call(TransfersV1.Payments.review, try await desk.namedRun())
            let seen = review.status ?? .init()
            RunReviewReport(review: review, language: desk.language, territory: try await desk.budgetTerritory())
                .lines().forEach { desk.terminal.notice($0) }
            let stated = try desk.stated(invocation[total], as: seen)
            let status = try await desk.call(
                TransfersV1.Payments.approve, .init(runId: seen.runId, expectedTotalMinor: stated))
            try await desk.follow(status, request: .init(runId: seen.runId))
        }
    }

    static let paymentsRefuse = Command(
        "refuse",
        Text(
            "Refuses a run that waits for approval: the second person's no; its money and its cycle are free again",
            es:
                "Rechaza una corrida que espera aprobación: el no de la segunda persona; su dinero y su ciclo quedan libres"
        ),
        example: "puente payments refuse --cycle 2024-4 --reason 'the evidence is not complete' --as luis",
        arguments: [namedRun], options: [anyCycle, ProgrammeOptions.programme, reason, CycleOptions.watch]
    ) { try await takeBack(TransfersV1.Payments.refuse, $0) }

    static let paymentsWithdraw = Command(
        "withdraw",
        Text(
            "Takes a run back while no bank file is written; its money and its cycle are free again",
            es: "Retira una corrida mientras no haya archivos para el banco; su dinero y su ciclo quedan libres"),
        example: "puente payments withdraw --cycle 2024-4 --reason 'an account was wrong' --as ana",
        arguments: [namedRun], options: [anyCycle, ProgrammeOptions.programme, reason, CycleOptions.watch]
    ) { try await takeBack(TransfersV1.Payments.withdraw, $0) }

    static let paymentsResume = Command(
        "resume",
        Text(
            "Sets a run going again: asks the budget again, sends again what is not done",
            es: "Pone otra vez en marcha una corrida: pregunta otra vez al presupuesto, envía otra vez lo no hecho"),
        example: "puente payments resume --cycle 2024-4 --watch --as ana", arguments: [namedRun],
        options: [anyCycle, ProgrammeOptions.programme, CycleOptions.watch]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let seen = try await desk.call(TransfersV1.Payments.status, try await desk.namedRun())
            let status = try await desk.call(TransfersV1.Payments.resume, .init(runId: seen.runId))
            try await desk.follow(status, request: .init(runId: seen.runId))
        }
    }

    @Sendable private static func takeBack(
        _ method: Contracts.Method<TransfersV1.WithdrawRequest, TransfersV1.RunStatus>, _ invocation: Invocation
    ) async throws {
        try await Desk.open(invocation) { desk in
            let seen = try await desk.call(TransfersV1.Payments.status, try await desk.namedRun())
            let status = try await desk.call(
                method, .init(runId: seen.runId, reason: try invocation.required(reason)))
            try await desk.follow(status, request: .init(runId: seen.runId))
        }
    }
}

extension Desk {
    /// The total that the person states: given, or typed at a terminal. It is never taken from what is shown.
    func stated(_ given: String?, as seen: TransfersV1.RunStatus) throws -> Int64 {
        let shown = Figures.money(seen.totalMinor, seen.currency)
        var text = given
        if text == nil, terminal.isInteractive {
            terminal.notice(
                Text(
                    "type the total that you approve (\(seen.currency)):",
                    es: "escriba el total que aprueba (\(seen.currency)):"))
            text = readLine()
        }
        guard let text, !text.isEmpty else {
            throw Failure(
                Text("say which total you approve: --total AMOUNT", es: "diga qué total aprueba: --total IMPORTE"),
                at: seen.runId,
                remedy: Text("the run's total is \(shown)", es: "el total de la corrida es \(shown)"))
        }
        let digits = text.filter { $0 != "," && !$0.isWhitespace }
        let number = digits.hasSuffix(seen.currency) ? String(digits.dropLast(seen.currency.count)) : digits
        guard let currency = Currency(code: seen.currency), let stated = Money(number, currency: currency) else {
            throw Failure(
                Text("--total: not an amount of \(seen.currency)", es: "--total: no es un importe de \(seen.currency)"),
                at: text)
        }
        guard stated.minorUnits == seen.totalMinor else {
            throw Failure(
                Text(
                    "the run's total is \(shown), not \(stated.text)",
                    es: "el total de la corrida es \(shown), no \(stated.text)"),
                at: seen.runId,
                remedy: Text("look again: 'puente payments review'", es: "mire otra vez: 'puente payments review'"))
        }
        return stated.minorUnits
    }
}
