import Contracts
import Testing
import TransfersDomain

@Suite struct RulesTests {
    /// A definition with nothing wrong.
    private static let sound = CoordinationV1.ProgrammeDefinition(
        code: "juntos", name: "Juntos", kind: .conditionalTransfer, currency: "PEN",
        eligibility: CoordinationV1.Eligibility(povertyClasses: ["extreme_poor", "poor"]),
        conditions: [
            CoordinationV1.Condition(
                code: "attendance", kind: .schoolAttendance, fromAgeMonths: 72, belowAgeMonths: 228,
                thresholdHundredths: 8_500, missing: .notMet),
            CoordinationV1.Condition(
                code: "growth", kind: .growthCheck, belowAgeMonths: 60, minChecks: 1, missing: .held),
        ],
        components: [
            CoordinationV1.Component(code: "base", basis: .household, amountMinor: 20_000),
            CoordinationV1.Component(
                code: "tas", basis: .member, amountMinor: 8_000, fromAgeMonths: 72, belowAgeMonths: 240,
                schoolLevel: "secondary"),
        ])

    private func place(_ change: (inout CoordinationV1.ProgrammeDefinition) -> Void) -> String? {
        var definition = Self.sound
        change(&definition)
        do {
            _ = try Rules(definition)
            return nil
        } catch {
            return error.place
        }
    }

    @Test func aSoundDefinitionBecomesRulesInItsOwnOrder() throws {
        let rules = try Rules(Self.sound)
        #expect(rules.conditions.map(\.code) == ["attendance", "growth"])
        #expect(rules.conditions.map(\.position) == [0, 1])
        #expect(rules.components.map(\.code) == ["base", "tas"])
        #expect(rules.eligibility.povertyClasses == [.extremePoor, .poor])
        #expect(rules.currency == "PEN")
    }

    @Test func theRollNeedsNobodyOlderThanEveryRule() throws {
        #expect(try Rules(Self.sound).concernsBelowMonths == 240)
        var unbounded = Self.sound
        unbounded.components[1].belowAgeMonths = 0
        #expect(try Rules(unbounded).concernsBelowMonths == nil)
    }

    @Test func whatIsNotSaidIsRefusedAndNotGuessed() {
        #expect(place { $0.kind = .productiveProject } == "kind")
        #expect(place { $0.components = [] } == "components")
        #expect(place { $0.eligibility = nil } == "eligibility.povertyClasses")
        #expect(place { $0.eligibility?.povertyClasses = ["rich"] } == "eligibility.povertyClasses")
        #expect(place { $0.conditions[0].missing = .unspecified } == "conditions.attendance.missing")
        #expect(place { $0.conditions[0].kind = .unspecified } == "conditions.attendance.kind")
        #expect(place { $0.conditions[0].thresholdHundredths = 0 } == "conditions.attendance.thresholdHundredths")
        #expect(place { $0.conditions[0].thresholdHundredths = 10_001 } == "conditions.attendance.thresholdHundredths")
        #expect(place { $0.conditions[1].minChecks = 0 } == "conditions.growth.minChecks")
        #expect(place { $0.conditions[1].fromAgeMonths = 60 } == "conditions.growth.fromAgeMonths")
        #expect(place { $0.components[0].basis = .unspecified } == "components.base.basis")
        #expect(place { $0.components[0].amountMinor = 0 } == "components.base.amountMinor")
        #expect(place { $0.components[0].amountMinor = -1 } == "components.base.amountMinor")
        #expect(place { $0.components[1].schoolLevel = "tertiary" } == "components.tas.schoolLevel")
    }
}
