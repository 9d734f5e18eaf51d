import Contracts
import FoundationEssentials
import Intake
import Postgres

/// Texts of the statements that record how many stored rows are of days that a cycle has decided on: its run has frozen
/// the roll and was not withdrawn.
enum LateEvidence {
    static func sql(_ staging: String, day: String, kind: String) -> String {
        """
        INSERT INTO transfers.late_evidence (import_id, cycle_id, kind, rows)
        SELECT $1::uuid, cycle.cycle_id, '\(kind)', sum(late.rows)
        FROM (SELECT \(day) AS day, count(*) AS rows FROM \(staging) GROUP BY \(day)) AS late
        JOIN transfers.cycle AS cycle ON cycle.counted_days @> late.day
        WHERE cycle.state <> 'void' AND EXISTS (
            SELECT FROM transfers.payment_run AS run
            WHERE run.cycle_id = cycle.cycle_id AND run.state NOT IN ('freezing', 'empty', 'withdrawing', 'withdrawn'))
        GROUP BY cycle.cycle_id
        """
    }
}

struct RecordLateAttendance: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = LateEvidence.sql("transfers.staged_attendance", day: "month", kind: "school_attendance")
}

struct RecordLateHealthChecks: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = LateEvidence.sql("transfers.staged_health_check", day: "checked_on", kind: "health_checks")
}

/// What an import stored of days that cycles had decided on.
struct ListLateEvidence: Statement {
    let importId: UUID
    static let sql = """
        SELECT cycle.programme, cycle.code, sum(late.rows)::bigint
        FROM transfers.late_evidence AS late JOIN transfers.cycle AS cycle USING (cycle_id)
        WHERE late.import_id = $1 GROUP BY cycle.programme, cycle.code ORDER BY cycle.programme, cycle.code
        """
    func bind(into parameters: inout Parameters) { parameters.add(importId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CommonV1.ImportRemark {
        CommonV1.ImportRemark(
            code: "decided_already", rows: try row.int64(2),
            values: ["programme": try row.string(0), "cycle": try row.string(1)])
    }
}
