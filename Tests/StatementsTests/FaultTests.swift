import TestSupport
import Testing

@testable import Statements

private let module = StatementModule(list: "ExampleStatements", path: "Example")

/// What is wrong with the files, each line as the generator prints it.
private func faults(_ sources: [(path: String, text: String)]) async throws -> [String] {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        do {
            _ = try await module.generate(sources, in: pool)
            await pool.close()
            return []
        } catch let found as StatementFaults {
            await pool.close()
            return found.faults.map(\.description)
        }
    }
}

@Test func everyFaultIsNamedWithItsFileAndLine() async throws {
    let examples: [(sql: String, line: Int, message: String)] = [
        ("-- name: A :exec\n-- D.\n-- parameters: a\nSELECT pg_notify(@b, '');", 4, "unknown parameter @b"),
        ("-- name: A :exec\n-- D.\n-- parameters: a, b\nSELECT pg_notify(@a, '');", 3, "the parameter b is not used"),
        ("-- name: A :one\n-- D.\nSELECT @a.b::text;", 3, "'-- type: a TYPE' must say what it is"),
        ("-- name: A :one\n-- D.\nSELECT @a?::text || @a AS \"x?\";", 3, "@a is said to be NULL at one place"),
        ("-- name: A :one\n-- D.\nSELECT sum(x) FROM unnest(@a?::bigint[]) x;", 3, "@a is an array"),
        (
            "-- name: A :one\n-- D.\nSELECT rolsuper FROM pg_roles WHERE rolname = @a;", 3,
            "@a is name, which is not bound"
        ),
        ("-- name: A :one\n-- D.\n-- type: b Word\nSELECT 1 AS a;", 3, "no parameter and no column is called b"),
        ("-- name: A :one\n-- D.\n-- column: b Why.\nSELECT 1 AS a;", 3, "no parameter and no column is called b"),
        ("-- name: A :one\n-- D.\nSELECT 1, 2;", 1, "column 1 (?column?) has no name"),
        ("-- name: A :one\n-- D.\nSELECT 1.5 AS a;", 1, "column a has a type (number 1700) that is not read: cast it"),
        ("-- name: A :one\n-- D.\nSELECT 1 AS \"a.b\", 2 AS c;", 1, "column a.b: '-- type: a TYPE'"),
        ("-- name: A :one\n-- D.\nSELECT 1;\nSELECT 2;", 4, "A has several statements under one name"),
        ("-- name: A :one\n-- D.\nSELECT 1", 1, "A does not end with a semicolon"),
        ("-- name: A :one\n-- D.\n", 1, "A has no SQL"),
        ("-- name: A :one\nSELECT 1;", 1, "A does not say what it is for"),
        ("-- name: A :exec\n-- D.\nSELECT 1;", 1, "A is ':exec' and returns columns"),
        ("-- name: A :many\n-- D.\nDELETE FROM coordination.country;", 1, "A returns nothing: it is ':exec'"),
        ("-- name: A :all\n-- D.\nSELECT 1;", 1, "a statement begins with"),
        ("SELECT 1;", 1, "a statement begins with"),
        ("-- name: A :one\n-- D.\n-- access: public\nSELECT 1;", 3, "the only access that is declared is 'package'"),
        ("-- name: A :one\n-- D.\nSELECT * FROM nowhere;", 1, "A: 42P01"),
        // What may be NULL is stated.
        (
            "-- name: A :many\n-- D.\nSELECT version_in_force FROM coordination.agreement;", 1,
            "column version_in_force is coordination.agreement.version_in_force, which may be NULL: alias it"
        ),
        (
            "-- name: A :many\n-- D.\nSELECT v FROM (SELECT version_in_force AS v FROM coordination.agreement) AS q;",
            1,
            "column v is coordination.agreement.version_in_force, which may be NULL"
        ),
        (
            "-- name: A :many\n-- D.\nSELECT due_on, executed_at FROM coordination.decision_v1;", 1,
            "column executed_at is coordination.decision.executed_at, which may be NULL"
        ),
        (
            "-- name: A :many\n-- D.\nSELECT a.agreement, e.document_prefix FROM coordination.agreement a\n"
                + "LEFT JOIN coordination.agreement_earmark e USING (agreement);", 1,
            "column document_prefix comes from the outer side of a join, which may have no row"
        ),
        (
            "-- name: A :one\n-- D.\nSELECT max(agreement) AS last, count(*) AS n FROM coordination.agreement;", 1,
            "column last is an aggregate of what may be no rows"
        ),
    ]
    for (sql, line, message) in examples {
        let found = try await faults([("Example/One.sql", sql)])
        #expect(
            found.contains { $0.hasPrefix("Example/One.sql:\(line): ") && $0.contains(message) },
            "\(sql)\n→ \(found)\nwithout: \(message)")
    }
}

@Test func aNameIsTakenOnce() async throws {
    let one = "-- name: A :one\n-- D.\nSELECT 1;\n\n"
    #expect(try await faults([("Example/One.sql", one + one)]) == ["Example/One.sql:5: A is declared twice"])
    #expect(
        try await faults([("Example/One.sql", one), ("Example/Two.sql", one)])
            == ["Example/Two.sql:1: A is declared in Example/One.sql too"])
}

@Test func whatIsStatedIsNotDoubted() async throws {
    let sql = """
        -- name: A :many
        -- D.
        SELECT version_in_force AS "a?", version_in_force AS "b!", version AS "c?" FROM coordination.agreement;

        -- name: B :many
        -- D.
        SELECT fiscal_year, max(line_id) AS last FROM coordination.budget_line GROUP BY fiscal_year;
        """
    #expect(try await faults([("Example/One.sql", sql)]) == [])
}
