import Contracts
import Foundation
import Vocabulary

/// The commands that post: one posting from options, or many from a file with a result for every row.
extension Command {
    private typealias Option = CommandOption<String>

    static let postingFile = Option.text(
        "file", "FILE",
        Text(
            "CSV with many postings: \(PostingFile.columns.joined(separator: ","))",
            es: "CSV con muchos asientos: \(PostingFile.columns.joined(separator: ","))"))
    static let postingMode = Option.choice(
        "mode", ["atomic", "continue", "per-group"],
        Text(
            "For a file: all or nothing (default), each row alone, or each group",
            es: "Para un archivo: todo o nada (por defecto), cada fila sola, o cada grupo"))
    private static let splitFile = Option.text(
        "split", "FILE",
        Text(
            "CSV (line,weight): splits the amount over these lines by largest remainder, to the cent",
            es: "CSV (line,weight): reparte el importe entre estas líneas por el mayor resto, al centavo"))
    private static let fields: [(column: String, option: Option)] = [
        ("posting_id", .text("id", "ID", Text("The posting's identifier; otherwise a new one", es: "Identificador"))),
        ("line", .text("line", "CODE", Text("The budget line", es: "La línea presupuestal"))),
        (
            "amount",
            .text("amount", "1234.50", Text("How much, in the line's currency", es: "Cuánto, en la moneda de la línea"))
        ),
        ("currency", .text("currency", "PEN", Text("The amount's currency; otherwise the line's", es: "La moneda"))),
        ("document", .text("document", "CODE", Text("What it is for", es: "Para qué es"))),
        ("stage", .text("stage", "STAGE", Text("The stage that gives back", es: "La etapa que devuelve"))),
        ("target_line", .text("to", "CODE", Text("The line that receives", es: "La línea que recibe"))),
        (
            "source_document",
            .text(
                "draw-on", "CODE", Text("Document whose reservation is drawn on", es: "Documento cuya reserva se usa"))
        ),
        ("reverses", .text("posting", "ID", Text("The posting that is undone", es: "El asiento que se deshace"))),
        ("business_date", .day("date", Text("The day it counts on; otherwise today", es: "El día en que cuenta"))),
        (
            "original_date",
            .day("original-date", Text("For a correction: the day it belonged to", es: "El día al que correspondía"))
        ),
        ("expires_on", .day("expires", Text("Last day of the reservation", es: "Último día de la reserva"))),
        (
            "override_reason",
            .text("override", "REASON", Text("Why an advisory line may be overdrawn", es: "Por qué se puede exceder"))
        ),
        ("description", .text("note", "TEXT", Text("For a person to read", es: "Para que lo lea una persona"))),
    ]

    static let postingCommands: [Command] = [
        posting(
            .cut, "cut", Text("Takes from what a line has available", es: "Recorta lo disponible de una línea"),
            "--line 2024-A1-06 --amount 1000.00"),
        posting(
            .transfer, "transfer", Text("Moves what is available to another line", es: "Traslada a otra línea"),
            "--line 2024-A1-06 --to 2024-A1-07 --amount 1000.00"),
        posting(
            .reserve, "reserve", Text("Reserves for a document", es: "Certifica para un documento"),
            "--line 2024-A1-06 --document contract-12 --amount 1000.00"),
        posting(
            .commit, "commit", Text("Commits what a document reserved", es: "Compromete lo certificado"),
            "--line 2024-A1-06 --document contract-12 --amount 1000.00"),
        posting(
            .accrue, "accrue", Text("Recognises what is owed", es: "Devenga lo comprometido"),
            "--line 2024-A1-06 --document contract-12 --amount 1000.00"),
        posting(
            .order, "order", Text("Orders the payment", es: "Gira lo devengado"),
            "--line 2024-A1-06 --document contract-12 --amount 1000.00"),
        posting(
            .pay, "pay", Text("Records the payment", es: "Registra el pago"),
            "--line 2024-A1-06 --document contract-12 --amount 1000.00"),
        posting(
            .release, "release", Text("Gives back what a stage holds", es: "Devuelve lo que una etapa retiene"),
            "--line 2024-A1-06 --document contract-12 --stage reserved --amount 1000.00"),
        posting(
            .return, "return",
            Text(
                "Takes back what a bank rejected or returned", es: "Devuelve lo que un banco rechazó o devolvió"),
            "--line 2024-A1-06 --document contract-12 --stage ordered --amount 1000.00"),
        posting(
            .reverse, "reverse", Text("Undoes one posting, once", es: "Deshace un asiento, una vez"),
            "--line 2024-A1-06 --posting 5d1f --note 'wrong line'"),
    ]

