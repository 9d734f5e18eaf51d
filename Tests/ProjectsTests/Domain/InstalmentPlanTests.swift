import Contracts
import ProjectsDomain
import Testing

private func settings(
    _ shares: [Int32] = [4_000, 3_000, 3_000], unitCostMinor: Int64 = 600_000,
    modules: [(String, Int64)] = [("guinea_pig", 120_000), ("hen", 90_000)]
) -> CoordinationV1.ProjectSettings {
    .init(
        unitCostMinor: unitCostMinor, instalmentSharesHundredths: shares,
        modules: modules.map { .init(code: $0.0, unitCostMinor: $0.1) })
}

private func roll(
    _ households: Int64, committed: Int64 = 0, _ modules: [(String, Int64)]
) -> ProjectRoll {
    ProjectRoll(
        project: "HW-06-001", households: households, committedMinor: committed,
        modules: modules.map { .init(module: $0.0, households: $0.1) })
}

@Test func theFirstInstalmentCommitsTheWholeCostAndOrdersItsShare() throws {
    let rules = try ProjectRules(settings())
    let plan = try InstalmentPlan(roll(400, [("guinea_pig", 278), ("hen", 267)]), instalment: 1, by: rules)
    // 400 households at S/6,000: the S/2.4 million of one executing body.
    #expect(plan.commitMinor == 240_000_000)
    #expect(plan.purchaseOrders.map(\.module) == ["guinea_pig", "hen"])
    #expect(plan.purchaseOrders.map(\.unitMinor) == [48_000, 36_000])
    #expect(plan.purchaseOrders.map(\.amountMinor) == [278 * 48_000, 267 * 36_000])
    #expect(plan.orderMinor == 278 * 48_000 + 267 * 36_000)
}

@Test func laterInstalmentsCommitOnlyWhatIsNew() throws {
    let rules = try ProjectRules(settings())
    let same = try InstalmentPlan(
        roll(400, committed: 240_000_000, [("hen", 400)]), instalment: 2, by: rules)
    #expect(same.commitMinor == 0)
    #expect(same.orderMinor == 400 * 27_000)
    let grown = try InstalmentPlan(
        roll(402, committed: 240_000_000, [("hen", 402)]), instalment: 2, by: rules)
    #expect(grown.commitMinor == 1_200_000)
    let shrunk = try InstalmentPlan(
        roll(390, committed: 240_000_000, [("hen", 390)]), instalment: 2, by: rules)
    #expect(shrunk.commitMinor == 0)
}

private let splits: [(amount: Int64, shares: [Int32])] = [
    (100, [3_333, 3_333, 3_334]), (1, [5_000, 5_000]), (599_999, [4_000, 3_000, 3_000]), (.max, [9_999, 1]),
    (7, [1, 1, 9_998]),
]

@Test(arguments: splits)
func instalmentsAlwaysSumToTheWhole(amount: Int64, shares: [Int32]) throws {
    let rules = try ProjectRules(settings(shares))
    let parts = try (1...shares.count).map { try rules.part(of: amount, instalment: $0) }
    #expect(parts.allSatisfy { $0 >= 0 })
    #expect(parts.reduce(0, +) == amount)
}

@Test func definitionsThatCannotGovernAreRefused() {
    #expect(throws: ProjectFault.noUnitCost) { try ProjectRules(nil) }
    #expect(throws: ProjectFault.noUnitCost) { try ProjectRules(settings(unitCostMinor: 0)) }
    #expect(throws: ProjectFault.sharesDoNotSumUp(hundredths: 9_000)) { try ProjectRules(settings([4_000, 5_000])) }
    #expect(throws: ProjectFault.sharesDoNotSumUp(hundredths: 0)) { try ProjectRules(settings([])) }
    #expect(throws: ProjectFault.notPositive(what: "instalment share")) {
        try ProjectRules(settings([10_001, -1]))
    }
    #expect(throws: ProjectFault.notPositive(what: "cost of module hen")) {
        try ProjectRules(settings(modules: [("hen", 0)]))
    }
    #expect(throws: ProjectFault.moduleTwice("hen")) {
        try ProjectRules(settings(modules: [("hen", 1), ("hen", 2)]))
    }
}

@Test func projectsThatTheRulesDoNotCoverAreRefused() throws {
    let rules = try ProjectRules(settings())
    #expect(throws: ProjectFault.unknownModule("alpaca", project: "HW-06-001")) {
        try InstalmentPlan(roll(1, [("alpaca", 1)]), instalment: 1, by: rules)
    }
    #expect(throws: ProjectFault.noSuchInstalment(4, of: 3)) {
        try InstalmentPlan(roll(1, [("hen", 1)]), instalment: 4, by: rules)
    }
    #expect(throws: ProjectFault.noSuchInstalment(0, of: 3)) {
        try InstalmentPlan(roll(1, [("hen", 1)]), instalment: 0, by: rules)
    }
    #expect(throws: ProjectFault.tooLarge(project: "HW-06-001")) {
        try InstalmentPlan(roll(.max, [("hen", 1)]), instalment: 1, by: rules)
    }
    let dear = try ProjectRules(settings(modules: [("hen", 600_001)]))
    #expect(throws: ProjectFault.modulesExceedUnitCost(project: "HW-06-001", excessMinor: 10)) {
        try InstalmentPlan(roll(10, [("hen", 10)]), instalment: 1, by: dear)
    }
}

@Test func aModuleWhoseShareIsLessThanOneMinorUnitIsNotOrderedYet() throws {
    let rules = try ProjectRules(settings([1, 9_999], modules: [("hen", 90)]))
    let first = try InstalmentPlan(roll(10, [("hen", 10)]), instalment: 1, by: rules)
    #expect(first.purchaseOrders.isEmpty && first.orderMinor == 0)
    let second = try InstalmentPlan(roll(10, committed: 6_000_000, [("hen", 10)]), instalment: 2, by: rules)
    #expect(second.orderMinor == 900)
}
