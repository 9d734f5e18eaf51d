import Contracts
import Crypto
import LedgerAudit

/// `puente budget prove`: what another program needs to check that a posting is in the log, without reading the ledger.
extension Command {
    private static let posting = CommandOption<String>.text(
        "posting", "ID", Text("The posting's identifier", es: "El identificador del asiento"), required: true)
    private static let older = CommandOption<String>.text(
        "checkpoint", "FILE",
        Text(
            "Also proves that the log begins with this older one",
            es: "Prueba además que el registro comienza con este anterior"))

    static let proofCommand = Command(
        "prove",
        Text(
            "Proves that a posting is in the log (RFC 6962)", es: "Prueba que un asiento está en el registro (RFC 6962)"
        ),
        example: "puente budget prove --posting desk/5d1f --checkpoint midis-2024-08.note --json --as ana",
        options: [posting, older]
    ) { invocation in
        try await Desk.open(invocation) { desk in try await prove(desk) }
    }

    private static func prove(_ desk: Desk) async throws {
        let id = try desk.invocation.required(posting)
        let checkpoint = try desk.invocation[older].map { path in try readCheckpoint(path) }
        _ = try await desk.call(CoordinationV1.Budget.sequence, .init())
        let reader = LogReader(desk.pool)
        guard let leaf = try await reader.leaf(of: id) else {
            throw Failure(Text("no such posting is in the log", es: "no hay tal asiento en el registro"), at: id)
        }
        let size = try await reader.head().size
        let root = try await reader.root(of: size)
        let (hash, proof) = try await reader.inclusion(of: leaf, size: size)
        var members: [(name: String, value: JSONValue)] = [
            ("posting", .string(id)), ("leaf", .number("\(leaf)")), ("size", .number("\(size)")),
            ("root", hex(root)), ("leafHash", hex(hash)), ("inclusion", .array(proof.map(hex))),
        ]
        if let checkpoint {
            guard checkpoint.size <= size else {
                throw Failure(
                    Text(
                        "the checkpoint has \(checkpoint.size) leaves, the log only \(size)",
                        es: "el punto de control tiene \(checkpoint.size) hojas, el registro solo \(size)"))
            }
            let proof = try await reader.consistency(from: checkpoint.size, to: size)
            guard
                MerkleTree.isConsistent(
                    older: checkpoint.size, olderRoot: checkpoint.root, newer: size, newerRoot: root, proof: proof)
            else {
                throw Failure(
                    Text(
                        "the log does not begin with what this checkpoint signed",
                        es: "el registro no comienza con lo que este punto de control firmó"))
            }
            members.append(("older", .number("\(checkpoint.size)")))
            members.append(("olderRoot", hex(checkpoint.root)))
            members.append(("consistency", .array(proof.map(hex))))
        }
        if desk.invocation.wantsJSON {
            desk.terminal.print(String(decoding: JSONValue.object(members).json(), as: UTF8.self))
            return
        }
        desk.terminal.print(
            Text(
                "leaf \(leaf) of \(size), hash \(Hexadecimal.string(hash))",
                es: "hoja \(leaf) de \(size), huella \(Hexadecimal.string(hash))"))
        proof.forEach { desk.terminal.print("  \(Hexadecimal.string($0))") }
        desk.terminal.print(Text("root \(Hexadecimal.string(root))", es: "raíz \(Hexadecimal.string(root))"))
        if let checkpoint {
            desk.terminal.print(
                Text(
                    "nothing before leaf \(checkpoint.size) changed since the checkpoint",
                    es: "nada antes de la hoja \(checkpoint.size) cambió desde el punto de control"))
        }
    }

    private static func hex(_ bytes: [UInt8]) -> JSONValue { .string(Hexadecimal.string(bytes)) }

    private static func readCheckpoint(_ path: String) throws -> Checkpoint {
        guard let note = SignedNote(String(decoding: try read(path), as: UTF8.self)),
            let checkpoint = Checkpoint(text: note.text)
        else {
            throw Failure(
                Text("this is not a signed checkpoint", es: "esto no es un punto de control firmado"), at: path)
        }
        return checkpoint
    }
}
