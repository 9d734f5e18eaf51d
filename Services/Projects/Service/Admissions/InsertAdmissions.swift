import Intake
import Postgres

/// Keeps the decisions about an import that is applied.
struct InsertAdmissions: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO projects.admission (
            household_id, programme, agreement, import_id, agreement_version, outcome, override_id, reserved, filled)
        SELECT household_id, $3::text, agreement, $1::uuid, agreement_version, outcome,
            CASE WHEN outcome = 3 THEN override_id END, reserved, filled
        FROM projects.staged_admission
        WHERE outcome IS NOT NULL AND $2::uuid[] IS NOT NULL
        ORDER BY household_id
        """
}
