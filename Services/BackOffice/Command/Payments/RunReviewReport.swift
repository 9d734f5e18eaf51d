import Contracts

/// Tells the second person what is decided about.
struct RunReviewReport {
    let review: TransfersV1.RunReview
    let language: Language
    /// What the country calls the territories that budgets hang on.
    let territory: Text

    private var status: TransfersV1.RunStatus { review.status ?? .init() }

    func lines() -> [String] {
        let money = { (minor: Int64) in Figures.money(minor, status.currency) }
        var lines = [
            Text(
                "programme \(status.programme), cycle \(status.cycle): \(review.firstDay) to \(review.lastDay)",
                es: "programa \(status.programme), ciclo \(status.cycle): \(review.firstDay) al \(review.lastDay)")(
                    language),
            Text(
                "pays on \(status.payOn), fiscal year \(status.fiscalYear), requested by \(status.requestedBy)",
                es: "paga el \(status.payOn), año fiscal \(status.fiscalYear), pedida por \(status.requestedBy)")(
                    language),
            Text(
                "\(Figures.count(status.payableHouseholds)) of \(Figures.count(status.households)) households, total \(money(status.totalMinor))",
                es:
                    "\(Figures.count(status.payableHouseholds)) de \(Figures.count(status.households)) hogares, total \(money(status.totalMinor))"
            )(language),
            "",
        ]
        var table = Table(
            [
                territory(language), Text("budget line", es: "línea")(language),
                Text("households", es: "hogares")(language), Text("amount", es: "importe")(language),
            ], numeric: [2, 3])
        for part in review.departments {
            table.add([part.department, part.line, Figures.count(part.households), money(part.totalMinor)])
        }
        lines += table.lines()
        lines += ["", change(money)]
        if review.findings.isEmpty {
            lines.append(Text("nothing odd was found", es: "no se halló nada raro")(language))
        } else {
            lines.append(Text("found:", es: "se halló:")(language))
            lines += review.findings.flatMap { FindingWords(finding: $0, currency: status.currency).lines(language) }
        }
        return lines
    }

    private func change(_ money: (Int64) -> String) -> String {
        guard !review.previousCycle.isEmpty else {
            return Text("no cycle before it was paid", es: "ningún ciclo anterior se pagó")(language)
        }
        return Text(
            "before: cycle \(review.previousCycle), \(Figures.count(review.previousHouseholds)) households, \(money(review.previousTotalMinor)); \(Figures.count(review.newHouseholds)) households are new, \(Figures.count(review.goneHouseholds)) are not paid any more",
            es:
                "antes: ciclo \(review.previousCycle), \(Figures.count(review.previousHouseholds)) hogares, \(money(review.previousTotalMinor)); \(Figures.count(review.newHouseholds)) hogares son nuevos, \(Figures.count(review.goneHouseholds)) ya no cobran"
        )(language)
    }
}
