import Contracts
import CoordinationDomain
import TestSupport
import Testing

/// The country that the definitions are for.
func peru() -> CoordinationV1.CountryDefinition {
    try! CoordinationV1.CountryDefinition(json: TestCountry.file("peru"))
}

/// A definition without a fault, for tests to spoil.
func soundTransfer() -> CoordinationV1.ProgrammeDefinition {
    .init(
        code: "juntos", name: "Juntos", ministry: "MIDIS", kind: .conditionalTransfer, currency: "PEN",
        eligibility: .init(povertyClasses: ["extreme_poor", "poor"], minResidenceMonths: 6),
        conditions: [
            .init(
                code: "attendance", kind: .schoolAttendance, fromAgeMonths: 72, belowAgeMonths: 228,
                thresholdHundredths: 8500, missing: .notMet)
        ],
        components: [.init(code: "base", basis: .household, amountMinor: 20_000)],
        ladder: [.init(consecutiveCycles: 1, action: "unpaid"), .init(consecutiveCycles: 3, action: "suspended")],
        payments: .init(
            debtorName: "MIDIS", debtorAccount: "00000000001", debtorBic: "BANCPEPL", maxTransactionsPerFile: 50_000),
        facts: [
            .init(about: "components.base", source: "andina.pe 664331", status: "verified"),
            .init(about: "ladder", source: "", status: "unverified"),
        ])
}

func soundProject() -> CoordinationV1.ProgrammeDefinition {
    .init(
        code: "haku_winay", name: "Haku Wiñay", ministry: "MIDIS", kind: .productiveProject, currency: "PEN",
        project: .init(
            unitCostMinor: 600_000, instalmentSharesHundredths: [4000, 6000],
            modules: [.init(code: "guinea_pig", name: "Cuyes", unitCostMinor: 90_000)]))
}

@Test func soundDefinitionsHaveNoFaults() {
    #expect(DefinitionCheck.faults(of: soundTransfer(), in: peru()) == [])
    #expect(DefinitionCheck.faults(of: soundProject(), in: peru()) == [])
}

@Test func whatNoSourceConfirmsIsNamed() {
    #expect(soundTransfer().facts.unverified == ["ladder"])
}

/// How a definition is spoilt, and where the check must see it.
private typealias Spoiling = @Sendable (inout CoordinationV1.ProgrammeDefinition) -> Void

