import Contracts
import Foundation
import ReportingDomain
import Testing
import Vocabulary

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
    territoryNames: ["en": "region", "es": "región"],
    departments: [department("06", "Cajamarca", paid: 1_000), department("21", "Puno", paid: 2_000)],
    budgets: [
        BudgetFigures(programme: "haku_winay", programmeName: "Haku Wiñay", departmentCode: "06", stages: stages(600)),
        BudgetFigures(programme: "juntos", programmeName: "Juntos", departmentCode: "06", stages: stages(1_000)),
        BudgetFigures(programme: "juntos", programmeName: "Juntos", departmentCode: "21", stages: stages(2_000)),
    ],
    agreements: [
        AgreementFigures(
            agreement: "juntos-haku", title: "Juntos & Haku Wiñay", state: "active", version: 2,
            institutions: ["JUNTOS", "FONCODES"],
            architecture: AgreementArchitecture(severalInstitutions: false, intended: true, programmes: 2),
            places: AgreementPlaceFigures(
                reserved: 120, target: 90, others: 0, overridden: 3, refused: 17, refusedAtStart: 5,
                startedByOverride: 2),
            overridesSigned: 4,
            earmark: EarmarkFigures(
                earmarked: 60_000_000, drawn: 54_000_000, returned: 1_000_000, committed: 54_000_000,
                accrued: 5_400_000,
                ordered: 5_400_000, paid: 0))
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

@Test(arguments: [
    (ReportLanguage.english, "Households by region", "Region"), (.spanish, "Hogares por región", "Región"),
])
func theTerritoriesAreCalledAsTheCountryCallsThem(language: ReportLanguage, caption: String, column: String) {
    let html = CyclePage(report, language: language, stageNames: nil).html
    #expect(html.contains("<caption>\(caption)</caption>") && html.contains("<th scope=\"col\">\(column)</th>"))
    #expect(!html.contains("epart") && !html.contains("erritor"))
    var unnamed = report
    unnamed.territoryNames = [:]
    #expect(CyclePage(unnamed, language: language, stageNames: nil).html.contains("erritor"))
}

@Test func everyChartHasATitleADescriptionAndATable() {
    let html = CyclePage(report, language: .english, stageNames: nil).html
    let charts = html.components(separatedBy: "<svg ").count - 1
    #expect(charts == 4)
    #expect(html.components(separatedBy: "<title id=").count - 1 == charts)
    #expect(html.components(separatedBy: "<desc id=").count - 1 == charts)
    // Amounts, budget, and the three tables of the agreements besides.
    #expect(html.components(separatedBy: "<caption>").count - 1 == charts + 5)
    #expect(html.contains("prefers-color-scheme: dark"))
}

@Test func theSumsRowShowsTheExactTotal() {
    let html = CyclePage(report, language: .english, stageNames: nil).html
    #expect(html.contains("<td>600,000.00</td>"))
    #expect(html.contains("<td>600,400.00</td>") == false)
    #expect(html.contains("S/\u{00A0}600,000.00"))
}

@Test(arguments: [
    (
        ReportLanguage.english,
        ["Quota", "Overrides signed", "Earmark executed", "one institution", "intended", "active"]
    ),
    (.spanish, ["Cuota", "Excepciones firmadas", "Asignación ejecutada", "una institución", "intencional", "vigente"]),
])
func thePageShowsQuotaEarmarkOverridesAndArchitecture(language: ReportLanguage, words: [String]) {
    let html = CyclePage(report, language: language, stageNames: nil).html
    for word in words { #expect(html.contains(word), "\(word)") }
    #expect(html.contains("Juntos &amp; Haku Wiñay (juntos-haku)"))
    #expect(
        html.contains(
            "<td>120</td><td>90</td><td>75.0\u{00A0}%</td><td>90</td><td>0</td><td>3</td><td>4</td><td>17</td>"))
    #expect(html.contains("<td>90.0\u{00A0}%</td>"))
    var without = report
    without.agreements = []
    #expect(!CyclePage(without, language: language, stageNames: nil).html.contains(words[0]))
}

@Test(arguments: [
    (Int32(120), Int32(0), Int32(0), Int64(120)), (0, 3_500, 2_433, 852), (0, 10_000, 7, 7), (0, 1, 1, 1),
    (0, 3_333, 3, 1), (0, 3_334, 3, 2), (0, 0, 100, 0),
])
func reservedPlacesAreRoundedUp(places: Int32, share: Int32, all: Int32, reserved: Int64) {
    #expect(ReservedPlaces.count(places: places, shareHundredths: share, of: all) == reserved)
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
