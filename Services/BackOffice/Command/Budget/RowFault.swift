import Tabular

/// What is wrong with one row of a budget file.
struct RowFault: Equatable {
    /// The line of the file.
    let line: Int
    /// The column; empty when the whole row is meant.
    let field: String
    let reason: Text

    /// Where and why, for a person.
    func description(_ file: String, _ language: Language) -> String {
        "\(file):\(line): " + (field.isEmpty ? "" : "\(field): ") + reason(language)
    }

    /// One refusal for all of a file's faults: the first few are named.
    static func failure(_ faults: [RowFault], in file: String) -> Failure {
        let remedy = Text(
            "correct the file and give it again; nothing was posted",
            es: "corrija el archivo y délo otra vez; no se registró nada")
        if faults.count == 1, let fault = faults.first {
            let field = fault.field.isEmpty ? "" : "\(fault.field): "
            return Failure(
                Text(field + fault.reason.english, es: field + fault.reason.spanish), at: "\(file):\(fault.line)",
                remedy: remedy)
        }
        func listed(_ language: Language) -> String {
            faults.prefix(20).map { "\n  " + $0.description(file, language) }.joined()
                + (faults.count > 20 ? "\n  …" : "")
        }
        return Failure(
            Text(
                "\(faults.count) rows cannot be read:" + listed(.english),
                es: "\(faults.count) filas no se pueden leer:" + listed(.spanish)), at: file, remedy: remedy)
    }
}

/// The rows of a CSV file with a header, field by field by the column's name.
struct NamedRows {
    /// The columns of the header.
    let columns: [String]
    /// Each row's line in the file and its values.
    let rows: [(line: Int, values: [String: String])]
    /// Rows that are no rows of this table.
    let faults: [RowFault]

    /// Reads the file; throws when it is no table, or when its header lacks a needed column or has an unknown one.
    init(_ content: [UInt8], name: String, needed: [String], known: [String]) throws(Failure) {
        let parsed = Parsing()
        var reader = CSVReader()
        do throws(CSVFault) {
            try reader.feed(content) { parsed.take($0) }
            try reader.finish { parsed.take($0) }
        } catch {
            throw Failure(SentenceWords.words(error.sentence), at: "\(name):\(error.line)")
        }
        let header = parsed.header ?? []
        let isKnown = header.allSatisfy { known.contains($0) } && Set(header).count == header.count
        guard isKnown, Set(needed).isSubset(of: header) else {
            let (needs, all) = (needed.joined(separator: ","), known.joined(separator: ","))
            throw Failure(
                Text(
                    "the header needs \(needs), and may have \(all)",
                    es: "el encabezado necesita \(needs), y puede tener \(all)"), at: "\(name):1")
        }
        guard !parsed.rows.isEmpty || !parsed.faults.isEmpty else {
            throw Failure(Text("has no rows", es: "no tiene filas"), at: name)
        }
        columns = header
        rows = parsed.rows
        faults = parsed.faults
    }

    private final class Parsing {
        var header: [String]?
        var rows: [(line: Int, values: [String: String])] = []
        var faults: [RowFault] = []

        func take(_ row: borrowing CSVRow) {
            let line = Int(row.line)
            if let fault = row.fault {
                faults.append(RowFault(line: line, field: "", reason: SentenceWords.words(fault.sentence)))
                return
            }
            let fields = row.strings()
            guard let header else {
                header = fields
                return
            }
            guard fields.count == header.count else {
                faults.append(
                    RowFault(
                        line: line, field: "",
                        reason: Text(
                            "has \(fields.count) fields; \(header.count) are expected",
                            es: "tiene \(fields.count) campos; se esperan \(header.count)")))
                return
            }
            rows.append((line, Dictionary(zip(header, fields)) { first, _ in first }))
        }
    }
}
