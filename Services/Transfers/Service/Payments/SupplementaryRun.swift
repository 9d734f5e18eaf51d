import Contracts
import Postgres
import Queue
import TransfersDomain

/// What is different about a supplementary run: it pays what is open again of its cycle, and what had no account before. Its
/// roll is frozen from the registry's present accounts; its amounts are those that were decided, never computed again.
enum SupplementaryRun {
    /// Refuses a supplementary run of a cycle that has nothing to add to, or nothing that can be paid again.
    static func check(cycleId: Int32, hasSentRun: Bool, _ transaction: borrowing Transaction) async throws {
        guard hasSentRun else {
            throw RPCError.failedPrecondition(
                "A supplementary run follows the cycle's main run once its files are written; there is none.",
                details: [ErrorDetail(type: "run", reason: "no_main_run")])
        }
        guard try await transaction.queryOne(HasReadyPayments(cycleId: cycleId)) == true else {
            throw RPCError.failedPrecondition(
                "Nothing of the cycle can be paid again now.",
                details: [ErrorDetail(type: "run", reason: "nothing_ready")])
        }
    }

    /// Freezes the roll and the amounts in one statement.
    static func freeze(_ run: PaymentRun, _ transaction: borrowing Transaction) async throws {
        _ = try await transaction.execute(FreezeOpenRoll(runNumber: run.runNumber, cycleId: run.cycleId))
    }

    /// What a chunk of the frozen roll comes to.
    static func decided(
        _ run: PaymentRun, _ range: ClosedRange<Int64>, _ transaction: borrowing Transaction
    ) async throws -> SumDecided.Row {
        try await transaction.queryOne(SumDecided(runNumber: run.runNumber, range: range))
            ?? SumDecided.Row(payableHouseholds: 0, totalMinor: 0)
    }
}

/// Whether files of a cycle are written.
struct HasSentRun: Statement {
    typealias Row = Bool
    static let sql = """
        SELECT EXISTS (
            SELECT FROM transfers.payment_run
            WHERE cycle_id = $1 AND kind IN ('main', 'recovered') AND state IN ('sent', 'closed'))
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Whether anything of a cycle can be paid again.
struct HasReadyPayments: Statement {
    typealias Row = Bool
    static let sql = """
        SELECT EXISTS (SELECT FROM transfers.open_payment WHERE cycle_id = $1 AND waits_for = 'ready')
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Copies whom a supplementary run pays, to which account, and how much.
struct FreezeOpenRoll: Statement {
    typealias Row = Never
    static let sql = """
        WITH ready AS MATERIALIZED (
            SELECT open.household_id, open.amount_minor, household.territory_code, household.department_code,
                payee.holder_person_id, payee.holder_name, payee.bank_bic, payee.account_number
            FROM transfers.open_payment AS open
            JOIN coordination.household_v1 AS household USING (household_id)
            JOIN coordination.payee_v1 AS payee USING (household_id)
            WHERE open.cycle_id = $2 AND open.waits_for = 'ready'
        ), decided AS (
            INSERT INTO transfers.household_outcome (household_id, run_number, outcome, entitled_minor)
            SELECT household_id, $1, 1, amount_minor FROM ready ORDER BY household_id
        )
        INSERT INTO transfers.roll_household (
            household_id, run_number, territory_code, department_code, holder_person_id, holder_name, bank_bic,
            account_number)
        SELECT household_id, $1, territory_code, department_code, holder_person_id, holder_name, bank_bic, account_number
        FROM ready ORDER BY household_id
        """
    var runNumber: Int32
    var cycleId: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(cycleId)
    }
}

/// What was decided for a range of households.
struct SumDecided: Statement {
    struct Row: Sendable {
        var payableHouseholds: Int32
        var totalMinor: Int64
    }
    static let sql = """
        SELECT count(*)::integer, coalesce(sum(entitled_minor), 0)::bigint FROM transfers.household_outcome
        WHERE household_id BETWEEN $2 AND $3 AND run_number = $1 AND outcome = 1
        """
    var runNumber: Int32
    var range: ClosedRange<Int64>
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(range.lowerBound)
        parameters.add(range.upperBound)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(payableHouseholds: try row.int32(0), totalMinor: try row.int64(1))
    }
}
