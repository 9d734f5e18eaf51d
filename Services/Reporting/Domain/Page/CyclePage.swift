import Contracts

/// The cycle report as one self-contained page: no script, no font, no image from elsewhere.
public struct CyclePage: Sendable {
    let report: CycleReport
    let say: ReportLanguage
    let format: NumberFormat
    let stageNames: [String]
    /// What the country calls the territories that budgets hang on.
    let territory: String

    /// A page in a language. The budget stages have the country's names, where the programme's definition has them.
    public init(_ report: CycleReport, language: ReportLanguage, stageNames: CoordinationV1.BudgetStageNames?) {
        self.report = report
        say = language
        territory = report.territoryNames[language.rawValue] ?? language("territory", es: "territorio")
        format = NumberFormat(language, currency: report.currency)
        let own = [
            language("Appropriated", es: "Presupuesto vigente"), language("Reserved", es: "Reservado"),
            language("Committed", es: "Comprometido"), language("Accrued", es: "Devengado"),
            language("Ordered", es: "Girado"), language("Paid", es: "Pagado"),
        ]
        let names =
            stageNames.map { [$0.appropriated, $0.reserved, $0.committed, $0.accrued, $0.ordered, $0.paid] } ?? []
        self.stageNames = own.enumerated().map { index, name in
            guard names.indices.contains(index), !names[index].isEmpty, names[index].lowercased() != name.lowercased()
            else { return name }
            return "\(name) (\(names[index]))"
        }
    }

    /// The page.
    public var html: String {
        let title =
            say("Payment cycle \(report.cycle)", es: "Ciclo de pago \(report.cycle)") + " · \(report.programmeName)"
        return """
            <!DOCTYPE html>
            <html lang="\(say.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(escaped(title))</title>
            <style>
            \(PageStyle.text)</style>
            </head>
            <body>
            <main>
            \(heading(title))\(cards)\(households.html)\(outcomes.html)\(budget.html)\(both.html)\(agreements)\(everything)\(notes)</main>
            </body>
            </html>

            """
    }

    private func heading(_ title: String) -> String {
        let state = report.runState.isEmpty ? say("no payment run", es: "sin planilla de pago") : runState
        return """
            <header>
            <h1>\(escaped(title))</h1>
            <p class="soft">\(escaped(say("From", es: "Del"))) <time datetime="\(escaped(report.firstDay))">\
            \(escaped(report.firstDay))</time> \(escaped(say("to", es: "al"))) <time datetime="\(escaped(report.lastDay))">\
            \(escaped(report.lastDay))</time> · \(escaped(say("payment run", es: "planilla"))): \(escaped(state)) · \
            \(escaped(say("rules, version", es: "reglas, versión"))) \(report.ruleVersion) · \
            \(escaped(say("figures of", es: "cifras al"))) <time datetime="\(escaped(report.readAt))">\
            \(escaped(report.readAt))</time></p>
            \(overlap)</header>

            """
    }

    /// The exceptions to the rule that a period is paid once: this cycle's, and how many the programme has.
    private var overlap: String {
        guard report.overlapExceptions > 0 else { return "" }
        var words = say(
            "Exceptions to 'a period is paid once' in this programme: \(report.overlapExceptions).",
            es: "Excepciones a «un periodo se paga una vez» en este programa: \(report.overlapExceptions).")
        if let overlap = report.overlap {
            let others = overlap.others.joined(separator: ", ")
            words += " "
            words += say(
                "This cycle was opened by exception \(overlap.number), asked for by \(overlap.requestedBy) and signed by \(overlap.signedBy), although \(others) has days of it: \(overlap.reason). \(overlap.sharedDays) of its days count there.",
                es:
                    "Este ciclo se abrió por la excepción \(overlap.number), pedida por \(overlap.requestedBy) y firmada por \(overlap.signedBy), aunque \(others) tiene días suyos: \(overlap.reason). \(overlap.sharedDays) de sus días cuentan allí."
            )
        }
        return "<p class=\"exception\">\(escaped(words))</p>\n"
    }

    /// States of a run as the contract names them; one that this page does not know is shown as it is.
    private var runState: String {
        let names: [String: (String, String)] = [
            "freezing": ("freezing the roll", "congelando el padrón"),
            "verifying": ("verifying conditions", "verificando"), "reserving": ("reserving budget", "certificando"),
            "committing": ("committing budget", "comprometiendo"),
            "awaiting_budget": ("awaiting budget", "a la espera de presupuesto"),
            "awaiting_approval": ("awaiting approval", "a la espera de aprobación"),
            "ordering": ("making orders", "generando órdenes"),
            "writing": ("writing bank files", "escribiendo archivos"),
            "sent": ("sent to the bank", "enviada al banco"), "closed": ("closed", "cerrada"),
            "empty": ("nobody to pay", "sin pagos"),
        ]
        return names[report.runState].map { say($0.0, es: $0.1) } ?? report.runState
    }

    private var cards: String {
        let total = report.total
        let unpaid = Tally(
            households: total.rejected.households + total.returned.households,
            minor: total.rejected.minor + total.returned.minor)
        let cards: [(String, String, String)] = [
            (
                say("Paid", es: "Pagado"), format.headline(total.paid.minor),
                say(
                    "\(format.count(total.paid.households)) households",
                    es: "\(format.count(total.paid.households)) hogares")
            ),
            (
                say("Households affiliated", es: "Hogares afiliados"), format.count(total.affiliated),
                say("on the frozen roll", es: "en el padrón congelado")
            ),
            (
                say("Conditions met", es: "Cumplieron"), format.percent(total.verified, of: total.affiliated),
                say("\(format.count(total.verified)) households", es: "\(format.count(total.verified)) hogares")
            ),
            (
                say("Rejected or returned", es: "Rechazado o devuelto"), format.headline(unpaid.minor),
                say("\(format.count(unpaid.households)) households", es: "\(format.count(unpaid.households)) hogares")
            ),
            (
                say("In both programmes", es: "En ambos programas"), format.count(total.inBoth),
                say(
                    "of \(format.count(total.inProjects)) households in projects",
                    es: "de \(format.count(total.inProjects)) hogares en proyectos")
            ),
        ]
        let items = cards.map { name, figure, note in
            """
            <div class="card"><dt>\(escaped(name))</dt><dd class="figure">\(escaped(figure))</dd>\
            <dd class="note">\(escaped(note))</dd></div>

            """
        }
        return "<dl class=\"cards\">\n\(items.joined())</dl>\n"
    }
}
