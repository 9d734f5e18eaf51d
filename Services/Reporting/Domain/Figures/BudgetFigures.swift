/// The budget of a programme in a department, or in the whole country.
public struct BudgetFigures: Sendable, Equatable {
    /// Programme's code.
    public var programme: String
    /// Programme's name to show.
    public var programmeName: String
    /// Department's code; empty for the country.
    public var departmentCode: String
    /// What reached each stage.
    public var stages: BudgetStages

    /// A budget.
    public init(programme: String, programmeName: String, departmentCode: String, stages: BudgetStages) {
        self.programme = programme
        self.programmeName = programmeName
        self.departmentCode = departmentCode
        self.stages = stages
    }
}

/// What reached each stage of the budget, in minor units: each includes the later ones.
public struct BudgetStages: Sendable, Equatable {
    /// Appropriation in force.
    public var appropriated: Int64 = 0
    /// Certificación, CDP.
    public var reserved: Int64 = 0
    /// Compromiso, RP.
    public var committed: Int64 = 0
    /// Devengado, obligación.
    public var accrued: Int64 = 0
    /// Girado, ejercido.
    public var ordered: Int64 = 0
    /// Pagado.
    public var paid: Int64 = 0

    /// Nothing.
    public init() {}

    /// The amounts in the order of the stages.
    public var inOrder: [Int64] { [appropriated, reserved, committed, accrued, ordered, paid] }

    /// Adds another territory's amounts.
    public mutating func add(_ other: BudgetStages) {
        appropriated += other.appropriated
        reserved += other.reserved
        committed += other.committed
        accrued += other.accrued
        ordered += other.ordered
        paid += other.paid
    }
}