    /// Whether an amount of this kind can be split over lines.
    private static func splits(_ kind: CoordinationV1.PostingKind) -> Bool {
        switch kind {
        case .cut, .transfer, .reserve: true
        case .unspecified, .appropriate, .commit, .accrue, .order, .pay, .release, .reverse, .expire, .carryOver,
            .return:
            false
        }
    }

    private static func posting(
        _ kind: CoordinationV1.PostingKind, _ name: String, _ summary: Text, _ example: String
    ) -> Command {
        Command(
            name, summary, example: "puente budget \(name) \(example) --as ana",
            options: [postingFile, postingMode, PostingRun.results] + (splits(kind) ? [splitFile] : [])
                + fields.map(\.option) + [TypedPosting.again]
        ) { invocation in
            try await Desk.open(invocation) { desk in try await post(kind, desk) }
        }
    }

    private static func post(_ kind: CoordinationV1.PostingKind, _ desk: Desk) async throws {
        if let path = desk.invocation[postingFile] {
            guard fields.allSatisfy({ desk.invocation[$0.option] == nil }), desk.invocation[splitFile] == nil else {
                throw Failure(
                    Text("--file says all about its postings", es: "--file dice todo sobre sus asientos"),
                    at: "--file",
                    remedy: Text("leave the other options out", es: "omita las demás opciones"))
            }
            return try await postFile(kind, path, desk)
        }
        let shares = try desk.invocation[splitFile].map { try SplitFile(try read($0), name: $0) }
        var posting = try await single(kind, desk, shares)
        if posting.postingId.isEmpty {
            posting.postingId = try await TypedPosting(desk: desk, posting: posting).identifier()
        }
        guard let shares else {
            return try await PostingRun(desk: desk, mode: .atomic).post([.init(number: 1, posting: posting)])
        }
        let rows = shares.parts(of: posting.amountMinor).map { part in
            var share = posting
            share.postingId += "/\(part.number)"
            share.amountMinor = part.amountMinor
            if kind == .transfer { share.targetLine = part.line } else { share.line = part.line }
            return PostingFile.Row(number: part.number, posting: share)
        }
        try await PostingRun(desk: desk, mode: .atomic).post(rows)
    }

    /// Posts a file; in mode `atomic` a row that cannot be read refuses all.
    static func postFile(_ kind: CoordinationV1.PostingKind, _ path: String, _ desk: Desk) async throws {
        let table = try PostingFile.table(try read(path), name: path)
        let currencies = try await desk.currencies(of: table.rows.compactMap { $0.values["line"] })
        let file = PostingFile(table, kind: kind, currencies: currencies)
        let mode: CoordinationV1.PostMode =
            switch desk.invocation[postingMode] {
            case "continue": .continue
            case "per-group": .perGroup
            default: .atomic
            }
        if mode == .atomic, !file.faults.isEmpty { throw RowFault.failure(file.faults, in: path) }
        try await PostingRun(desk: desk, mode: mode).post(
            file.rows, faults: file.faults, broken: mode == .perGroup ? file.brokenGroups : [])
    }

    /// The posting that the options describe, in the currency of its line or of the lines it is split over.
    private static func single(
        _ kind: CoordinationV1.PostingKind, _ desk: Desk, _ shares: SplitFile?
    ) async throws -> CoordinationV1.Posting {
        var values: [String: String] = [:]
        for (column, option) in fields { values[column] = desk.invocation[option] }
        guard values["amount"] != nil || kind == .reverse else { throw incomplete }
        guard values["line"] != nil || shares != nil else { throw incomplete }
        let lines = (values["line"].map { [$0] } ?? []) + (shares?.weights.map(\.line) ?? [])
        let currency = try await desk.currency(of: lines)
        do throws(PostingFile.FieldFault) {
            return try PostingFile.posting(kind, [values["line"] ?? "": currency]) { values[$0] ?? "" }
        } catch {
            throw Failure(error.reason, at: "--\(fields.first { $0.column == error.field }?.option.name ?? "amount")")
        }
    }

    private static var incomplete: Failure {
        Failure(
            Text(
                "give --line and --amount (as 1234.50), or --file",
                es: "indique --line y --amount (como 1234.50), o --file"))
    }

    /// A file's bytes.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw Failure(Text("there is no such file to read", es: "no hay tal archivo que leer"), at: path)
        }
        return Array(content)
    }
}
