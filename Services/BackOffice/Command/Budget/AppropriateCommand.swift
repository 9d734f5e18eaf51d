import Contracts
import Foundation

/// `puente budget appropriate`: opens lines and gives them money, from options or from a file.
extension Command {
    private typealias Option = CommandOption<String>

    private static let file = Option.text(
        "file", "FILE",
        Text(
            "CSV of lines with their dimensions (\(BudgetFile.header.joined(separator: ",")), and control,scheme), or of postings to lines that exist (\(PostingFile.needed.joined(separator: ",")), …)",
            es:
                "CSV de líneas con sus dimensiones (\(BudgetFile.header.joined(separator: ",")), y control,scheme), o de asientos a líneas que existen (\(PostingFile.needed.joined(separator: ",")), …)"
        ))
    private static let split = Option.text(
        "split", "FILE",
        Text(
            "CSV (line,weight): appropriates the amount to these lines by largest remainder, to the cent",
            es: "CSV (line,weight): asigna el importe a estas líneas por el mayor resto, al centavo"))
    private static let id = Option.text("id", "ID", Text("The posting's identifier", es: "Identificador del asiento"))
    private static let amount = Option.text(
        "amount", "1234.50", Text("How much, with two decimals", es: "Cuánto, con dos decimales"))
    private static let document = Option.text(
        "document", "CODE", Text("The law or decree that appropriates", es: "La ley o el decreto que asigna"))
    private static let date = Option.day(
        "date", Text("The day it counts on; otherwise today", es: "El día en que cuenta; si no, hoy"))
    private static let note = Option.text("note", "TEXT", Text("For a person to read", es: "Para que lo lea alguien"))
    private static let scheme = Option.text(
        "scheme", "CODE",
        Text("The country's names of the stages, for new lines", es: "Los nombres de las etapas, para líneas nuevas"))
    private static let control = Option.choice(
        "control", ["absolute", "advisory", "none"],
        Text("What overdrawing a new line means", es: "Qué significa exceder una línea nueva"))
    /// The dimensions of a new line, by the column they are in a file.
    private static let dimensions: [(column: String, option: Option)] = [
        ("line", .text("line", "CODE", Text("The budget line", es: "La línea presupuestal"))),
        ("fiscal_year", .text("year", "YYYY", Text("Fiscal year of a new line", es: "Año fiscal de una línea nueva"))),
        ("fund", .text("fund", "CODE", Text("Fund of a new line", es: "Fuente de una línea nueva"))),
        ("ministry", .text("ministry", "CODE", Text("Ministry of a new line", es: "Ministerio de una línea nueva"))),
        (
            "programme",
            .text("programme", "CODE", Text("Programme of a new line", es: "Programa de una línea nueva"))
        ),
        (
            "territory_code",
            .text("territory", "CODE", Text("Territory of a new line", es: "Territorio de una línea nueva"))
        ),
        ("currency", .text("currency", "PEN", Text("Currency of a new line", es: "Moneda de una línea nueva"))),
    ]

