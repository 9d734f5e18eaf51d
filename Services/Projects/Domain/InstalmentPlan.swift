/// A project as an instalment finds it.
public struct ProjectRoll: Sendable, Equatable {
    /// How many households take a module.
    public struct ModuleCount: Sendable, Equatable {
        /// The module.
        public let module: String
        /// Households.
        public let households: Int64

        /// A module's count.
        public init(module: String, households: Int64) {
            self.module = module
            self.households = households
        }
    }

    /// The project.
    public let project: String
    /// Households that take part.
    public let households: Int64
    /// What is committed for it already.
    public let committedMinor: Int64
    /// Households by module, in the order of the modules' codes.
    public let modules: [ModuleCount]

    /// A project's roll.
    public init(project: String, households: Int64, committedMinor: Int64, modules: [ModuleCount]) {
        self.project = project
        self.households = households
        self.committedMinor = committedMinor
        self.modules = modules
    }
}

/// Inputs of one module for one project.
public struct PurchaseOrder: Sendable, Equatable {
    /// The module.
    public let module: String
    /// Households that get it.
    public let quantity: Int64
    /// Minor units for each.
    public let unitMinor: Int64
    /// Minor units for all.
    public let amountMinor: Int64
}

/// What one instalment commits and orders for one project.
public struct InstalmentPlan: Sendable, Equatable {
    /// The project.
    public let project: String
    /// Households served.
    public let households: Int64
    /// Minor units to commit beyond what is committed: with the first instalment the whole cost.
    public let commitMinor: Int64
    /// Minor units to order: the sum of the purchase orders.
    public let orderMinor: Int64
    /// One for each module that somebody takes.
    public let purchaseOrders: [PurchaseOrder]

    /// Plans an instalment of a project by the programme's rules.
    ///
    /// The whole cost of the project (households × unit cost) is committed at once, as a *programa presupuestal* that is
    /// assigned in full and disbursed over the years. Each instalment orders its share of every module's cost; what the
    /// modules leave of the unit cost stays committed for the work of the yachachiq and of the executing body.
    public init(_ roll: ProjectRoll, instalment: Int, by rules: ProjectRules) throws(ProjectFault) {
        project = roll.project
        households = roll.households
        let (cost, overflow) = roll.households.multipliedReportingOverflow(by: rules.unitCostMinor)
        guard !overflow else { throw .tooLarge(project: roll.project) }
        commitMinor = max(0, cost - roll.committedMinor)
        var orders: [PurchaseOrder] = []
        var inputs: Int64 = 0
        var sum: Int64 = 0
        for count in roll.modules where count.households > 0 {
            guard let moduleCost = rules.moduleCostsMinor[count.module] else {
                throw .unknownModule(count.module, project: roll.project)
            }
            let unit = try rules.part(of: moduleCost, instalment: instalment)
            let (whole, wholeOverflow) = count.households.multipliedReportingOverflow(by: moduleCost)
            let (total, totalOverflow) = inputs.addingReportingOverflow(whole)
            guard !wholeOverflow, !totalOverflow else { throw .tooLarge(project: roll.project) }
            inputs = total
            guard unit > 0 else { continue }
            // No overflow: a part of an amount that did not.
            let amount = count.households * unit
            sum += amount
            orders.append(
                PurchaseOrder(module: count.module, quantity: count.households, unitMinor: unit, amountMinor: amount))
        }
        let affordable = max(cost, roll.committedMinor)
        guard inputs <= affordable else {
            throw .modulesExceedUnitCost(project: roll.project, excessMinor: inputs - affordable)
        }
        orderMinor = sum
        purchaseOrders = orders
    }
}
