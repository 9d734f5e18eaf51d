import Contracts
import TestSupport
import Testing

@testable import BackOffice

/// Every code of a reason or a fact that the transfers service sends.
private let codes = [
    "meets_criteria", "poverty_class", "residence", "members", "territory", "kept_by_agreement", "sanction_unpaid",
    "sanction_suspended", "sanction_exit", "threshold_reached", "below_threshold", "no_school_days", "checks_done",
    "too_few_checks", "missing_not_met", "missing_met", "missing_held", "outside_age_range", "not_pregnant",
    "household_payable", "household_not_met", "household_held", "household_no_account", "household_suspended",
    "household_nothing_due", "not_on_roll", "units", "ordered", "bank_reason", "bank_duplicate", "reopened_repair",
    "reopened_terminal", "reopened_payer", "reopened_check", "reopened_unspecified", "household", "order",
    "bank_message",
]

@Suite struct CycleWordTests {
    @Test(arguments: codes) func everyReasonIsSaidInBothLanguages(code: String) {
        let words = ReasonWords(reason: .init(code: code), currency: "PEN")
        for language in Language.allCases {
            let said = words.words(language)
            #expect(said != code && said.hasSuffix("."), "\(said)")
        }
    }

    @Test func aSanctionIsSaidWithTheCyclesThatWereCounted() {
        let decision = TransfersV1.Decision(
            kind: "affiliation", outcome: "not_eligible", ruleVersion: 1,
            reasons: [.init(code: "sanction_exit", values: ["consecutive": "2", "cycles": "2024-3 2024-4"])],
            replay: "same")
        #expect(
            DecisionWords(decision: decision).lines(.english) == [
                "affiliation: not affiliated [rules v1]",
                "  - Conditions not met in 2 cycles in a row (2024-3, 2024-4): out of the programme.",
                "  = The frozen rules give the same again.",
            ])
        #expect(
            DecisionWords(decision: decision).lines(.spanish) == [
                "afiliación: no afiliado [reglas v1]",
                "  - Condiciones no cumplidas en 2 ciclos seguidos (2024-3, 2024-4): fuera del programa.",
                "  = Las reglas fijadas dan otra vez lo mismo.",
            ])
    }

    @Test func moneyIsSaidWithTheDigitsOfItsCurrency() {
        let reason = TransfersV1.DecisionReason(code: "units", values: ["units": "2", "unit_minor": "20000"])
        #expect(ReasonWords(reason: reason, currency: "PEN").words(.english) == "2 × 200.00 PEN.")
        #expect(ReasonWords(reason: reason, currency: "CLP").words(.english) == "2 × 20,000 CLP.")
    }

    @Test func anOverlapIsNamedWithWhatHelps() throws {
        let refusal = RPCError.failedPrecondition(
            "",
            details: [
                ErrorDetail(
                    type: "precondition", reason: "period_once", subject: "2024-4",
                    metadata: ["first_day": "2024-07-01", "last_day": "2024-08-31"])
            ])
        let failure = try #require(
            CycleOutcome.failure(of: refusal, .init(programme: "juntos", cycle: "2024-04")))
        #expect(failure.what.english.contains("2024-4 (2024-07-01 to 2024-08-31)"))
        #expect(failure.what.spanish.contains("2024-4 (2024-07-01 a 2024-08-31)"))
        #expect(failure.remedy?.english.contains("--overlap-reason") == true)
    }

    @Test func whatIsReadOfCyclesFitsTheSchemaAndAnOperatorsRights() async throws {
        try await withDatabase { database in
            let person = try #require(try await database.person("ana")["user"])
            #expect(try await database.refusedStatements([ListCycles.self, FindOverlapNotice.self], as: person) == [])
        }
    }
}
