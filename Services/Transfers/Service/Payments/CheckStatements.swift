import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// The country's day.
struct FindCivilDay: Statement {
    static let sql = "SELECT coordination.civil_day()"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> CalendarDate {
        guard let day = CalendarDate(daysSinceEpoch2000: try row.date(0)) else {
            throw PostgresError(decoding: "the civil day is no day of a calendar")
        }
        return day
    }
}

/// The main run that paid the programme's cycle before another.
struct PreviousRun: Sendable {
    var runNumber: Int32
    var cycle: String
}

/// How many of a cycle's affiliated households anything was reported about, of the days that it counts. Of large rolls a sample
/// of some thousands is looked at, the same households each time: a share is asked for, to the percent.
struct CountEvidence: Statement {
    typealias Row = EvidenceShare
    static let sql = """
        WITH present AS MATERIALIZED (
            SELECT greatest(affiliated_households / 4000, 1) AS every, upper(range_merge(counted_days)) AS end_day,
                date_trunc('month', lower(range_merge(counted_days))::timestamp)::date AS first_month,
                lower(range_merge(counted_days)) AS first_day
            FROM transfers.cycle WHERE cycle_id = $1
        )
        SELECT count(*) FILTER (WHERE
                EXISTS (
                    SELECT FROM transfers.attendance AS reported
                    WHERE reported.household_id = affiliated.household_id
                        AND reported.month >= present.first_month AND reported.month < present.end_day)
                OR EXISTS (
                    SELECT FROM transfers.health_check AS reported
                    WHERE reported.household_id = affiliated.household_id
                        AND reported.checked_on >= present.first_day AND reported.checked_on < present.end_day)
            ) * min(present.every), count(*) * min(present.every)
        FROM transfers.affiliation AS affiliated CROSS JOIN present
        WHERE affiliated.cycle_id = $1 AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
            AND hashint8extended(affiliated.household_id, 0) % present.every = 0
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> EvidenceShare {
        EvidenceShare(households: try row.int64OrNil(0) ?? 0, affiliated: try row.int64OrNil(1) ?? 0)
    }
}

/// The same of a run that has decided, by what it kept.
struct CountRollEvidence: Statement {
    typealias Row = EvidenceShare
    static let sql = """
        WITH run AS MATERIALIZED (
            SELECT run_number, greatest(households / 4000, 1) AS every FROM transfers.payment_run WHERE run_number = $1
        )
        SELECT count(*) FILTER (WHERE EXISTS (
                SELECT FROM transfers.roll_evidence AS known
                WHERE known.household_id = roll.household_id AND known.run_number = $1)) * min(run.every),
            count(*) * min(run.every)
        FROM transfers.roll_household AS roll CROSS JOIN run
        WHERE roll.run_number = $1 AND hashint8extended(roll.household_id, 0) % run.every = 0
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> EvidenceShare {
        EvidenceShare(households: try row.int64OrNil(0) ?? 0, affiliated: try row.int64OrNil(1) ?? 0)
    }
}

/// Households that something is found about, and the first of them.
struct HouseholdsFound: Sendable {
    var households: Int64
    var examples: [String]

    init(_ row: borrowing RowReader) throws(PostgresError) {
        households = try row.int64(0)
        examples = try row.stringArray(1)
    }
}

/// Affiliated households whose account is another than the one that a run has paid to. Numbers of households only: account
/// numbers are nobody's business here.
struct CountChangedAccounts: Statement {
    typealias Row = HouseholdsFound
    static let sql = """
        SELECT count(*), coalesce((array_agg(household_id::text ORDER BY household_id))[1:20], '{}')
        FROM (
            SELECT paid.household_id
            FROM transfers.household_outcome AS paid
            JOIN transfers.roll_household AS before USING (household_id, run_number)
            JOIN transfers.affiliation AS affiliated ON affiliated.household_id = paid.household_id
            JOIN coordination.payee_v1 AS payee ON payee.household_id = paid.household_id
            WHERE paid.run_number = $2 AND paid.outcome = 1 AND affiliated.cycle_id = $1
                AND (payee.account_number, payee.bank_bic) IS DISTINCT FROM (before.account_number, before.bank_bic)
        ) AS changed
        """
    var cycleId: Int32
    var previous: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(previous)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> HouseholdsFound { try HouseholdsFound(row) }
}

/// Affiliated households with an account that the writer of bank files refuses: the rules of `PaymentInitiationWriter`, as
/// patterns.
struct CountUnwritablePayees: Statement {
    typealias Row = HouseholdsFound
    static let sql = """
        SELECT count(*), coalesce((array_agg(household_id::text ORDER BY household_id))[1:20], '{}')
        FROM (
            SELECT payee.household_id
            FROM transfers.affiliation AS affiliated JOIN coordination.payee_v1 AS payee USING (household_id)
            WHERE affiliated.cycle_id = $1 AND payee.account_number IS NOT NULL
                AND (octet_length(payee.account_number) NOT BETWEEN 1 AND 34
                    OR payee.account_number COLLATE "C" ~ '[^!-~]'
                    OR coalesce(octet_length(payee.bank_bic), 0) NOT IN (8, 11)
                    OR payee.bank_bic COLLATE "C" ~ '[^A-Z0-9]'
                    OR substr(payee.bank_bic, 5, 2) COLLATE "C" ~ '[0-9]')
        ) AS refused
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> HouseholdsFound { try HouseholdsFound(row) }
}
