import Contracts
import Testing

@testable import BackOffice

private let status = TransfersV1.RunStatus(
    runId: "r1", programme: "juntos", cycle: "2024-4", state: "awaiting_budget", chunksDone: 1, chunks: 2,
    households: 100, payableHouseholds: 90, totalMinor: 1_800_000, currency: "PEN", requestedBy: "ana",
    files: [.init(name: "F1", path: "F1", transactions: 90, totalMinor: 1_800_000)],
    shortfalls: [.init(line: "2024-RO-MIDIS-juntos-06", shortfallMinor: 5_000)])

@Test func aRunThatLacksBudgetNamesTheLinesAndTheNextStep() {
    let report = RunReport(status: status, language: .english)
    let text = report.lines().joined(separator: "\n")
    #expect(text.contains("state: awaiting_budget (waiting for budget)"))
    #expect(text.contains("2024-RO-MIDIS-juntos-06  50.00 PEN"))
    #expect(report.nextStep()?.spanish.contains("puente payments resume r1") == true)
    #expect(!report.isMoving)
}

@Test(arguments: [
    ("freezing", true), ("verifying", true), ("reserving", true), ("awaiting_approval", false), ("committing", true),
    ("ordering", true), ("writing", true), ("sent", false), ("closed", false), ("empty", false),
])
func aRunMovesUntilAPersonHasToAct(state: String, isMoving: Bool) {
    #expect(RunReport(status: .init(state: state), language: .english).isMoving == isMoving)
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
        reconciliation: .init(
            orderedMinor: 1_800_000, paidMinor: paid, rejectedMinor: 1_800_000 - paid, ledgerPaidMinor: ledger,
            currency: "PEN"),
        programmes: [])
}

@Test func controlTotalsAgree() {
    let checks = totals(paid: 1_700_000, ledger: 1_700_000).checks
    #expect(checks.count == 4)
    #expect(checks.allSatisfy { $0.agrees })
}

@Test func aCentOfDifferenceIsSeen() {
    let totals = totals(paid: 1_700_000, ledger: 1_700_001)
    #expect(totals.checks.filter { !$0.agrees }.map(\.right) == [1_700_001])
    #expect(totals.lines(in: .english).contains { $0.contains("17,000.01 PEN") && $0.hasSuffix("DIFFERS") })
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
