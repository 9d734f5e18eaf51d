import Contracts
import CoordinationDomain

/// The commands that steer fiscal years, control levels, limits and schemes.
extension Command {
    private static let year = CommandOption<Int64>.integer(
        "year", "YYYY", Text("The fiscal year", es: "El año fiscal"), in: 1900...2999, required: true)
    private static let step = CommandOption<String>.choice(
        "step", ["preview", "close", "seal"],
        Text("How far to go; otherwise only a preview", es: "Hasta dónde llegar; si no, solo una vista previa"))
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
        "ceiling", "1234.50", Text("The ceiling, with two decimals", es: "El tope, con dos decimales"), required: true)
    private static let currency = CommandOption<String>.text(
        "currency", "PEN", Text("Currency of the lines", es: "Moneda de las líneas"), required: true)
    private static let dimensions = ["fund", "ministry", "programme", "territory"].map {
        CommandOption<String>.text($0, "CODE", Text("Only lines of this \($0)", es: "Solo líneas de este valor"))
    }

    static let yearCommands: [Command] = [
        Command(
            "close-year", Text("Previews, closes or seals a fiscal year", es: "Prevé o cierra un año fiscal"),
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
                desk.show(reply) { [reply.changed ? "sealed" : "those days were sealed already"] }
            }
        },
        Command(
            "expire", Text("Returns lapsed reservations", es: "Devuelve las reservas vencidas"),
            example: "puente budget expire --as ana"
        ) { invocation in
            try await Desk.open(invocation) { desk in
                let reply = try await desk.call(CoordinationV1.Budget.expire, .init())
                desk.show(reply) { ["\(reply.results.count { $0.code == "posted" }) reservations lapsed"] }
            }
        },
        Command(
            "control", Text("Changes a line's control level", es: "Cambia el nivel de control de una línea"),
            example: "puente budget control --line 2024-RO-MIDIS-juntos-06 --level advisory --reason flood --as ana",
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
            default: .preview
            }
        let reply = try await desk.call(
            CoordinationV1.Budget.closeYear,
            .init(fiscalYear: Int32(try desk.invocation.required(year)), step: step))
        let names = try await desk.pool.query(NamesOfLines(lines: Set(reply.holds.map(\.line)).sorted()))
        let byLine = Dictionary(names.map { ($0.line, $0.names) }) { first, _ in first }
        desk.show(reply) {
            let say = desk.language
            var table = Table(
                [
                    Text("line", es: "línea")(say), Text("document", es: "documento")(say),
                    Text("stage", es: "etapa")(say), Text("amount", es: "monto")(say),
                    Text("what becomes of it", es: "qué pasa con él")(say),
                ], numeric: [3])
            for hold in reply.holds {
                let stage = BudgetStage(name: hold.stage).flatMap { byLine[hold.line]?.stages[Int($0.rawValue) - 2] }
                table.add([
                    hold.line, hold.document, stage ?? hold.stage, Figures.money(hold.amountMinor, ""),
                    fate(of: hold)(say),
                ])
            }
            let obstacles =
                reply.withoutTarget.map {
                    Text("\($0) has no line of the next year", es: "\($0) no tiene línea del año siguiente")(say)
                }
                + reply.shortfalls.map {
                    let short = Figures.money($0.shortfallMinor, "")
                    return Text(
                        "\($0.line) has \(short) too little available for what is charged to it",
                        es: "a \($0.line) le faltan \(short) disponibles para lo que se le carga")(say)
                }
            let outcome =
                switch step {
                case .unspecified, .preview:
                    Text(
                        "a preview: nothing changed; --step close, then --step seal does it",
                        es: "vista previa: nada cambió; --step close y luego --step seal lo hacen")
                case .close, .seal:
                    reply.changed
                        ? Text("the year has changed", es: "el año ha cambiado")
                        : Text("nothing changed", es: "nada cambió")
                }
            return (table.isEmpty ? [] : table.lines()) + (step == .seal ? [] : obstacles) + [outcome(say)]
        }
    }

    /// What a year's end does to a hold, in words.
    private static func fate(of hold: CoordinationV1.YearEndHold) -> Text {
        let target = hold.targetLine
        return switch hold.treatment {
        case .unspecified: Text("not said", es: "no se dice")
        case .lapse: Text("lapses", es: "se anula")
        case .payable: Text("stays payable", es: "queda por pagar")
        case .carryOver where target.isEmpty, .chargeNextYear where target.isEmpty:
            Text("has nowhere to go", es: "no tiene adónde ir")
        case .carryOver: Text("carried over to \(target)", es: "pasa a \(target)")
        case .chargeNextYear: Text("annulled, and charged to \(target)", es: "se anula y se carga a \(target)")
        }
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
        desk.show(reply) { ["\(reply.changed.count) lines changed"] }
    }

    private static func setLimit(_ desk: Desk) async throws {
        let text = try desk.invocation.required(ceiling)
        guard let minor = BudgetFile.minorUnits(text) else {
            throw Failure(
                Text("the ceiling needs two decimals, as 1234.50", es: "el tope necesita dos decimales, como 1234.50"),
                at: text)
        }
        let values = dimensions.map { desk.invocation[$0] ?? "" }
        let code = try desk.invocation.required(currency)
        let reply = try await desk.call(
            CoordinationV1.Budget.setLimit,
            .init(
                code: try desk.invocation.required(limitCode), fiscalYear: Int32(try desk.invocation.required(year)),
                currency: code, fund: values[0], ministry: values[1], programme: values[2], territory: values[3],
                ceilingMinor: minor))
        desk.show(reply) { ["\(Figures.money(reply.usedMinor, code)) of \(Figures.money(minor, code)) used"] }
    }
}
