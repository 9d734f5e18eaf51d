import Contracts
import CoordinationDomain
import Postgres
import Queue

/// Stores a programme's definition as its next version, unless it is the one in force. A country is loaded before.
struct LoadProgramme: Handler {
    static let method = CoordinationV1.Programmes.load

    func handle(
        _ request: CoordinationV1.ProgrammeDefinition, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.LoadProgrammeReply {
        try await Self.load(request, loadedBy: call.info.caller, in: call.transaction)
    }

    static func load(
        _ request: CoordinationV1.ProgrammeDefinition, loadedBy: String, in transaction: borrowing Transaction
    ) async throws -> CoordinationV1.LoadProgrammeReply {
        try await transaction.execute(ShareCountry())
        let country = try await CountryInForce.required(in: transaction)
        try DefinitionCheck.faults(of: request, in: country).refuse()
        try await transaction.execute(LockProgramme(programme: request.code))
        let definition = DefinitionCheck.resolved(request, in: country).json()
        let inForce = try await transaction.queryOne(
            ProgrammeInForce(programme: request.code, definition: definition))
        let isInForce = inForce?.isSame == true
        let version = (inForce?.version ?? 0) + (isInForce ? 0 : 1)
        if !isInForce {
            try await transaction.execute(
                InsertProgramme(
                    programme: request.code, version: version, kind: request.kind.vocabulary.rawValue,
                    definition: definition, loadedBy: loadedBy))
        }
        return .init(
            programme: request.code, version: version, changed: !isInForce,
            unverified: request.facts.unverified)
    }
}
