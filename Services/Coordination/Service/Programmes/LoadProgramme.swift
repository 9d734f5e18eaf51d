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
                    programme: request.code, version: version, kind: kindName(request.kind),
                    definition: definition, loadedBy: loadedBy))
        }
        return .init(
            programme: request.code, version: version, changed: !isInForce,
            unverified: request.facts.unverified)
    }

    /// The kind as the published view names it. A definition without a kind was refused before.
    private static func kindName(_ kind: CoordinationV1.ProgrammeKind) -> String {
        switch kind {
        case .conditionalTransfer, .unspecified: "conditional_transfer"
        case .productiveProject: "productive_project"
        }
    }
}

/// Two loads of one programme follow one another, so that each sees the version before it.
struct LockProgramme: Statement {
    typealias Row = Never
    let programme: String
    static let sql = "SELECT pg_advisory_xact_lock(hashtextextended('coordination.programme/' || $1::text, 0))"
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
}

struct ProgrammeInForce: Statement {
    let programme: String
    let definition: [UInt8]
    static let sql = """
        SELECT version, definition = $2::jsonb FROM coordination.programme WHERE programme = $1
        ORDER BY version DESC LIMIT 1
        """
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.addJSON(definition)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (version: Int32, isSame: Bool) {
        (try row.int32(0), try row.bool(1))
    }
}

struct InsertProgramme: Statement {
    typealias Row = Never
    let programme: String
    let version: Int32
    let kind: String
    let definition: [UInt8]
    let loadedBy: String
    static let sql = """
        INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ($1, $2, $3, $4, $5)
        """
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(version)
        parameters.add(kind)
        parameters.addJSON(definition)
        parameters.add(loadedBy)
    }
}
