import Intake
import Postgres
import Tabular
import Vocabulary

/// `members.csv`: the members of households.
enum MemberFile: FileKind {
    static let layout = FileLayout.members
    static let copy = """
        COPY coordination.staged_member (
            household_id, person_id, line, birth_date, file, relationship, pregnant, sex, is_nameless, given_names,
            surnames
        ) FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedMembers.self, RejectMembersOfUnknownHouseholds.self, RejectMembersOfOtherHouseholds.self,
        RejectRepeatedHeads.self, RejectHeadsBesideStoredOnes.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedMembers.self
    static let changed: (any ChangedRows.Type)? = ChangedMembers.self
    static let merges: [any ImportStatement.Type] = [UpdateMembers.self, InsertMembers.self]

    /// Longest name in bytes: room for any that civil registries hold.
    private static let longestName = 400
    private static let sexes = Words("F", "M")
    private static let relationships = Words(of: Relationship.self)

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        let person = check.nationalNumber(row, 0)
        let household = check.nationalNumber(row, 1)
        let givenNames = check.name(row, 2, longest: longestName)
        let surnames = check.name(row, 3, longest: longestName)
        _ = check.word(row, 4, sexes)
        let birth = check.date(row, 5)
        let relationship = check.word(row, 6, relationships)
        let isPregnant = check.bool(row, 7)
        guard check.passed else { return }
        copy.startRow(columns: 11)
        copy.add(household)
        copy.add(person)
        copy.add(check.line)
        copy.add(date: birth)
        copy.add(check.file)
        copy.add(relationship)
        copy.add(isPregnant)
        // The column "char" takes the one byte as it is.
        copy.add(row[4])
        copy.add(!BankText.hasLetter(givenNames) && !BankText.hasLetter(surnames))
        copy.add(givenNames)
        copy.add(surnames)
    }
}

/// Whoever stands in the file twice, in one household or in two: the second row is refused.
struct RejectRepeatedMembers: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH repeated AS (
            SELECT person_id, min(file::bigint << 32 | line) AS first, count(DISTINCT household_id) AS households
            FROM coordination.staged_member
            WHERE person_id IN (
                SELECT person_id FROM coordination.staged_member GROUP BY person_id HAVING count(*) > 1)
            GROUP BY person_id
        ), refused AS (
            DELETE FROM coordination.staged_member AS staged USING repeated
            WHERE staged.person_id = repeated.person_id
                AND (staged.file::bigint << 32 | staged.line) > repeated.first
            RETURNING staged.file, staged.line, repeated.first, repeated.households
        )
        INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern, fillings)
        SELECT
            $1::uuid, ($2::uuid[])[file], line, 'person_id',
            CASE WHEN households > 1 THEN 'member_of_two_households' ELSE 'duplicate_member' END,
            CASE
                WHEN households > 1 AND first >> 32 = file
                    THEN \(Rejection.pattern("line {} puts this person in another household"))
                WHEN households > 1
                    THEN \(Rejection.pattern("line {} of another file puts this person in another household"))
                WHEN first >> 32 = file THEN \(Rejection.pattern("line {} has this person already"))
                ELSE \(Rejection.pattern("line {} of another file has this person already"))
            END,
            ARRAY[(first & 4294967295)::text]
        FROM refused
        """
}

struct RejectMembersOfUnknownHouseholds: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "coordination.staged_member",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.staged_household AS household
                WHERE household.household_id = staged.household_id)
            AND NOT EXISTS (
                SELECT FROM coordination.household AS household WHERE household.household_id = staged.household_id)
            """,
        field: "household_id", reason: "unknown_household",
        message: "is no household, neither of the registry nor among the good rows of this import")
}

struct RejectMembersOfOtherHouseholds: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "coordination.staged_member",
        where: """
            EXISTS (
                SELECT FROM coordination.member AS held
                WHERE held.person_id = staged.person_id AND held.household_id <> staged.household_id)
            """,
        field: "person_id", reason: "member_of_two_households",
        message: "the registry has this person in another household")
}

/// A household has one head: among the rows of the import …
struct RejectRepeatedHeads: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH repeated AS (
            SELECT household_id, min(file::bigint << 32 | line) AS first
            FROM coordination.staged_member WHERE relationship = 1 GROUP BY household_id HAVING count(*) > 1
        ), refused AS (
            DELETE FROM coordination.staged_member AS staged USING repeated
            WHERE staged.household_id = repeated.household_id AND staged.relationship = 1
                AND (staged.file::bigint << 32 | staged.line) > repeated.first
            RETURNING staged.file, staged.line, repeated.first
        )
        INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern, fillings)
        SELECT
            $1::uuid, ($2::uuid[])[file], line, 'relationship', 'second_head',
            CASE WHEN first >> 32 = file
                THEN \(Rejection.pattern("line {} is the head of this household already"))
                ELSE \(Rejection.pattern("line {} of another file is the head of this household already")) END,
            ARRAY[(first & 4294967295)::text]
        FROM refused
        """
}

/// … and with the members whom the import does not mention.
struct RejectHeadsBesideStoredOnes: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "coordination.staged_member",
        where: """
            staged.relationship = 1 AND EXISTS (
                SELECT FROM coordination.member AS held
                WHERE held.household_id = staged.household_id AND held.person_id <> staged.person_id
                    AND held.relationship = 1 AND NOT EXISTS (
                        SELECT FROM coordination.staged_member AS newer
                        WHERE newer.household_id = held.household_id AND newer.person_id = held.person_id))
            """,
        field: "relationship", reason: "second_head",
        message: "the registry has another head of this household; say in the same file what that person is now")
}

struct UnchangedMembers: UnchangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH same AS (
            DELETE FROM coordination.staged_member AS staged USING coordination.member AS held
            WHERE held.household_id = staged.household_id AND held.person_id = staged.person_id
                AND held.birth_date = staged.birth_date AND held.sex = staged.sex
                AND held.pregnant = staged.pregnant AND held.relationship = staged.relationship
                AND held.given_names = staged.given_names AND held.surnames = staged.surnames
            RETURNING staged.file
        )
        SELECT file, count(*) FROM same GROUP BY file
        """
}

struct ChangedMembers: ChangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        SELECT staged.file, count(*)
        FROM coordination.staged_member AS staged
        JOIN coordination.member AS held ON held.household_id = staged.household_id AND held.person_id = staged.person_id
        GROUP BY staged.file
        """
}

struct UpdateMembers: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        UPDATE coordination.member AS held
        SET birth_date = staged.birth_date, sex = staged.sex, pregnant = staged.pregnant,
            relationship = staged.relationship, given_names = staged.given_names, surnames = staged.surnames
        FROM coordination.staged_member AS staged
        WHERE held.household_id = staged.household_id AND held.person_id = staged.person_id
        """
}

struct InsertMembers: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "SELECT coordination.store_new_members()"
}
