import Contracts
import Foundation
import Postgres
import TransfersDomain
import Vocabulary

/// A payment run with what its steps need of its cycle.
struct PaymentRun: Sendable {
    var runNumber: Int32
    var runId: UUID
    var cycleId: Int32
    var programme: String
    var cycle: String
    var paymentKey: String
    var state: PaymentRunState
    var stage: String
    var chunks: Int32
    var chunksDone: Int32
    var households: Int64
    var payableHouseholds: Int64
    var totalMinor: Int64
    var currency: String
    var requestedBy: String
    var approvedBy: String?
    var fiscalYear: Int32
    var kind: String
    var payOn: CalendarDate
    var withdrawnBy: String?
    var withdrawnReason: String?

    /// The run's id as messages carry it.
    var id: String { runId.uuidString.lowercased() }
    /// The run's document in the ledger, as `transfers.run_document` writes it.
    var document: String { "run/\(id)" }

    /// What reads a run; `WHERE` follows.
    static let selection = """
        SELECT run.run_number, run.run_id, run.cycle_id, cycle.programme, cycle.code, cycle.payment_key, run.state,
            run.stage, run.chunks, run.chunks_done, run.households, run.payable_households, run.total_minor,
            run.currency, run.requested_by, run.approved_by, run.fiscal_year, run.kind, run.pay_on, run.withdrawn_by,
            run.withdrawn_reason
        FROM transfers.payment_run AS run JOIN transfers.cycle AS cycle USING (cycle_id)
        """

    init(_ row: borrowing RowReader) throws(PostgresError) {
        runNumber = try row.int32(0)
        runId = try row.uuid(1)
        cycleId = try row.int32(2)
        programme = try row.string(3)
        cycle = try row.string(4)
        paymentKey = try row.string(5)
        guard let state = PaymentRunState(rawValue: try row.string(6)) else {
            throw PostgresError(decoding: "payment_run.state is unknown")
        }
        self.state = state
        stage = try row.string(7)
        chunks = try row.int32(8)
        chunksDone = try row.int32(9)
        households = try row.int64(10)
        payableHouseholds = try row.int64(11)
        totalMinor = try row.int64(12)
        currency = try row.string(13)
        requestedBy = try row.string(14)
        approvedBy = try row.stringOrNil(15)
        fiscalYear = try row.int32(16)
        kind = try row.string(17)
        guard let payOn = CalendarDate(daysSinceEpoch2000: try row.date(18)) else {
            throw PostgresError(decoding: "payment_run.pay_on is no day of a calendar")
        }
        self.payOn = payOn
        withdrawnBy = try row.stringOrNil(19)
        withdrawnReason = try row.stringOrNil(20)
    }
}

/// The run with an id.
struct FindRun: Statement {
    typealias Row = PaymentRun
    static let sql = "\(PaymentRun.selection) WHERE run.run_id = $1"
    var runId: UUID
    func bind(into parameters: inout Parameters) { parameters.add(runId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// The run with an id, locked until the transaction ends: whoever moves a run holds this lock.
struct LockRun: Statement {
    typealias Row = PaymentRun
    static let sql = "\(PaymentRun.selection) WHERE run.run_id = $1 FOR NO KEY UPDATE OF run"
    var runId: UUID
    func bind(into parameters: inout Parameters) { parameters.add(runId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// The run that a document of the ledger is about, locked like `LockRun`.
struct LockRunOfDocument: Statement {
    typealias Row = PaymentRun
    static let sql = """
        \(PaymentRun.selection) WHERE run.run_id = substr($1, 5)::uuid FOR NO KEY UPDATE OF run
        """
    var document: String
    func bind(into parameters: inout Parameters) { parameters.add(document) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// The latest run of a cycle.
struct FindLatestRun: Statement {
    typealias Row = PaymentRun
    static let sql = """
        \(PaymentRun.selection) WHERE cycle.programme = $1 AND cycle.code = $2 AND cycle.state <> 'void'
        ORDER BY run.sequence DESC LIMIT 1
        """
    var programme: String
    var cycle: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(cycle)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// The latest run of a cycle of one kind.
struct FindLatestRunOfKind: Statement {
    typealias Row = PaymentRun
    static let sql = """
        \(PaymentRun.selection) WHERE cycle.programme = $1 AND cycle.code = $2 AND run.kind = $3
        ORDER BY run.sequence DESC LIMIT 1
        """
    var programme: String
    var cycle: String
    var kind: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(cycle)
        parameters.add(kind)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> PaymentRun { try PaymentRun(row) }
}

/// Something odd about a run that a person accepts, with its figures as JSON.
struct AcceptedFinding: Sendable {
    var code: String
    var figures: [UInt8]
    var reason: String
}
