import Intake
import Postgres

struct RejectRepeatedParticipants: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.repeated(
        in: "projects.staged_participant", key: "household_id, project_code, module_code", field: "household_id",
        reason: "duplicate_participant", what: "this household, project and module")
}

struct RejectParticipantsNotInRegistry: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "projects.staged_participant",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.household_v1 AS household
                WHERE household.household_id = staged.household_id)
            """,
        field: "household_id", reason: "unknown_household", message: "is no household of the registry")
}

struct RejectUnknownModules: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "projects.staged_participant",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.programme_v1 AS programme,
                    jsonb_array_elements(programme.definition -> 'project' -> 'modules') AS module
                WHERE programme.programme = $3::text AND programme.in_force
                    AND module ->> 'code' = staged.module_code)
            """,
        field: "module_code", reason: "unknown_module", message: "is no module of the programme")
}

struct RejectProjectsOfOtherProgrammes: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "projects.staged_participant",
        where: """
            EXISTS (
                SELECT FROM projects.project AS held
                WHERE held.project_code = staged.project_code AND held.programme <> $3::text)
            """,
        field: "project_code", reason: "project_of_other_programme", message: "is a project of another programme")
}

/// A household takes part in one project of a programme: the one it is in already, or the file's first.
struct RejectParticipantsOfTwoProjects: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH first AS (
            SELECT DISTINCT ON (household_id) household_id, project_code
            FROM projects.staged_participant ORDER BY household_id, file, line
        ), refused AS (
            DELETE FROM projects.staged_participant AS staged USING first
            WHERE first.household_id = staged.household_id
                AND staged.project_code <> coalesce((
                    SELECT held.project_code
                    FROM projects.participant AS held JOIN projects.project AS project USING (project_code)
                    WHERE held.household_id = staged.household_id AND project.programme = $3::text
                    ORDER BY held.enrolled_on, held.project_code LIMIT 1), first.project_code)
            RETURNING staged.file, staged.line
        )
        INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern)
        SELECT $1::uuid, ($2::uuid[])[file], line, 'household_id', 'participant_of_two_projects',
            \(Rejection.pattern("is a household of another project of the programme"))
        FROM refused
        """
}

/// A project lies within one department, because one budget line pays for it: its own, or that of most of its rows.
struct RejectParticipantsOfOtherDepartments: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH home AS (
            SELECT DISTINCT ON (staged.project_code) staged.project_code,
                coalesce(held.department_code, household.department_code) AS department_code
            FROM projects.staged_participant AS staged
            JOIN coordination.household_v1 AS household USING (household_id)
            LEFT JOIN projects.project AS held USING (project_code)
            GROUP BY staged.project_code, held.department_code, household.department_code
            ORDER BY staged.project_code, count(*) DESC, household.department_code
        ), refused AS (
            DELETE FROM projects.staged_participant AS staged USING home, coordination.household_v1 AS household
            WHERE home.project_code = staged.project_code AND household.household_id = staged.household_id
                AND household.department_code <> home.department_code
            RETURNING staged.file, staged.line
        )
        INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern)
        SELECT $1::uuid, ($2::uuid[])[file], line, 'household_id', 'other_department',
            \(Rejection.pattern("lives in another department than the project"))
        FROM refused
        """
}
