import Contracts
import FoundationEssentials
import Intake
import Postgres
import Queue

/// Imports evidence of the days of a cycle, telling the caller how far it is.
///
/// Evidence is of days, not of a cycle: it is taken in at any time, for every programme. What a run has decided on it keeps.
struct ImportEvidence: StreamingHandler {
    static let method = TransfersV1.Evidence.import

    static let plan = ImportPlan(
        method: method.name,
        kinds: [
            AttendanceFile.self, HealthCheckFile.self,
        ], clear: ClearStagedEvidence.self,
        analyzeStaged: AnalyzeStagedEvidence.self, analyzeStored: AnalyzeEvidence.self)

    func handle(
        _ request: CommonV1.ImportRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<CommonV1.ImportProgress>
    ) async throws {
        try await Self.requireCycle(request.context, in: call.transaction)
        var result = try await Importer(Self.plan)
            .run(request, requestedBy: call.info.caller, in: call.transaction) { try await stream.send($0) }
        result.remarks = try await Self.remarks(on: result, in: call.transaction)
        try await stream.sendLast(.init(stage: "done", result: result))
    }

    /// The cycle says which days the files may be about.
    static func requireCycle(_ code: String, in transaction: borrowing Transaction) async throws {
        guard !code.isEmpty else {
            throw RPCError.invalidArgument("name the cycle that the evidence belongs to: context is empty")
        }
        guard try await transaction.queryOne(HasCycle(code: code)) == true else {
            throw RPCError.notFound("there is no cycle \(code); open it first")
        }
    }

    /// Which cycles had decided on the days of stored rows already, and on how many rows.
    static func remarks(
        on result: CommonV1.ImportResult, in transaction: borrowing Transaction
    ) async throws -> [CommonV1.ImportRemark] {
        guard result.applied, let importId = UUID(uuidString: result.importId) else { return [] }
        return try await transaction.query(ListLateEvidence(importId: importId))
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
        ImportEvidence.plan.statements + [
            ListLateEvidence.self
        ]
    }
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
