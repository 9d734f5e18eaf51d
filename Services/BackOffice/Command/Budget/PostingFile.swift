import Contracts
import Vocabulary

/// A file of postings of one kind: the columns it needs, in any order, named by the header.
struct PostingFile {
    /// The columns a file may have.
    static let columns = [
        "posting_id", "line", "amount", "document", "stage", "target_line", "source_document", "reverses", "group",
        "business_date", "original_date", "expires_on", "override_reason", "description", "currency",
    ]
    /// The columns a file must have.
    static let needed = ["posting_id", "line", "amount"]

    /// One posting and the line of the file it stands in.
    struct Row: Equatable {
        var number: Int
        var posting: CoordinationV1.Posting
    }

    let rows: [Row]
    /// Rows that cannot be read as a posting.
    let faults: [RowFault]
    /// Groups that one of those rows belongs to: they cannot be posted as a whole.
    let brokenGroups: Set<String>

    /// The rows of a file; throws when it is no table of postings.
    static func table(_ content: [UInt8], name: String) throws(Failure) -> NamedRows {
        try NamedRows(content, name: name, needed: needed, known: columns)
    }

    /// Reads the rows; amounts are in their lines' currencies, which `currencies` says.
    init(_ table: NamedRows, kind: CoordinationV1.PostingKind, currencies: [String: Currency]) {
        var rows: [Row] = []
        var faults = table.faults
        var broken: Set<String> = []
        for (line, values) in table.rows {
            do throws(FieldFault) {
                rows.append(Row(number: line, posting: try Self.posting(kind, currencies) { values[$0] ?? "" }))
            } catch {
                faults.append(RowFault(line: line, field: error.field, reason: error.reason))
                if let group = values["group"], !group.isEmpty { broken.insert(group) }
            }
        }
        self.rows = rows
        self.faults = faults.sorted { $0.line < $1.line }
        brokenGroups = broken
    }

    /// A text that is not what its column holds.
    struct FieldFault: Error {
        let field: String
        let reason: Text
    }

    /// A posting from named texts. A reversal without an amount is in full. The currency is the line's, and may be said.
    static func posting(
        _ kind: CoordinationV1.PostingKind, _ currencies: [String: Currency], _ value: (String) -> String
    ) throws(FieldFault) -> CoordinationV1.Posting {
        guard let lines = currencies[value("line")] else {
            throw FieldFault(
                field: "line",
                reason: Text(
                    "there is no budget line \(value("line"))", es: "no hay línea presupuestal \(value("line"))"))
        }
        let currency = value("currency").isEmpty ? lines : try BudgetAmount.currency(value("currency"))
        guard currency == lines else {
            throw FieldFault(
                field: "currency",
                reason: Text(
                    "the line is in \(lines), not in \(currency)", es: "la línea es en \(lines), no en \(currency)"))
        }
        let amount = value("amount")
        let minor = amount.isEmpty && kind == .reverse ? 0 : try BudgetAmount.read(amount, currency)
        for field in ["business_date", "original_date", "expires_on"] {
            guard value(field).isEmpty || CalendarDate(iso8601: value(field)) != nil else {
                throw FieldFault(
                    field: field, reason: Text("is not a day as 2024-08-31", es: "no es un día como 2024-08-31"))
            }
        }
        return .init(
            postingId: value("posting_id"), kind: kind, line: value("line"), amountMinor: minor,
            document: value("document"), stage: value("stage"), reverses: value("reverses"),
            description: value("description"), group: value("group"), targetLine: value("target_line"),
            sourceDocument: value("source_document"), businessDate: value("business_date"),
            originalDate: value("original_date"), expiresOn: value("expires_on"),
            overrideReason: value("override_reason"), currency: currency.code)
    }
}
