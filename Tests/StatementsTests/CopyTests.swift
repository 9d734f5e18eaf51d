import Foundation
import Postgres
import TestSupport
import Testing

/// A `COPY` as a source writes it, with NULL for what it interpolates: numbers, days and identifiers.
private struct Copy: Sendable {
    let place: String
    let sql: String

    /// Every `COPY` in a source's text, from the word to the format.
    static func all(in text: String, of path: String) -> [Copy] {
        let code = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " }.hasPrefix("//") ? "" : $0 }.joined(separator: "\n")
        return code.matches(of: /\bCOPY (?:[a-z_.]+ )?\((?s:.*?)\(FORMAT binary\)/).map { found in
            let line = code[..<found.range.lowerBound].count { $0 == "\n" } + 1
            return Copy(place: "\(path):\(line)", sql: withoutValues(String(found.output)))
        }
    }

    private static func withoutValues(_ text: String) -> String {
        var sql = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "\\(") {
            sql += rest[..<open.lowerBound] + "NULL"
            var depth = 1
            rest = rest[open.upperBound...]
            while depth > 0, let next = rest.popFirst() { depth += next == "(" ? 1 : next == ")" ? -1 : 0 }
        }
        return sql + rest
    }

    var isIn: Bool { sql.contains("FROM STDIN") }
}

/// Whose the modules' COPYs are; an auditor's are a person's.
private let roles: [(place: String, roles: [String])] = [
    ("Services/Coordination/Service", ["puente_coordination"]), ("Services/Projects", ["puente_projects"]),
    ("Services/Transfers", ["puente_transfers"]), ("Services/Reporting", ["puente_reporting"]),
    ("Services/Coordination/Audit", ["operator"]),
    ("Shared/Intake", ["puente_coordination", "puente_projects", "puente_transfers"]),
    ("Shared/Intake/Upload.swift", ["operator"]),
]

private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The sources of a folder, without those that are named for themselves; or the one source.
private func sources(_ place: String) throws -> [String] {
    if place.hasSuffix(".swift") { return [place] }
    let files = FileManager.default.enumerator(atPath: root.appendingPathComponent(place).path)
    let paths = try #require(files).compactMap { $0 as? String }.sorted().map { "\(place)/\($0)" }
    return paths.filter { path in path.hasSuffix(".swift") && !roles.contains { $0.place == path } }
}

/// A COPY takes no parameters, so it is no `Statement`; each is run as the role that runs it, with no rows in an empty database.
@Test func everyCopyFitsTheSchemaAndItsRolesRights() async throws {
    var count = 0
    try await withDatabase { database in
        let person = try await database.person("ana")
        for (place, roles) in roles {
            var copies: [Copy] = []
            var formats = 0
            for path in try sources(place) {
                let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
                let found = Copy.all(in: text, of: path)
                copies += found
                formats +=
                    text.split(separator: "\n").filter {
                        $0.contains("(FORMAT binary)") && !$0.contains("//")
                    }.count
            }
            #expect(copies.count == formats, "\(place): a COPY was not found")
            count += copies.count
            for role in roles {
                let login = role == "operator" ? person : database.configuration(as: role)
                let pool = ConnectionPool(login, size: 1)
                for copy in copies {
                    do {
                        try await pool.transaction { transaction in
                            if copy.isIn {
                                try await transaction.copyIn(copy.sql) { _ in }
                            } else {
                                try await transaction.copyOut(copy.sql) { _ in }
                            }
                        }
                    } catch let error as PostgresError {
                        Issue.record("\(copy.place) as \(role): \(error)")
                    }
                }
                await pool.close()
            }
        }
    }
    print("COPY statements run under their roles: \(count)")
    #expect(count > 20)
}

@Test func copiesAreFoundWithTheirValuesAsNull() {
    let source = """
        // COPY a comment (FORMAT binary)
        let text: SQLText = \"""
            COPY (SELECT a FROM t WHERE b <= \\(date: f(x).days) AND c = \\(d ?? 0))
            TO STDOUT (FORMAT binary)
            \"""
        let other = "COPY t (a, b) FROM STDIN (FORMAT binary)"
        """
    let copies = Copy.all(in: source, of: "A.swift")
    #expect(
        copies.map(\.sql) == [
            "COPY (SELECT a FROM t WHERE b <= NULL AND c = NULL)\n    TO STDOUT (FORMAT binary)",
            "COPY t (a, b) FROM STDIN (FORMAT binary)",
        ])
    #expect(copies.map(\.place) == ["A.swift:3", "A.swift:6"])
    #expect(copies.map(\.isIn) == [false, true])
}
