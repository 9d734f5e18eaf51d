import Contracts
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Shows what a second person decides about.
struct RunReview: Handler {
    static let method = TransfersV1.Payments.review

    func handle(
        _ request: TransfersV1.StatusRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.RunReview {
        try await RunReviewReading.read(
            try await RunStatusReading.find(request, call.transaction), call.transaction)
    }
}

/// Reads what is to be approved: the same for who looks, and for what is kept with the decision.
enum RunReviewReading {
    static func read(
        _ run: PaymentRun, _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.RunReview {
        let frozen = try await FrozenRules.read(transaction, runNumber: run.runNumber)
        var review = TransfersV1.RunReview(
            status: try await RunStatusReading.read(run, transaction), firstDay: frozen.days.firstDay.description,
            lastDay: frozen.days.lastDay.description)
        review.departments = try await transaction.query(ListDepartmentTotals(runNumber: run.runNumber))
        review.findings = try await transaction.query(ListFindings(runNumber: run.runNumber))
        let set = frozen.definition.payments?.characterSet.vocabulary ?? .swiftX
        let names = try await NameCheck.payable(runNumber: run.runNumber, set: set, transaction)
        let signed = Set(review.findings.map(\.code))
        review.findings += names.filter { !signed.contains($0.code) }
        if let previous = try await transaction.queryOne(FindPreviousRun(run: run)) {
            review.previousCycle = previous.cycle
            review.previousHouseholds = previous.households
            review.previousTotalMinor = previous.totalMinor
            if let changed = try await transaction.queryOne(
                CountChangedHouseholds(runNumber: run.runNumber, previous: previous.runNumber))
            {
                review.newHouseholds = changed.new
                review.goneHouseholds = changed.gone
            }
        }
        return review
    }
}

/// What a run pays, by department.
struct ListDepartmentTotals: Statement {
    typealias Row = TransfersV1.DepartmentTotal
    static let sql = """
        SELECT department_code, coalesce(line, ''), households, amount_minor
        FROM transfers.payment_run_line WHERE run_number = $1 ORDER BY department_code
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.DepartmentTotal {
        TransfersV1.DepartmentTotal(
            department: try row.string(0), line: try row.string(1), households: try row.int64(2),
            totalMinor: try row.int64(3))
    }
}

/// What was odd when a run was started, and who accepted it.
struct ListFindings: Statement {
    typealias Row = TransfersV1.RunFinding
    static let sql = """
        SELECT figures, reason, signed_by FROM transfers.payment_run_exception WHERE run_number = $1 ORDER BY code
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.RunFinding {
        guard var finding = try? TransfersV1.RunFinding(json: try row.json(0)) else {
            throw PostgresError(decoding: "payment_run_exception.figures is no finding")
        }
        finding.reason = try row.string(1)
        finding.signedBy = try row.string(2)
        return finding
    }
}

/// The main run of the programme's cycle before a run's that was paid.
struct FindPreviousRun: Statement {
    struct Row: Sendable {
        var runNumber: Int32
        var cycle: String
        var households: Int64
        var totalMinor: Int64
    }
    static let sql = """
        SELECT earlier.run_number, before.code, earlier.payable_households, earlier.total_minor
        FROM transfers.cycle AS present
        JOIN transfers.cycle AS before ON before.programme = present.programme AND before.last_day < present.last_day
        JOIN transfers.payment_run AS earlier ON earlier.cycle_id = before.cycle_id
        WHERE present.cycle_id = $1 AND earlier.kind = 'main' AND earlier.state IN ('sent', 'closed')
        ORDER BY before.last_day DESC, earlier.sequence DESC LIMIT 1
        """
    var run: PaymentRun
    func bind(into parameters: inout Parameters) { parameters.add(run.cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            runNumber: try row.int32(0), cycle: try row.string(1), households: try row.int64(2),
            totalMinor: try row.int64(3))
    }
}

/// How many households a run pays that another did not, and the other way round.
struct CountChangedHouseholds: Statement {
    struct Row: Sendable {
        var new: Int64
        var gone: Int64
    }
    static let sql = """
        SELECT count(*) FILTER (WHERE before.household_id IS NULL), count(*) FILTER (WHERE now.household_id IS NULL)
        FROM (SELECT household_id FROM transfers.household_outcome WHERE run_number = $1 AND outcome = 1) AS now
        FULL JOIN (
            SELECT household_id FROM transfers.household_outcome WHERE run_number = $2 AND outcome = 1
        ) AS before USING (household_id)
        """
    var runNumber: Int32
    var previous: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(previous)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(new: try row.int64(0), gone: try row.int64(1))
    }
}
