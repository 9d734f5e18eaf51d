import Contracts
import FoundationEssentials
import Postgres
import Tabular
import Vocabulary

/// Imports uploaded files by a service's plan, all in one transaction.
///
/// Every file is read into staging and every check is run before anything is stored, so that one import reports all that
/// is wrong. Rejects are kept also when nothing is applied.
public struct Importer: Sendable {
    /// Tells the caller where the import is.
    public typealias Progress = @Sendable (CommonV1.ImportProgress) async throws -> Void

    let plan: ImportPlan

    /// An importer for a service.
    public init(_ plan: ImportPlan) {
        self.plan = plan
    }

    /// Carries out a request and returns what became of each file.
    ///
    /// - Throws: `RPCError` for a request that cannot be carried out at all: unknown uploads, or bytes that are gone.
    public func run(
        _ request: CommonV1.ImportRequest, requestedBy: String, in transaction: borrowing Transaction,
        _ progress: Progress
    ) async throws -> CommonV1.ImportResult {
        let keepsGoodRows = try Self.keepsGoodRows(request.mode)
        let importId = UUID()
        try await transaction.script("SET LOCAL work_mem = '128MB'")
        let today = try await transaction.queryOne(Today()) ?? 0
        var files = try await recognised(request, in: transaction)
        let scope = ImportScope(
            importId: importId, uploadIds: files.map(\.upload.uploadId), context: request.context,
            acceptedChanges: try Self.accepted(request.acceptedChanges))
        try await transaction.execute(plan.clear.init(scope))

        var cannotBeRead = false
        for index in files.indices {
            let loader = FileLoader(
                importId: importId, file: Int16(index + 1), today: today, forms: plan.forms)
            files[index].rows = try await loader.load(files[index], in: transaction, progress)
            cannotBeRead = cannotBeRead || files[index].cannotBeRead
        }
        if !cannotBeRead { try await check(files, scope, in: transaction, progress) }
        for count in try await transaction.query(CountRejects(importId: importId)) {
            for index in files.indices where files[index].upload.uploadId == count.uploadId {
                files[index].rejected = count.rows
            }
        }
        let applied = !cannotBeRead && (keepsGoodRows || files.allSatisfy { $0.rejected == 0 })
        try await transaction.execute(
            RecordImport(
                importId: importId, method: plan.method, context: request.context, keepsGoodRows: keepsGoodRows,
                applied: applied, requestedBy: requestedBy, acceptedChanges: scope.acceptedChanges))
        if applied { try await store(&files, scope, in: transaction, progress) }
        try await transaction.execute(plan.clear.init(scope))
        try await transaction.executeMany(files.map { $0.record(importId, applied: applied) })
        try await transaction.execute(DiscardChunks(uploadIds: scope.uploadIds))
        return .init(
            importId: importId.uuidString.lowercased(), applied: applied,
            files: files.map { $0.result(applied: applied) })
    }

    private static func keepsGoodRows(_ mode: CommonV1.ImportMode) throws -> Bool {
        switch mode {
        case .allOrNothing: return false
        case .keepGood: return true
        case .unspecified:
            throw RPCError.invalidArgument("say whether good rows are kept: mode is missing")
        }
    }

    /// Longest reason that a person gives for a mass change, in bytes.
    private static let longestReason = 1000

    private static func accepted(_ reason: String) throws -> String {
        guard !reason.isEmpty else { return reason }
        guard !PlainText.isBlank(reason), !PlainText.disturbs(reason), reason.utf8.count <= longestReason else {
            throw RPCError.invalidArgument(
                "say in words, in one line of at most \(longestReason) bytes, why the changes are right")
        }
        return reason
    }

    /// The request's uploads with what their headers say they are, in the plan's order.
    private func recognised(
        _ request: CommonV1.ImportRequest, in transaction: borrowing Transaction
    ) async throws -> [ImportFile] {
        let uploadIds = try request.uploadIds.map { text in
            guard let id = UUID(uuidString: text) else { throw RPCError.invalidArgument("an upload's id is no UUID") }
            return id
        }
        guard !uploadIds.isEmpty else { throw RPCError.invalidArgument("no files to import: upload_ids is empty") }
        guard Set(uploadIds).count == uploadIds.count, uploadIds.count <= 10_000 else {
            throw RPCError.invalidArgument("an upload stands twice in the request, or there are more than 10000")
        }
        let uploads = try await transaction.query(FindUploads(uploadIds: uploadIds))
        let found = Dictionary(uniqueKeysWithValues: uploads.map { ($0.uploadId, $0) })
        var files: [ImportFile] = []
        for uploadId in uploadIds {
            guard let upload = found[uploadId] else {
                throw RPCError.notFound("no upload \(uploadId.uuidString.lowercased()); send the file first")
            }
            let header = try await UploadReader.header(of: upload, in: transaction)
            files.append(ImportFile(upload: upload, header: header, kinds: plan.kinds))
        }
        return files.sorted { $0.order < $1.order }
    }

    private func check(
        _ files: [ImportFile], _ scope: ImportScope, in transaction: borrowing Transaction, _ progress: Progress
    ) async throws {
        try await transaction.execute(plan.analyzeStaged.init(scope))
        for kind in plan.kinds where files.contains(where: { $0.kindName == kind.layout.name }) {
            try await progress(.init(stage: "checking \(kind.layout.name)"))
            for check in kind.checks { try await transaction.execute(check.init(scope)) }
        }
        try await plan.decision?.decide(scope, in: transaction)
    }

    private func store(
        _ files: inout [ImportFile], _ scope: ImportScope, in transaction: borrowing Transaction,
        _ progress: Progress
    ) async throws {
        for kind in plan.kinds where files.contains(where: { $0.kindName == kind.layout.name }) {
            try await progress(.init(stage: "storing \(kind.layout.name)"))
            for count in try await rowsUnchanged(kind.unchanged, scope, in: transaction) {
                files[Int(count.file) - 1].unchanged = count.rows
            }
            if let changed = kind.changed {
                for count in try await rowsChanged(changed, scope, in: transaction) {
                    files[Int(count.file) - 1].changed = count.rows
                }
            }
            for merge in kind.merges { try await transaction.execute(merge.init(scope)) }
        }
        try await transaction.execute(plan.analyzeStored.init(scope))
    }

    private func rowsChanged<Rows: ChangedRows>(
        _ type: Rows.Type, _ scope: ImportScope, in transaction: borrowing Transaction
    ) async throws -> [FileCount] {
        try await transaction.query(Rows(scope))
    }

    private func rowsUnchanged<Rows: UnchangedRows>(
        _ type: Rows.Type, _ scope: ImportScope, in transaction: borrowing Transaction
    ) async throws -> [FileCount] {
        try await transaction.query(Rows(scope))
    }
}
