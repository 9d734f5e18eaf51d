import Contracts
import Foundation
import ReportingDomain
import Testing

private func department(_ code: String, _ name: String, paid: Int64) -> DepartmentFigures {
    var figures = CycleFigures()
    figures.affiliated = paid + 3
    figures.verified = paid + 2
    figures.entitled = Tally(households: paid + 2, minor: (paid + 2) * 20_000)
    figures.ordered = figures.entitled
    figures.paid = Tally(households: paid, minor: paid * 20_000)
    figures.rejected = Tally(households: 1, minor: 20_000)
    figures.waiting = Tally(households: 1, minor: 20_000)
    figures.inProjects = 5
    figures.inBoth = 2
    return DepartmentFigures(code: code, name: name, figures: figures)
}

private func stages(_ appropriated: Int64) -> BudgetStages {
    var stages = BudgetStages()
    stages.appropriated = appropriated
    stages.paid = appropriated / 2
    return stages
}

private let report = CycleReport(
    programme: "juntos", programmeName: "Juntos <&> \"más\"", cycle: "2024-4", firstDay: "2024-07-01",
    lastDay: "2024-08-31", ruleVersion: 1, runState: "sent", currency: "PEN", readAt: "2024-09-10T12:00Z",
    departments: [department("06", "Cajamarca", paid: 1_000), department("21", "Puno", paid: 2_000)],
    budgets: [
        BudgetFigures(programme: "haku_winay", programmeName: "Haku Wiñay", departmentCode: "06", stages: stages(600)),
        BudgetFigures(programme: "juntos", programmeName: "Juntos", departmentCode: "06", stages: stages(1_000)),
        BudgetFigures(programme: "juntos", programmeName: "Juntos", departmentCode: "21", stages: stages(2_000)),
    ])

@Test func theCountryIsTheSumOfItsDepartments() {
    #expect(report.total.paid == Tally(households: 3_000, minor: 60_000_000))
    #expect(report.total.affiliated == 3_006)
    #expect(report.budgetByProgramme.map(\.stages.appropriated) == [600, 3_000])
    #expect(report.stages(inDepartment: "21").paid == 1_000)
}

@Test(arguments: ReportLanguage.allCases)
func thePageIsWellFormedAndStandsAlone(language: ReportLanguage) throws {
    let html = CyclePage(report, language: language, stageNames: .init(accrued: "devengado")).html
    #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
    for outside in ["http://", "https://", "<script", "<link", "<img", "url(", "@import"] {
        #expect(!html.contains(outside), "the page fetches or runs something: \(outside)")
    }
    #expect(!html.contains("Juntos <&>"))
    #expect(html.contains("Juntos &lt;&amp;&gt; &quot;más&quot;"))
    // An HTML page of which everything but the doctype and void elements is XML.
    let xml = html.replacing("<!DOCTYPE html>\n", with: "")
        .replacing(/<meta ([^>]*)>/) { "<meta \($0.output.1)/>" }
    let parser = XMLTreeCheck(xml)
    #expect(parser.problem == nil)
}

@Test func everyChartHasATitleADescriptionAndATable() {
    let html = CyclePage(report, language: .english, stageNames: nil).html
    let charts = html.components(separatedBy: "<svg ").count - 1
    #expect(charts == 4)
    #expect(html.components(separatedBy: "<title id=").count - 1 == charts)
    #expect(html.components(separatedBy: "<desc id=").count - 1 == charts)
    #expect(html.components(separatedBy: "<caption>").count - 1 == charts + 2)
    #expect(html.contains("prefers-color-scheme: dark"))
}

@Test func theSumsRowShowsTheExactTotal() {
    let html = CyclePage(report, language: .english, stageNames: nil).html
    #expect(html.contains("<td>600,000.00</td>"))
    #expect(html.contains("<td>600,400.00</td>") == false)
    #expect(html.contains("S/\u{00A0}600,000.00"))
}

@Test func anEmptyCycleStillMakesAPage() {
    var empty = report
    empty.departments = []
    empty.budgets = []
    empty.runState = ""
    let html = CyclePage(empty, language: .spanish, stageNames: nil).html
    #expect(html.contains("sin planilla de pago"))
    #expect(html.contains("</html>"))
}

/// Checks that tags are balanced and that attributes and texts are escaped.
private struct XMLTreeCheck {
    private(set) var problem: String?

    init(_ xml: String) {
        var open: [Substring] = []
        var rest = xml[...]
        while let start = rest.firstIndex(of: "<") {
            let text = rest[..<start]
            if text.contains(">") { problem = "an unescaped > in: \(text.suffix(40))" }
            guard let end = rest[start...].firstIndex(of: ">") else {
                problem = "a tag without an end"
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasSuffix("/") { continue }
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else {
                    problem = "</\(tag)> does not close the last open element"
                    return
                }
            } else {
                open.append(tag.prefix { !$0.isWhitespace })
            }
        }
        if !open.isEmpty { problem = "left open: \(open)" }
    }
}