private let transferFaults: [(String, Spoiling)] = [
    ("code", { $0.code = "Juntos!" }),
    ("name", { $0.name = "" }),
    ("ministry", { $0.ministry = "" }),
    ("name", { $0.name = "Juntos\u{1B}[2J" }),
    ("ministry", { $0.ministry = "MIDIS\u{202E}" }),
    ("currency", { $0.currency = "pen" }),
    ("currency", { $0.currency = "XYZ" }),
    ("currency", { $0.currency = "USD" }),
    ("kind", { $0.kind = .unspecified }),
    ("eligibility", { $0.eligibility = nil }),
    ("eligibility.povertyClasses", { $0.eligibility?.povertyClasses = [] }),
    ("eligibility.povertyClasses[1]", { $0.eligibility?.povertyClasses = ["poor", "rich"] }),
    ("eligibility.minResidenceMonths", { $0.eligibility?.minResidenceMonths = -1 }),
    ("conditions[0].kind", { $0.conditions[0].kind = .unspecified }),
    ("conditions[0].thresholdHundredths", { $0.conditions[0].thresholdHundredths = 10_001 }),
    ("conditions[0].belowAgeMonths", { $0.conditions[0].belowAgeMonths = 72 }),
    ("conditions[0].missing", { $0.conditions[0].missing = .unspecified }),
    ("conditions[0].minChecks", { $0.conditions[0].minChecks = 1 }),
    (
        "conditions[0].minChecks",
        {
            $0.conditions[0].kind = .growthCheck
            $0.conditions[0].thresholdHundredths = 0
        }
    ),
    ("conditions[1].code", { $0.conditions.append($0.conditions[0]) }),
    ("components", { $0.components = [] }),
    ("components[0].amountMinor", { $0.components[0].amountMinor = 0 }),
    ("components[0].amountMinor", { $0.components[0].amountMinor = .max }),
    ("components[0].basis", { $0.components[0].basis = .unspecified }),
    ("components[0].requiresBase", { $0.components[0].requiresBase = true }),
    ("components[0].belowAgeMonths", { $0.components[0].belowAgeMonths = 12 }),
    (
        "components[0].schoolLevel",
        {
            $0.components[0].basis = .member
            $0.components[0].schoolLevel = "tertiary"
        }
    ),
    ("ladder[1].consecutiveCycles", { $0.ladder[1].consecutiveCycles = 1 }),
    ("ladder[0].action", { $0.ladder[0].action = "shout" }),
    ("ladder[1].action", { $0.ladder[0].action = "exit" }),
    ("ladder[0].consecutiveCycles", { $0.ladder[0].consecutiveCycles = 2 }),
    ("ladder[1].consecutiveCycles", { $0.ladder[1].consecutiveCycles = 1_001 }),
    ("project", { $0.project = soundProject().project }),
    ("payments.debtorName", { $0.payments?.debtorName = " " }),
    ("payments.debtorName", { $0.payments?.debtorName = String(repeating: "A", count: 5_000) }),
    ("payments.debtorName", { $0.payments?.debtorName = "MIDIS 😀" }),
    ("payments.debtorAccount", { $0.payments?.debtorAccount = "" }),
    ("payments.debtorAccount", { $0.payments?.debtorAccount = "00-000 0000 01" }),
    ("payments.debtorAccount", { $0.payments?.debtorAccount = String(repeating: "1", count: 100) }),
    ("payments.debtorAccount", { $0.payments?.debtorAccount = "1" }),
    ("payments.debtorBic", { $0.payments?.debtorBic = "BANCP3PL" }),
    ("payments", { $0.payments = nil }),
    ("payments.debtorBic", { $0.payments?.debtorBic = "BAN" }),
    ("payments.maxTransactionsPerFile", { $0.payments?.maxTransactionsPerFile = 0 }),
    ("facts[0].status", { $0.facts[0].status = "sure" }),
]

private let projectFaults: [(String, Spoiling)] = [
    ("project", { $0.project = nil }),
    ("project.unitCostMinor", { $0.project?.unitCostMinor = 0 }),
    ("project.instalmentSharesHundredths", { $0.project?.instalmentSharesHundredths = [4000, 6001] }),
    ("project.instalmentSharesHundredths", { $0.project?.instalmentSharesHundredths = [-1, 10_001] }),
    ("project.unitCostMinor", { $0.project?.unitCostMinor = .max }),
    ("project.modules[0].name", { $0.project?.modules[0].name = "Cuyes\u{1B}[2J" }),
    ("eligibility", { $0.eligibility = .init(povertyClasses: ["poor"]) }),
    ("payments", { $0.payments = soundTransfer().payments }),
    ("ladder", { $0.ladder = [.init(consecutiveCycles: 1, action: "unpaid")] }),
    ("project.modules[0].unitCostMinor", { $0.project?.modules[0].unitCostMinor = -5 }),
]

@Test(arguments: transferFaults.indices)
func aTransferThatCannotMeanAnythingIsRefusedAtItsPath(index: Int) {
    var definition = soundTransfer()
    transferFaults[index].1(&definition)
    #expect(DefinitionCheck.faults(of: definition, in: peru()).map(\.path) == [transferFaults[index].0])
}

@Test(arguments: projectFaults.indices)
func aProjectThatCannotMeanAnythingIsRefusedAtItsPath(index: Int) {
    var definition = soundProject()
    projectFaults[index].1(&definition)
    #expect(DefinitionCheck.faults(of: definition, in: peru()).map(\.path) == [projectFaults[index].0])
}
