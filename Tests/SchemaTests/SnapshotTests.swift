import Crypto
import Foundation
import Postgres
import Schema
import TestSupport
import Testing

private let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Shared/Schema").standardizedFileURL

private func text(_ name: String) throws -> String {
    try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
}

/// The lines in which two texts differ, so that a failure says what to look at.
private func difference(_ left: String, _ right: String) -> [String] {
    let (before, after) = (Set(left.split(separator: "\n")), Set(right.split(separator: "\n")))
    return before.subtracting(after).sorted().map { "- \($0)" } + after.subtracting(before).sorted().map { "+ \($0)" }
}

private final class Lines: @unchecked Sendable {
    var all: [String] = []
}

/// The schema is what `snapshot.txt` says. Change it on purpose: `Shared/Schema/snapshot` writes the file.
@Test func theSchemaIsAsItsSnapshotSays() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        let lines = Lines()
        let query = try text("snapshot.sql")
        try await pool.transaction { transaction in
            try await transaction.copyOut("COPY (\(query)) TO STDOUT (FORMAT binary)") { row in
                lines.all.append(try row.string(0))
            }
        }
        await pool.close()
        let seen = lines.all.joined(separator: "\n")
        let kept = try text("snapshot.txt")
        #expect(difference(kept, seen) == [])
    }
}

/// A migration is never edited: what comes later is a migration of its own. `migrations.sha256` grows, `sha256sum -c` reads it.
@Test func noMigrationIsEdited() throws {
    let migrations = directory.appendingPathComponent("Migrations")
    let names = try FileManager.default.contentsOfDirectory(atPath: migrations.path).sorted()
    #expect(names == Migration.all.map { "\($0.name).sql" })
    let digests = try names.map { name in
        let bytes = Array(try Data(contentsOf: migrations.appendingPathComponent(name)))
        return "\(Hexadecimal.string(SHA256.digest(of: bytes)))  \(name)"
    }
    let frozen = try text("migrations.sha256")
    #expect(difference(frozen, digests.joined(separator: "\n")) == [])
}

/// Every file of routines is part of the program, once.
@Test func everyRoutineFileIsApplied() throws {
    let routines = directory.appendingPathComponent("Routines")
    let files = try FileManager.default.subpathsOfDirectory(atPath: routines.path).filter { $0.hasSuffix(".sql") }
    #expect(files.sorted() == Routine.all.map { "\($0.name).sql" }.sorted())
}
