import Contracts
import Foundation
import Intake
import Postgres
import Queue
import Tabular

/// Options that every import of files takes.
enum ImportOptions {
    static let keepGood = CommandOption<Bool>.flag(
        "keep-good",
        Text(
            "Keeps the good rows of a file that has bad ones; otherwise one bad row and nothing is kept",
            es: "Conserva las filas buenas de un archivo que tiene malas; si no, una mala y no se guarda nada"))
    static let rejects = CommandOption<String>.text(
        "rejects", "FILE",
        Text(
            "Writes the rejected rows here: file,line,field,reason,message",
            es: "Escribe aquí las filas rechazadas: file,line,field,reason,message"))
    static let files = Argument(
        "FILE", Text("CSV files, in any order", es: "Archivos CSV, en cualquier orden"), .oneOrMore)
}

/// Sends files, has a service import them, and tells what came of each.
struct FileImport {
    let desk: Desk
    let method: Method<CommonV1.ImportRequest, CommonV1.ImportProgress>
    /// What the rows belong to, where their kind needs it.
    let context: String

    private var language: Language { desk.language }

    func run() async throws {
        let invocation = desk.invocation
        let progress = Progress(desk.terminal)
        let uploads = try await desk.upload(invocation.arguments, progress)
        let request = CommonV1.ImportRequest(
            uploadIds: uploads, mode: invocation[ImportOptions.keepGood] ? .keepGood : .allOrNothing, context: context)
        var result: CommonV1.ImportResult?
        for try await message in desk.client.stream(method, request) {
            if let last = message.result { result = last }
            guard !message.stage.isEmpty else { continue }
            progress.show(
                stage: message.fileName.isEmpty ? message.stage : "\(message.stage) \(message.fileName)",
                detail: message.rowsRead > 0 ? Figures.count(message.rowsRead) : "")
        }
        progress.finish()
        guard let result else {
            throw Failure(Text("the service sent no result", es: "el servicio no envió resultado"), at: method.name)
        }
        try await report(result)
    }

    private func report(_ result: CommonV1.ImportResult) async throws {
        desk.show(result) {
            var table = Table(
                [
                    Text("file", es: "archivo")(language), Text("kind", es: "tipo")(language),
                    Text("rows", es: "filas")(language), Text("stored", es: "guardadas")(language),
                    Text("unchanged", es: "sin cambio")(language), Text("rejected", es: "rechazadas")(language),
                ], numeric: [2, 3, 4, 5])
            for file in result.files {
                table.add([
                    file.fileName, file.kind, Figures.count(file.rows), Figures.count(file.stored),
                    Figures.count(file.unchanged), Figures.count(file.rejected),
                ])
            }
            return table.lines()
        }
        let rejected = result.files.reduce(0) { $0 + $1.rejected }
        if rejected > 0 { try await reportRejects(of: result, count: rejected) }
        if !result.applied {
            throw Failure(
                Text(
                    "nothing was stored; bad rows: \(Figures.count(rejected))",
                    es: "no se guardó nada; filas malas: \(Figures.count(rejected))"),
                remedy: Text(
                    "correct them, or keep the good rows with --keep-good",
                    es: "corríjalas, o conserve las filas buenas con --keep-good"))
        }
    }

    private func reportRejects(of result: CommonV1.ImportResult, count: Int64) async throws {
        guard let importID = UUID(uuidString: result.importId) else { return }
        if let path = desk.invocation[ImportOptions.rejects] {
            let rows = try await RejectsFile(path: path).write(importID: importID, pool: desk.pool)
            desk.terminal.notice(
                Text(
                    "\(Figures.count(Int64(rows))) rejected rows written to \(path)",
                    es: "\(Figures.count(Int64(rows))) filas rechazadas escritas en \(path)"))
            return
        }
        for reject in try await desk.pool.query(FirstRejects(importID: importID)) {
            desk.terminal.notice("  " + reject.text)
        }
        if count > FirstRejects.limit {
            desk.terminal.notice(
                Text(
                    "  … and \(Figures.count(count - FirstRejects.limit)) more; --rejects FILE writes them all",
                    es: "  … y \(Figures.count(count - FirstRejects.limit)) más; --rejects ARCHIVO las escribe todas"))
        }
    }
}

/// The file that lists an import's rejected rows.
struct RejectsFile {
    let path: String

    /// Writes every rejected row of the import, in order; returns how many there were.
    func write(importID: UUID, pool: ConnectionPool) async throws -> Int {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else {
            throw Failure(Text("cannot be written", es: "no se puede escribir"), at: path)
        }
        let rows = try await pool.transaction { transaction in
            var writer = CSVWriter { try handle.write(contentsOf: Data($0)) }
            try writer.row(["file", "line", "field", "reason", "message"])
            let rows = try await transaction.query(AllRejects(importID: importID))
            for reject in rows {
                writer.add(reject.fileName)
                writer.add(reject.line)
                writer.add(reject.field)
                writer.add(reject.reason)
                writer.add(reject.message)
                try writer.endRow()
            }
            try writer.flush()
            return rows.count
        }
        try handle.close()
        return rows
    }
}

/// A row that an import refused.
struct Reject: Sendable {
    let fileName: String
    let line: Int64
    let field: String
    let reason: String
    let message: String

    /// Place and reason in one line; what concerns the whole file names no field.
    var text: String { (["\(fileName):\(line)", field, message].filter { !$0.isEmpty }).joined(separator: ": ") }

    fileprivate static func read(_ row: borrowing RowReader) throws(PostgresError) -> Reject {
        Reject(
            fileName: try row.string(0), line: try row.int64(1), field: try row.string(2), reason: try row.string(3),
            message: try row.string(4))
    }
}

private struct AllRejects: Statement {
    static let sql = """
        SELECT file_name, line, field, reason, message FROM intake.reject_v1 WHERE import_id = $1
        ORDER BY file_name, line, field
        """
    let importID: UUID
    func bind(into parameters: inout Parameters) { parameters.add(importID) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Reject { try .read(row) }
}

private struct FirstRejects: Statement {
    static let limit: Int64 = 5
    static let sql = AllRejects.sql + " LIMIT \(limit)"
    let importID: UUID
    func bind(into parameters: inout Parameters) { parameters.add(importID) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Reject { try .read(row) }
}
