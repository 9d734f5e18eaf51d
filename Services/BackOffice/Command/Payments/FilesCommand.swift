import Contracts

extension Command {
    private static let writeAgain = CommandOption<Bool>.flag(
        "write-again",
        Text("Writes missing files again, byte for byte", es: "Vuelve a escribir los que faltan, byte por byte"))

    static let paymentsFiles = Command(
        "files",
        Text(
            "Compares the bank files of a run, or of every run, with the disk",
            es: "Compara con el disco los archivos de una corrida, o de todas"),
        example: "puente payments files --cycle 2024-4 --as ana",
        arguments: [
            Argument(
                "RUN",
                Text(
                    "The run; else the latest of --cycle, else every run",
                    es: "La corrida; si no, la de --cycle, o todas"),
                .optional)
        ], options: [OpenOptions.optionalCycle, ProgrammeOptions.programme, writeAgain]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            var request = TransfersV1.FilesRequest(
                runId: invocation.arguments.first ?? "", writeAgain: invocation[writeAgain])
            if request.runId.isEmpty, let cycle = invocation[OpenOptions.optionalCycle] {
                request.programme = try await desk.programme(.conditionalTransfer)
                request.cycle = cycle
            }
            let report = FilesReport(
                reply: try await desk.call(TransfersV1.Outbox.files, request), language: desk.language)
            desk.show(report.reply, report.lines)
            if let failure = report.failure { throw failure }
        }
    }
}

/// Tells what became of bank files to a person.
struct FilesReport {
    let reply: TransfersV1.FilesReply
    let language: Language

    /// What a file's state means.
    static func meaning(of state: String) -> Text {
        switch state {
        case "there": Text("as written", es: "como se escribió")
        case "altered": Text("ALTERED", es: "ALTERADO")
        case "missing": Text("MISSING", es: "FALTA")
        case "unreadable": Text("UNREADABLE", es: "ILEGIBLE")
        case "recalled": Text("taken back", es: "retirado")
        case "written_again": Text("written again", es: "escrito otra vez")
        case "cannot_be_written": Text("CANNOT WRITE", es: "NO SE ESCRIBE")
        default: Text(state, es: state)
        }
    }

    func lines() -> [String] {
        guard !reply.files.isEmpty else {
            return [Text("no bank file was written", es: "no se escribió ningún archivo")(language)]
        }
        var table = Table(
            [
                Text("file", es: "archivo")(language), Text("state", es: "estado")(language),
                Text("payments", es: "pagos")(language), Text("amount", es: "importe")(language),
            ], numeric: [2, 3])
        for file in reply.files {
            table.add([
                file.name, Self.meaning(of: file.state)(language), Figures.count(file.transactions),
                Figures.money(file.totalMinor, file.currency),
            ])
        }
        return table.lines() + reply.files.flatMap(details)
    }

    /// Both digests of a file that was changed, and why one could not be written.
    private func details(_ file: TransfersV1.FileOnDisk) -> [String] {
        switch file.state {
        case "altered":
            [
                "", "\(file.name):", "  \(Text("written", es: "escrito")(language)) \(file.sha256)",
                "  \(Text("read   ", es: "leído  ")(language)) \(file.readSha256)",
            ]
        case "cannot_be_written": ["", "\(file.name): \(OutboxWords.reason(file.reason)(language))"]
        default: []
        }
    }

    /// The refusal that ends the command while a file is not as it should be.
    var failure: Failure? {
        let wrong = reply.files.filter { !["there", "recalled", "written_again"].contains($0.state) }
        guard let first = wrong.first else { return nil }
        let count = Figures.count(Int64(wrong.count))
        return Failure(
            Text(
                "\(count) of the files are not as they were written",
                es: "\(count) de los archivos no están como se escribieron"),
            at: reply.directory.asShownPath, remedy: remedy(for: first))
    }

    private func remedy(for file: TransfersV1.FileOnDisk) -> Text {
        switch file.state {
        case "missing":
            Text(
                "if the bank's courier did not take it: 'puente payments files --write-again'",
                es: "si no lo llevó el mensajero del banco: 'puente payments files --write-again'")
        case "cannot_be_written":
            Text("take a copy from the bank or its courier", es: "tome una copia del banco o de su mensajero")
        default:
            Text(
                "find out who changed it; move it away, then 'puente payments files --write-again'",
                es: "averigüe quién lo cambió; muévalo y use 'puente payments files --write-again'")
        }
    }
}
