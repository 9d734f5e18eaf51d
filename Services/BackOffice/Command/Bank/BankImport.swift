import Contracts
import Foundation
import Intake

extension Command {
    static let bankImport = Command(
        "import",
        Text(
            "Imports the bank's answers (pain.002, camt.053, camt.054), each file whole or not at all",
            es: "Importa las respuestas del banco (pain.002, camt.053, camt.054), cada archivo entero o nada"),
        example: "puente bank import answers/pain.002-0001.xml --as ana",
        arguments: [Argument("FILE", Text("XML files from the bank", es: "Archivos XML del banco"), .oneOrMore)]
    ) { invocation in
        try await Desk.open(invocation) { desk in try await importAnswers(desk) }
    }

    private static func importAnswers(_ desk: Desk) async throws {
        let progress = Progress(desk.terminal)
        let uploads = try await desk.upload(desk.invocation.arguments, progress)
        var last = TransfersV1.BankImportProgress()
        for try await message in desk.client.stream(TransfersV1.Bank.import, .init(uploadIds: uploads)) {
            last = message
            progress.show(
                stage: Text("reading the bank's answers", es: "leyendo las respuestas del banco")(desk.language),
                detail: Figures.count(message.transactions))
        }
        progress.finish()
        desk.show(last) {
            var table = Table(
                ["file", "kind", "outcome", "accepted", "rejected", "paid", "returned", "unchanged"],
                numeric: [3, 4, 5, 6, 7])
            for file in last.results {
                table.add(
                    [file.fileName, file.kind, file.outcome]
                        + [file.accepted, file.rejected, file.paid, file.returned, file.unchanged].map(Figures.count))
            }
            return table.lines()
        }
        let refused = last.results.filter { $0.outcome == "refused" }
        if !refused.isEmpty {
            let reasons = refused.map { "\($0.fileName): \($0.reason)" }.joined(separator: "\n  ")
            throw Failure(
                Text("refused:\n  \(reasons)", es: "rechazados:\n  \(reasons)"),
                remedy: Text(
                    "nothing of a refused file was stored; ask the bank for a correct one",
                    es: "nada de un archivo rechazado se guardó; pida al banco uno correcto"))
        }
    }
}
