import Contracts

extension Command {
    private static let household = CommandOption<Int64>.integer(
        "household", "ID", Text("The household's number", es: "El número del hogar"), in: 1...999_999_999_999_999,
        required: true)

    static let paymentsExplain = Command(
        "explain",
        Text("Says why a household was or was not paid", es: "Dice por qué un hogar cobró o no"),
        example: "puente payments explain --cycle 2024-4 --household 1000123 --as ana",
        options: [CycleOptions.cycle, ProgrammeOptions.programme, household]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let answer = try await desk.call(
                TransfersV1.Cycles.explain,
                .init(
                    programme: try await desk.programme(.conditionalTransfer),
                    cycle: try invocation.required(CycleOptions.cycle),
                    householdId: try invocation.required(household)))
            desk.show(answer) { answer.decisions.flatMap { DecisionWords(decision: $0).lines(desk.language) } }
        }
    }
}
