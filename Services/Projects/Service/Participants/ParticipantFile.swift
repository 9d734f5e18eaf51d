import Contracts
import Intake
import Postgres
import Tabular

/// How participants are imported. The request's context is the programme.
enum ParticipantImport {
    static let plan = ImportPlan(
        method: ProjectsV1.Projects.import.name, kinds: [ParticipantFile.self], clear: ClearStagedParticipants.self,
        analyzeStaged: AnalyzeStagedParticipants.self, analyzeStored: AnalyzeParticipants.self,
        decision: AdmissionDecision())
}

/// `project_participants.csv`: households in projects, with the module of inputs that they take.
enum ParticipantFile: FileKind {
    static let layout = FileLayout.projectParticipants
    static let copy = """
        COPY projects.staged_participant (household_id, line, enrolled_on, file, project_code, module_code)
        FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedParticipants.self, RejectParticipantsNotInRegistry.self, RejectUnknownModules.self,
        RejectProjectsOfOtherProgrammes.self, RejectParticipantsOfTwoProjects.self,
        RejectParticipantsOfOtherDepartments.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedParticipants.self
    static let merges: [any ImportStatement.Type] = [
        InsertProjects.self, InsertAdmissions.self, UpdateParticipants.self, InsertParticipants.self,
    ]

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        // The ledger's posting identifiers, of up to 64 characters, are made of the project's code.
        let project = check.code(row, 0, longest: 40)
        let household = check.nationalNumber(row, 1)
        let module = check.code(row, 2, longest: 40)
        let enrolled = check.date(row, 3)
        guard check.passed else { return }
        copy.startRow(columns: 6)
        copy.add(household)
        copy.add(check.line)
        copy.add(date: enrolled)
        copy.add(check.file)
        copy.add(project)
        copy.add(module)
    }
}

/// Empties the staging table, and makes other imports wait until this one has ended.
struct ClearStagedParticipants: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "TRUNCATE projects.staged_participant, projects.staged_admission"
}

struct AnalyzeStagedParticipants: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "SELECT projects.analyze_staged_participants()"
}

struct AnalyzeParticipants: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "SELECT projects.analyze_participants()"
}

struct UnchangedParticipants: UnchangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH same AS (
            DELETE FROM projects.staged_participant AS staged USING projects.participant AS held
            WHERE held.household_id = staged.household_id AND held.project_code = staged.project_code
                AND held.module_code = staged.module_code AND held.enrolled_on = staged.enrolled_on
            RETURNING staged.file
        )
        SELECT file, count(*) FROM same GROUP BY file
        """
}

/// A project is made by its first participants; its department is theirs.
struct InsertProjects: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO projects.project (project_code, programme, department_code)
        SELECT staged.project_code, $3::text, min(household.department_code)
        FROM projects.staged_participant AS staged
        JOIN coordination.household_v1 AS household USING (household_id)
        WHERE NOT EXISTS (SELECT FROM projects.project AS held WHERE held.project_code = staged.project_code)
            AND $1::uuid IS NOT NULL AND $2::uuid[] IS NOT NULL
        GROUP BY staged.project_code
        """
}

struct UpdateParticipants: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        UPDATE projects.participant AS held SET enrolled_on = staged.enrolled_on
        FROM projects.staged_participant AS staged
        WHERE held.household_id = staged.household_id AND held.project_code = staged.project_code
            AND held.module_code = staged.module_code
        """
}

struct InsertParticipants: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO projects.participant (household_id, project_code, module_code, enrolled_on)
        SELECT household_id, project_code, module_code, enrolled_on
        FROM projects.staged_participant AS staged
        WHERE NOT EXISTS (
            SELECT FROM projects.participant AS held
            WHERE held.household_id = staged.household_id AND held.project_code = staged.project_code
                AND held.module_code = staged.module_code)
        """
}
