extension CyclePage {
    var households: ChartSection {
        let total = report.total
        let format = format
        return ChartSection(
            heading: say("Who was paid", es: "A quiénes se pagó"),
            explanation: say(
                "Households on the roll, and those that the bank has paid, by \(territory).",
                es: "Hogares del padrón y hogares que el banco ya pagó, por \(territory)."),
            chart: BarChart(
                id: "households", title: say("Households affiliated and paid", es: "Hogares afiliados y pagados"),
                description: say(
                    "Two bars for each \(territory). In all, \(format.count(total.paid.households)) of \(format.count(total.affiliated)) households were paid.",
                    es:
                        "Dos barras por \(territory). En total se pagó a \(format.count(total.paid.households)) de \(format.count(total.affiliated)) hogares."
                ),
                arrangement: .grouped,
                series: [
                    Series(name: say("Affiliated", es: "Afiliados"), style: "s1"),
                    Series(name: say("Paid", es: "Pagados"), style: "s3"),
                ],
                rows: report.departments.map {
                    ChartRow(label: $0.name, values: [$0.figures.affiliated, $0.figures.paid.households])
                },
                label: { format.count($0.values[$1]) }),
            table: table(
                say("Households by \(territory)", es: "Hogares por \(territory)"),
                [
                    say("Affiliated", es: "Afiliados"), say("Conditions met", es: "Cumplieron"),
                    say("Paid", es: "Pagados"),
                    say("Share paid", es: "Parte pagada"), say("Suspended", es: "Suspendidos"),
                    say("Out by sanction", es: "Fuera por sanción"),
                ]
            ) { figures in
                [
                    format.count(figures.affiliated), format.count(figures.verified),
                    format.count(figures.paid.households),
                    format.percent(figures.paid.households, of: figures.affiliated),
                    format.count(figures.suspended), format.count(figures.exited),
                ]
            })
    }

    var outcomes: ChartSection {
        let format = format
        return ChartSection(
            heading: say("What the bank answered", es: "Qué respondió el banco"),
            explanation: say(
                "What became of each \(territory)'s payment orders, as shares of the orders made.",
                es: "Qué pasó con las órdenes de pago de cada \(territory), como partes de las órdenes emitidas."),
            chart: BarChart(
                id: "outcomes", title: say("Outcomes of payment orders", es: "Resultado de las órdenes de pago"),
                description: say(
                    "One bar for each \(territory), divided into paid, waiting, rejected and returned orders.",
                    es: "Una barra por \(territory), dividida en órdenes pagadas, en espera, rechazadas y devueltas."),
                arrangement: .shares,
                series: [
                    Series(name: say("Paid", es: "Pagadas"), style: "s3"),
                    Series(name: say("Waiting", es: "En espera"), style: "s1"),
                    Series(name: say("Rejected", es: "Rechazadas"), style: "s2"),
                    Series(name: say("Returned", es: "Devueltas"), style: "s4"),
                ],
                rows: report.departments.map {
                    ChartRow(
                        label: $0.name,
                        values: [
                            $0.figures.paid.households, $0.figures.waiting.households, $0.figures.rejected.households,
                            $0.figures.returned.households,
                        ])
                },
                label: { row, _ in format.percent(row.values[0], of: row.values.reduce(0, +)) }),
            table: table(
                say("Payment orders by \(territory)", es: "Órdenes de pago por \(territory)"),
                [
                    say("Orders", es: "Órdenes"), say("Paid", es: "Pagadas"), say("Waiting", es: "En espera"),
                    say("Rejected", es: "Rechazadas"), say("Returned", es: "Devueltas"),
                ]
            ) { figures in
                [
                    format.count(figures.ordered.households), format.count(figures.paid.households),
                    format.count(figures.waiting.households), format.count(figures.rejected.households),
                    format.count(figures.returned.households),
                ]
            })
    }

    var budget: ChartSection {
        let format = format
        let programmes = report.budgetByProgramme
        return ChartSection(
            heading: say("How far the budget has come", es: "Avance del presupuesto"),
            explanation: say(
                "What reached each stage of the budget in the fiscal year; each stage includes the later ones.",
                es: "Lo que llegó a cada etapa del presupuesto en el año fiscal; cada etapa incluye las siguientes."),
            chart: BarChart(
                id: "budget", title: say("Budget by stage", es: "Presupuesto por etapa"),
                description: say(
                    "For each stage one bar for each programme, in \(report.currency).",
                    es: "Por cada etapa una barra por programa, en \(report.currency)."),
                arrangement: .grouped,
                series: programmes.enumerated().map { index, budget in
                    Series(name: budget.programmeName, style: "s\(index % 4 + 1)")
                },
                rows: stageNames.enumerated().map { index, name in
                    ChartRow(label: name, values: programmes.map { $0.stages.inOrder[index] })
                },
                label: { format.headline($0.values[$1]) }),
            table: HTMLTable(
                caption: say("Amounts by programme, \(report.currency)", es: "Montos por programa, \(report.currency)"),
                columns: [say("Stage", es: "Etapa")] + programmes.map(\.programmeName),
                rows: stageNames.enumerated().map { index, name in
                    [name] + programmes.map { format.amount($0.stages.inOrder[index]) }
                },
                total: nil))
    }

    var both: ChartSection {
        let format = format
        return ChartSection(
            heading: say("Served by both programmes", es: "Atendidos por ambos programas"),
            explanation: say(
                "Households on the roll of this cycle that also take part in a productive project.",
                es: "Hogares del padrón de este ciclo que también participan en un proyecto productivo."),
            chart: BarChart(
                id: "both", title: say("Households in both programmes", es: "Hogares en ambos programas"),
                description: say(
                    "One bar for each \(territory); \(format.count(report.total.inBoth)) households in all.",
                    es: "Una barra por \(territory); \(format.count(report.total.inBoth)) hogares en total."),
                arrangement: .grouped, series: [Series(name: "", style: "s4")],
                rows: report.departments.map { ChartRow(label: $0.name, values: [$0.figures.inBoth]) },
                label: { row, _ in format.count(row.values[0]) }),
            table: table(
                say("Households by \(territory)", es: "Hogares por \(territory)"),
                [
                    say("In projects", es: "En proyectos"), say("In both", es: "En ambos"),
                    say("Share of the roll", es: "Parte del padrón"),
                ]
            ) { figures in
                [
                    format.count(figures.inProjects), format.count(figures.inBoth),
                    format.percent(figures.inBoth, of: figures.affiliated),
                ]
            })
    }

    /// A table by territory, with its sums.
    func table(
        _ caption: String, _ columns: [String], _ cells: (CycleFigures) -> [String]
    ) -> HTMLTable {
        HTMLTable(
            caption: caption, columns: [territory.prefix(1).uppercased() + territory.dropFirst()] + columns,
            rows: report.departments.map { [$0.name] + cells($0.figures) },
            total: [say("Total", es: "Total")] + cells(report.total))
    }
}
