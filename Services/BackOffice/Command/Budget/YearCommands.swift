import Contracts
import CoordinationDomain
import Vocabulary

/// The commands that steer fiscal years, control levels, limits and schemes.
extension Command {
    private static let year = CommandOption<Int64>.integer(
        "year", "YYYY", Text("The fiscal year", es: "El año fiscal"), in: 1900...2999, required: true)
    private static let step = CommandOption<String>.choice(
        "step", ["preview", "close", "seal", "reopen"],
        Text(
            "How far to go, or back from closing to open; otherwise only a preview",
            es: "Hasta dónde llegar, o volver del cierre a abierto; si no, solo una vista previa"))
    private static let through = CommandOption<String>.day(
        "through", Text("The last sealed day", es: "El último día cerrado"), required: true)
    private static let lineCode = CommandOption<String>.text(
        "line", "CODE", Text("The budget line", es: "La línea presupuestal"), required: true)
    private static let level = CommandOption<String>.choice(
        "level", ["absolute", "advisory", "none"], Text("The control level", es: "El nivel de control"))
    private static let reason = CommandOption<String>.text(
        "reason", "TEXT", Text("Why; recorded for ever", es: "Por qué; queda registrado"), required: true)
    private static let limitCode = CommandOption<String>.text(
        "code", "CODE", Text("The limit's code", es: "El código del límite"), required: true)
    private static let ceiling = CommandOption<String>.text(
        "ceiling", "1234.50", Text("The ceiling, in the currency's digits", es: "El tope, en la moneda"), required: true
    )
    private static let currency = CommandOption<String>.text(
        "currency", "PEN", Text("Currency of the lines", es: "Moneda de las líneas"), required: true)
    private static let dimensions = ["fund", "ministry", "programme", "territory"].map {
        CommandOption<String>.text($0, "CODE", Text("Only lines of this \($0)", es: "Solo líneas de este valor"))
    }

    static let yearCommands: [Command] = [
        Command(
            "close-year",
            Text("Previews, closes, reopens or seals a fiscal year", es: "Prevé, cierra, reabre o sella un año fiscal"),
            example: "puente budget close-year --year 2024 --step preview --as ana", options: [year, step]
        ) { invocation in
            try await Desk.open(invocation) { desk in try await closeYear(desk) }
        },
        Command(
            "seal-days", Text("Nothing is posted any more up to a day", es: "Cierra los días hasta uno"),
            example: "puente budget seal-days --year 2024 --through 2024-08-31 --as ana", options: [year, through]
        ) { invocation in
            try await Desk.open(invocation) { desk in
                let reply = try await desk.call(
                    CoordinationV1.Budget.sealDays,
                    .init(
                        fiscalYear: Int32(try invocation.required(year)), through: try invocation.required(through)))
                desk.show(reply) {
                    [
                        (reply.changed
                            ? Text("sealed", es: "cerrados")
                            : Text("those days were sealed already", es: "esos días ya estaban cerrados"))(
                                desk.language)
                    ]
                }
            }
        },
        Command(
            "expire", Text("Returns lapsed reservations", es: "Devuelve las reservas vencidas"),
            example: "puente budget expire --as ana"
        ) { invocation in
            try await Desk.open(invocation) { desk in
                let reply = try await desk.call(CoordinationV1.Budget.expire, .init())
                let lapsed = reply.results.count { $0.code == "posted" }
                desk.show(reply) {
                    [Text("\(lapsed) reservations lapsed", es: "\(lapsed) reservas vencidas")(desk.language)]
                }
            }
        },
        Command(
            "control", Text("Changes a line's control level", es: "Cambia el nivel de control de una línea"),
            example: "puente budget control --line 2024-A1-06 --level advisory --reason flood --as ana",
            options: [lineCode, level, reason]
        ) { invocation in
            try await Desk.open(invocation) { desk in try await changeControl(desk) }
        },
        Command(
            "limit", Text("Sets a ceiling over many lines", es: "Fija un tope sobre muchas líneas"),
            example:
                "puente budget limit --code 2024-midis --year 2024 --currency PEN --ministry MIDIS --ceiling 500.00",
            options: [limitCode, year, currency, ceiling] + dimensions
        ) { invocation in
            try await Desk.open(invocation) { desk in try await setLimit(desk) }
        },
    ]

    private static func closeYear(_ desk: Desk) async throws {
        let step: CoordinationV1.CloseYearStep =
            switch desk.invocation[Self.step] {
            case "close": .close
            case "seal": .seal
            case "reopen": .reopen
            default: .preview
            }
        let fiscalYear = Int32(try desk.invocation.required(year))
        let reply = try await desk.call(
            CoordinationV1.Budget.closeYear, .init(fiscalYear: fiscalYear, step: step))
        let names = try await desk.pool.query(NamesOfLines(lines: Set(reply.holds.map(\.line)).sorted()))
        let page = YearEndPage(
            year: fiscalYear, step: step, reply: reply,
            names: Dictionary(names.map { ($0.line, $0.names) }) { first, _ in first })
        desk.show(reply) { page.lines(desk.language) }
        if let failure = page.failure { throw failure }
    }

    private static func changeControl(_ desk: Desk) async throws {
        let control: CoordinationV1.ControlLevel =
            switch desk.invocation[level] {
            case "advisory": .advisory
            case "none": .none
            default: .absolute
            }
        let reply = try await desk.call(
            CoordinationV1.Budget.setControl,
            .init(
                lines: [try desk.invocation.required(lineCode)], control: control,
                reason: try desk.invocation.required(reason)))
        desk.show(reply) {
            [Text("\(reply.changed.count) lines changed", es: "\(reply.changed.count) líneas cambiadas")(desk.language)]
        }
    }

    private static func setLimit(_ desk: Desk) async throws {
        let text = try desk.invocation.required(ceiling)
        let code = try desk.invocation.required(currency)
        let minor: Int64
        do throws(PostingFile.FieldFault) {
            let known = try BudgetAmount.currency(code)
            // Nothing may be reserved under a ceiling of zero.
            minor = Money(text, currency: known)?.minorUnits == 0 ? 0 : try BudgetAmount.read(text, known)
        } catch {
            throw Failure(error.reason, at: "--\(error.field == "currency" ? "currency \(code)" : "ceiling \(text)")")
        }
        let values = dimensions.map { desk.invocation[$0] ?? "" }
        let reply = try await desk.call(
            CoordinationV1.Budget.setLimit,
            .init(
                code: try desk.invocation.required(limitCode), fiscalYear: Int32(try desk.invocation.required(year)),
                currency: code, fund: values[0], ministry: values[1], programme: values[2], territory: values[3],
                ceilingMinor: minor))
        let (used, all) = (Figures.money(reply.usedMinor, code), Figures.money(minor, code))
        desk.show(reply) { [Text("\(used) of \(all) used", es: "\(used) de \(all) usados")(desk.language)] }
    }
}
