import Contracts
import TestSupport
import TransfersDomain

/// Who is owed what: the cases of `RunPopulation` in the minor units of the seed's currency. It knows nothing of what the
/// services compute.
struct AdversaryModel {
    static let households = 24
    static let schemes = ["standard", "peru", "colombia", "mexico"]
    static let currencies = ["PEN", "CLP", "KWD"]
    static let departments = ["01", "06"]

    /// A cycle that may be opened: its code, and its two months.
    struct Cycle {
        let code: String
        let first: String
        let last: String
        let months: [String]
        let payOn: String
    }
    static let cycles = [
        Cycle(
            code: "2024-4", first: "2024-07-01", last: "2024-08-31", months: ["2024-07-01", "2024-08-01"],
            payOn: "2024-09-05"),
        Cycle(
            code: "2024-5", first: "2024-09-01", last: "2024-10-31", months: ["2024-09-01", "2024-10-01"],
            payOn: "2024-11-05"),
        Cycle(
            code: "2024-6", first: "2024-11-01", last: "2024-12-31", months: ["2024-11-01", "2024-12-01"],
            payOn: "2024-12-20"),
    ]
    /// When the year of the cycles takes no more reservations.
    static let payNextYear = "2025-01-15"

    let scheme: String
    let currency: String
    /// Households that had no account and have one now.
    var hasAccount: Set<Int> = []
    /// Households that had an account in a time that the database has forgotten: they may have been paid then.
    var hadAccount: Set<Int> = []
    /// Cycles whose evidence of the households without evidence came late: whether it counts depends on when it came.
    var hasLateEvidence: Set<Int> = []

    /// Cycle and household of what two persons gave back, as far as they were heard.
    var mayBeGivenBack: Set<[Int]> = []

    /// What may be so once the database has gone back to when `copied` was so: what happened since is forgotten, and the bank
    /// may have paid by it.
    func forgetting(since copied: AdversaryModel) -> AdversaryModel {
        var model = self
        model.hasAccount = copied.hasAccount
        model.hadAccount.formUnion(hasAccount)
        return model
    }

    init(seed: Int) {
        scheme = Self.schemes[seed % Self.schemes.count]
        currency = Self.currencies[seed / Self.schemes.count % Self.currencies.count]
    }

    var programme: CoordinationV1.ProgrammeDefinition {
        var programme = RunPopulation.programme
        programme.currency = currency
        programme.payments?.maxTransactionsPerFile = 5
        return programme
    }

    /// Lines of the cycles' year, then of the next: a line for each department.
    var lines: [CoordinationV1.BudgetLine] {
        [2024, 2025].flatMap { year in
            Self.departments.map {
                CoordinationV1.BudgetLine(
                    line: "\(year)-RO-\(currency)-\($0)", fiscalYear: Int32(year), fund: "RO", ministry: "MIDIS",
                    programme: "juntos", territory: $0, currency: currency, scheme: scheme)
            }
        }
    }

    /// What all households together are owed for a cycle, whatever may be odd about them.
    static let cycleMinor = (1...households).reduce(Int64(0)) { $0 + most(household: $1) }

    /// The most that a household can be owed for a cycle.
    static func most(household index: Int) -> Int64 {
        let kind = RunPopulation.Case(rawValue: index % 8)
        return kind == .noAccount || kind == .noEvidence ? 20_000 : kind?.paidMinor ?? 0
    }

    /// What a household may be owed for a cycle; more than one amount where it depends on when something was imported.
    func owed(household index: Int, cycle: Int) -> Set<Int64> {
        switch RunPopulation.Case(rawValue: index % 8) {
        case .noAccount: hasAccount.contains(index) ? [20_000] : hadAccount.contains(index) ? [0, 20_000] : [0]
        case .noEvidence: hasLateEvidence.contains(cycle) ? [0, 20_000] : [0]
        case let kind: [kind?.paidMinor ?? 0]
        }
    }

    /// Which cycle and household a payment is for, by what its EndToEndId says; nil for a payment of nobody.
    static func payee(of endToEndID: String, keys: [String: Int]) -> (cycle: Int, household: Int)? {
        guard let reference = PaymentReference(endToEndID), let cycle = keys[reference.paymentKey] else { return nil }
        let index = Int(reference.household - RunPopulation.householdId(0))
        return (1...households).contains(index) ? (cycle, index) : nil
    }

    /// Evidence of the later cycles, as `RunPopulation` has it of the first.
    static var laterEvidence: String {
        cycles.dropFirst().map { evidence(of: $0, where: "% 8 NOT IN (2, 6)") }.joined()
            + cycles.dropFirst().map {
                """
                INSERT INTO transfers.health_check (household_id, person_id, checked_on, kind, facility_code)
                SELECT household_id, household_id * 10 + 1, '\($0.last)', 1, 'E0001'
                FROM coordination.household WHERE (household_id - 5000) % 8 = 2;

                """
            }.joined()
    }

    /// Attendance of those who had none, for one cycle.
    static func lateEvidence(_ cycle: Int) -> String { evidence(of: cycles[cycle], where: "% 8 = 6") }

    private static func evidence(of cycle: Cycle, where condition: String) -> String {
        """
        INSERT INTO transfers.attendance (
            household_id, person_id, month, level, school_days, days_attended, school_code)
        SELECT household_id, household_id * 10 + 1, month, CASE (household_id - 5000) % 8 WHEN 3 THEN 2 ELSE 1 END, 20,
            CASE (household_id - 5000) % 8 WHEN 1 THEN 10 WHEN 7 THEN 17 ELSE 20 END, 'I0001'
        FROM coordination.household, unnest(ARRAY[\(cycle.months.map { "date '\($0)'" }.joined(separator: ", "))]) AS month
        WHERE (household_id - 5000) \(condition)
        ON CONFLICT DO NOTHING;

        """
    }

    /// Another account for some households, and the first for some.
    static func accounts(first: Int, count: Int, digit: Int) -> String {
        """
        INSERT INTO coordination.account (household_id, holder_person_id, bank_bic, account_number)
        SELECT 5000 + h, (5000 + h) * 10, 'BANCPEPL', '0\(digit)' || lpad((5000 + h)::text, 12, '0')
        FROM generate_series(\(first), \(min(first + count - 1, households))) AS h
        ON CONFLICT (household_id) DO UPDATE SET account_number = excluded.account_number;
        """
    }
}
