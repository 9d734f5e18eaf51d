import Intake
import Postgres
import Tabular
import Vocabulary

/// `school_attendance.csv`: days attended by person, month and school.
enum AttendanceFile: FileKind {
    static let layout = FileLayout.schoolAttendance
    static let copy = """
        COPY transfers.staged_attendance (
            person_id, line, month, file, level, school_days, days_attended, school_code
        ) FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedAttendance.self, RejectAttendanceOutsideCycle.self, RejectAttendanceOfStrangers.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedAttendance.self
    static let merges: [any ImportStatement.Type] = [
        UpdateAttendance.self, InsertAttendance.self, RecordLateAttendance.self,
    ]

    private static let levels = Words("primary", "secondary")

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        let person = check.nationalNumber(row, 0)
        let school = check.code(row, 1, longest: 20)
        let level = check.word(row, 2, levels)
        let month = check.month(row, 3)
        let schoolDays = check.number(row, 4, in: 0...31)
        let attended = check.number(row, 5, in: 0...31)
        if check.passed, attended > schoolDays { check.refuse(5, .outOfRange, "is more than school_days") }
        guard check.passed else { return }
        copy.startRow(columns: 8)
        copy.add(person)
        copy.add(check.line)
        copy.add(date: month)
        copy.add(check.file)
        copy.add(level)
        copy.add(Int16(schoolDays))
        copy.add(Int16(attended))
        copy.add(school)
    }
}

struct RejectRepeatedAttendance: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.repeated(
        in: "transfers.staged_attendance", key: "person_id, month, school_code", field: "person_id",
        reason: "duplicate_attendance", what: "this person, month and school")
}

struct RejectAttendanceOutsideCycle: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "transfers.staged_attendance",
        where: """
            NOT EXISTS (
                SELECT FROM transfers.cycle AS cycle
                WHERE cycle.code = $3::text AND cycle.state <> 'void'
                    AND staged.month BETWEEN cycle.first_day AND cycle.last_day)
            """,
        field: "month", reason: "outside_cycle",
        message: "lies outside the cycle; a month counts in the cycle that its first day lies in")
}

struct RejectAttendanceOfStrangers: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "transfers.staged_attendance",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.member_v1 AS member WHERE member.person_id = staged.person_id)
            """,
        field: "person_id", reason: "unknown_person", message: "is nobody of the registry")
}

struct UnchangedAttendance: UnchangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH same AS (
            DELETE FROM transfers.staged_attendance AS staged USING transfers.attendance AS held
            WHERE held.person_id = staged.person_id AND held.month = staged.month
                AND held.school_code = staged.school_code AND held.level = staged.level
                AND held.school_days = staged.school_days AND held.days_attended = staged.days_attended
            RETURNING staged.file
        )
        SELECT file, count(*) FROM same GROUP BY file
        """
}

struct UpdateAttendance: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        UPDATE transfers.attendance AS held
        SET level = staged.level, school_days = staged.school_days, days_attended = staged.days_attended
        FROM transfers.staged_attendance AS staged
        WHERE held.person_id = staged.person_id AND held.month = staged.month
            AND held.school_code = staged.school_code
        """
}

/// Stored in the order of households: schools report by school, but a payment run reads ranges of households.
struct InsertAttendance: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO transfers.attendance (
            household_id, person_id, month, level, school_days, days_attended, school_code)
        SELECT
            member.household_id, staged.person_id, staged.month, staged.level, staged.school_days,
            staged.days_attended, staged.school_code
        FROM transfers.staged_attendance AS staged
        JOIN coordination.member_v1 AS member ON member.person_id = staged.person_id
        WHERE NOT EXISTS (
            SELECT FROM transfers.attendance AS held
            WHERE held.person_id = staged.person_id AND held.month = staged.month
                AND held.school_code = staged.school_code)
        ORDER BY member.household_id, staged.person_id, staged.month
        """
}
