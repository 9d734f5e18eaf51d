import Contracts
import Crypto
import Foundation
import LedgerAudit

/// The commands that prove: checkpoints, checks, and the export.
extension Command {
    private static let keyName = "puente-ledger"
    private static let signingKey = CommandOption<String>.text(
        "key", "FILE",
        Text(
            "The signing key; made on first use. Otherwise ledger.key beside the private database",
            es: "La clave que firma; se crea la primera vez. Si no, ledger.key junto a la base privada"))
    private static let checkpointOutput = CommandOption<String>.text(
        "out", "FILE", Text("Where to write it; otherwise it is shown", es: "Dónde escribirlo; si no, se muestra"))
    private static let checkpointKept = CommandOption<String>.text(
        "checkpoint", "FILE",
        Text("A checkpoint that was kept elsewhere", es: "Un punto de control guardado en otro lugar"))
    private static let publicKey = CommandOption<String>.text(
        "public-key", "KEY",
        Text(
            "The public key as name+hash+base64; otherwise those stored with the ledger",
            es: "La clave pública como nombre+huella+base64; si no, las guardadas con el presupuesto"))
    private static let exportFormat = CommandOption<String>.choice(
        "format", ["hledger"], Text("The file's format", es: "El formato del archivo"))

    static let evidenceCommands: [Command] = [
        Command(
            "checkpoint", Text("Signs the ledger's log as it is now", es: "Firma el registro como está ahora"),
            example: "puente budget checkpoint --out midis-2024-08.note --as ana",
            options: [signingKey, checkpointOutput]
        ) { invocation in
            try await Desk.open(invocation) { desk in try await checkpoint(desk) }
        },
        Command(
            "verify",
            Text(
                "Rebuilds every balance and the log from the journal and compares",
                es: "Reconstruye cada saldo y el registro desde el diario y compara"),
            example: "puente budget verify --checkpoint midis-2024-08.note --as ana",
            options: [checkpointKept, publicKey]
        ) { invocation in
            try await Desk.open(invocation) { desk in try await verify(desk) }
        },
        Command(
            "export", Text("Writes the journal for another program", es: "Escribe el diario para otro programa"),
            example: "puente budget export --format hledger --out budget.journal --as ana",
            options: [exportFormat, checkpointOutput]
        ) { invocation in
            try await Desk.open(invocation) { desk in try await export(desk) }
        },
    ]

    private static func checkpoint(_ desk: Desk) async throws {
        _ = try await desk.call(CoordinationV1.Budget.sequence, .init())
        let path = desk.invocation[signingKey] ?? "\(desk.site.stateDirectory)/ledger.key"
        let key = try readKey(path)
        let reader = LogReader(desk.pool)
        let (size, chain) = try await reader.head()
        let text = Checkpoint(size: size, root: try await reader.root(of: size), chain: chain).text
        let line = SignedNote.describe(key.verifyingKey, name: keyName)
        let kept = try await desk.call(
            CoordinationV1.Budget.keepCheckpoint,
            .init(note: SignedNote(text: text, name: keyName, key: key).description, key: line))
        if let output = desk.invocation[checkpointOutput] {
            try Data(kept.note.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        }
        desk.show(kept) {
            desk.invocation[checkpointOutput].map { ["\(size) leaves signed with \(line)", "written to \($0)"] }
                ?? [kept.note, "public key: \(line)"]
        }
    }

    /// Reads a key's 32 bytes in hexadecimal; a file that is not there is made, readable by its owner only.
    private static func readKey(_ path: String) throws -> SigningKey {
        if let content = FileManager.default.contents(atPath: path) {
            let text = String(decoding: content, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard let seed = Hexadecimal.bytes(text), let key = SigningKey(seed: seed) else {
                throw Failure(Text("this is not a signing key", es: "esto no es una clave de firma"), at: path)
            }
            return key
        }
        let key = SigningKey()
        let content = Data((Hexadecimal.string(key.seed) + "\n").utf8)
        guard
            FileManager.default.createFile(
                atPath: path, contents: content, attributes: [.posixPermissions: 0o600])
        else {
            throw Failure(Text("the key cannot be written here", es: "no se puede escribir la clave aquí"), at: path)
        }
        return key
    }

    private static func verify(_ desk: Desk) async throws {
        var notes: [SignedNote] = []
        if let path = desk.invocation[checkpointKept] {
            guard let content = FileManager.default.contents(atPath: path),
                let note = SignedNote(String(decoding: content, as: UTF8.self))
            else {
                throw Failure(
                    Text("this is not a signed checkpoint", es: "esto no es un punto de control firmado"), at: path)
            }
            notes.append(note)
        }
        _ = try await desk.call(CoordinationV1.Budget.sequence, .init())
        let progress = Progress(desk.terminal)
        let stage = Text("reading the journal", es: "leyendo el diario")(desk.language)
        let auditor = LedgerAuditor(
            desk.pool, keys: desk.invocation[publicKey].map { [$0] } ?? [], checkpoints: notes)
        let report = try await auditor.run { progress.show(stage: stage, detail: Figures.count($0)) }
        progress.finish()
        let root = Hexadecimal.string(report.root)
        if desk.invocation.wantsJSON {
            let problems = JSONValue.array(report.problems.map { .string($0) }).json()
            desk.terminal.print(
                "{\"entries\":\"\(report.entries)\",\"transfers\":\"\(report.transfers)\",\"leaves\":\"\(report.size)\","
                    + "\"root\":\"\(root)\",\"checkpoints\":\(report.checkpoints),"
                    + "\"problems\":\(String(decoding: problems, as: UTF8.self))}")
        } else {
            desk.terminal.print("\(Figures.count(report.transfers)) transfers, \(Figures.count(report.size)) leaves")
            desk.terminal.print("root \(root), \(report.checkpoints) checkpoints")
            report.problems.forEach { desk.terminal.print("  \($0)") }
        }
        guard report.problems.isEmpty else {
            throw Failure(
                Text(
                    "the ledger does not agree with its journal: \(report.problems.count) findings",
                    es: "el presupuesto no concuerda con su diario: \(report.problems.count) hallazgos"))
        }
        if !desk.invocation.wantsJSON {
            desk.terminal.print(Text("everything agrees", es: "todo concuerda"))
        }
    }

    private static func export(_ desk: Desk) async throws {
        guard let path = desk.invocation[checkpointOutput] else {
            try await HledgerExport(desk.pool).write { desk.terminal.print($0) }
            return
        }
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw Failure(Text("the file cannot be written here", es: "no se puede escribir el archivo aquí"), at: path)
        }
        var buffer = Data()
        try await HledgerExport(desk.pool).write { text in
            buffer.append(contentsOf: text.utf8)
            if buffer.count > 1 << 16 {
                try file.write(contentsOf: buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try file.write(contentsOf: buffer)
        try file.close()
        desk.terminal.print(Text("written to \(path)", es: "escrito en \(path)"))
    }
}
