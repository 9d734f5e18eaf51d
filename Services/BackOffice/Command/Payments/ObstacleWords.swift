import Contracts
import CoordinationDomain

/// What keeps a payment run or an instalment from going on, in words, with what to do about it. Every kind that a service
/// sends is here; a test lists them.
struct ObstacleWords {
    /// The kinds that are known, for a test.
    static let kinds = [
        "ledger", "ledger_unanswered", "line_missing", "lines_several", "line_other_currency", "budget_short",
        "call_ended",
        "call_failing", "call_forgotten", "outbox_full", "outbox_read_only", "outbox_missing", "paused",
    ]

    var kind: String
    var detail: String
    var lines: [String]
    var shortfallMinor: Int64
    var currency: String
    var request = ""
    var message = ""
    var dimensions: [String: String] = [:]

    /// What it is.
    var what: Text {
        let line = lines.first ?? ""
        let missing = shortfallMinor > 0 ? Figures.money(shortfallMinor, currency) : ""
        switch kind {
        case "ledger":
            let reason = PostingCode(rawValue: detail)?.reason ?? Text(detail, es: detail)
            let amount = missing.isEmpty ? "" : " (\(missing))"
            return Text(
                "\(line): the budget refused: \(reason.english)\(amount)",
                es: "\(line): el presupuesto rechazó: \(reason.spanish)\(amount)")
        case "ledger_unanswered":
            return Text(
                "the budget has not answered (\(detail)); whether it posted is not known",
                es: "el presupuesto no respondió (\(detail)); no se sabe si asentó")
        case "line_missing":
            return Text("no budget line fits: \(named)", es: "ninguna línea de presupuesto corresponde: \(named)")
        case "lines_several":
            return Text(
                "several budget lines fit: \(listed) (\(named))",
                es: "corresponden varias líneas de presupuesto: \(listed) (\(named))")
        case "line_other_currency":
            return Text(
                "the budget line is in another currency: \(listed) (\(named))",
                es: "la línea de presupuesto está en otra moneda: \(listed) (\(named))")
        case "budget_short":
            return Text("\(line): \(missing) are missing", es: "\(line): faltan \(missing)")
        case "call_ended":
            return Text(
                "a step came to nothing: \(said.english) (call \(request), \(detail))",
                es: "un paso no llegó a nada: \(said.spanish) (llamada \(request), \(detail))")
        case "call_failing":
            return Text(
                "a step is tried again: \(said.english) (call \(request), \(detail))",
                es: "un paso se intenta otra vez: \(said.spanish) (llamada \(request), \(detail))")
        case "call_forgotten":
            return Text("a step was never done, and nothing does it", es: "un paso no se hizo, y nada lo hace")
        case "outbox_full":
            return Text(
                "the folder for bank files is full: \(detail)", es: "la carpeta para el banco está llena: \(detail)")
        case "outbox_read_only":
            return Text(
                "the folder for bank files cannot be written to: \(detail)",
                es: "no se puede escribir en la carpeta para el banco: \(detail)")
        case "outbox_missing":
            return Text("there is no folder for bank files: \(detail)", es: "no hay carpeta para el banco: \(detail)")
        case "paused": return Text("payments are paused", es: "los pagos están en pausa")
        default: return Text([kind, detail].joined(separator: " "), es: [kind, detail].joined(separator: " "))
        }
    }

    /// What the call's record says.
    private var said: Text { SentenceWords.words(SentenceWords.recognised(message)) }

    /// What to do about it, `again` being the command that tries again; nil: nothing but that.
    func remedy(again: String) -> Text {
        switch kind {
        case "line_missing":
            Text(
                "open it with 'puente budget appropriate --file FILE', then '\(again)'",
                es: "ábrala con 'puente budget appropriate --file ARCHIVO', luego '\(again)'")
        case "lines_several", "line_other_currency":
            Text(
                "only one line may fit: say in the country's file which fund and ministry pay, or open the right line; then '\(again)'",
                es:
                    "solo una línea puede corresponder: diga en el archivo del país qué fondo y ministerio pagan, o abra la línea correcta; luego '\(again)'"
            )
        case "budget_short":
            Text(
                "'puente budget appropriate', then '\(again)'", es: "'puente budget appropriate', luego '\(again)'")
        case "ledger" where detail == "year_closing":
            Text(
                "'puente budget close-year --step reopen', then '\(again)'; or withdraw it and pay in the new year",
                es: "'puente budget close-year --step reopen', luego '\(again)'; o retírelo y pague en el año nuevo")
        case "ledger" where detail == "year_sealed" || detail == "insufficient_reserved":
            Text(
                "'\(again)' reserves anew where the year is open; where it is sealed, withdraw it and pay in the new year",
                es:
                    "'\(again)' reserva de nuevo si el año está abierto; si está sellado, retírelo y pague en el año nuevo"
            )
        case "ledger" where shortfallMinor > 0:
            Text(
                "'puente budget appropriate', then '\(again)'", es: "'puente budget appropriate', luego '\(again)'")
        case "outbox_full", "outbox_read_only", "outbox_missing":
            Text(
                "mend the folder; it goes on by itself, or with '\(again)'",
                es: "repare la carpeta; sigue solo, o con '\(again)'")
        case "paused":
            Text("'puente payments continue --reason TEXT'", es: "'puente payments continue --reason TEXTO'")
        case "call_failing":
            Text(
                "it goes on by itself when that is mended; 'puente queue show \(request)' says more",
                es: "sigue solo cuando eso se repare; 'puente queue show \(request)' dice más")
        default: Text("'\(again)'", es: "'\(again)'")
        }
    }

    private var listed: String { lines.joined(separator: ", ") }

    private var named: String {
        ["programme", "fiscal_year", "currency", "territory", "fund", "ministry"]
            .compactMap { name in dimensions[name].map { "\(name) \($0)" } }.joined(separator: ", ")
    }
}

extension ObstacleWords {
    init(_ obstacle: TransfersV1.Obstacle, currency: String) {
        self.init(
            kind: obstacle.kind, detail: obstacle.detail, lines: obstacle.lines,
            shortfallMinor: obstacle.shortfallMinor,
            currency: currency, request: obstacle.request, message: obstacle.message, dimensions: obstacle.dimensions)
    }

    init(_ obstacle: ProjectsV1.InstalmentObstacle, currency: String) {
        self.init(
            kind: obstacle.kind, detail: obstacle.detail, lines: obstacle.lines,
            shortfallMinor: obstacle.shortfallMinor,
            currency: currency, dimensions: obstacle.dimensions)
    }
}
