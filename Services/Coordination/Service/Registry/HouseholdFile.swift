import Intake
import Postgres
import Tabular
import Vocabulary

/// `households.csv`: households of the social registry.
enum HouseholdFile: FileKind {
    static let layout = FileLayout.households
    static let copy = """
        COPY coordination.staged_household (household_id, line, residence_since, file, poverty_class, territory_code)
        FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedHouseholds.self, RejectHouseholdsElsewhere.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedHouseholds.self
    static let changed: (any ChangedRows.Type)? = ChangedHouseholds.self
    static let merges: [any ImportStatement.Type] = [UpdateHouseholds.self, InsertHouseholds.self]

    private static let povertyClasses = Words("extreme_poor", "poor", "non_poor")

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        let household = check.nationalNumber(row, 0)
        let territory = check.code(row, 1, longest: 16)
        let povertyClass = check.word(row, 2, povertyClasses)
        let residence = check.date(row, 3)
        guard check.passed else { return }
        copy.startRow(columns: 6)
        copy.add(household)
        copy.add(check.line)
        copy.add(date: residence)
        copy.add(check.file)
        copy.add(povertyClass)
        copy.add(territory)
    }
}

struct RejectRepeatedHouseholds: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.repeated(
        in: "coordination.staged_household", key: "household_id", field: "household_id",
        reason: "duplicate_household", what: "this household")
}

struct RejectHouseholdsElsewhere: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "coordination.staged_household",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.staged_territory AS territory
                WHERE territory.territory_code = staged.territory_code)
            AND NOT EXISTS (
                SELECT FROM coordination.territory AS territory
                WHERE territory.territory_code = staged.territory_code)
            """,
        field: "territory_code", reason: "unknown_territory",
        message: "is no territory, neither of the registry nor among the good rows of this import"
            + " (has it lost a leading zero?)")
}

struct UnchangedHouseholds: UnchangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH same AS (
            DELETE FROM coordination.staged_household AS staged USING coordination.household AS held
            WHERE held.household_id = staged.household_id AND held.territory_code = staged.territory_code
                AND held.poverty_class = staged.poverty_class AND held.residence_since = staged.residence_since
            RETURNING staged.file
        )
        SELECT file, count(*) FROM same GROUP BY file
        """
}

struct ChangedHouseholds: ChangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        SELECT staged.file, count(*)
        FROM coordination.staged_household AS staged
        JOIN coordination.household AS held ON held.household_id = staged.household_id
        GROUP BY staged.file
        """
}

struct UpdateHouseholds: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        UPDATE coordination.household AS held
        SET territory_code = staged.territory_code, poverty_class = staged.poverty_class,
            residence_since = staged.residence_since
        FROM coordination.staged_household AS staged WHERE held.household_id = staged.household_id
        """
}

struct InsertHouseholds: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO coordination.household (household_id, territory_code, poverty_class, residence_since)
        SELECT household_id, territory_code, poverty_class, residence_since
        FROM coordination.staged_household AS staged
        WHERE NOT EXISTS (
            SELECT FROM coordination.household AS held WHERE held.household_id = staged.household_id)
        ORDER BY household_id
        """
}
