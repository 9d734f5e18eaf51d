import Contracts

/// A small registry whose every household is one of eight cases, so that what a run must decide can be counted.
enum RunPopulation {
    /// What becomes of households whose number leaves this remainder by eight.
    enum Case: Int, CaseIterable {
        case pupilAttends = 0
        case pupilMissesDays = 1
        case infantIsChecked = 2
        case secondaryPupilAttends = 3
        case noAccount = 4
        case notPoor = 5
        case noEvidence = 6
        case exactlyAtThreshold = 7

        /// Minor units that the household is paid.
        var paidMinor: Int64 {
            switch self {
            case .pupilAttends, .exactlyAtThreshold: 20_000
            case .infantIsChecked: 30_000
            case .secondaryPupilAttends: 28_000
            case .pupilMissesDays, .noAccount, .notPoor, .noEvidence: 0
            }
        }
    }

    /// Number of a household.
    static func householdId(_ index: Int) -> Int64 { Int64(5_000 + index) }

    /// What so many households are paid in all, and how many of them.
    static func expected(households: Int) -> (payable: Int64, totalMinor: Int64) {
        var payable: Int64 = 0
        var total: Int64 = 0
        for index in 1...households {
            guard let kind = Case(rawValue: index % 8) else { continue }
            total += kind.paidMinor
            payable += kind.paidMinor > 0 ? 1 : 0
        }
        return (payable, total)
    }

    /// The programme.
    static let programme = CoordinationV1.ProgrammeDefinition(
        code: "juntos", name: "Juntos", ministry: "MIDIS", kind: .conditionalTransfer, currency: "PEN",
        eligibility: CoordinationV1.Eligibility(
            povertyClasses: ["extreme_poor", "poor"], minResidenceMonths: 6, memberYoungerThanYears: 19,
            minTerritoryPovertyHundredths: 4_000),
        conditions: [
            CoordinationV1.Condition(
                code: "attendance", kind: .schoolAttendance, fromAgeMonths: 72, belowAgeMonths: 228,
                thresholdHundredths: 8_500, missing: .notMet),
            CoordinationV1.Condition(
                code: "growth", kind: .growthCheck, fromAgeMonths: 0, belowAgeMonths: 60, minChecks: 1,
                missing: .notMet),
        ],
        components: [
            CoordinationV1.Component(code: "base", basis: .household, amountMinor: 20_000),
            CoordinationV1.Component(
                code: "tpi", basis: .householdWithMember, amountMinor: 10_000, belowAgeMonths: 24,
                countsPregnant: true, requiresBase: true),
            CoordinationV1.Component(
                code: "tas", basis: .member, amountMinor: 8_000, fromAgeMonths: 72, belowAgeMonths: 228,
                schoolLevel: "secondary", requiresBase: true),
        ],
        payments: CoordinationV1.PaymentSettings(
            debtorName: "Programa Juntos", debtorAccount: "00000000000001", debtorBic: "BNPEPEPL",
            maxTransactionsPerFile: 30))

    /// Fills an empty database.
    static func script(households: Int) -> String {
        """
        INSERT INTO coordination.territory (
            territory_code, name, level, parent_code, department_code, poverty_rate_hundredths)
        VALUES ('01', 'Amazonas', 1, NULL, '01', NULL), ('06', 'Cajamarca', 1, NULL, '06', NULL),
            ('0101', 'Chachapoyas', 2, '01', '01', NULL), ('0601', 'Cajamarca', 2, '06', '06', NULL),
            ('010101', 'Chachapoyas', 3, '0101', '01', 5000), ('060101', 'Cajamarca', 3, '0601', '06', NULL);
        INSERT INTO coordination.household (household_id, residence_since, poverty_class, territory_code)
        SELECT 5000 + h, '2019-03-01', CASE WHEN h % 8 = 5 THEN 3 ELSE 1 + h % 2 END,
            CASE WHEN h % 3 = 0 THEN '010101' ELSE '060101' END
        FROM generate_series(1, \(households)) AS h;
        INSERT INTO coordination.member (
            household_id, person_id, birth_date, relationship, pregnant, sex, given_names, surnames)
        SELECT household_id, household_id * 10, date '1985-05-05', 1, false, 'F', 'María', 'Quispe'
        FROM coordination.household
        UNION ALL
        SELECT household_id, household_id * 10 + 1,
            CASE (household_id - 5000) % 8 WHEN 2 THEN date '2023-02-02' WHEN 3 THEN '2010-01-01'
                ELSE '2015-01-01' END,
            3, false, 'M', 'José', 'Quispe'
        FROM coordination.household;
        INSERT INTO coordination.account (household_id, holder_person_id, bank_bic, account_number)
        SELECT household_id, household_id * 10, 'BANCPEPL', '04' || lpad(household_id::text, 12, '0')
        FROM coordination.household WHERE (household_id - 5000) % 8 <> 4;
        INSERT INTO transfers.attendance (
            household_id, person_id, month, level, school_days, days_attended, school_code)
        SELECT household_id, household_id * 10 + 1, month, CASE (household_id - 5000) % 8 WHEN 3 THEN 2 ELSE 1 END, 20,
            CASE (household_id - 5000) % 8 WHEN 1 THEN 10 WHEN 7 THEN 17 ELSE 20 END, 'I0001'
        FROM coordination.household, unnest(ARRAY[date '2024-07-01', date '2024-08-01']) AS month
        WHERE (household_id - 5000) % 8 NOT IN (2, 6);
        -- Evidence of another cycle does not count.
        INSERT INTO transfers.attendance (
            household_id, person_id, month, level, school_days, days_attended, school_code)
        SELECT household_id, household_id * 10 + 1, '2024-06-01', 1, 20, 20, 'I0001'
        FROM coordination.household WHERE (household_id - 5000) % 8 IN (1, 6);
        INSERT INTO transfers.health_check (household_id, person_id, checked_on, kind, facility_code)
        SELECT household_id, household_id * 10 + 1, '2024-08-31', 1, 'E0001'
        FROM coordination.household WHERE (household_id - 5000) % 8 = 2;
        """
    }
}
