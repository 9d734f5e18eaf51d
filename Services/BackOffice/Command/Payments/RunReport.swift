import Contracts

/// Tells a payment run's state to a person.
struct RunReport {
    let status: TransfersV1.RunStatus
    let language: Language

    /// States in which the run waits for a person, or for nobody any more; in all others it goes on by itself.
    static let settled: Set<String> = [
        "awaiting_budget", "awaiting_approval", "sent", "closed", "empty", "withdrawn",
    ]

    /// Whether it goes on by itself: it is in a state that does, and something of it is on its way.
    var isMoving: Bool { !Self.settled.contains(status.state) && status.moves }

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
        case "withdrawing": Text("withdrawn; giving the money back", es: "retirada; devolviendo el presupuesto")
        case "withdrawn": Text("withdrawn; nothing was paid", es: "retirada; nada se pagó")
        default: Text(state, es: state)
        }
    }

    /// One line for the progress display.
    var progressLine: (stage: String, detail: String) {
        let stage = Self.meaning(of: status.state)(language)
        let trouble =
            status.obstacles.first.map { "; " + ObstacleWords($0, currency: status.currency).what(language) } ?? ""
        return (stage, (status.chunks > 0 ? "\(status.chunksDone)/\(status.chunks)" : "") + trouble)
    }

    /// The whole state.
    func lines() -> [String] {
        var lines = [
            "\(Words.run(language)) \(status.runId)  \(status.programme) \(status.cycle)",
            "\(Words.state(language)): \(status.state) (\(Self.meaning(of: status.state)(language)))",
        ]
        if !status.payOn.isEmpty {
            lines.append(
                "\(Words.payOn(language)) \(status.payOn), \(Words.year(language)) \(status.fiscalYear)"
                    + (status.kind == "supplementary" ? ", \(Words.supplementary(language))" : ""))
        }
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
        if !status.withdrawnBy.isEmpty {
            lines.append("\(Words.withdrawn(language)) \(status.withdrawnBy): \(status.withdrawnReason)")
        }
        lines += obstacles
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

    /// What keeps it from going on, each with what to do about it; the same remedy is said once.
    private var obstacles: [String] {
        guard !status.obstacles.isEmpty else { return [] }
        var lines = [""]
        let words = status.obstacles.map { ObstacleWords($0, currency: status.currency) }
        for (index, obstacle) in words.enumerated() {
            guard index < 40 else {
                lines.append("  … \(words.count - index)")
                break
            }
            lines.append("- " + obstacle.what(language))
        }
        var said: Set<String> = []
        for obstacle in words {
            let remedy = obstacle.remedy(again: "puente payments resume \(status.runId)")(language)
            if said.insert(remedy).inserted { lines.append("  → \(remedy)") }
        }
        return lines
    }

    /// What to do next, where a person has to.
    func nextStep() -> Text? {
        let run = status.runId
        if !Self.settled.contains(status.state), !status.moves {
            return Text(
                "nothing of it is on its way; next: 'puente payments resume \(run)'",
                es: "nada de ella está en camino; siguiente: 'puente payments resume \(run)'")
        }
        switch status.state {
        case "awaiting_budget":
            return Text(
                "next: what is said above, then 'puente payments resume \(run)'; or 'puente payments withdraw \(run) --reason TEXT'",
                es:
                    "siguiente: lo dicho arriba, luego 'puente payments resume \(run)'; o 'puente payments withdraw \(run) --reason TEXTO'"
            )
        case "awaiting_approval":
            return Text(
                "next: another operator looks with 'puente payments review \(run)' and runs 'puente payments approve \(run)', or refuse",
                es:
                    "siguiente: otro operador mira con 'puente payments review \(run)' y ejecuta 'puente payments approve \(run)', o refuse"
            )
        default: return nil
        }
    }

    private enum Words {
        static let run = Text("run", es: "corrida")
        static let state = Text("state", es: "estado")
        static let payOn = Text("pays on", es: "paga el")
        static let year = Text("fiscal year", es: "año fiscal")
        static let supplementary = Text("supplementary", es: "suplementaria")
        static let households = Text("households", es: "hogares")
        static let payable = Text("to be paid", es: "por pagar")
        static let requested = Text("requested by", es: "pedida por")
        static let approved = Text("approved by", es: "aprobada por")
        static let withdrawn = Text("taken back by", es: "retirada por")
        static let orders = Text("orders", es: "órdenes")
        static let amount = Text("amount", es: "importe")
    }
}
