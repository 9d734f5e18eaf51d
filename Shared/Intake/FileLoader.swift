import Contracts
import FoundationEssentials
import Postgres
import Tabular
import Vocabulary

/// Reads one file's rows into its kind's staging table.
struct FileLoader {
    let importId: UUID
    /// Number of the file within the import, from 1.
    let file: Int16
    /// Days from 2000-01-01 to today.
    let today: Int32
    /// What the country's codes look like, where files hold some.
    let forms: CountryForms?

    /// Most rows of one file that are refused one by one.
    static let mostRejects = 10_000

    /// Least time between two messages of progress.
    private static let messageInterval = Duration.milliseconds(300)

    func load(
        _ file: ImportFile, in transaction: borrowing Transaction, _ progress: Importer.Progress
    ) async throws -> ImportFile.Rows {
        guard let kind = file.kind else {
            let fault = file.fault ?? RowFault(field: nil, .wrongKind, "cannot be read")
            let reject = Reject(uploadId: file.upload.uploadId, line: 1, field: fault.column ?? "", fault: fault)
            try await store([reject], in: transaction)
            return ImportFile.Rows()
        }
        return try await load(file.upload, as: kind, in: transaction, progress)
    }

    private func load<Kind: FileKind>(
        _ upload: StoredUpload, as kind: Kind.Type, in transaction: borrowing Transaction,
        _ progress: Importer.Progress
    ) async throws -> ImportFile.Rows {
        var bytes = UploadReader(upload)
        var reader = CSVReader()
        var rows = StagedRows<Kind>(
            upload.uploadId, RowCheck(line: 1, file: file, today: today, forms: forms))
        let clock = ContinuousClock()
        var lastMessage = clock.now
        var isLast = false
        while !isLast {
            isLast = try await !bytes.advance(in: transaction)
            if !rows.endedEarly {
                try await transaction.copyIn(Kind.copy) { copy in
                    // Never throws: a COPY that fails would undo the whole import.
                    do throws(CSVFault) {
                        try reader.feed(bytes.piece) { rows.take($0, &copy) }
                        if isLast { try reader.finish { rows.take($0, &copy) } }
                    } catch {
                        rows.end(error)
                    }
                }
            }
            try await store(rows.takeRejects(), in: transaction)
            if clock.now - lastMessage >= Self.messageInterval {
                lastMessage = clock.now
                try await progress(
                    .init(stage: "reading \(Kind.layout.name)", fileName: upload.fileName, rowsRead: rows.count))
            }
        }
        try bytes.finish()
        if rows.count == 0, !rows.endedEarly {
            let fault = RowFault(field: nil, .emptyFile, "the file has a header and no rows; leave it out")
            try await store([Reject(uploadId: upload.uploadId, line: 1, field: "", fault: fault)], in: transaction)
            return ImportFile.Rows(count: 0, endedEarly: true)
        }
        return ImportFile.Rows(count: rows.count, endedEarly: rows.endedEarly)
    }

    private func store(_ rejects: [Reject], in transaction: borrowing Transaction) async throws {
        if rejects.isEmpty { return }
        try await transaction.copyIn(Reject.copy) { copy in
            for reject in rejects { reject.write(importId, to: &copy) }
        }
    }
}

/// Turns the records of a file into staged rows and rejects.
private struct StagedRows<Kind: FileKind> {
    private let uploadId: UUID
    private let columnCount = Kind.layout.columns.count
    private var check: RowCheck
    private var isPastHeader = false
    private var rejects: [Reject] = []
    private var rejectedCount = 0
    /// Data rows seen.
    private(set) var count: Int64 = 0
    /// Whether something ended the reading before the file's end.
    private(set) var endedEarly = false

    init(_ uploadId: UUID, _ check: RowCheck) {
        self.uploadId = uploadId
        self.check = check
    }

    /// The rejects gathered since the last call.
    mutating func takeRejects() -> [Reject] {
        defer { rejects = [] }
        return rejects
    }

    /// Ends the reading.
    mutating func end(_ fault: CSVFault) {
        endedEarly = true
        reject(fault.line, RowFault(fault), knowsField: false)
    }

    @inline(__always)
    mutating func take(_ row: borrowing CSVRow, _ copy: inout CopyWriter) {
        guard isPastHeader else {
            isPastHeader = true
            return
        }
        if endedEarly { return }
        count += 1
        check.begin(line: row.line)
        if let fault = row.fault {
            reject(row.line, RowFault(fault), knowsField: row.count == columnCount)
        } else if row.count != columnCount {
            let count = row.count
            reject(
                row.line, RowFault(field: nil, .fieldCount, "has \(count) fields; \(columnCount) are expected"),
                knowsField: false)
        } else {
            Kind.stage(row, &check, &copy)
            if let fault = check.fault { reject(row.line, fault, knowsField: true) }
        }
    }

    /// Keeps note of a refused row. Whoever sent a file of which so many rows are wrong sent the wrong file: reading ends
    /// there, so that a small file cannot make a large table.
    private mutating func reject(_ line: Int, _ fault: RowFault, knowsField: Bool) {
        rejectedCount += 1
        guard rejectedCount <= FileLoader.mostRejects else {
            endedEarly = true
            let sentence: Sentence =
                "is the \(rejectedCount)th row that is refused; reading ended here and nothing of the file is kept: correct"
                + " what the rows above have in common"
            rejects.append(
                Reject(
                    uploadId: uploadId, line: line, field: "", fault: RowFault(field: nil, .tooMany, sentence)))
            return
        }
        let columns = Kind.layout.columns
        let field = fault.field.flatMap { knowsField && $0 < columns.count ? columns[$0] : nil }
        rejects.append(Reject(uploadId: uploadId, line: line, field: field ?? "", fault: fault))
    }
}
