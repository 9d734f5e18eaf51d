import Foundation
import Postgres

/// The countries of `deploy/programmes`, for tests that need one to be loaded.
public enum TestCountry {
    /// The bytes of a country's file, by the name of its folder, for instance `peru`.
    public static func file(_ name: String) throws -> [UInt8] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appendingPathComponent("deploy/programmes/\(name)/country.json")))
    }

    /// Puts a country in force, as loading its file would.
    public static func load(_ name: String = "peru", into database: TestDatabase) async throws {
        try await load(try file(name), into: database)
    }

    /// Puts a country of this definition in force.
    public static func load(_ definition: [UInt8], into database: TestDatabase) async throws {
        let pool = database.pool(size: 1)
        try await pool.execute(PutCountryInForce(definition: definition))
        await pool.close()
    }
}

private struct PutCountryInForce: Statement {
    typealias Row = Never
    let definition: [UInt8]
    static let sql = """
        INSERT INTO coordination.country (version, country, currency, time_zone, definition, loaded_by)
        SELECT
            1 + (SELECT count(*) FROM coordination.country), $1::jsonb ->> 'code', $1::jsonb -> 'currencies' ->> 0,
            $1::jsonb ->> 'timeZone', $1::jsonb, 'test'
        """
    func bind(into parameters: inout Parameters) { parameters.addJSON(definition) }
}
