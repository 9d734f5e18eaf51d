import Postgres

extension CoordinationService {
    /// The statements of countries, for checking them against the schema.
    static var countryStatements: [any Statement.Type] {
        [
            LockCountry.self, ShareCountry.self, ReadCountry.self, KnowsTimeZone.self, CompareCountry.self,
            ProgrammesInOtherCurrencies.self, LevelsInUse.self, InsertCountry.self,
        ]
    }
}

/// Two loads of a country follow one another, and no programme is loaded in between.
struct LockCountry: Statement {
    typealias Row = Never
    static let sql = "SELECT pg_advisory_xact_lock(hashtextextended('coordination.country', 0))"
}

/// The country stays as it is until the transaction ends.
struct ShareCountry: Statement {
    typealias Row = Never
    static let sql = "SELECT pg_advisory_xact_lock_shared(hashtextextended('coordination.country', 0))"
}

struct ReadCountry: Statement {
    static let sql = "SELECT definition FROM coordination.country_v1"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}

struct KnowsTimeZone: Statement {
    let name: String
    static let sql = "SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = $1)"
    func bind(into parameters: inout Parameters) { parameters.add(name) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

struct CompareCountry: Statement {
    let definition: [UInt8]
    static let sql = "SELECT version, country, definition = $1::jsonb FROM coordination.country_v1"
    func bind(into parameters: inout Parameters) { parameters.addJSON(definition) }
    static func decode(
        _ row: borrowing RowReader
    ) throws(PostgresError) -> (version: Int32, country: String, isSame: Bool) {
        (try row.int32(0), try row.string(1), try row.bool(2))
    }
}

struct ProgrammesInOtherCurrencies: Statement {
    let currencies: [String]
    static let sql = """
        SELECT programme || ' (' || (definition ->> 'currency') || ')' FROM coordination.programme_v1
        WHERE in_force AND definition ->> 'currency' <> ALL($1::text[]) ORDER BY programme
        """
    func bind(into parameters: inout Parameters) { parameters.add(currencies) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// The levels of the country in force, where territories are stored by them.
struct LevelsInUse: Statement {
    static let sql = """
        SELECT (
            SELECT string_agg(level.value ->> 'code', ' > ' ORDER BY level.place)
            FROM jsonb_array_elements(definition -> 'territoryLevels') WITH ORDINALITY AS level(value, place)
        ) || ' (' || (definition ->> 'budgetLevel') || ')'
        FROM coordination.country_v1
        WHERE definition ? 'territoryLevels' AND EXISTS (SELECT FROM coordination.territory)
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

struct InsertCountry: Statement {
    typealias Row = Never
    let version: Int32
    let country: String
    let currency: String
    let timeZone: String
    let definition: [UInt8]
    let loadedBy: String
    static let sql = """
        INSERT INTO coordination.country (version, country, currency, time_zone, definition, loaded_by)
        VALUES ($1, $2, $3, $4, $5, $6)
        """
    func bind(into parameters: inout Parameters) {
        parameters.add(version)
        parameters.add(country)
        parameters.add(currency)
        parameters.add(timeZone)
        parameters.addJSON(definition)
        parameters.add(loadedBy)
    }
}
