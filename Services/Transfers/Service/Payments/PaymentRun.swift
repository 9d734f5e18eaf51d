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

/// A cycle, locked against a second run being started at the same time. Runs of a void cycle of the same code have taken
/// their sequences, which their ids follow from.
struct LockCycle: Statement {
    struct Row: Sendable {
        var cycleId: Int32
        var rules: [UInt8]
        var lastDay: Int32
        var paymentKey: String
    }
    static let sql = """
        SELECT cycle_id, rules, last_day, payment_key
        FROM transfers.cycle AS cycle WHERE programme = $1 AND code = $2 AND state <> 'void' FOR NO KEY UPDATE
        """
    var programme: String
    var cycle: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(cycle)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            cycleId: try row.int32(0), rules: try row.json(1), lastDay: try row.date(2), paymentKey: try row.string(3))
    }
}

/// A new run, in the name of the person whose call asks for it; its id follows from programme, cycle and sequence.
struct InsertRun: Statement {
    typealias Row = UUID
    static let sql = "SELECT transfers.start_run($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    var callId: Int64
    var cycleId: Int32
    var kind: String
    var payOn: CalendarDate
    var fiscalYear: Int32
    var currency: String
    var accepted: [AcceptedFinding] = []
    func bind(into parameters: inout Parameters) {
        parameters.add(callId)
        parameters.add(cycleId)
        parameters.add(kind)
        parameters.add(date: payOn.daysSinceEpoch2000)
        parameters.add(fiscalYear)
        parameters.add(currency)
        parameters.add(accepted.map(\.code))
        parameters.addJSON(accepted.map(\.figures))
        parameters.add(accepted.map(\.reason))
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> UUID { try row.uuid(0) }
}

/// Something odd about a run that a person accepts, with its figures as JSON.
struct AcceptedFinding: Sendable {
    var code: String
    var figures: [UInt8]
    var reason: String
}

/// The frozen rules of a run's cycle, and its first and last day.
struct FindRunRules: Statement {
    struct Row: Sendable {
        var rules: [UInt8]
        var firstDay: Int32
        var lastDay: Int32
        var payOn: Int32
    }
    static let sql = """
        SELECT cycle.rules, cycle.first_day, cycle.last_day, run.pay_on
        FROM transfers.payment_run AS run JOIN transfers.cycle AS cycle USING (cycle_id) WHERE run.run_number = $1
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            rules: try row.json(0), firstDay: try row.date(1), lastDay: try row.date(2), payOn: try row.date(3))
    }
}
