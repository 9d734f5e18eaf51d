/// What a payment cycle came to, as the report shows it. Amounts are minor units of one currency.
public struct CycleReport: Sendable, Equatable {
    /// Programme's code.
    public var programme: String
    /// Programme's name to show.
    public var programmeName: String
    /// Cycle's code.
    public var cycle: String
    /// First day, ISO 8601.
    public var firstDay: String
    /// Last day, ISO 8601.
    public var lastDay: String
    /// Version of the programme's rules that decided.
    public var ruleVersion: Int32
    /// State of the cycle's last payment run; empty when there was none.
    public var runState: String
    /// ISO 4217 code.
    public var currency: String
    /// When the figures were read, ISO 8601.
    public var readAt: String
    /// What the country calls the territories that budgets hang on, by language.
    public var territoryNames: [String: String]
    /// The departments, in the order of their codes.
    public var departments: [DepartmentFigures]
    /// The budget of every programme of the fiscal year, by programme and department.
    public var budgets: [BudgetFigures]
    /// The agreements of the programme, by their codes.
    public var agreements: [AgreementFigures]
    /// The exception by which the cycle was opened over days that other cycles have; nil where it has its days alone.
    public var overlap: OverlapFigures?
    /// Cycles of the programme that were opened by such an exception, this one included.
    public var overlapExceptions: Int64

    /// A report.
    public init(
        programme: String, programmeName: String, cycle: String, firstDay: String, lastDay: String, ruleVersion: Int32,
        runState: String, currency: String, readAt: String, territoryNames: [String: String],
        departments: [DepartmentFigures], budgets: [BudgetFigures],
        agreements: [AgreementFigures], overlap: OverlapFigures? = nil, overlapExceptions: Int64 = 0
    ) {
        self.programme = programme
        self.programmeName = programmeName
        self.cycle = cycle
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.ruleVersion = ruleVersion
        self.runState = runState
        self.currency = currency
        self.readAt = readAt
        self.territoryNames = territoryNames
        self.departments = departments
        self.budgets = budgets
        self.agreements = agreements
        self.overlap = overlap
        self.overlapExceptions = overlapExceptions
    }

    /// The country: the sum of the departments.
    public var total: CycleFigures {
        departments.reduce(into: CycleFigures()) { $0.add($1.figures) }
    }

    /// The budget of each programme in the whole country, in the order of the programmes' codes.
    public var budgetByProgramme: [BudgetFigures] {
        var sums: [String: BudgetFigures] = [:]
        for budget in budgets {
            sums[
                budget.programme,
                default: BudgetFigures(
                    programme: budget.programme, programmeName: budget.programmeName, departmentCode: "",
                    stages: BudgetStages())
            ].stages.add(budget.stages)
        }
        return sums.values.sorted { $0.programme < $1.programme }
    }

    /// The stages of the report's own programme in a department.
    public func stages(inDepartment code: String) -> BudgetStages {
        budgets.filter { $0.programme == programme && $0.departmentCode == code }
            .reduce(into: BudgetStages()) { $0.add($1.stages) }
    }
}

/// An exception to the rule that a period is paid once, signed by two people.
public struct OverlapFigures: Sendable, Equatable {
    /// Its number.
    public var number: Int32
    /// Codes of the cycles that have days of this one.
    public var others: [String]
    /// Days whose evidence counts in those cycles and not in this one.
    public var sharedDays: Int32
    /// Why.
    public var reason: String
    /// Who asked for it.
    public var requestedBy: String
    /// Who signed it.
    public var signedBy: String

    /// An exception.
    public init(
        number: Int32, others: [String], sharedDays: Int32, reason: String, requestedBy: String, signedBy: String
    ) {
        self.number = number
        self.others = others
        self.sharedDays = sharedDays
        self.reason = reason
        self.requestedBy = requestedBy
        self.signedBy = signedBy
    }
}

/// A department's line of the report.
public struct DepartmentFigures: Sendable, Equatable {
    /// Its code.
    public var code: String
    /// Its name.
    public var name: String
    /// Its figures.
    public var figures: CycleFigures

    /// A department's line.
    public init(code: String, name: String, figures: CycleFigures) {
        self.code = code
        self.name = name
        self.figures = figures
    }
}

/// Households and minor units.
public struct Tally: Sendable, Equatable {
    /// Households.
    public var households: Int64
    /// Minor units.
    public var minor: Int64

    /// A tally; empty unless said otherwise.
    public init(households: Int64 = 0, minor: Int64 = 0) {
        self.households = households
        self.minor = minor
    }

    mutating func add(_ other: Tally) {
        households += other.households
        minor += other.minor
    }
}

/// What became of households in a cycle.
public struct CycleFigures: Sendable, Equatable {
    /// Households on the frozen roll.
    public var affiliated: Int64 = 0
    /// Of these, those that met the conditions.
    public var verified: Int64 = 0
    /// What the rules grant.
    public var entitled = Tally()
    /// Payment orders made.
    public var ordered = Tally()
    /// Orders that the bank has paid.
    public var paid = Tally()
    /// Orders that the bank refused.
    public var rejected = Tally()
    /// Orders paid and sent back.
    public var returned = Tally()
    /// Orders that the bank has not settled yet.
    public var waiting = Tally()
    /// Households in a productive project.
    public var inProjects: Int64 = 0
    /// Households on the roll that also take part in a productive project.
    public var inBoth: Int64 = 0
    /// Of those on the roll, suspended by the programme's sanctions and not paid in this cycle.
    public var suspended: Int64 = 0
    /// Households that the programme's sanctions keep off the roll.
    public var exited: Int64 = 0

    /// No households.
    public init() {}

    /// Adds another territory's figures.
    public mutating func add(_ other: CycleFigures) {
        affiliated += other.affiliated
        verified += other.verified
        entitled.add(other.entitled)
        ordered.add(other.ordered)
        paid.add(other.paid)
        rejected.add(other.rejected)
        returned.add(other.returned)
        waiting.add(other.waiting)
        inProjects += other.inProjects
        inBoth += other.inBoth
        suspended += other.suspended
        exited += other.exited
    }
}
