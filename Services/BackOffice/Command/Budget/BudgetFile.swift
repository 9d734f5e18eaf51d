import Contracts
import Crypto

/// A file of appropriations: one budget line a row, which is opened if it is new.
struct BudgetFile {
    /// The columns a file must have.
    static let header = [
        "line", "fiscal_year", "fund", "ministry", "programme", "territory_code", "currency", "appropriation",
    ]
    /// The columns it may have besides.
    static let optional = ["control", "scheme"]

    /// A line of the budget, and what is appropriated to it.
    struct Row: Equatable {
        var number: Int
        var line: CoordinationV1.BudgetLine
        var appropriationMinor: Int64
    }

    let rows: [Row]
    /// SHA-256 of the bytes: the same file appropriates once.
    let digest: String

    /// Reads and checks the whole file; throws naming every bad field with its line.
    init(_ content: [UInt8], name: String) throws(Failure) {
        digest = Hexadecimal.string(SHA256.digest(of: content))
        let table = try NamedRows(content, name: name, needed: Self.header, known: Self.header + Self.optional)
        var rows: [Row] = []
        var faults = table.faults
        var seen: Set<String> = []
        for (number, values) in table.rows {
            do throws(PostingFile.FieldFault) {
                let row = try Self.row(number, { values[$0] ?? "" })
                guard seen.insert(row.line.line).inserted else {
                    throw .init(
                        field: "line",
                        reason: Text(
                            "\(row.line.line) stands in the file twice", es: "\(row.line.line) aparece dos veces"))
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
        let amount = value("appropriation")
        guard let minor = minorUnits(amount), minor > 0 else {
            throw .init(
                field: "appropriation",
                reason: Text(
                    "must be above zero with two decimals, as 1234.50",
                    es: "debe ser mayor que cero con dos decimales, como 1234.50"))
        }
        return Row(number: number, line: try line(value), appropriationMinor: minor)
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
        let currency = value("currency")
        guard currency.count == 3, currency.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
            throw .init(
                field: "currency",
                reason: Text("must be an ISO 4217 code", es: "debe ser un código ISO 4217"))
        }
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

    /// Major units with exactly two decimals as minor units.
    static func minorUnits(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, !parts[0].isEmpty,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            let major = Int64(parts[0]), let minor = Int64(parts[1])
        else { return nil }
        let (scaled, overflow) = major.multipliedReportingOverflow(by: 100)
        let (sum, overflowToo) = scaled.addingReportingOverflow(minor)
        return overflow || overflowToo ? nil : sum
    }
}
