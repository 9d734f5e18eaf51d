import Intake
import Postgres
import Tabular
import Vocabulary

/// `health_checks.csv`: growth and prenatal checks by person and day.
enum HealthCheckFile: FileKind {
    static let layout = FileLayout.healthChecks
    static let copy = """
        COPY transfers.staged_health_check (person_id, line, checked_on, file, kind, facility_code)
        FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedHealthChecks.self, RejectHealthChecksOutsideCycle.self, RejectHealthChecksOfStrangers.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedHealthChecks.self
    static let merges: [any ImportStatement.Type] = [
        UpdateHealthChecks.self, InsertHealthChecks.self, RecordLateHealthChecks.self,
    ]

    private static let kinds = Words("growth", "prenatal")

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        let person = check.nationalNumber(row, 0)
        let facility = check.code(row, 1, longest: 20)
        let kind = check.word(row, 2, kinds)
        let day = check.date(row, 3)
        guard check.passed else { return }
        copy.startRow(columns: 6)
        copy.add(person)
        copy.add(check.line)
        copy.add(date: day)
        copy.add(check.file)
        copy.add(kind)
        copy.add(facility)
    }
}

struct RejectRepeatedHealthChecks: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.repeated(
        in: "transfers.staged_health_check", key: "person_id, kind, checked_on", field: "person_id",
        reason: "duplicate_check", what: "a check of this kind of this person on this day")
}

struct RejectHealthChecksOutsideCycle: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "transfers.staged_health_check",
        where: """
            NOT EXISTS (
                SELECT FROM transfers.cycle AS cycle
                WHERE cycle.code = $3::text AND cycle.state <> 'void'
                    AND staged.checked_on BETWEEN cycle.first_day AND cycle.last_day)
            """,
        field: "checked_on", reason: "outside_cycle", message: "lies outside the cycle")
}

struct RejectHealthChecksOfStrangers: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "transfers.staged_health_check",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.member_v1 AS member WHERE member.person_id = staged.person_id)
            """,
        field: "person_id", reason: "unknown_person", message: "is nobody of the registry")
}

struct UnchangedHealthChecks: UnchangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH same AS (
            DELETE FROM transfers.staged_health_check AS staged USING transfers.health_check AS held
            WHERE held.person_id = staged.person_id AND held.kind = staged.kind
                AND held.checked_on = staged.checked_on AND held.facility_code = staged.facility_code
            RETURNING staged.file
        )
        SELECT file, count(*) FROM same GROUP BY file
        """
}

struct UpdateHealthChecks: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        UPDATE transfers.health_check AS held SET facility_code = staged.facility_code
        FROM transfers.staged_health_check AS staged
        WHERE held.person_id = staged.person_id AND held.kind = staged.kind AND held.checked_on = staged.checked_on
        """
}

/// Stored in the order of households, as a payment run reads them.
struct InsertHealthChecks: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO transfers.health_check (household_id, person_id, checked_on, kind, facility_code)
        SELECT member.household_id, staged.person_id, staged.checked_on, staged.kind, staged.facility_code
        FROM transfers.staged_health_check AS staged
        JOIN coordination.member_v1 AS member ON member.person_id = staged.person_id
        WHERE NOT EXISTS (
            SELECT FROM transfers.health_check AS held
            WHERE held.person_id = staged.person_id AND held.kind = staged.kind
                AND held.checked_on = staged.checked_on)
        ORDER BY member.household_id, staged.person_id, staged.checked_on
        """
}
