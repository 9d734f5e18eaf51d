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
        let accountChanges = try AccountChanges(desk)
        let rejects = try invocation[ImportOptions.rejects].map { path throws(Failure) in
            try RejectsFile(path, inputs: invocation.arguments)
        }
        let progress = Progress(desk.terminal)
        let uploads = try await desk.upload(invocation.arguments, progress)
        let request = CommonV1.ImportRequest(
            uploadIds: uploads, mode: invocation[ImportOptions.keepGood] ? .keepGood : .allOrNothing, context: context,
            acceptedChanges: invocation[ImportOptions.acceptChanges] ?? "")
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
        try await accountChanges.report(result)
        try await report(result, rejects)
    }

    private func report(_ result: CommonV1.ImportResult, _ rejects: RejectsFile?) async throws {
        desk.show(result) {
            var table = Table(
                [
                    Text("file", es: "archivo")(language), Text("kind", es: "tipo")(language),
                    Text("rows", es: "filas")(language), Text("new", es: "nuevas")(language),
                    Text("changed", es: "cambiadas")(language), Text("unchanged", es: "sin cambio")(language),
                    Text("rejected", es: "rechazadas")(language),
                ], numeric: [2, 3, 4, 5, 6])
            for file in result.files {
                table.add([
                    file.fileName, file.kind, Figures.count(file.rows),
                    Figures.count(file.stored - file.changed), Figures.count(file.changed),
                    Figures.count(file.unchanged), Figures.count(file.rejected),
                ])
            }
            return table.lines() + result.remarks.map { $0.words(language) }
        }
        let rejected = result.files.reduce(0) { $0 + $1.rejected }
        try await reportRejects(of: result, count: rejected, to: rejects)
        if !result.applied {
            throw Failure(
                Text(
                    "nothing was stored; bad rows: \(Figures.count(rejected))",
                    es: "no se guardó nada; filas malas: \(Figures.count(rejected))"),
                remedy: result.files.contains(where: \.unreadable) || desk.invocation[ImportOptions.keepGood]
                    ? Text(
                        "correct the file: what is wrong with it leaves no row to keep",
                        es: "corrija el archivo: lo que tiene mal no deja ninguna fila que conservar")
                    : Text(
                        "correct them, or keep the good rows with --keep-good",
                        es: "corríjalas, o conserve las filas buenas con --keep-good"))
        }
    }

    private func reportRejects(of result: CommonV1.ImportResult, count: Int64, to file: RejectsFile?) async throws {
        guard let importID = UUID(uuidString: result.importId) else { return }
        if let file, count > 0 || file.isThere {
            let rows = try await write(rejectsOf: importID, to: file)
            desk.terminal.notice(
                Text(
                    "\(Figures.count(rows)) rejected rows written to \(file.shown)",
                    es: "\(Figures.count(rows)) filas rechazadas escritas en \(file.shown)"))
            return
        }
        guard count > 0 else { return }
        var shown: Int64 = 0
        try await Rejects.forEach(of: importID, in: desk.pool) { row in
            desk.terminal.notice("  " + row.text(language))
            shown += 1
            return shown < 5 ? .more : .enough
        }
        if count > shown {
            desk.terminal.notice(
                Text(
                    "  … and \(Figures.count(count - shown)) more; --rejects FILE writes them all",
                    es: "  … y \(Figures.count(count - shown)) más; --rejects ARCHIVO las escribe todas"))
        }
    }

    /// Writes every rejected row; returns how many there were.
    private func write(rejectsOf importID: UUID, to file: RejectsFile) async throws -> Int64 {
        var writer = try file.writer()
        var rows: Int64 = 0
        try await Rejects.forEach(of: importID, in: desk.pool) { reject in
            writer.add(reject.fileName)
            writer.add(reject.line)
            writer.add(reject.field)
            writer.add(reject.reason)
            writer.add(RejectWords.words(reject)(desk.language))
            try writer.endRow()
            rows += 1
            return .more
        }
        try file.complete(&writer)
        return rows
    }
}

extension RejectedRow {
    /// Place and reason in one line; what concerns the whole file names no field.
    func text(_ language: Language) -> String {
        ["\(fileName):\(line)", field, RejectWords.words(self)(language)].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
