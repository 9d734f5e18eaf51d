import Contracts

/// Tells a payment run's state to a person.
struct RunReport {
    let status: TransfersV1.RunStatus
    let language: Language

    /// States in which the run waits for a person, or for nobody any more; in all others it goes on by itself.
    static let settled: Set<String> = ["awaiting_budget", "awaiting_approval", "sent", "closed", "empty"]

    var isMoving: Bool { !Self.settled.contains(status.state) }

    /// What a state means.
    static func meaning(of state: String) -> Text {
        switch state {
        case "freezing": Text("freezing the roll", es: "fijando el padrón")
        case "verifying": Text("verifying conditions", es: "verificando condiciones")
        case "reserving": Text("reserving budget", es: "reservando presupuesto")
        case "awaiting_budget": Text("waiting for budget", es: "espera presupuesto")
        case "awaiting_approval":
            Text("waiting for approval by another person", es: "espera la aprobación de otra persona")
        case "committing": Text("committing budget", es: "comprometiendo presupuesto")
        case "ordering": Text("making orders", es: "haciendo órdenes")
        case "writing": Text("writing bank files", es: "escribiendo archivos para el banco")
        case "sent": Text("bank files written", es: "archivos para el banco escritos")
        case "closed": Text("closed: reconciled to the cent", es: "cerrada: conciliada al céntimo")
        case "empty": Text("empty: nobody is to be paid", es: "vacía: no hay a quién pagar")
        default: Text(state, es: state)
        }
    }

    /// One line for the progress display.
    var progressLine: (stage: String, detail: String) {
        let stage = Self.meaning(of: status.state)(language)
        return (stage, status.chunks > 0 ? "\(status.chunksDone)/\(status.chunks)" : "")
    }

    /// The whole state.
    func lines() -> [String] {
        var lines = [
            "\(Words.run(language)) \(status.runId)  \(status.programme) \(status.cycle)",
            "\(Words.state(language)): \(status.state) (\(Self.meaning(of: status.state)(language)))",
        ]
        if status.households > 0 || status.state == "empty" {
            lines.append(
                "\(Words.households(language)): \(Figures.count(status.households)), "
                    + "\(Words.payable(language)) \(Figures.count(status.payableHouseholds)), "
                    + Figures.money(status.totalMinor, status.currency))
        }
        if !status.requestedBy.isEmpty {
            let approval = status.approvedBy.isEmpty ? "" : ", \(Words.approved(language)) \(status.approvedBy)"
            lines.append("\(Words.requested(language)) \(status.requestedBy)\(approval)")
        }
        if !status.shortfalls.isEmpty {
            var table = Table([Words.line(language), Words.missing(language)], numeric: [1])
            for shortfall in status.shortfalls {
                table.add([shortfall.line, Figures.money(shortfall.shortfallMinor, status.currency)])
            }
            lines += [""] + table.lines()
        }
        if !status.orders.isEmpty {
            var table = Table([Words.orders(language), "", Words.amount(language)], numeric: [1, 2])
            for total in status.orders {
                table.add([
                    total.state, Figures.count(total.orders), Figures.money(total.totalMinor, status.currency),
                ])
            }
            lines += [""] + table.lines()
        }
        return lines
    }

    /// What to do next, where a person has to.
    func nextStep() -> Text? {
        switch status.state {
        case "awaiting_budget":
            Text(
                "next: 'puente budget appropriate', then 'puente payments resume \(status.runId)'",
                es: "siguiente: 'puente budget appropriate', luego 'puente payments resume \(status.runId)'")
        case "awaiting_approval":
            Text(
                "next: another operator runs 'puente payments approve \(status.runId)'",
                es: "siguiente: otro operador ejecuta 'puente payments approve \(status.runId)'")
        default: nil
        }
    }

    private enum Words {
        static let run = Text("run", es: "corrida")
        static let state = Text("state", es: "estado")
        static let households = Text("households", es: "hogares")
        static let payable = Text("to be paid", es: "por pagar")
        static let requested = Text("requested by", es: "pedida por")
        static let approved = Text("approved by", es: "aprobada por")
        static let line = Text("budget line", es: "línea de presupuesto")
        static let missing = Text("missing", es: "falta")
        static let orders = Text("orders", es: "órdenes")
        static let amount = Text("amount", es: "importe")
    }
}
