extension CyclePage {
    /// Every amount, exact.
    var everything: String {
        let format = format
        let amounts = table(
            say("Amounts by \(territory), \(report.currency)", es: "Montos por \(territory), \(report.currency)"),
            [
                say("Entitled", es: "Derecho"), say("Ordered", es: "Ordenado"), say("Paid", es: "Pagado"),
                say("Waiting", es: "En espera"), say("Rejected", es: "Rechazado"), say("Returned", es: "Devuelto"),
            ]
        ) { figures in
            [
                figures.entitled, figures.ordered, figures.paid, figures.waiting, figures.rejected, figures.returned,
            ].map { format.amount($0.minor) }
        }
        return """
            <section>
            <h2>\(escaped(say("Every amount, to the cent", es: "Todos los montos, al céntimo")))</h2>
            \(amounts.html)</section>
            <section>
            <h2>\(escaped(say("Budget by \(territory)", es: "Presupuesto por \(territory)")))</h2>
            \(budgetTable.html)</section>

            """
    }

    private var budgetTable: HTMLTable {
        let names = Dictionary(report.departments.map { ($0.code, $0.name) }) { first, _ in first }
        var total = BudgetStages()
        for budget in report.budgets { total.add(budget.stages) }
        return HTMLTable(
            caption: say(
                "What reached each stage, by programme and \(territory), \(report.currency)",
                es: "Lo que llegó a cada etapa, por programa y \(territory), \(report.currency)"),
            columns: [say("Programme and \(territory)", es: "Programa y \(territory)")] + stageNames,
            rows: report.budgets.map { budget in
                let place = names[budget.departmentCode] ?? budget.departmentCode
                return ["\(budget.programmeName): \(place)"] + budget.stages.inOrder.map(format.amount)
            },
            total: [say("Total", es: "Total")] + total.inOrder.map(format.amount))
    }

    /// What the words mean, so that nobody has to ask.
    var notes: String {
        let notes: [(String, String)] = [
            (
                say("Affiliated", es: "Afiliado"),
                say(
                    "the household is on the roll that was frozen when the payment run began.",
                    es: "el hogar está en el padrón que se congeló al iniciar la planilla.")
            ),
            (
                say("Conditions met", es: "Cumplió"),
                say(
                    "every condition of the programme was verified with the evidence received.",
                    es: "se verificaron todas las condiciones del programa con la evidencia recibida.")
            ),
            (
                say("Suspended", es: "Suspendido"),
                say(
                    "conditions were not met in several cycles in a row; the household is verified but not paid in this cycle.",
                    es:
                        "no se cumplieron las condiciones en varios ciclos seguidos; se verifica al hogar pero no se le paga en este ciclo."
                )
            ),
            (
                say("Out by sanction", es: "Fuera por sanción"),
                say(
                    "so many cycles in a row were not met that the programme's rules end the transfer.",
                    es: "tantos ciclos seguidos sin cumplir que las reglas del programa terminan la transferencia.")
            ),
            (
                say("Waiting", es: "En espera"),
                say(
                    "an order was sent, and the bank has not yet said what became of it.",
                    es: "se envió una orden y el banco aún no dice qué pasó con ella.")
            ),
            (
                say("Returned", es: "Devuelto"),
                say(
                    "the bank paid and the money came back.", es: "el banco pagó y el dinero regresó.")
            ),
            (
                say("In both programmes", es: "En ambos programas"),
                say(
                    "the household is on the roll and takes part in a productive project.",
                    es: "el hogar está en el padrón y participa en un proyecto productivo.")
            ),
        ]
        let items = notes.map { "<li><strong>\(escaped($0)):</strong> \(escaped($1))</li>" }
        let sum = say(
            "Amounts are exact; shares are rounded to one decimal. All figures were read at one moment.",
            es:
                "Los montos son exactos; los porcentajes se redondean a un decimal. Todas las cifras son de un mismo momento."
        )
        return """
            <footer class="note">
            <h2>\(escaped(say("What the words mean", es: "Qué significan las palabras")))</h2>
            <ul>\(items.joined(separator: "\n"))</ul>
            <p>\(escaped(sum))</p>
            </footer>

            """
    }
}
