import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// The days of a cycle.
struct CycleDays: Sendable {
    var firstDay: CalendarDate
    var lastDay: CalendarDate
}

/// The rules of a run as they were frozen with its cycle.
struct FrozenRules: Sendable {
    var definition: CoordinationV1.ProgrammeDefinition
    var rules: Rules
    var days: CycleDays
    var payOn: CalendarDate

    /// Reads them.
    static func read(_ transaction: borrowing Transaction, runNumber: Int32) async throws -> FrozenRules {
        guard let row = try await transaction.queryOne(FindRunRules(runNumber: runNumber)) else {
            throw RPCError.notFound("The run has no cycle.")
        }
        let definition = try CoordinationV1.ProgrammeDefinition(json: row.rules)
        return FrozenRules(
            definition: definition, rules: try rules(of: definition),
            days: CycleDays(
                firstDay: try CalendarDate(stored: row.firstDay), lastDay: try CalendarDate(stored: row.lastDay)),
            payOn: try CalendarDate(stored: row.payOn))
    }

    /// The rules of a definition, or a refusal that says what is wrong with it.
    static func rules(of definition: CoordinationV1.ProgrammeDefinition) throws -> Rules {
        do {
            return try Rules(definition)
        } catch {
            throw RPCError.failedPrecondition(
                "The definition of programme \(definition.code) cannot be applied: something is wrong at \(error.place).",
                details: [ErrorDetail(field: error.place, error.problem, reason: "invalid")])
        }
    }
}
