import Contracts
import CoordinationDomain
import Vocabulary

/// `puente budget appropriate`: opens lines and gives them money, from options or from a file.
extension Command {
    private typealias Option = CommandOption<String>

    private static let file = Option.text(
        "file", "FILE",
        Text(
            "CSV of lines with their dimensions (\(BudgetFile.header.joined(separator: ",")), and \(BudgetFile.optional.joined(separator: ","))), or of postings to lines that exist (\(PostingFile.needed.joined(separator: ",")), …)",
            es:
                "CSV de líneas con sus dimensiones (\(BudgetFile.header.joined(separator: ",")), y \(BudgetFile.optional.joined(separator: ","))), o de asientos a líneas que existen (\(PostingFile.needed.joined(separator: ",")), …)"
        ))
    private static let split = Option.text(
        "split", "FILE",
        Text(
            "CSV (line,weight): appropriates the amount to these lines by largest remainder, to the cent",
            es: "CSV (line,weight): asigna el importe a estas líneas por el mayor resto, al centavo"))
    private static let id = Option.text("id", "ID", Text("The posting's identifier", es: "Identificador del asiento"))
    private static let amount = Option.text(
        "amount", "1234.50", Text("How much, in the line's currency", es: "Cuánto, en la moneda de la línea"))
    private static let applyChanges = CommandOption<Bool>.flag(
        "apply-changes",
        Text(
            "For a file: posts what differs from what its rows appropriated before",
            es: "Para un archivo: registra lo que difiere de lo que sus filas asignaron antes"))
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
            "Opens budget lines and appropriates to them; a row that was appropriated before is not again",
            es: "Abre líneas y les asigna; una fila que ya fue asignada no lo es otra vez"),
        example: "puente budget appropriate --file data/budget.csv --scheme peru --as ana",
        options: [file, split, postingMode, PostingRun.results] + dimensions.map(\.option)
            + [amount, document, date, note, id, scheme, control] + [applyChanges, TypedPosting.again]
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
        let columns = try NamedRows(
            content, name: path, needed: [], known: BudgetFile.header + BudgetFile.optional + PostingFile.columns
        ).columns
        if columns.contains("posting_id") { return try await postFile(.appropriate, path, desk) }
        var budget = try BudgetFile(content, name: path).rows
        for row in budget.indices where budget[row].line.scheme.isEmpty {
            budget[row].line.scheme = desk.invocation[scheme] ?? ""
        }
        let opened = try await desk.call(CoordinationV1.Budget.openLines, .init(lines: budget.map(\.line)))
        let known = try await desk.pool.query(KnownAppropriations(lines: budget.map(\.line.line)))
        let plan = BudgetFilePlan(budget, known: known)
        let applies = try decide(on: plan.changed, desk)
        var days = Dictionary(
            try await desk.pool.query(BudgetDays(years: Set(budget.map(\.line.fiscalYear)).sorted()))
                .map { ($0.year, $0.day) }
        ) { first, _ in first }
        if let day = desk.invocation[date] { days = days.mapValues { _ in BudgetDay(businessDate: day) } }
        let asked = plan.postings(withChanges: applies == true, dates: days)
        var reply = CoordinationV1.PostReply()
        if !asked.isEmpty {
            reply = try await desk.call(
                CoordinationV1.Budget.post, .init(mode: .atomic, postings: asked.map(\.posting)))
        }
        if desk.invocation.wantsJSON { desk.show(reply) { [] } }
        guard asked.isEmpty || reply.applied else {
            let say = desk.language
            var table = Table(
                [
                    Text("row", es: "fila")(say), Text("line", es: "línea")(say), Text("result", es: "resultado")(say),
                    Text("why", es: "por qué")(say),
                ], numeric: [0])
            for ((row, _), result) in zip(asked, reply.results) where result.code != "posted" {
                table.add([
                    "\(row.number)", result.line, result.code,
                    PostingCode(rawValue: result.code)?.reason(say) ?? "",
                ])
            }
            table.lines().prefix(22).forEach { desk.terminal.notice($0) }
            throw Failure(
                Text(
                    "the ledger refused it; nothing was appropriated",
                    es: "el presupuesto lo rechazó; no se asignó nada"),
                at: path)
        }
        if !desk.invocation.wantsJSON {
            desk.terminal.print(summary(opened, plan, asked.map(\.posting), applied: applies == true))
        }
        guard applies != nil else {
            throw Failure(
                Text(
                    "\(plan.changed.count) rows differ from what was appropriated, and were left as they are",
                    es: "\(plan.changed.count) filas difieren de lo asignado, y quedaron como están"),
                at: path,
                remedy: Text(
                    "--apply-changes adds or cuts the differences",
                    es: "--apply-changes agrega o recorta las diferencias"))
        }
    }

    /// Shows what differs from what was appropriated, and whether it is wanted; nil where nobody can be asked.
    private static func decide(on changed: [BudgetFilePlan.Change], _ desk: Desk) throws -> Bool? {
        guard !changed.isEmpty else { return false }
        for change in changed.prefix(20) {
            desk.terminal.notice(
                "\(change.row.number): \(change.row.line.line), \(change.row.document): \(change.words(desk.language))")
        }
        if changed.count > 20 { desk.terminal.notice("…") }
        if desk.invocation[applyChanges] { return true }
        return Question.confirm(
            Text("post these \(changed.count) differences?", es: "¿registrar estas \(changed.count) diferencias?"),
            desk.terminal)
    }

    private static func summary(
        _ opened: CoordinationV1.OpenLinesReply, _ plan: BudgetFilePlan, _ postings: [CoordinationV1.Posting],
        applied: Bool
    ) -> Text {
        guard !postings.isEmpty else {
            guard plan.changed.isEmpty else { return Text("nothing was posted", es: "no se registró nada") }
            return Text(
                "this was appropriated before: nothing changed", es: "esto ya fue asignado: nada cambió")
        }
        var added: [String: Int128] = [:]
        var cut: [String: Int128] = [:]
        for posting in postings {
            if posting.kind == .cut {
                cut[posting.currency, default: 0] += Int128(posting.amountMinor)
            } else {
                added[posting.currency, default: 0] += Int128(posting.amountMinor)
            }
        }
        let (money, less) = (BudgetAmount.text(added), BudgetAmount.text(cut))
        let lines = Set(postings.map(\.line)).count
        let changed = applied ? plan.changed.count : 0
        let before = plan.unchanged + plan.changed.count - changed
        return Text(
            "\(opened.opened) lines opened, \(money.isEmpty ? "nothing" : money) appropriated"
                + (less.isEmpty ? "" : " and \(less) cut") + " to \(lines) lines"
                + (before + changed > 0
                    ? "; rows: \(plan.new.count) new, \(changed) changed, \(before) as before" : ""),
            es: "\(opened.opened) líneas abiertas, \(money.isEmpty ? "nada" : money) asignados"
                + (less.isEmpty ? "" : " y \(less) recortados") + " a \(lines) líneas"
                + (before + changed > 0
                    ? "; filas: \(plan.new.count) nuevas, \(changed) cambiadas, \(before) como antes" : ""))
    }

    private static func appropriateOne(_ desk: Desk) async throws {
        let invocation = desk.invocation
        var values = ["control": invocation[control] ?? "", "scheme": invocation[scheme] ?? ""]
        for (column, option) in dimensions { values[column] = invocation[option] }
        guard let text = invocation[amount] else {
            throw Failure(
                Text("give --amount, as 1234.50, or --file", es: "indique --amount, como 1234.50, o --file"))
        }
        let shares = try invocation[split].map { try SplitFile(try read($0), name: $0) }
        guard values["line"] != nil || shares != nil else {
            throw Failure(Text("give --line, --split or --file", es: "indique --line, --split o --file"))
        }
        if shares == nil,
            values.contains(where: { !["line", "control", "scheme"].contains($0.key) && !$0.value.isEmpty })
        {
            let line = try newLine(values)
            _ = try await desk.call(CoordinationV1.Budget.openLines, .init(lines: [line]))
        }
        let currency = try await desk.currency(of: shares.map { $0.weights.map(\.line) } ?? [values["line"] ?? ""])
        var posting = CoordinationV1.Posting(
            kind: .appropriate, line: values["line"] ?? "", amountMinor: try minor(text, currency),
            document: invocation[document] ?? "", description: invocation[note] ?? "",
            businessDate: invocation[date] ?? "", currency: currency.code)
        if let id = invocation[id] {
            posting.postingId = id
        } else {
            posting.postingId = try await TypedPosting(desk: desk, posting: posting).identifier()
        }
        let run = PostingRun(desk: desk, mode: .atomic)
        guard let shares else { return try await run.post([.init(number: 1, posting: posting)]) }
        try await run.post(
            shares.parts(of: posting.amountMinor).map { part in
                var share = posting
                share.postingId += "/\(part.number)"
                (share.line, share.amountMinor) = (part.line, part.amountMinor)
                return .init(number: part.number, posting: share)
            })
    }

    /// An amount that was typed, in the currency's digits.
    private static func minor(_ text: String, _ currency: Currency) throws(Failure) -> Int64 {
        do throws(PostingFile.FieldFault) {
            return try BudgetAmount.read(text, currency)
        } catch {
            throw Failure(error.reason, at: "--amount \(text)")
        }
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
