import Contracts

/// Tells a reconciliation to a person.
struct ReconciliationReport {
    let answer: TransfersV1.Reconciliation
    let language: Language

    func lines() -> [String] {
        var table = Table(["", Text("amount", es: "importe")(language)], numeric: [1])
        let rows: [(Text, Int64)] = [
            (Text("ordered", es: "ordenado"), answer.orderedMinor),
            (Text("paid", es: "pagado"), answer.paidMinor),
            (Text("rejected by the bank", es: "rechazado por el banco"), answer.rejectedMinor),
            (Text("returned after payment", es: "devuelto después del pago"), answer.returnedMinor),
            (Text("no final answer yet", es: "aún sin respuesta final"), answer.openMinor),
            (Text("difference", es: "diferencia"), answer.differenceMinor),
            (Text("paid, by the ledger", es: "pagado, según el presupuesto"), answer.ledgerPaidMinor),
        ]
        for (name, amount) in rows { table.add([name(language), Figures.money(amount, answer.currency)]) }
        let verdict =
            answer.closed
            ? Text("closed: everything agrees to the cent", es: "cerrada: todo coincide al céntimo")
            : Text("still open", es: "aún abierta")
        return ["\(Text("run", es: "corrida")(language)) \(answer.runId)"] + table.lines() + [verdict(language)]
    }
}
