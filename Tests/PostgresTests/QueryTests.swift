import Foundation
import Postgres
import TestSupport
import Testing

struct Echo: Statement {
    static let sql = "SELECT $1, $2, $3, $4, $5, $6, $7, $8"
    var number: Int64? = 42
    var text: String? = "ñandú"
    func bind(into parameters: inout Parameters) {
        parameters.add(number)
        parameters.add(text)
        parameters.add(true as Bool?)
        parameters.add(UUID(uuidString: "6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
        parameters.add([1, 2, 3] as [Int64])
        parameters.add(["a", ""] as [String])
        parameters.addJSON(Array(#"{"a": 1}"#.utf8))
        parameters.add(date: 366)
    }
    struct Row: Sendable, Equatable {
        var number: Int64?
        var text: String?
        var bool: Bool
        var uuid: UUID
        var numbers: [Int64]
        var texts: [String]
        var json: String
        var date: Int32
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            number: try row.int64OrNil(0), text: try row.stringOrNil(1), bool: try row.bool(2), uuid: try row.uuid(3),
            numbers: try row.int64Array(4), texts: try row.stringArray(5),
            json: String(decoding: try row.json(6), as: UTF8.self), date: try row.date(7))
    }
}

struct Sum: Statement {
    static let sql = "SELECT sum(v)::numeric, '-9223372036854775808'::numeric FROM unnest($1::bigint[]) v"
    let values: [Int64]
    func bind(into parameters: inout Parameters) { parameters.add(values) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [Int64] {
        [try row.int64(0), try row.int64(1)]
    }
}

struct InsertItem: Statement {
    typealias Row = Never
    static let sql = "INSERT INTO item (id, name) VALUES ($1, $2)"
    let id: Int64
    let name: String
    func bind(into parameters: inout Parameters) {
        parameters.add(id)
        parameters.add(name)
    }
}

struct CountItems: Statement {
    static let sql = "SELECT count(*) FROM item"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

struct Sleep: Statement {
    typealias Row = Never
    static let sql = "SELECT pg_sleep(30)"
}

let createItem = "CREATE TABLE item (id bigint CONSTRAINT item_pkey PRIMARY KEY, name text)"

@Test func valuesOfEveryTypeTravelBothWays() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool()
        let row = try #require(try await pool.queryOne(Echo()))
        #expect(row.number == 42)
        #expect(row.text == "ñandú")
        #expect(row.bool)
        #expect(row.uuid.uuidString == "6BA7B810-9DAD-11D1-80B4-00C04FD430C8")
        #expect(row.numbers == [1, 2, 3])
        #expect(row.texts == ["a", ""])
        #expect(row.json == #"{"a": 1}"#)
        #expect(row.date == 366)
        let nothing = try #require(try await pool.queryOne(Echo(number: nil, text: nil)))
        #expect(nothing.number == nil && nothing.text == nil)
        #expect(try await pool.queryOne(Echo(text: ""))?.text == "")
    }
}

@Test func aSumOfBigintsIsReadExactly() async throws {
    try await withEmptyDatabase { database in
        let values: [Int64] = [9_223_372_036_854_770_000, 5807, -10_000, 9_000]
        let sums = try await database.pool().queryOne(Sum(values: values))
        #expect(sums == [9_223_372_036_854_774_807, .min])
    }
}

@Test func aTransactionCommitsOrRollsBack() async throws {
    struct Refusal: Error {}
    try await withEmptyDatabase { database in
        let pool = database.pool()
        try await pool.script(createItem)
        try await pool.transaction { transaction in
            try await transaction.execute(InsertItem(id: 1, name: "a"))
        }
        await #expect(throws: Refusal.self) {
            try await pool.transaction { transaction in
                try await transaction.execute(InsertItem(id: 2, name: "b"))
                throw Refusal()
            }
        }
        #expect(try await pool.queryOne(CountItems()) == 1)
    }
}

@Test func aViolatedConstraintIsNamedAndNoValueIsShown() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool()
        try await pool.script(createItem)
        try await pool.execute(InsertItem(id: 77_123, name: "secret"))
        let error = await #expect(throws: PostgresError.self) {
            try await pool.execute(InsertItem(id: 77_123, name: "secret"))
        }
        #expect(error?.sqlState == "23505")
        #expect(error?.constraint == "item_pkey")
        #expect(error?.table == "item")
        #expect(error.map { "\($0)".contains("77123") } == false)
    }
}

@Test func aPipelineOfManyStatementsIsOneEffect() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool()
        try await pool.script(createItem)
        let affected = try await pool.transaction { transaction in
            try await transaction.executeMany((1...1000).map { InsertItem(id: $0, name: "n") })
        }
        #expect(affected == 1000)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { transaction in
                try await transaction.executeMany((995...1200).map { InsertItem(id: $0, name: "n") })
            }
        }
        #expect(error?.constraint == "item_pkey")
        #expect(try await pool.queryOne(CountItems()) == 1000)
    }
}

@Test func cancellingTheTaskCancelsTheStatement() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        let started = ContinuousClock.now
        let task = Task { try await pool.execute(Sleep()) }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(ContinuousClock.now - started < .seconds(10))
        #expect(try await pool.queryOne(Sum(values: [1]))?.first == 1)
    }
}
