import Intake
import Postgres
import ProjectsDomain
import Vocabulary

/// The statements about admissions.
enum AdmissionStatements {
    static let all: [any Statement.Type] = [
        FindPlaceRules.self, StageAdmissions.self, ForgetRefusedElsewhere.self, CountClaims.self, StoreOutcomes.self,
        RefuseRows.self,
    ]
}

/// The agreements in force for a programme.
struct FindPlaceRules: Statement {
    static let sql = """
        SELECT rule.agreement, rule.reserved_places, rule.reserved_share_hundredths, rule.places,
            rule.sequencing = 'SEQUENCING_RULE_PROJECT_DURING_TRANSFER',
            coalesce(filled.target_population, 0), coalesce(filled.others, 0)
        FROM coordination.agreement_in_force_v1 AS rule
        LEFT JOIN projects.agreement_places_v1 AS filled USING (agreement, programme)
        WHERE rule.programme = $1 ORDER BY rule.agreement
        """
    let programme: String
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PlaceRule {
        PlaceRule(
            agreement: try row.string(0),
            places: AgreementPlaces(
                reservedPlaces: try row.int32(1), shareHundredths: try row.int32(2), places: try row.int32(3),
                needsTransfer: try row.bool(4)),
            filled: .init(target: try row.int64(5), others: try row.int64(6)))
    }
}

/// Lays ready every household that is not in the programme yet, with what each agreement knows of it.
struct StageAdmissions: Statement {
    typealias Row = Never
    static let sql = """
        WITH rule AS MATERIALIZED (
            SELECT * FROM coordination.agreement_in_force_v1 WHERE programme = $1
        ), asking AS MATERIALIZED (
            SELECT staged.household_id, min(staged.file::bigint << 32 | staged.line) AS place
            FROM projects.staged_participant AS staged
            WHERE NOT EXISTS (
                SELECT FROM projects.participant AS held JOIN projects.project AS project USING (project_code)
                WHERE held.household_id = staged.household_id AND project.programme = $1)
            GROUP BY staged.household_id
        ), served AS (
            SELECT rule.agreement, served.household_id, bool_or(served.programme = rule.served_by) AS by_target
            FROM rule
            JOIN coordination.agreement_in_force_v1 AS transfer
                ON transfer.agreement = rule.agreement AND transfer.kind = 'conditional_transfer'
            JOIN transfers.served_household_v1 AS served ON served.programme = transfer.programme
            JOIN asking ON asking.household_id = served.household_id
            GROUP BY rule.agreement, served.household_id
        )
        INSERT INTO projects.staged_admission (
            household_id, place, agreement, agreement_version, is_target, receives_transfer, override_id)
        SELECT asking.household_id, asking.place, rule.agreement, rule.version,
            (rule.served_by = '' OR coalesce(served.by_target, false))
                AND (cardinality(rule.poverty_classes) = 0 OR household.poverty_class = ANY (rule.poverty_classes))
                AND (cardinality(rule.departments) = 0 OR household.department_code = ANY (rule.departments)),
            served.household_id IS NOT NULL, signed.override_id
        FROM asking
        JOIN coordination.household_v1 AS household USING (household_id)
        CROSS JOIN rule
        LEFT JOIN served ON served.agreement = rule.agreement AND served.household_id = asking.household_id
        LEFT JOIN coordination.agreement_override_v1 AS signed
            ON signed.agreement = rule.agreement AND signed.household_id = asking.household_id
        """
    let programme: String
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
}

/// Makes every household that is still asking undecided again, and forgets what other agreements thought of those refused.
struct ForgetRefusedElsewhere: Statement {
    typealias Row = Never
    static let sql = """
        WITH refused AS (
            SELECT DISTINCT household_id FROM projects.staged_admission WHERE outcome > 3
        ), forgotten AS (
            DELETE FROM projects.staged_admission AS staged USING refused
            WHERE staged.household_id = refused.household_id AND coalesce(staged.outcome, 0) <= 3
        )
        UPDATE projects.staged_admission AS staged SET outcome = NULL
        WHERE outcome <= 3 AND NOT EXISTS (SELECT FROM refused WHERE refused.household_id = staged.household_id)
        """
}

