import Contracts

extension Command {
    private static let household = CommandOption<Int64>.integer(
        "household", "ID", Text("The household's number", es: "El número del hogar"), in: 1...999_999_999_999_999,
        required: true)

    static let paymentsExplain = Command(
        "explain",
        Text("Says why a household was or was not paid", es: "Dice por qué un hogar cobró o no"),
        example: "puente payments explain --cycle 2024-4 --household 1000123 --as ana",
        options: [CycleOptions.cycle, CycleOptions.programme, household]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let answer = try await desk.call(
                TransfersV1.Cycles.explain,
                .init(
                    programme: CycleOptions.programme(of: invocation),
                    cycle: try invocation.required(CycleOptions.cycle),
                    householdId: try invocation.required(household)))
            desk.show(answer) { answer.decisions.flatMap(lines(of:)) }
        }
    }

    private static func lines(of decision: TransfersV1.Decision) -> [String] {
        var head = "\(decision.kind) \(decision.code): \(decision.outcome)"
        if decision.personId != 0 { head += " (person \(decision.personId))" }
        if decision.amountMinor != 0 { head += " \(Figures.money(decision.amountMinor, ""))" }
        if decision.ruleVersion != 0 { head += " [rules v\(decision.ruleVersion)]" }
        var lines = [head] + decision.reasons.map { "  - \($0)" }
        if !decision.evidence.isEmpty { lines.append("  = \(decision.evidence)") }
        return lines
    }
}
