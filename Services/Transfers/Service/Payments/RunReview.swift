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
