import Foundation
import Postgres
import TestSupport
import Testing

@Test func copyWritesAndReadsEveryRow() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool()
        try await pool.script("CREATE TABLE wide (id bigint, small smallint, day date, ok bool, name text, ids int[])")
        try await pool.transaction { transaction in
            let count = try await transaction.copyIn("COPY wide FROM STDIN (FORMAT binary)") { writer in
                for id in 0..<Int64(50_000) {
                    writer.startRow(columns: 6)
                    writer.add(id)
                    writer.add(Int16(truncatingIfNeeded: id % 7))
                    writer.add(date: Int32(id % 365))
                    writer.add(id % 2 == 0)
                    if id % 3 == 0 { writer.addNull() } else { writer.add("name \(id)") }
                    [Int32(1), 2].withUnsafeBufferPointer { writer.add(array: $0) }
                }
            }
            #expect(count == 50_000)
            var sum: Int64 = 0
            var nulls = 0
            var elements: Int64 = 0
            let read = try await transaction.copyOut("COPY wide TO STDOUT (FORMAT binary)") { row in
                sum += try row.int64(0)
                if row.isNull(4) { nulls += 1 }
                try row.forEachInteger(5) { elements += $0 }
            }
            #expect(read == 50_000)
            #expect(sum == 50_000 * 49_999 / 2)
            #expect(nulls == 16_667)
            #expect(elements == 150_000)
        }
    }
}

@Test func copyOutOfNoRowsIsEmpty() async throws {
    try await withEmptyDatabase { database in
        let count = try await database.pool().transaction { transaction in
            try await transaction.copyOut("COPY (SELECT 1 WHERE false) TO STDOUT (FORMAT binary)") { _ in }
        }
        #expect(count == 0)
    }
}

@Test func anErrorInTheBodyAbandonsTheCopyAndKeepsTheConnection() async throws {
    struct Refusal: Error {}
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.script(createItem)
        await #expect(throws: Refusal.self) {
            try await pool.transaction { transaction in
                try await transaction.copyIn("COPY item FROM STDIN (FORMAT binary)") { writer in
                    writer.startRow(columns: 2)
                    writer.add(1 as Int64)
                    writer.add("x")
                    throw Refusal()
                }
            }
        }
        await #expect(throws: Refusal.self) {
            try await pool.transaction { transaction in
                try await transaction.copyOut("COPY (SELECT generate_series(1, 1000000)) TO STDOUT (FORMAT binary)") {
                    row in
                    if try row.int64(0) == 10 { throw Refusal() }
                }
            }
        }
        #expect(try await pool.queryOne(CountItems()) == 0)
    }
}

@Test func aRowWithTooFewFieldsIsRefused() async throws {
    try await withEmptyDatabase { database in
        let pool = database.pool(size: 1)
        try await pool.script(createItem)
        await #expect(throws: PostgresError.self) {
            try await pool.transaction { transaction in
                try await transaction.copyIn("COPY item FROM STDIN (FORMAT binary)") { writer in
                    writer.startRow(columns: 2)
                    writer.add(1 as Int64)
                }
            }
        }
        #expect(try await pool.queryOne(CountItems()) == 0)
    }
}
