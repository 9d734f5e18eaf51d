import Intake
import Postgres
import Tabular
import Vocabulary

/// `territories.csv`: the country's administrative units, by the levels that its file names.
enum TerritoryFile: FileKind {
    static let layout = FileLayout.territories
    static let copy = """
        COPY coordination.staged_territory (line, file, level, poverty_rate_hundredths, territory_code, parent_code, name)
        FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedTerritories.self, RejectSecondLevelWithoutParent.self, RejectThirdLevelWithoutParent.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedTerritories.self
    static let changed: (any ChangedRows.Type)? = ChangedTerritories.self
    static let merges: [any ImportStatement.Type] = [
        UpdateTerritories.self, InsertTerritories.self, PlaceTerritories.self,
    ]

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        let code = check.code(row, 0, longest: 16)
        let name = check.name(row, 1, longest: 200)
        let level = check.level(row, 2, ofCode: code, 0)
        let hasParent = !row[3].isEmpty
        if hasParent { _ = check.code(row, 3, longest: 16) }
        if level == 1, hasParent { check.refuse(3, .outOfRange, "must be empty: the highest level has no parent") }
        if level > 1, !hasParent { check.refuse(3, .missing, "is empty: only the highest level has no parent") }
        let poverty = check.percentHundredths(row, 4)
        guard check.passed else { return }
        copy.startRow(columns: 7)
        copy.add(check.line)
        copy.add(check.file)
        copy.add(level)
        copy.add(poverty)
        copy.add(code)
        if hasParent { copy.add(row[3]) } else { copy.addNull() }
        copy.add(name)
    }
}

struct RejectRepeatedTerritories: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.repeated(
        in: "coordination.staged_territory", key: "territory_code", field: "territory_code",
        reason: "duplicate_territory", what: "this territory")
}

/// A level is checked before those below it, which may refer to it.
struct RejectSecondLevelWithoutParent: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = rejectWithoutParent(level: 2)
}

struct RejectThirdLevelWithoutParent: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = rejectWithoutParent(level: 3)
}

private func rejectWithoutParent(level: Int) -> String {
    Rejection.rows(
        of: "coordination.staged_territory",
        where: """
            staged.level = \(level) AND NOT EXISTS (
                SELECT FROM coordination.staged_territory AS parent
                WHERE parent.territory_code = staged.parent_code AND parent.level < staged.level)
            AND NOT EXISTS (
                SELECT FROM coordination.territory AS parent
                WHERE parent.territory_code = staged.parent_code AND parent.level < staged.level)
            """,
        field: "parent_code", reason: "unknown_territory",
        message: "is no territory of a higher level, neither in the registry nor among the good rows of this import")
}

struct UnchangedTerritories: UnchangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH same AS (
            DELETE FROM coordination.staged_territory AS staged USING coordination.territory AS held
            WHERE held.territory_code = staged.territory_code AND held.name = staged.name AND held.level = staged.level
                AND held.parent_code IS NOT DISTINCT FROM staged.parent_code
                AND held.poverty_rate_hundredths IS NOT DISTINCT FROM staged.poverty_rate_hundredths
            RETURNING staged.file
        )
        SELECT file, count(*) FROM same GROUP BY file
        """
}

struct ChangedTerritories: ChangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        SELECT staged.file, count(*)
        FROM coordination.staged_territory AS staged
        JOIN coordination.territory AS held ON held.territory_code = staged.territory_code
        GROUP BY staged.file
        """
}

struct UpdateTerritories: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        UPDATE coordination.territory AS held
        SET name = staged.name, level = staged.level, parent_code = staged.parent_code,
            poverty_rate_hundredths = staged.poverty_rate_hundredths
        FROM coordination.staged_territory AS staged WHERE held.territory_code = staged.territory_code
        """
}

/// The territory that its budget hangs on is filled in by ``PlaceTerritories``, when every parent is stored.
struct InsertTerritories: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO coordination.territory
            (territory_code, name, level, parent_code, department_code, poverty_rate_hundredths)
        SELECT territory_code, name, level, parent_code, territory_code, poverty_rate_hundredths
        FROM coordination.staged_territory AS staged
        WHERE NOT EXISTS (
            SELECT FROM coordination.territory AS held WHERE held.territory_code = staged.territory_code)
        """
}

/// Walks each territory up to the level that budgets hang on; one that stands above it is its own.
struct PlaceTerritories: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH RECURSIVE walked AS (
            SELECT territory_code, territory_code AS place, level, parent_code FROM coordination.territory
            UNION ALL
            SELECT walked.territory_code, parent.territory_code, parent.level, parent.parent_code
            FROM walked JOIN coordination.territory AS parent ON parent.territory_code = walked.parent_code
            WHERE walked.level > coordination.budget_level()
        ), placed AS (
            SELECT DISTINCT ON (territory_code) territory_code, place FROM walked ORDER BY territory_code, level
        )
        UPDATE coordination.territory AS held SET department_code = placed.place
        FROM placed WHERE placed.territory_code = held.territory_code AND held.department_code <> placed.place
        """
}
