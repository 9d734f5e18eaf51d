import Contracts
import Tabular

/// A file of postings of one kind: the columns it needs, in any order, named by the header.
struct PostingFile {
    /// The columns a file may have; `posting_id`, `line` and `amount` are needed.
    static let columns = [
        "posting_id", "line", "amount", "document", "stage", "target_line", "source_document", "reverses", "group",
        "business_date", "original_date", "expires_on", "override_reason", "description",
    ]

    /// One posting and the line of the file it stands in.
    struct Row: Equatable {
        var number: Int
        var posting: CoordinationV1.Posting
    }

    let rows: [Row]

    /// Reads the whole file; throws at the first field that cannot be a posting's.
    init(_ content: [UInt8], name: String, kind: CoordinationV1.PostingKind) throws {
        let parsed = Parsing(name: name, kind: kind)
        var reader = CSVReader()
        do throws(CSVFault) {
            try reader.feed(content) { parsed.take($0) }
            try reader.finish { parsed.take($0) }
        } catch {
            throw Self.refusal("\(name):\(error.line)", error.message, es: error.message)
        }
        if let failure = parsed.failure { throw failure }
        guard !parsed.rows.isEmpty else { throw Self.refusal(name, "has no rows", es: "no tiene filas") }
        rows = parsed.rows
    }

    private final class Parsing {
        let name: String
        let kind: CoordinationV1.PostingKind
        var rows: [Row] = []
        var failure: Failure?
        private var header: [String]?

        init(name: String, kind: CoordinationV1.PostingKind) {
            self.name = name
            self.kind = kind
        }

        func take(_ row: borrowing CSVRow) {
            guard failure == nil else { return }
            let place = "\(name):\(row.line)"
            if let fault = row.fault {
                failure = PostingFile.refusal(place, fault.message, es: fault.message)
                return
            }
            let number = Int(row.line)
            do throws(Failure) { try take(row.strings(), number, place) } catch { failure = error }
        }

        private func take(_ fields: [String], _ number: Int, _ place: String) throws(Failure) {
            guard let header else {
                let unknown = fields.first { !PostingFile.columns.contains($0) }
                guard unknown == nil, Set(["posting_id", "line", "amount"]).isSubset(of: fields) else {
                    let all = PostingFile.columns.joined(separator: ",")
                    throw PostingFile.refusal(
                        place, "the header needs posting_id, line and amount, and may have \(all)",
                        es: "el encabezado necesita posting_id, line y amount, y puede tener \(all)")
                }
                header = fields
                return
            }
            guard fields.count == header.count else {
                throw PostingFile.refusal(
                    place, "has \(fields.count) fields; \(header.count) are expected",
                    es: "tiene \(fields.count) campos; se esperan \(header.count)")
            }
            var values: [String: String] = [:]
            for (column, field) in zip(header, fields) { values[column] = field }
            guard let posting = PostingFile.posting(kind, { values[$0] ?? "" }) else {
                throw PostingFile.refusal(
                    place, "amount must have two decimals, as 1234.50",
                    es: "amount debe tener dos decimales, como 1234.50")
            }
            rows.append(Row(number: number, posting: posting))
        }
    }

    /// A posting from named texts; nil when the amount cannot be read. A reversal without an amount is in full.
    static func posting(
        _ kind: CoordinationV1.PostingKind, _ value: (String) -> String
    ) -> CoordinationV1.Posting? {
        let amount = value("amount")
        guard let minor = amount.isEmpty && kind == .reverse ? 0 : BudgetFile.minorUnits(amount) else { return nil }
        return .init(
            postingId: value("posting_id"), kind: kind, line: value("line"), amountMinor: minor,
            document: value("document"), stage: value("stage"), reverses: value("reverses"),
            description: value("description"), group: value("group"), targetLine: value("target_line"),
            sourceDocument: value("source_document"), businessDate: value("business_date"),
            originalDate: value("original_date"), expiresOn: value("expires_on"),
            overrideReason: value("override_reason"))
    }

    private static func refusal(_ place: String, _ what: String, es: String) -> Failure {
        Failure(
            Text(what, es: es), at: place,
            remedy: Text(
                "correct the file and give it again; nothing was posted",
                es: "corrija el archivo y délo otra vez; no se registró nada"))
    }
}
