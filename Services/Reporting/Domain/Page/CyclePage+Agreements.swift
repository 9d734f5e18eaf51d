extension CyclePage {
    /// What the programme's agreements came to; nothing where it has none.
    var agreements: String {
        guard !report.agreements.isEmpty else { return "" }
        let title = say("Agreements between institutions", es: "Convenios entre instituciones")
        let intro = say(
            "Reserved places are filled with the target population before others are served; whoever is served all the"
                + " same is served by a signed override. Earmarked money is spent on the agreement's documents and on"
                + " nothing else.",
            es: "Los lugares reservados se llenan con la población objetivo antes de atender a otros; quien es atendido"
                + " de todos modos lo es por una excepción firmada. El dinero asignado se gasta en los documentos del"
                + " convenio y en nada más.")
        return """
            <section>
            <h2>\(escaped(title))</h2>
            <p class="soft">\(escaped(intro))</p>
            \(quotaTable.html)\(earmarkTable.html)\(architectureTable.html)</section>

            """
    }

    private var quotaTable: HTMLTable {
        HTMLTable(
            caption: say("Quota: places, in households", es: "Cuota: lugares, en hogares"),
            columns: [
                say("Agreement", es: "Convenio"), say("Reserved", es: "Reservados"), say("Filled", es: "Llenos"),
                say("Share filled", es: "Parte llena"), say("Target population", es: "Población objetivo"),
                say("Others", es: "Otros"), say("By override", es: "Por excepción"),
                say("Overrides signed", es: "Excepciones firmadas"), say("Refused", es: "Rechazados"),
                say("Refused at the start", es: "Rechazados al empezar"),
                say("Started by override", es: "Empezaron por excepción"),
            ],
            rows: report.agreements.map { row in
                [
                    "\(row.title) (\(row.agreement))", format.count(row.places.reserved),
                    format.count(row.places.filled), format.percent(row.places.filled, of: row.places.reserved),
                    format.count(row.places.target), format.count(row.places.others),
                    format.count(row.places.overridden), format.count(row.overridesSigned),
                    format.count(row.places.refused), format.count(row.places.refusedAtStart),
                    format.count(row.places.startedByOverride),
                ]
            }, total: nil)
    }

    private var earmarkTable: HTMLTable {
        HTMLTable(
            caption: say(
                "Earmark executed, \(report.currency)", es: "Asignación ejecutada, \(report.currency)"),
            columns: [
                say("Agreement", es: "Convenio"), say("Earmarked", es: "Asignado"), say("Drawn", es: "Utilizado"),
                say("Share drawn", es: "Parte utilizada"), say("Returned", es: "Devuelto"),
                say("Committed", es: "Comprometido"),
                say("Accrued", es: "Devengado"), say("Ordered", es: "Girado"), say("Paid", es: "Pagado"),
            ],
            rows: report.agreements.map { row in
                let money = row.earmark
                return [
                    "\(row.title) (\(row.agreement))", format.amount(money.earmarked), format.amount(money.drawn),
                    format.percent(money.drawn, of: money.earmarked), format.amount(money.returned),
                    format.amount(money.committed),
                    format.amount(money.accrued), format.amount(money.ordered), format.amount(money.paid),
                ]
            }, total: nil)
    }

    private var architectureTable: HTMLTable {
        HTMLTable(
            caption: say("Architecture, to compare agreements", es: "Arquitectura, para comparar convenios"),
            columns: [
                say("Agreement", es: "Convenio"), say("State", es: "Estado"), say("Version", es: "Versión"),
                say("Signed by", es: "Firman"), say("Implemented by", es: "Ejecutan"),
                say("Complementarity", es: "Complementariedad"), say("Programmes", es: "Programas"),
            ],
            rows: report.agreements.map { row in
                [
                    "\(row.title) (\(row.agreement))", agreementState(row.state), "\(row.version)",
                    row.institutions.joined(separator: ", "),
                    row.architecture.severalInstitutions
                        ? say("several institutions", es: "varias instituciones")
                        : say("one institution", es: "una institución"),
                    row.architecture.intended
                        ? say("intended", es: "intencional") : say("not intended", es: "no intencional"),
                    "\(row.architecture.programmes)",
                ]
            }, total: nil)
    }

    private func agreementState(_ state: String) -> String {
        let names: [String: (String, String)] = [
            "proposed": ("proposed", "propuesto"), "active": ("active", "vigente"),
            "suspended": ("suspended", "suspendido"), "ended": ("ended", "terminado"),
        ]
        return names[state].map { say($0.0, es: $0.1) } ?? state
    }
}
