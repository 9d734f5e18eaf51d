import Contracts
import Testing

@testable import BackOffice

private let status = TransfersV1.RunStatus(
    runId: "r1", programme: "juntos", cycle: "2024-4", state: "awaiting_budget", chunksDone: 1, chunks: 2,
    households: 100, payableHouseholds: 90, totalMinor: 1_800_000, currency: "PEN", requestedBy: "ana",
    files: [.init(name: "F1", path: "F1", transactions: 90, totalMinor: 1_800_000)],
    obstacles: [
        .init(
            kind: "ledger", detail: "insufficient_available", lines: ["2024-RO-MIDIS-juntos-06"], shortfallMinor: 5_000)
    ])

@Test func aRunThatLacksBudgetNamesTheLinesAndTheNextStep() {
    let report = RunReport(status: status, language: .english)
    let text = report.lines().joined(separator: "\n")
    #expect(text.contains("state: awaiting_budget (waiting for budget)"))
    #expect(text.contains("- 2024-RO-MIDIS-juntos-06: the budget refused: too little is available (50.00 PEN)"))
    #expect(text.contains("→ 'puente budget appropriate', then 'puente payments resume r1'"))
    #expect(report.nextStep()?.spanish.contains("puente payments resume r1") == true)
    #expect(!report.isMoving)
}

@Test(arguments: [
    ("freezing", true), ("verifying", true), ("reserving", true), ("awaiting_approval", false), ("committing", true),
    ("ordering", true), ("writing", true), ("sent", false), ("closed", false), ("empty", false),
    ("withdrawing", true), ("withdrawn", false), ("awaiting_budget", false),
])
func aRunMovesUntilAPersonHasToAct(state: String, isMoving: Bool) {
    #expect(RunReport(status: .init(state: state, moves: true), language: .english).isMoving == isMoving)
    // Where nothing of it is on its way, watching ends and says which command leads on.
    let still = RunReport(status: .init(runId: "r1", state: state, moves: false), language: .spanish)
    #expect(!still.isMoving)
    if isMoving { #expect(still.nextStep()?.spanish.contains("'puente payments resume r1'") == true) }
}

@Test(arguments: ObstacleWords.kinds)
func everyObstacleIsSaidInBothLanguagesWithWhatToDo(kind: String) {
    let words = ObstacleWords(
        kind: kind, detail: "year_closing", lines: ["L1", "L2"], shortfallMinor: 100, currency: "PEN", request: "7",
        message: "m", dimensions: ["programme": "juntos"])
    #expect(words.what.english != words.what.spanish)
    #expect(!kind.contains("_") || !words.what.english.contains(kind))
    #expect(words.remedy(again: "puente x").english.contains("puente "))
}

@Test(arguments: FindingWords.codes)
func everyFindingIsSaidInBothLanguages(code: String) {
    let words = FindingWords(finding: .init(code: code, weight: .odd), currency: "PEN")
    #expect(words.lines(.english) != words.lines(.spanish))
    #expect(words.lines(.english).first?.hasSuffix("[--accept \(code)]") == true)
}

@Test func theSecondPersonSeesWhatIsApproved() {
    let review = TransfersV1.RunReview(
        status: .init(
            runId: "r1", programme: "juntos", cycle: "2024-4", households: 100, payableHouseholds: 90,
            totalMinor: 1_800_000, currency: "PEN", requestedBy: "ana", fiscalYear: 2024, payOn: "2024-09-16"),
        firstDay: "2024-07-01", lastDay: "2024-08-31",
        departments: [.init(department: "06", line: "L06", households: 90, totalMinor: 1_800_000)],
        findings: [
            .init(
                code: "evidence_low", weight: .odd,
                values: ["households": "9", "affiliated": "100", "percent": "9", "previous_percent": "95"],
                reason: "the schools were closed", signedBy: "ana")
        ],
        previousCycle: "2024-3", previousHouseholds: 95, previousTotalMinor: 1_900_000, newHouseholds: 2,
        goneHouseholds: 7)
    let text = RunReviewReport(review: review, language: .english, territory: Text("region", es: "región")).lines()
        .joined(separator: "\n")
    for part in [
        "juntos, cycle 2024-4: 2024-07-01 to 2024-08-31", "pays on 2024-09-16",
        "90 of 100 households, total 18,000.00 PEN",
        "region  budget line", "06      L06",
        "cycle 2024-3, 95 households, 19,000.00 PEN; 2 households are new, 7 are not paid any more",
        "only about 9 of 100 affiliated households have evidence", "accepted by ana: the schools were closed",
    ] {
        #expect(text.contains(part), "\(text)")
    }
}

@Test func everyStateHasWordsInBothLanguages() {
    for state in ["freezing", "verifying", "reserving", "awaiting_approval", "committing", "writing", "empty"] {
        let meaning = RunReport.meaning(of: state)
        #expect(meaning.english != meaning.spanish && meaning.english != state)
    }
}

private func totals(paid: Int64, ledger: Int64) -> ControlTotals {
    ControlTotals(
        status: status,
        files: .init(files: [
            .init(name: "F1", state: "there", currency: "PEN", readTransactions: 90, readTotalMinor: 1_800_000)
        ]),
        reconciliation: .init(
            orderedMinor: 1_800_000, paidMinor: paid, rejectedMinor: 1_800_000 - paid, ledgerPaidMinor: ledger,
            currency: "PEN"),
        programmes: [])
}

@Test func controlTotalsAgree() {
    let checks = totals(paid: 1_700_000, ledger: 1_700_000).checks
    #expect(checks.count == 7)
    #expect(checks.allSatisfy { $0.agrees })
}

@Test func aCentOfDifferenceIsSeen() {
    let totals = totals(paid: 1_700_000, ledger: 1_700_001)
    #expect(totals.checks.filter { !$0.agrees }.map(\.right) == [1_700_001])
    #expect(totals.lines(in: .english).contains { $0.contains("17,000.01") && $0.hasSuffix("DIFFERS") })
}

@Test func aRefusalShowsItsDetailsByPlace() {
    let refusal = RPCError.invalidArgument(
        "The file is not right.",
        details: [.init(type: "row", field: "birth_date", line: 7, reason: "impossible_date", subject: "members.csv")])
    let lines = Failure(describing: refusal).lines(in: .english)
    #expect(lines.first == "INVALID_ARGUMENT: The file is not right.\n  members.csv:7 birth_date: impossible_date")
}

@Test func aPauseIsExplainedInBothLanguagesOneDifferenceALine() {
    let report = PaymentPauseReport(
        isPaused: true,
        kept: .init(
            paused: true, cause: "restored",
            details: "server 7712862446328499333, now 7712862491160362691; from b1.dump",
            since: "2024-09-16 10:00 UTC", saidBy: "puente_transfers", event: 3))
    #expect(report.state == "paused: restored")
    #expect(report.shown.spanish == "en pausa: la base fue restaurada o copiada")
    let spanish = report.explanation(in: .spanish)
    #expect(
        spanish.prefix(3) == [
            "  desde 2024-09-16 10:00 UTC, por puente_transfers",
            "  servidor 7712862446328499333, ahora 7712862491160362691", "  de b1.dump",
        ])
    let all = spanish + report.explanation(in: .english)
    #expect(all.allSatisfy { $0.count <= 80 })
    #expect(PaymentPauseReport(isPaused: true, kept: nil).state == "paused: restored")
    #expect(PaymentPauseReport(isPaused: false, kept: nil).explanation(in: .english).isEmpty)
}
