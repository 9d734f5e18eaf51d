import Foundation
import Postgres
import TestSupport
import Testing

/// A moment and a date as text, read as the program counts them.
private struct ReadTimes: Statement {
    static let sql = "SELECT ($1)::timestamptz, ($2)::date"
    let moment: String
    var day = "2000-01-01"
    func bind(into parameters: inout Parameters) {
        parameters.add(moment)
        parameters.add(day)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (moment: Int64, day: Int32) {
        (try row.timestampMicroseconds(0), try row.date(1))
    }
}

private struct SendMoment: Statement {
    static let sql = "SELECT $1 = '-infinity'"
    let moment: Int64
    func bind(into parameters: inout Parameters) { parameters.add(timestampMicroseconds: moment) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

private struct ReadNumber: Statement {
    static let sql = "SELECT ($1)::numeric"
    let number: String
    func bind(into parameters: inout Parameters) { parameters.add(number) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// No value of a database ends a program, however far from anything it expects.
@Suite struct HostileValueTests {
    @Test(arguments: ["infinity", "-infinity"])
    func whatHasNoEndIsAnErrorAndNoTrap(moment: String) async throws {
        try await withEmptyDatabase { database in
            let pool = database.pool(size: 1)
            let error = await #expect(throws: PostgresError.self) { try await pool.query(ReadTimes(moment: moment)) }
            #expect(error?.kind == .decoding)
            #expect(error?.message.contains("finite timestamptz") == true)
            let day = await #expect(throws: PostgresError.self) {
                try await pool.query(ReadTimes(moment: "2000-01-01 00:00Z", day: moment))
            }
            #expect(day?.message.contains("finite date") == true)
            // In a COPY too.
            let copied = await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    try await transaction.copyOut("COPY (SELECT timestamptz '\(moment)') TO STDOUT (FORMAT binary)") {
                        _ = try $0.timestampMicroseconds(0)
                    }
                }
            }
            #expect(copied?.kind == .decoding)
        }
    }

    @Test func momentsOfAllCenturiesAreRead() async throws {
        try await withEmptyDatabase { database in
            let pool = database.pool(size: 1)
            for moment in ["4713-01-01 00:00:00Z BC", "292277-01-01 00:00:00Z"] {
                let read = try await pool.query(ReadTimes(moment: moment))
                #expect(read.count == 1)
            }
        }
    }

    @Test(arguments: [Int64.min, Int64.min + 1])
    func aMomentThatNoDatabaseKnowsIsRefusedByIt(moment: Int64) async throws {
        try await withEmptyDatabase { database in
            let pool = database.pool(size: 1)
            let error = await #expect(throws: PostgresError.self) { try await pool.query(SendMoment(moment: moment)) }
            #expect(error?.sqlState == "22008")
        }
    }

    @Test(arguments: ["9223372036854775808", "-9223372036854775809", "1e400", "NaN", "Infinity", "0.5"])
    func aNumberThatDoesNotFitIsAnErrorAndNoTrap(number: String) async throws {
        try await withEmptyDatabase { database in
            let pool = database.pool(size: 1)
            let error = await #expect(throws: PostgresError.self) { try await pool.query(ReadNumber(number: number)) }
            #expect(error?.kind == .decoding)
        }
    }
}
