import Contracts
import Vocabulary

/// A file of appropriations: one budget line a row, which is opened if it is new.
struct BudgetFile {
    /// The columns a file must have.
    static let header = [
        "line", "fiscal_year", "fund", "ministry", "programme", "territory_code", "currency", "appropriation",
    ]
    /// The columns it may have besides.
    static let optional = ["control", "scheme", "document"]

    /// A line of the budget, and what is appropriated to it.
    struct Row: Equatable {
        var number: Int
        var line: CoordinationV1.BudgetLine
        var appropriationMinor: Int64
        /// The law or decree that appropriates. With the line it says which appropriation the row is, whatever the bytes of
        /// the file: given again, it is the same one.
        var document: String
    }

    /// What appropriates where a file does not say: the year's initial budget.
    static func initialBudget(of year: Int32) -> String { "budget-\(year)" }

    let rows: [Row]

    /// Reads and checks the whole file; throws naming every bad field with its line.
    init(_ content: [UInt8], name: String) throws(Failure) {
        let table = try NamedRows(content, name: name, needed: Self.header, known: Self.header + Self.optional)
        var rows: [Row] = []
        var faults = table.faults
        var seen: Set<String> = []
        for (number, values) in table.rows {
            do throws(PostingFile.FieldFault) {
                let row = try Self.row(number, { values[$0] ?? "" })
                guard seen.insert("\(row.line.line) \(row.document)").inserted else {
                    throw .init(
                        field: "line",
                        reason: Text(
                            "\(row.line.line) stands in the file twice for \(row.document)",
                            es: "\(row.line.line) aparece dos veces para \(row.document)"))
                }
                rows.append(row)
            } catch {
                faults.append(RowFault(line: number, field: error.field, reason: error.reason))
            }
        }
        guard faults.isEmpty else {
            throw RowFault.failure(faults.sorted { $0.line < $1.line }, in: name)
        }
        self.rows = rows
    }

    private static func row(
        _ number: Int, _ value: (String) -> String
    ) throws(PostingFile.FieldFault) -> Row {
        let line = try line(value)
        let minor: Int64
        do throws(PostingFile.FieldFault) {
            minor = try BudgetAmount.read(value("appropriation"), try BudgetAmount.currency(line.currency))
        } catch {
            throw .init(field: "appropriation", reason: error.reason)
        }
        let document = value("document")
        guard document.utf8.count <= 64 else {
            throw .init(field: "document", reason: Text("is longer than 64 bytes", es: "tiene más de 64 bytes"))
        }
        return Row(
            number: number, line: line, appropriationMinor: minor,
            document: document.isEmpty ? initialBudget(of: line.fiscalYear) : document)
    }

    /// A budget line from named texts.
    static func line(
        _ value: (String) -> String
    ) throws(PostingFile.FieldFault) -> CoordinationV1.BudgetLine {
        for field in ["line", "fund", "ministry", "programme", "territory_code"] where value(field).isEmpty {
            throw .init(field: field, reason: Text("is empty", es: "está vacío"))
        }
        guard let year = Int32(value("fiscal_year")), (1900...2999).contains(year) else {
            throw .init(field: "fiscal_year", reason: Text("must be a year", es: "debe ser un año"))
        }
        let currency = try BudgetAmount.currency(value("currency")).code
        guard let control = controlLevels[value("control")] else {
            throw .init(
                field: "control",
                reason: Text(
                    "must be absolute, advisory, none or empty", es: "debe ser absolute, advisory, none o vacío"))
        }
        return .init(
            line: value("line"), fiscalYear: year, fund: value("fund"), ministry: value("ministry"),
            programme: value("programme"), territory: value("territory_code"), currency: currency, control: control,
            scheme: value("scheme"))
    }

    /// The control levels by what is typed; nothing means absolute.
    static let controlLevels: [String: CoordinationV1.ControlLevel] = [
        "": .unspecified, "absolute": .absolute, "advisory": .advisory, "none": .none,
    ]
}
