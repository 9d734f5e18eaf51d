import Foundation

/// The files of a simulation.
final class PopulationFiles {
    let territories, households, members, accounts: OutputFile
    let attendance, healthChecks, participants, budget, closedAccounts, findings: OutputFile
    let agreement: OutputFile
    private let all: [OutputFile]

    init(directory: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw PopulationError.unwritable(file: directory)
        }
        func file(_ name: String, _ header: String) throws -> OutputFile {
            try OutputFile(name, in: directory, header: header)
        }
        territories = try file("territories.csv", "territory_code,name,level,parent_code,poverty_rate")
        households = try file("households.csv", "household_id,territory_code,poverty_class,residence_since")
        members = try file(
            "members.csv", "person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant")
        accounts = try file("accounts.csv", "household_id,holder_person_id,bank_bic,account_number")
        attendance = try file(
            "school_attendance.csv", "person_id,school_code,level,month,school_days,days_attended")
        healthChecks = try file("health_checks.csv", "person_id,facility_code,kind,checked_on")
        participants = try file("project_participants.csv", "project_code,household_id,module_code,enrolled_on")
        budget = try file(
            "budget.csv", "line,fiscal_year,fund,ministry,programme,territory_code,currency,appropriation")
        closedAccounts = try file("bank_closed_accounts.csv", "account_number")
        findings = try file("findings.csv", "kind,territory_code,line,detail")
        agreement = try OutputFile(AgreementText.fileName, in: directory, header: nil)
        all = [
            territories, households, members, accounts, attendance, healthChecks, participants, budget, closedAccounts,
            findings, agreement,
        ]
    }

    /// Gives every file its name.
    func complete() throws {
        for file in all { try file.complete() }
    }

    /// Removes what was written.
    func abandon() {
        for file in all { file.abandon() }
    }

    func write(_ figures: PopulationFigures) throws {
        for territory in figures.territories {
            territories.rows.add(territory.code)
            territories.rows.add(territory.name)
            territories.rows.add(territory.level)
            territories.rows.add(territory.parent)
            territories.rows.add(territory.povertyHundredths.map { Percent(hundredths: $0).description } ?? "")
            try territories.rows.endRow()
        }
        for finding in figures.findings {
            findings.rows.add(finding.kind.rawValue)
            findings.rows.add(finding.territory)
            findings.rows.add(finding.line)
            findings.rows.add(finding.detail)
            try findings.rows.endRow()
        }
    }

    /// One line of each programme and department: what a cycle costs at most, rounded up to a thousand soles, times the share
    /// that is appropriated.
    func write(_ need: BudgetNeed, share: Percent) throws {
        for (programme, amounts) in [("juntos", need.juntos), ("haku_winay", need.hakuWinay)] {
            for (department, minor) in amounts.sorted(by: { $0.key < $1.key }) where minor > 0 {
                let code = (department < 10 ? "0" : "") + String(department)
                let appropriated = BudgetNeed.appropriation(for: minor, share: share)
                budget.rows.add("\(Cycle.fiscalYear)-RO-MIDIS-\(programme)-\(code)")
                budget.rows.add(Cycle.fiscalYear)
                budget.rows.add("RO")
                budget.rows.add("MIDIS")
                budget.rows.add(programme)
                budget.rows.add(code)
                budget.rows.add("PEN")
                let cents = appropriated % 100
                budget.rows.add("\(appropriated / 100).\(cents < 10 ? "0" : "")\(cents)")
                try budget.rows.endRow()
            }
        }
    }
}

/// What the programmes cost by department in minor units, when every household meets every condition. The amounts are those of
/// `deploy/programmes/peru/*.json`; a test compares them.
struct BudgetNeed {
    /// Juntos: base transfer.
    static let base = 20_000
    /// Juntos: early-childhood add-on.
    static let earlyChildhood = 10_000
    /// Juntos: secondary add-on, per student.
    static let secondary = 8_000
    /// Haku Wiñay: cost per household.
    static let project = 600_000

    /// What a line is given for a need: rounded up to a thousand soles, then the share.
    static func appropriation(for minor: Int, share: Percent) -> Int {
        (minor + 99_999) / 100_000 * 100_000 * share.hundredths / 10_000
    }

    var juntos: [Int: Int] = [:]
    var hakuWinay: [Int: Int] = [:]

    mutating func add(_ members: [Member], department: Int) {
        var amount = Self.base
        if members.contains(where: { $0.pregnant || 0..<12 ~= $0.ageMonths }) { amount += Self.earlyChildhood }
        amount += members.count { 192..<204 ~= $0.ageMonths } * Self.secondary
        juntos[department, default: 0] += amount
    }
}
