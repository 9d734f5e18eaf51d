import Postgres
import ProjectsDomain

/// Decides, for each household that would get its first inputs with an instalment, whether its project may start under every
/// agreement in force that orders projects after transfers.
struct DecideStarts: Statement {
    typealias Row = Never
    static let sql = """
        WITH rule AS MATERIALIZED (
            SELECT agreement, version FROM coordination.agreement_in_force_v1
            WHERE programme = $1 AND sequencing = 'SEQUENCING_RULE_PROJECT_DURING_TRANSFER'
        ), asking AS MATERIALIZED (
            SELECT participant.household_id
            FROM projects.participant AS participant JOIN projects.project AS project USING (project_code)
            WHERE project.programme = $1 AND project.instalments_ordered = $3 - 1 AND EXISTS (SELECT FROM rule)
            GROUP BY participant.household_id
            HAVING NOT coalesce(bool_or(participant.starts_with <= project.instalments_ordered), false)
        ), served AS MATERIALIZED (
            SELECT DISTINCT rule.agreement, served.household_id
            FROM rule
            JOIN coordination.agreement_in_force_v1 AS transfer
                ON transfer.agreement = rule.agreement AND transfer.kind = 'conditional_transfer'
            JOIN transfers.served_household_v1 AS served ON served.programme = transfer.programme
            JOIN asking ON asking.household_id = served.household_id
        )
        INSERT INTO projects.start_decision (
            household_id, programme, agreement, fiscal_year, instalment, attempt, agreement_version, outcome,
            override_id)
        SELECT asking.household_id, $1, rule.agreement, $2, $3, $4, rule.version, decided.outcome,
            CASE WHEN decided.outcome = 2 THEN signed.override_id END
        FROM asking
        CROSS JOIN rule
        LEFT JOIN served ON served.agreement = rule.agreement AND served.household_id = asking.household_id
        LEFT JOIN coordination.agreement_override_v1 AS signed
            ON signed.agreement = rule.agreement AND signed.household_id = asking.household_id
        JOIN unnest($5::bigint[], $6::bigint[]) AS decided(key, outcome)
            ON decided.key = (served.household_id IS NOT NULL)::integer + 2 * (signed.override_id IS NOT NULL)::integer
        ORDER BY asking.household_id
        """
    let key: InstalmentKey
    let attempt: Int32
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(attempt)
        parameters.add(StartClaim.all.map { ($0.receivesTransfer ? 1 : 0) + ($0.hasOverride ? 2 : 0) as Int64 })
        parameters.add(StartClaim.all.map { Int64(StartOutcome($0).rawValue) })
    }
}

/// Lets households start with an instalment, those excepted that were refused just now. Who was to start with an earlier
/// attempt that was not ordered is decided anew.
struct MarkStarts: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE projects.participant AS held SET starts_with = CASE WHEN (
                SELECT count(*) FROM projects.start_decision AS refused
                WHERE refused.household_id = held.household_id AND refused.programme = $1 AND refused.fiscal_year = $2
                    AND refused.instalment = $3 AND refused.attempt = $4 AND refused.outcome = 3) = 0 THEN $3 END
        FROM projects.project AS project
        WHERE project.project_code = held.project_code AND project.programme = $1
            AND project.instalments_ordered = $3 - 1
            AND coalesce(held.starts_with, $3) > project.instalments_ordered
        """
    let key: InstalmentKey
    let attempt: Int32
    func bind(into parameters: inout Parameters) {
        key.bind(into: &parameters)
        parameters.add(attempt)
    }
}
