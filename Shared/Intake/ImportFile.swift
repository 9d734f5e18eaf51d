import Contracts
import FoundationEssentials

/// One file of an import, and what was counted in it.
struct ImportFile: Sendable {
    /// What reading its rows came to.
    struct Rows: Sendable {
        var count: Int64 = 0
        /// The file could not be read to its end.
        var endedEarly = false
    }

    let upload: StoredUpload
    /// What the header says it is; nil when that could not be made out.
    let kind: (any FileKind.Type)?
    /// Position of its kind in the plan.
    let order: Int
    /// Why it cannot be read at all.
    let fault: RowFault?
    var rows = Rows()
    var rejected: Int64 = 0
    var unchanged: Int64 = 0
    var changed: Int64 = 0

    init(upload: StoredUpload, header: Result<[String], RowFault>, kinds: [any FileKind.Type]) {
        self.upload = upload
        let recognised = header.flatMap { FileHeader.recognise($0, accepted: kinds.map { $0.layout }) }
        switch recognised {
        case .success(let layout):
            order = kinds.firstIndex { $0.layout == layout } ?? 0
            kind = kinds[order]
            fault = nil
        case .failure(let fault):
            order = kinds.count
            kind = nil
            self.fault = fault
        }
    }

    /// Whether the file was read to its end.
    var cannotBeRead: Bool { fault != nil || rows.endedEarly }

    var kindName: String { kind?.layout.name ?? "unknown" }

    private var stored: Int64 { rows.count - rejected - unchanged }

    func record(_ importId: UUID, applied: Bool) -> RecordFile {
        RecordFile(
            importId: importId, uploadId: upload.uploadId, kind: kindName, rows: rows.count,
            stored: applied ? stored : 0, changed: changed, unchanged: unchanged, rejected: rejected)
    }

    func result(applied: Bool) -> CommonV1.ImportedFile {
        .init(
            uploadId: upload.uploadId.uuidString.lowercased(), fileName: upload.fileName, kind: kindName,
            rows: rows.count, stored: applied ? stored : 0, unchanged: unchanged, rejected: rejected,
            changed: changed, unreadable: cannotBeRead)
    }
}