/// How many households ask with each kind of claim.
struct CountClaims: Statement {
    static let sql = """
        SELECT is_target::integer + 2 * receives_transfer::integer + 4 * (override_id IS NOT NULL)::integer, count(*)
        FROM projects.staged_admission WHERE agreement = $1 AND outcome IS NULL GROUP BY 1
        """
    let agreement: String
    func bind(into parameters: inout Parameters) { parameters.add(agreement) }
    static func decode(
        _ row: borrowing RowReader
    ) throws(PostgresError) -> (claim: PlaceClaim, households: Int64) {
        (PlaceClaim(key: Int64(try row.int32(0))), try row.int64(1))
    }
}

/// Gives each household its outcome: places go by the order of the files' lines.
struct StoreOutcomes: Statement {
    typealias Row = Never
    static let sql = """
        WITH ranked AS (
            SELECT staged.household_id, claim.wanted, claim.most, claim.otherwise,
                row_number() OVER (PARTITION BY claim.wanted ORDER BY staged.place) AS position
            FROM projects.staged_admission AS staged
            JOIN unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) AS claim(key, wanted, most, otherwise)
                ON claim.key = staged.is_target::integer + 2 * staged.receives_transfer::integer
                    + 4 * (staged.override_id IS NOT NULL)::integer
            WHERE staged.agreement = $1 AND staged.outcome IS NULL
        )
        UPDATE projects.staged_admission AS staged
        SET outcome = CASE WHEN ranked.position <= ranked.most THEN ranked.wanted ELSE ranked.otherwise END,
            reserved = $6, filled = $7
        FROM ranked WHERE staged.agreement = $1 AND staged.household_id = ranked.household_id
        """
    let agreement: String
    let outcomes: [ClaimOutcome]
    let reserved: Int64
    let filled: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(agreement)
        parameters.add(outcomes.map(\.claim.key))
        parameters.add(outcomes.map { Int64($0.wanted.rawValue) })
        parameters.add(outcomes.map(\.limit))
        parameters.add(outcomes.map { Int64($0.otherwise.rawValue) })
        parameters.add(reserved)
        parameters.add(filled)
    }
}

/// Moves the rows of refused households out of staging; returns how many households these are.
struct RefuseRows: Statement {
    static let sql = """
        WITH refused AS (
            DELETE FROM projects.staged_participant AS staged USING projects.staged_admission AS decided
            WHERE decided.agreement = $3 AND decided.outcome > 3 AND decided.household_id = staged.household_id
            RETURNING staged.file, staged.line, staged.household_id, decided.outcome, decided.agreement,
                decided.agreement_version, decided.reserved, decided.filled
        ), rejected AS (
            INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern, fillings)
            SELECT $1::uuid, ($2::uuid[])[file], line, 'household_id',
                (ARRAY['reserved_places_open', 'no_transfer', 'no_place_left'])[outcome - 3],
                CASE outcome
                    WHEN 4 THEN \(Rejection.pattern(
                        "agreement {}, version {}: {} places are reserved for its target population and {} are filled;"
                            + " others wait until all are, or a deciding member signs an override"))
                    WHEN 5 THEN \(Rejection.pattern(
                        "agreement {}, version {}: a project starts only while the household receives transfers, and none"
                            + " of its transfer programmes serves this one"))
                    ELSE \(Rejection.pattern("agreement {}, version {}: all its places are taken"))
                END,
                CASE outcome WHEN 4 THEN ARRAY[agreement, agreement_version::text, reserved::text, filled::text]
                    ELSE ARRAY[agreement, agreement_version::text] END
            FROM refused
        )
        SELECT count(DISTINCT household_id) FROM refused
        """
    let scope: ImportScope
    let agreement: String
    func bind(into parameters: inout Parameters) {
        parameters.add(scope.importId)
        parameters.add(scope.uploadIds)
        parameters.add(agreement)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

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
