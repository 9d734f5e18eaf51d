import Contracts
import Intake
import Postgres
import Queue

/// Imports evidence of an open cycle, telling the caller how far it is.
struct ImportEvidence: StreamingHandler {
    static let method = TransfersV1.Evidence.import

    static let plan = ImportPlan(
        method: method.name, kinds: [AttendanceFile.self, HealthCheckFile.self], clear: ClearStagedEvidence.self,
        analyzeStaged: AnalyzeStagedEvidence.self, analyzeStored: AnalyzeEvidence.self)

    func handle(
        _ request: CommonV1.ImportRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<CommonV1.ImportProgress>
    ) async throws {
        try await Self.requireOpenCycle(request.context, in: call.transaction)
        let result = try await Importer(Self.plan)
            .run(request, requestedBy: call.info.caller, in: call.transaction) { try await stream.send($0) }
        try await stream.sendLast(.init(stage: "done", result: result))
    }

    /// Evidence is taken in while its cycle is open and nothing has been decided on it. The rows stay locked until the
    /// import commits, so no run can begin in between.
    static func requireOpenCycle(_ code: String, in transaction: borrowing Transaction) async throws {
        guard !code.isEmpty else {
            throw RPCError.invalidArgument("name the cycle that the evidence belongs to: context is empty")
        }
        let cycles = try await transaction.query(LockCycles(code: code))
        guard !cycles.isEmpty else { throw RPCError.notFound("there is no cycle \(code); open it first") }
        guard cycles.contains(where: \.isOpen) else {
            throw RPCError.failedPrecondition("cycle \(code) is closed; evidence can no longer be added")
        }
        if try await transaction.queryOne(HasRun(cycleIds: cycles.map(\.cycleId))) == true {
            throw RPCError.failedPrecondition(
                "cycle \(code) has a payment run; the evidence that it decides on stays as it is")
        }
    }
}

extension TransfersService {
    /// How evidence is imported, for benchmarks.
    public static var evidenceImportPlan: ImportPlan { ImportEvidence.plan }

    /// Serves evidence.
    static func registerEvidence(on router: inout Router) {
        router.register(streaming: ImportEvidence())
    }

    /// The statements of evidence, for checking them against the schema.
    static var evidenceStatements: [any Statement.Type] {
        ImportEvidence.plan.statements + [LockCycles.self, HasRun.self]
    }
}

struct LockCycles: Statement {
    let code: String
    static let sql = """
        SELECT cycle_id, state = 'open' FROM transfers.cycle WHERE code = $1 ORDER BY cycle_id FOR UPDATE
        """
    func bind(into parameters: inout Parameters) { parameters.add(code) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (cycleId: Int32, isOpen: Bool) {
        (try row.int32(0), try row.bool(1))
    }
}

/// A run that paid nobody has decided nothing that stands.
struct HasRun: Statement {
    let cycleIds: [Int32]
    static let sql = "SELECT EXISTS (SELECT FROM transfers.payment_run WHERE cycle_id = ANY($1) AND state <> 'empty')"
    func bind(into parameters: inout Parameters) { parameters.add(cycleIds) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Empties the staging tables, and makes other imports wait until this one has ended.
struct ClearStagedEvidence: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "TRUNCATE transfers.staged_attendance, transfers.staged_health_check"
}

struct AnalyzeStagedEvidence: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "SELECT transfers.analyze_staged_evidence()"
}

struct AnalyzeEvidence: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "SELECT transfers.analyze_evidence()"
}
