import Testing

@testable import BackOffice

private let peru = StageNames(
    scheme: "peru", appropriated: "PIM",
    stages: ["certificación", "compromiso", "devengado", "girado", "pagado"], skipsReserved: false, skipsOrdered: false)
private let mexico = StageNames(
    scheme: "mexico", appropriated: "modificado",
    stages: ["precompromiso", "comprometido", "devengado", "ejercido", "pagado"], skipsReserved: true,
    skipsOrdered: false)

private func line(
    _ line: String, _ ministry: String, _ programme: String, _ territory: String, _ appropriated: Int128,
    _ accrued: Int128, _ names: StageNames = peru, year: Int32 = 2024
) -> StatusLine {
    StatusLine(
        line: line, fiscalYear: year, fund: "RO", ministry: ministry, programme: programme, territory: territory,
        currency: "PEN", names: names,
        execution: .init(
            appropriated: appropriated, available: appropriated - accrued,
            reached: [accrued, accrued, accrued, 0, 0]))
}

@Test(
    arguments: [
        (0, 0, "–"), (0, 5, "–"), (1000, 0, "0.0 %"), (1000, 437, "43.7 %"), (3, 1, "33.3 %"), (3, 2, "66.7 %"),
        (2000, 1, "0.1 %"), (2001, 1, "0.0 %"), (100, 100, "100.0 %"), (100, 150, "150.0 %"),
        (Int64.max, Int64.max, "100.0 %"),
    ] as [(Int64, Int64, String)])
func theExecutedShareIsRoundedHalfUpToATenthOfAPercent(appropriated: Int64, accrued: Int64, text: String) {
    let execution = BudgetExecution(
        appropriated: Int128(appropriated), available: 0, reached: [accrued, accrued, accrued, 0, 0].map { Int128($0) })
    #expect(execution.executedPercent == text)
}

@Test func linesAreSummedByMinistryAndProgramme() throws {
    let lines = [
        line("a", "MIDIS", "juntos", "06", 100_00, 50_00), line("b", "MIDIS", "juntos", "08", 300_00, 10_00),
        line("c", "MIDIS", "haku_winay", "08", 50_00, 0), line("d", "MINEDU", "becas", "08", 10_00, 10_00),
    ]
    let trees = BudgetTree.trees(lines, by: .ministry, depth: 2, [:])
    let tree = try #require(trees.first)
    #expect(trees.count == 1)
    #expect(
        tree.rows.map(\.path) == [
            ["MIDIS"], ["MIDIS", "haku_winay"], ["MIDIS", "juntos"], ["MINEDU"], ["MINEDU", "becas"],
        ])
    #expect(tree.rows.map(\.execution.appropriated) == [450_00, 50_00, 400_00, 10_00, 10_00])
    #expect(tree.total.appropriated == 460_00 && tree.total.reached[2] == 70_00)
    #expect(
        tree.lines("ministry", .spanish).first
            == "ministry           PIM  certificación  compromiso  devengado  girado  pagado   saldo  ejecutado")
}

@Test func yearsAndCurrenciesAreNeverAddedTogether() {
    var lines = [
        line("a", "M", "p", "06", 5, 0), line("b", "M", "p", "06", 7, 0, year: 2025), line("c", "M", "p", "06", 9, 0),
    ]
    lines[2].currency = "CLP"
    let trees = BudgetTree.trees(lines, by: .ministry, depth: 1, [:])
    #expect(trees.map(\.fiscalYear) == [2024, 2024, 2025] && trees.map(\.currency) == ["CLP", "PEN", "PEN"])
    #expect(trees.map(\.total.appropriated) == [9, 5, 7])
    #expect(
        trees.map { $0.lines("ministry", .english).last?.prefix(22) ?? "" }.map { $0.split(separator: " ").prefix(4) }
            == [["total", "2024", "CLP", "9"], ["total", "2024", "PEN", "0.05"], ["total", "2025", "PEN", "0.07"]])
}

/// Two lines as large as they can be, and many more, are summed and shown.
@Test func noAmountStopsAReport() throws {
    let lines = (0..<200).map { line("L\($0)", "M", "p", "06", 100_000_000_000_000_000, 0) }
    let tree = try #require(BudgetTree.trees(lines, by: .ministry, depth: 1, [:]).first)
    #expect(tree.total.appropriated == 20_000_000_000_000_000_000)
    #expect(tree.lines("ministry", .english).last?.contains("200,000,000,000,000,000.00") == true)
}

@Test func territoriesAreSummedFromTheDepartmentDown() {
    let territories: [String: StatusTerritory] = [
        "08": .init(name: "Cusco", parent: nil), "0801": .init(name: "Cusco", parent: "08"),
        "0802": .init(name: "Acomayo", parent: "08"),
    ]
    let lines = [
        line("a", "M", "p", "0801", 1, 0), line("b", "M", "p", "0802", 2, 0), line("c", "M", "p", "08", 4, 0),
        line("d", "M", "p", "99", 8, 0),
    ]
    let rows = BudgetTree.trees(lines, by: .territory, depth: 4, territories)[0].rows
    #expect(rows.map(\.path) == [["08 Cusco"], ["08 Cusco", "0801 Cusco"], ["08 Cusco", "0802 Acomayo"], ["99"]])
    #expect(rows.map(\.execution.appropriated) == [7, 1, 2, 8])
}

@Test func eachCountrysLinesHaveItsOwnTable() {
    let lines = [line("a", "M", "p", "06", 1, 0), line("b", "M", "p", "06", 2, 0, mexico)]
    let trees = BudgetTree.trees(lines, by: .line, depth: 4, [:])
    #expect(trees.map(\.names.scheme) == ["mexico", "peru"])
    #expect(
        mexico.header(.english) == [
            "modificado", "comprometido", "devengado", "ejercido", "pagado", "left", "executed",
        ])
}
