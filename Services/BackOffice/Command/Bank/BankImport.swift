import Contracts
import Foundation
import Intake

extension Command {
    static let bankImport = Command(
        "import",
        Text(
            "Imports the bank's answers (pain.002, camt.053, camt.054): what is clear is applied, what is odd waits",
            es: "Importa las respuestas del banco (pain.002, camt.053, camt.054): lo claro se aplica, lo extraño espera"
        ),
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
        desk.show(last) { lines(of: last.results, in: desk.language) }
        let refused = last.results.filter { $0.outcome == "refused" }
        if !refused.isEmpty {
            let reasons = refused.map { file in
                (file: file.fileName, words: BankRefusalWords.words(for: file))
            }
            func list(_ language: Language) -> String {
                reasons.map { "\n  \($0.file): \($0.words.what(language))\n    → \($0.words.remedy(language))" }
                    .joined()
            }
            throw Failure(
                Text("refused:\(list(.english))", es: "rechazados:\(list(.spanish))"),
                remedy: Text(
                    "nothing of a refused file was stored; the other files were imported",
                    es: "nada de un archivo rechazado se guardó; los demás archivos se importaron"))
        }
    }

    private static func lines(of results: [TransfersV1.BankFileResult], in language: Language) -> [String] {
        let headings: [Text] = [
            Text("file", es: "archivo"), Text("kind", es: "tipo"), Text("outcome", es: "resultado"),
            Text("accepted", es: "aceptadas"), Text("rejected", es: "rechazadas"), Text("paid", es: "pagadas"),
            Text("returned", es: "devueltas"), Text("unchanged", es: "sin cambio"), Text("odd", es: "extrañas"),
            Text("not ours", es: "ajenas"),
        ]
        var table = Table(headings.map { $0(language) }, numeric: [3, 4, 5, 6, 7, 8, 9])
        for file in results {
            table.add(
                [file.fileName, file.kind, BankRefusalWords.outcome(file.outcome)(language)]
                    + [
                        file.accepted, file.rejected, file.paid, file.returned, file.unchanged, file.odd,
                        file.passedOver,
                    ].map(Figures.count))
        }
        let odd = results.reduce(0) { $0 + $1.odd }
        guard odd > 0 else { return table.lines() }
        let advice = Text(
            "\(Figures.count(odd)) things wait for a person: puente bank odd lists them with what is advised",
            es: "\(Figures.count(odd)) cosas esperan a una persona: puente bank odd las lista con lo que se aconseja")
        return table.lines() + ["", advice(language)]
    }
}
