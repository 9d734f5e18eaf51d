import Contracts
import CoordinationDomain
import Postgres
import Queue
import Vocabulary

/// Stores the country's definition as its next version, unless it is the one in force. A site serves one country.
struct LoadCountry: Handler {
    static let method = CoordinationV1.Countries.load

    func handle(
        _ request: CoordinationV1.CountryDefinition, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.LoadCountryReply {
        try await Self.load(request, loadedBy: call.info.caller, in: call.transaction)
    }

    static func load(
        _ request: CoordinationV1.CountryDefinition, loadedBy: String, in transaction: borrowing Transaction
    ) async throws -> CoordinationV1.LoadCountryReply {
        var faults = CountryCheck.faults(of: request)
        if faults.isEmpty, try await transaction.queryOne(KnowsTimeZone(name: request.timeZone)) != true {
            faults = [
                DefinitionFault(
                    path: "timeZone", sentence: "is no time zone that the database knows, for instance America/Lima")
            ]
        }
        try faults.refuse()
        try await transaction.execute(LockCountry())
        let definition = request.json()
        let inForce = try await transaction.queryOne(CompareCountry(definition: definition))
        if let inForce, inForce.country != request.code {
            throw RPCError.failedPrecondition(
                "This site serves \(inForce.country); another country needs a site of its own.")
        }
        let inForceLevels = try await transaction.queryOne(LevelsInUse())
        if let inForceLevels, inForceLevels != request.levelsInOrder {
            throw RPCError.failedPrecondition(
                "territoryLevels and budgetLevel stay as they are while the registry has territories: \(inForceLevels)")
        }
        let orphans = try await transaction.query(ProgrammesInOtherCurrencies(currencies: request.currencies))
        guard orphans.isEmpty else {
            throw RPCError.failedPrecondition(
                "currencies leave out what programmes in force pay in: \(orphans.joined(separator: ", "))")
        }
        let isInForce = inForce?.isSame == true
        let version = (inForce?.version ?? 0) + (isInForce ? 0 : 1)
        if !isInForce {
            try await transaction.execute(
                InsertCountry(
                    version: version, country: request.code, currency: request.currencies[0],
                    timeZone: request.timeZone, definition: definition, loadedBy: loadedBy))
        }
        return .init(
            country: request.code, version: version, changed: !isInForce, unverified: request.facts.unverified)
    }
}

extension CoordinationV1.CountryDefinition {
    /// The levels from the highest, and the one that budgets hang on, as ``LevelsInUse`` writes them.
    var levelsInOrder: String {
        "\(territoryLevels.map(\.code).joined(separator: " > ")) (\(budgetLevel))"
    }
}

/// The country whose file is in force.
enum CountryInForce {
    /// Its definition.
    ///
    /// - Throws: `FAILED_PRECONDITION` when no country was loaded.
    static func required(in transaction: borrowing Transaction) async throws -> CoordinationV1.CountryDefinition {
        guard let definition = try await transaction.queryOne(ReadCountry()) else {
            throw RPCError.failedPrecondition(
                "No country is loaded. Load its file first: puente country load deploy/programmes/COUNTRY/country.json",
                details: [ErrorDetail(type: "precondition", field: "country", reason: "no_country", description: "")])
        }
        return try CoordinationV1.CountryDefinition(json: definition)
    }
}

extension [DefinitionFault] {
    /// Refuses a definition that has faults, naming each with its place.
    func refuse() throws(RPCError) {
        guard let first else { return }
        throw RPCError.invalidArgument(
            Sentence(at: first.path, first.sentence),
            details: map { ErrorDetail(field: $0.path, $0.sentence, reason: "invalid") })
    }
}
