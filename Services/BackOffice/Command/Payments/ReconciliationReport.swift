import Contracts

/// Tells a reconciliation to a person.
struct ReconciliationReport {
    let answer: TransfersV1.Reconciliation
    let language: Language

    func lines() -> [String] {
        var table = Table(["", Text("amount", es: "importe")(language)], numeric: [1])
        let always: [(Text, Int64)] = [
            (Text("ordered", es: "ordenado"), answer.orderedMinor),
            (Text("paid", es: "pagado"), answer.paidMinor),
            (Text("rejected by the bank", es: "rechazado por el banco"), answer.rejectedMinor),
            (Text("returned after payment", es: "devuelto después del pago"), answer.returnedMinor),
        ]
        let sometimes: [(Text, Int64)] = [
            (Text("recalled before the bank had it", es: "retirado antes del banco"), answer.withdrawnMinor),
            (Text("of these paid by another run", es: "de estos pagado por otra corrida"), answer.paidLaterMinor),
            (Text("of these given back", es: "de estos renunciado"), answer.givenBackMinor),
            (Text("of these still owed", es: "de estos aún debido"), answer.waitingMinor),
        ]
        let last: [(Text, Int64)] = [
            (Text("no final answer yet", es: "aún sin respuesta final"), answer.openMinor),
            (Text("difference", es: "diferencia"), answer.differenceMinor),
            (Text("paid, by the ledger", es: "pagado, según el presupuesto"), answer.ledgerPaidMinor),
        ]
        for (name, amount) in always + sometimes.filter({ $0.1 != 0 }) + last {
            table.add([name(language), Figures.money(amount, answer.currency)])
        }
        return ["\(Text("run", es: "corrida")(language)) \(answer.runId)"] + table.lines() + verdict
    }

    /// The verdict, as it was computed now, and where it is open, why and what helps.
    private var verdict: [String] {
        guard !answer.closed else {
            return [Text("closed: everything agrees to the cent", es: "cerrada: todo coincide al céntimo")(language)]
        }
        return [Text("still open:", es: "aún abierta:")(language)] + reasons.map { "  \($0(language))" }
    }

    private var reasons: [Text] {
        var reasons: [Text] = []
        let (waiting, paying) = (Figures.count(answer.waitingHouseholds), Figures.count(answer.beingPaidHouseholds))
        if answer.waitingHouseholds > 0 {
            reasons.append(
                Text(
                    "\(waiting) households are owed: 'puente payments open --cycle …'",
                    es: "se debe a \(waiting) hogares: 'puente payments open --cycle …'"))
        }
        if answer.beingPaidHouseholds > 0 {
            reasons.append(
                Text(
                    "\(paying) households are being paid by another run",
                    es: "otra corrida está pagando a \(paying) hogares"))
        }
        if answer.undecidedHouseholds > 0 {
            let count = Figures.count(answer.undecidedHouseholds)
            reasons.append(
                Text(
                    "no run decided about \(count) households: 'puente payments run'",
                    es: "ninguna corrida decidió sobre \(count) hogares: 'puente payments run'"))
        }
        if answer.openMinor > 0 {
            reasons.append(
                Text(
                    "the bank has not answered: 'puente bank import'", es: "el banco no respondió: 'puente bank import'"
                ))
        }
        if answer.openOddities > 0 {
            let count = Figures.count(answer.openOddities)
            reasons.append(
                Text(
                    "\(count) odd things that the bank said wait for a person: 'puente bank odd'",
                    es: "\(count) cosas extrañas que dijo el banco esperan a una persona: 'puente bank odd'"))
        }
        if answer.unanswered > 0 {
            let count = Figures.count(answer.unanswered)
            reasons.append(
                Text(
                    "the ledger has not posted \(count) requests: reconcile again",
                    es: "el presupuesto no asentó \(count) pedidos: concilie otra vez"))
        }
        if answer.unanswered == 0, answer.ledgerPaidMinor != answer.paidMinor {
            reasons.append(
                Text(
                    "bank and ledger differ: 'puente payments totals'",
                    es: "banco y presupuesto difieren: 'puente payments totals'"))
        }
        if answer.unanswered == 0, answer.ledgerHeldMinor > answer.openMinor {
            reasons.append(
                Text(
                    "the ledger holds more than is open: 'puente payments totals'",
                    es: "el presupuesto retiene más de lo abierto: 'puente payments totals'"))
        }
        if answer.differenceMinor != 0 {
            reasons.append(Text("orders and answers do not add up", es: "órdenes y respuestas no cuadran"))
        }
        return reasons
    }
}
