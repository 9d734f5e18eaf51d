import Contracts
import Queue
import Testing

/// Several cycles and programmes in one database.
extension RunFixture {
    /// Opens a cycle; answers the last progress message.
    func open(
        _ cycle: String, _ first: String, _ last: String, programme: String = "juntos", reason: String = ""
    ) async throws -> TransfersV1.OpenCycleProgress {
        let request = TransfersV1.OpenCycleRequest(
            programme: programme, cycle: cycle, firstDay: first, lastDay: last, overlapReason: reason)
        var seen: TransfersV1.OpenCycleProgress?
        for try await progress in ana.stream(TransfersV1.Cycles.open, request, Self.patient) { seen = progress }
        return try #require(seen)
    }

    /// Runs a cycle until the run rests: without a budget it waits for one, with every household decided about.
    func decide(_ cycle: String, programme: String = "juntos") async throws -> TransfersV1.RunStatus {
        let request = TransfersV1.RunRequest(
            programme: programme, cycle: cycle, payOn: "2030-09-05", accepted: Self.accepted)
        _ = try await ana.call(TransfersV1.Payments.run, request, Self.patient)
        let resting: Set<String> = ["awaiting_budget", "awaiting_approval", "empty"]
        var seen = TransfersV1.RunStatus()
        for _ in 0..<1_200 {
            let request = TransfersV1.StatusRequest(programme: programme, cycle: cycle)
            seen = try await ana.call(TransfersV1.Payments.status, request, Self.patient)
            if resting.contains(seen.state) { return seen }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw RunWentElsewhere(wanted: "awaiting_budget", seen: seen)
    }

    /// The decisions about a household.
    func explain(
        _ cycle: String, household index: Int, programme: String = "juntos"
    ) async throws -> [TransfersV1.Decision] {
        let request = TransfersV1.ExplainRequest(
            programme: programme, cycle: cycle, householdId: RunPopulation.householdId(index))
        return try await ana.call(TransfersV1.Cycles.explain, request, Self.patient).decisions
    }

    /// Closes a cycle that was opened by mistake.
    func close(_ cycle: String, reason: String = "opened by mistake") async throws -> TransfersV1.CloseCycleReply {
        let request = TransfersV1.CloseCycleRequest(programme: "juntos", cycle: cycle, reason: reason)
        return try await ana.call(TransfersV1.Cycles.close, request, Self.patient)
    }

    /// Loads another programme with the same rules, or the first with others.
    func load(_ definition: CoordinationV1.ProgrammeDefinition, version: Int = 1) async throws {
        let json = String(decoding: definition.json(), as: UTF8.self).replacing("'", with: "''")
        try await script(
            """
            INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
            VALUES ('\(definition.code)', \(version), 'conditional_transfer', '\(json)', 'test')
            """)
    }
}
