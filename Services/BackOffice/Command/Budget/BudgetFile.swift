import Contracts
import Crypto
import Foundation
import Tabular

/// A file of appropriations: one budget line a row.
struct BudgetFile {
    /// The exact header.
    static let header = [
        "line", "fiscal_year", "fund", "ministry", "programme", "territory_code", "currency", "appropriation",
    ]

    /// A line of the budget, and what is appropriated to it.
    struct Row: Equatable {
        var line: CoordinationV1.BudgetLine
        var appropriationMinor: Int64
    }

    let rows: [Row]
    /// SHA-256 of the bytes: the same file appropriates once.
    let digest: String

    /// Reads and checks the whole file; throws at the first bad field, with its line.
    init(_ content: [UInt8], name: String) throws {
        digest = Hexadecimal.string(SHA256.digest(of: content))
        let parsed = Parsing(name: name)
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

    /// The rows taken so far, and the first fault.
    private final class Parsing {
        let name: String
        var rows: [Row] = []
        var failure: Failure?
        private var seen: Set<String> = []
        private var headerSeen = false

        init(name: String) { self.name = name }

        func take(_ row: borrowing CSVRow) {
            guard failure == nil else { return }
            let place = "\(name):\(row.line)"
            if let fault = row.fault {
                failure = BudgetFile.refusal(place, fault.message, es: fault.message)
                return
            }
            do throws(Failure) { try take(row.strings(), place) } catch { failure = error }
        }

        private func take(_ fields: [String], _ place: String) throws(Failure) {
            guard headerSeen else {
                headerSeen = true
                let expected = BudgetFile.header.joined(separator: ",")
                guard fields == BudgetFile.header else {
                    throw BudgetFile.refusal(
                        place, "the header must be \(expected)", es: "el encabezado debe ser \(expected)")
                }
                return
            }
            let row = try BudgetFile.row(fields, place)
            guard seen.insert(row.line.line).inserted else {
                throw BudgetFile.refusal(
                    place, "line: \(row.line.line) stands in the file twice",
                    es: "line: \(row.line.line) aparece dos veces")
            }
            rows.append(row)
        }
    }

    private static func row(_ fields: [String], _ place: String) throws(Failure) -> Row {
        guard fields.count == header.count else {
            throw refusal(
                place, "has \(fields.count) fields; \(header.count) are expected",
                es: "tiene \(fields.count) campos; se esperan \(header.count)")
        }
        for index in [0, 2, 3, 4, 5] where fields[index].isEmpty {
            throw refusal(place, "\(header[index]) is empty", es: "\(header[index]) está vacío")
        }
        guard let year = Int32(fields[1]), (2000...2100).contains(year) else {
            throw refusal(place, "fiscal_year must be a year", es: "fiscal_year debe ser un año")
        }
        guard fields[6].count == 3, fields[6].allSatisfy({ $0.isASCII && $0.isUppercase }) else {
            throw refusal(place, "currency must be an ISO 4217 code", es: "currency debe ser un código ISO 4217")
        }
        guard let amount = minorUnits(fields[7]), amount > 0 else {
            throw refusal(
                place, "appropriation must be above zero with two decimals, as 1234.50",
                es: "appropriation debe ser mayor que cero con dos decimales, como 1234.50")
        }
        return Row(
            line: .init(
                line: fields[0], fiscalYear: year, fund: fields[2], ministry: fields[3], programme: fields[4],
                territory: fields[5], currency: fields[6]),
            appropriationMinor: amount)
    }

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

    private static func refusal(_ place: String, _ what: String, es: String) -> Failure {
        Failure(
            Text(what, es: es), at: place,
            remedy: Text(
                "correct the file and give it again; nothing was appropriated",
                es: "corrija el archivo y délo otra vez; no se asignó nada"))
    }
}
