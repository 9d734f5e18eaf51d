import Contracts
import Vocabulary

/// A file of postings of one kind: the columns it needs, in any order, named by the header.
struct PostingFile {
    /// The columns a file may have.
    static let columns = [
        "posting_id", "line", "amount", "document", "stage", "target_line", "source_document", "reverses", "group",
        "business_date", "original_date", "expires_on", "override_reason", "description",
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

    /// Reads the whole file; throws when it is no table of postings.
    init(_ content: [UInt8], name: String, kind: CoordinationV1.PostingKind) throws(Failure) {
        let table = try NamedRows(content, name: name, needed: Self.needed, known: Self.columns)
        var rows: [Row] = []
        var faults = table.faults
        var broken: Set<String> = []
        for (line, values) in table.rows {
            do throws(FieldFault) {
                rows.append(Row(number: line, posting: try Self.posting(kind, { values[$0] ?? "" })))
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

    /// A posting from named texts. A reversal without an amount is in full.
    static func posting(
        _ kind: CoordinationV1.PostingKind, _ value: (String) -> String
    ) throws(FieldFault) -> CoordinationV1.Posting {
        let amount = value("amount")
        guard let minor = amount.isEmpty && kind == .reverse ? 0 : BudgetFile.minorUnits(amount) else {
            throw FieldFault(
                field: "amount",
                reason: Text(
                    "must have two decimals, as 1234.50", es: "debe tener dos decimales, como 1234.50"))
        }
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
            overrideReason: value("override_reason"))
    }
}
