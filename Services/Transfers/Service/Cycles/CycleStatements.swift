import Contracts
import Postgres

/// The rules of a programme that are in force.
struct FindProgramme: Statement {
    struct Row: Sendable {
        var version: Int32
        var definition: [UInt8]
    }
    static let sql = "SELECT version, definition FROM coordination.programme_v1 WHERE programme = $1 AND in_force"
    var programme: String
    func bind(into parameters: inout Parameters) { parameters.add(programme) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(version: try row.int32(0), definition: try row.json(1))
    }
}

/// A new cycle; no row when it is there already. Days that other cycles of the programme have stay theirs: only a signed
/// exception lets a cycle be opened over them.
struct InsertCycle: Statement {
    typealias Row = Int32
    static let sql = """
        INSERT INTO transfers.cycle (
            programme, code, first_day, last_day, rule_version, rules, opened_by, counted_runs, overlap_exception,
            shared_days)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8::integer[], $9::integer,
            CASE WHEN $9::integer IS NULL THEN '{}' ELSE coalesce((
                SELECT range_agg(other.counted_days) * datemultirange(daterange($3, $4, '[]'))
                FROM transfers.cycle AS other WHERE other.programme = $1 AND other.state <> 'void'
            ), '{}') END
        ON CONFLICT (programme, code) WHERE state <> 'void' DO NOTHING
        RETURNING cycle_id
        """
    var programme: String
    var code: String
    var days: CycleDays
    var ruleVersion: Int32
    var rules: [UInt8]
    var openedBy: String
    /// The runs whose outcomes the ladder of sanctions counts.
    var countedRuns: [Int32]
    /// The exception that lets the cycle have days of others.
    var overlapException: Int32?
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(code)
        parameters.add(date: days.firstDay.daysSinceEpoch2000)
        parameters.add(date: days.lastDay.daysSinceEpoch2000)
        parameters.add(ruleVersion)
        parameters.addJSON(rules)
        parameters.add(openedBy)
        parameters.add(countedRuns)
        parameters.add(overlapException)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

/// A cycle that is there.
struct FindCycle: Statement {
    struct Row: Sendable {
        var cycleId: Int32
        var firstDay: Int32
        var lastDay: Int32
        var ruleVersion: Int32
        var rules: [UInt8]
        var totals: AffiliationTotals
        var overlapException: Int32?
        var sharedDays: Int32
    }
    static let sql = """
        SELECT cycle_id, first_day, last_day, rule_version, rules, considered_households, affiliated_households,
            suspended_households, exited_households, overlap_exception,
            (SELECT coalesce(sum(upper(part) - lower(part)), 0) FROM unnest(shared_days) AS part)::integer
        FROM transfers.cycle WHERE programme = $1 AND code = $2 AND state <> 'void'
        """
    var programme: String
    var code: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(code)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            cycleId: try row.int32(0), firstDay: try row.date(1), lastDay: try row.date(2),
            ruleVersion: try row.int32(3), rules: try row.json(4),
            totals: AffiliationTotals(
                households: try row.int64(5), affiliated: try row.int64(6), suspended: try row.int64(7),
                exited: try row.int64(8)),
            overlapException: try row.int32OrNil(9), sharedDays: try row.int32(10))
    }
}

/// The last of the next so many households; NULL when there are none.
struct NextHouseholds: Statement {
    typealias Row = Int64?
    static let sql = """
        SELECT max(household_id) FROM (
            SELECT household_id FROM coordination.household_v1 WHERE household_id > $1 ORDER BY household_id LIMIT $2
        ) AS following
        """
    var after: Int64
    var limit: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(after)
        parameters.add(limit)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64? { try row.int64OrNil(0) }
}

/// A cycle before whose end of transfers an agreement asks for a project, with the cycle of the programme before it.
struct SequencedCycle: Sendable {
    let cycleId: Int32
    let previousCycleId: Int32
}

/// The cycle before, where an agreement in force asks that no transfer of the programme ends before the project has
/// started; no row where none does, or where there was no cycle before.
struct FindSequencedCycle: Statement {
    static let sql = """
        SELECT before.cycle_id
        FROM transfers.cycle AS cycle
        JOIN transfers.cycle AS before ON before.programme = cycle.programme AND before.last_day < cycle.first_day
            AND before.state <> 'void'
        WHERE cycle.cycle_id = $1 AND EXISTS (
            SELECT FROM coordination.agreement_in_force_v1 AS rule
            WHERE rule.programme = cycle.programme
                AND rule.sequencing = 'SEQUENCING_RULE_PROJECT_BEFORE_TRANSFER_ENDS')
        ORDER BY before.last_day DESC, before.cycle_id DESC LIMIT 1
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int32 { try row.int32(0) }
}

/// Closes a cycle whose run is closed.
struct CloseCycle: Statement {
    typealias Row = Never
    static let sql = "UPDATE transfers.cycle SET state = 'closed' WHERE cycle_id = $1"
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
}

/// How many households a cycle decided about, and how.
struct AffiliationTotals: Sendable, Equatable {
    var households: Int64 = 0
    var affiliated: Int64 = 0
    /// Of those affiliated.
    var suspended: Int64 = 0
    var exited: Int64 = 0
}

/// Stores how many households were decided about.
struct CountAffiliation: Statement {
    typealias Row = Never
    static let sql = """
        UPDATE transfers.cycle
        SET considered_households = $2, affiliated_households = $3, suspended_households = $4, exited_households = $5
        WHERE cycle_id = $1
        """
    var cycleId: Int32
    var totals: AffiliationTotals
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(totals.households)
        parameters.add(totals.affiliated)
        parameters.add(totals.suspended)
        parameters.add(totals.exited)
    }
}
