/// The columns of a kind of file, in their order. A file is recognised by its header.
public struct FileLayout: Sendable, Equatable {
    /// What the kind is called, for instance `households`.
    public let name: String
    /// Column names of the header.
    public let columns: [String]

    init(_ name: String, _ columns: String) {
        self.name = name
        self.columns = columns.split(separator: ",").map(String.init)
    }

    /// The header line.
    public var header: String { columns.joined(separator: ",") }

    /// Administrative units of the country.
    public static let territories = FileLayout("territories", "territory_code,name,level,parent_code,poverty_rate")
    /// Households of the social registry.
    public static let households = FileLayout("households", "household_id,territory_code,poverty_class,residence_since")
    /// Their members.
    public static let members = FileLayout(
        "members", "person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant")
    /// The accounts that households are paid on.
    public static let accounts = FileLayout("accounts", "household_id,holder_person_id,bank_bic,account_number")
    /// What schools report.
    public static let schoolAttendance = FileLayout(
        "school_attendance", "person_id,school_code,level,month,school_days,days_attended")
    /// What health posts report.
    public static let healthChecks = FileLayout("health_checks", "person_id,facility_code,kind,checked_on")
    /// Households in productive projects.
    public static let projectParticipants = FileLayout(
        "project_participants", "project_code,household_id,module_code,enrolled_on")
    /// Budget lines and their appropriations.
    public static let budget = FileLayout(
        "budget", "line,fiscal_year,fund,ministry,programme,territory_code,currency,appropriation")

    /// Every kind of file that some service imports.
    public static let all = [
        territories, households, members, accounts, schoolAttendance, healthChecks, projectParticipants, budget,
    ]
}