    static let appropriateCommand = Command(
        "appropriate",
        Text(
            "Opens budget lines and appropriates to them; the same file twice appropriates once",
            es: "Abre líneas y les asigna; el mismo archivo dos veces asigna una vez"),
        example: "puente budget appropriate --file data/budget.csv --scheme peru --as ana",
        options: [file, split, postingMode, PostingRun.results] + dimensions.map(\.option)
            + [amount, document, date, note, id, scheme, control]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            if let path = invocation[file] {
                try await appropriateFile(path, desk)
            } else {
                try await appropriateOne(desk)
            }
        }
    }

    private static func appropriateFile(_ path: String, _ desk: Desk) async throws {
        let content = try read(path)
        let header = String(decoding: content.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self).split(separator: ",")
        if header.contains("posting_id") { return try await postFile(.appropriate, path, desk) }
        let parsed = try BudgetFile(content, name: path)
        var budget = parsed.rows
        for row in budget.indices where budget[row].line.scheme.isEmpty {
            budget[row].line.scheme = desk.invocation[scheme] ?? ""
        }
        let opened = try await desk.call(CoordinationV1.Budget.openLines, .init(lines: budget.map(\.line)))
        let document = "file/\(parsed.digest.prefix(12))"
        let postings = budget.map { row in
            CoordinationV1.Posting(
                postingId: "\(document)/\(row.line.line)", kind: .appropriate, line: row.line.line,
                amountMinor: row.appropriationMinor, document: document, description: "appropriation")
        }
        let reply = try await desk.call(CoordinationV1.Budget.post, .init(mode: .atomic, postings: postings))
        if desk.invocation.wantsJSON { desk.show(reply) { [] } }
        guard reply.applied else {
            var table = Table(["row", "line", "result"], numeric: [0])
            for (row, result) in zip(budget, reply.results) where result.code != "posted" {
                table.add(["\(row.number)", result.line, result.code])
            }
            table.lines().prefix(22).forEach { desk.terminal.notice($0) }
            throw Failure(
                Text(
                    "the ledger refused it; nothing was appropriated",
                    es: "el presupuesto lo rechazó; no se asignó nada"),
                at: path)
        }
        if !desk.invocation.wantsJSON { desk.terminal.print(summary(opened, reply, budget)) }
    }

    private static func summary(
        _ opened: CoordinationV1.OpenLinesReply, _ reply: CoordinationV1.PostReply, _ budget: [BudgetFile.Row]
    ) -> Text {
        guard reply.results.contains(where: { !$0.replayed }) else {
            return Text(
                "this file was appropriated before: nothing changed",
                es: "este archivo ya fue asignado: nada cambió")
        }
        var totals: [String: Int64] = [:]
        for row in budget { totals[row.line.currency, default: 0] += row.appropriationMinor }
        let money = totals.sorted { $0.key < $1.key }.map { Figures.money($0.value, $0.key) }.joined(separator: ", ")
        return Text(
            "\(opened.opened) lines opened, \(money) appropriated to \(budget.count) lines",
            es: "\(opened.opened) líneas abiertas, \(money) asignados a \(budget.count) líneas")
    }

    private static func appropriateOne(_ desk: Desk) async throws {
        let invocation = desk.invocation
        var values = ["control": invocation[control] ?? "", "scheme": invocation[scheme] ?? ""]
        for (column, option) in dimensions { values[column] = invocation[option] }
        guard let text = invocation[amount], let minor = BudgetFile.minorUnits(text) else {
            throw Failure(
                Text(
                    "give --amount with two decimals, as 1234.50, or --file",
                    es: "indique --amount con dos decimales, como 1234.50, o --file"))
        }
        let posting = CoordinationV1.Posting(
            postingId: invocation[id] ?? "desk/\(UUID().uuidString.lowercased())", kind: .appropriate,
            line: values["line"] ?? "", amountMinor: minor, document: invocation[document] ?? "",
            description: invocation[note] ?? "", businessDate: invocation[date] ?? "")
        let run = PostingRun(desk: desk, mode: .atomic)
        if let path = invocation[split] {
            let parts = try SplitFile(try read(path), name: path).parts(of: minor)
            return try await run.post(
                parts.map { part in
                    var share = posting
                    share.postingId += "/\(part.number)"
                    (share.line, share.amountMinor) = (part.line, part.amountMinor)
                    return .init(number: part.number, posting: share)
                })
        }
        guard values["line"] != nil else {
            throw Failure(Text("give --line, --split or --file", es: "indique --line, --split o --file"))
        }
        if values.contains(where: { !["line", "control", "scheme"].contains($0.key) && !$0.value.isEmpty }) {
            let line = try newLine(values)
            _ = try await desk.call(CoordinationV1.Budget.openLines, .init(lines: [line]))
        }
        try await run.post([.init(number: 1, posting: posting)])
    }

    private static func newLine(_ values: [String: String]) throws(Failure) -> CoordinationV1.BudgetLine {
        do throws(PostingFile.FieldFault) {
            return try BudgetFile.line { values[$0] ?? "" }
        } catch {
            let option = dimensions.first { $0.column == error.field }?.option.name ?? error.field
            throw Failure(
                error.reason, at: "--\(option)",
                remedy: Text(
                    "a new line needs all its dimensions; for a line that exists give only --line and --amount",
                    es: "una línea nueva necesita todas sus dimensiones; para una que existe dé solo --line y --amount")
            )
        }
    }
}
