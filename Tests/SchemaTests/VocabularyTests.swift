import TestSupport
import Testing
import Vocabulary

/// A vocabulary whose words a column stores as numbers.
private struct Kept: Sendable {
    let column: String
    /// Number and word, as the column's comment says them.
    let words: String
    let count: Int

    init<Word: StoredWord>(_ column: String, _ vocabulary: Word.Type) {
        self.column = column
        words = Word.allCases.map { "\($0.rawValue) \($0.name)" }.joined(separator: ", ")
        count = Word.allCases.count
    }
}

/// Numbers and words of a vocabulary are those of the database: its CHECK takes exactly these numbers, its comment says the words.
@Test(arguments: [
    Kept("coordination.household.poverty_class", PovertyClass.self),
    Kept("coordination.member.relationship", Relationship.self),
    Kept("transfers.attendance.level", SchoolLevel.self),
    Kept("transfers.health_check.kind", HealthCheckKind.self),
])
private func aVocabularyIsWhatTheDatabaseKeeps(kept: Kept) async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        let parts = kept.column.split(separator: ".")
        let seen = try await pool.texts(
            of: """
                SELECT col_description(named.oid, part.attnum), (
                    SELECT count(*) FROM pg_constraint AS held
                    WHERE held.conrelid = named.oid AND pg_get_constraintdef(held.oid)
                        = 'CHECK (((\(parts[2]) >= 1) AND (\(parts[2]) <= \(kept.count))))')
                FROM (SELECT to_regclass('\(parts[0]).\(parts[1])') AS oid) AS named
                JOIN pg_attribute AS part ON part.attrelid = named.oid AND part.attname = '\(parts[2])'
                """)
        #expect(seen == ["(\"\(kept.words)\",1)"])
        await pool.close()
    }
}
