import Foundation
import Tabular

/// Reads a public CSV file column by column name.
enum FigureTable {

    /// A row, lent for the length of a call.
    struct Row: ~Copyable {
        let line: Int
        let fields: [String]
        let file: String
        let columns: [String]

        /// A column that the header is known to have.
        func text(_ column: String) -> String {
            columns.firstIndex(of: column).flatMap { $0 < fields.count ? fields[$0] : nil } ?? ""
        }

        /// A count as public files write it: `431`, `431.0`, `5,234`; nil: blank, which means no data.
        func count(_ column: String) throws(PopulationError) -> Int? {
            let text = text(column).filter { $0 != "," && $0 != " " }
            if text.isEmpty { return nil }
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count <= 2, let whole = Int(parts[0]), whole >= 0,
                parts.count == 1 || (!parts[1].isEmpty && parts[1].allSatisfy { $0 == "0" })
            else {
                throw .wrongRow(file: file, line: line, column: column, reason: "expected a whole number of households")
            }
            return whole
        }
    }

    /// Hands out the rows of `file`, whose header must have the `required` columns.
    static func read(
        _ file: String, required: [String], _ body: (borrowing Row) throws -> Void
    ) throws {
        guard let handle = FileHandle(forReadingAtPath: file) else { throw PopulationError.unreadable(file: file) }
        defer { try? handle.close() }
        var columns: [String] = []
        var failure: (any Error)?
        func take(_ record: borrowing CSVRow) {
            if failure != nil { return }
            do {
                if let fault = record.fault {
                    throw PopulationError.wrongRow(
                        file: file, line: record.line, column: "row", reason: fault.sentence.text)
                }
                if columns.isEmpty {
                    columns = record.strings()
                    for column in required where !columns.contains(column) {
                        throw PopulationError.missingColumn(file: file, column: column)
                    }
                } else {
                    try body(Row(line: record.line, fields: record.strings(), file: file, columns: columns))
                }
            } catch {
                failure = error
            }
        }
        var reader = CSVReader()
        do {
            while let data = try handle.read(upToCount: 1 << 16), !data.isEmpty {
                try reader.feed([UInt8](data), take)
                if let failure { throw failure }
            }
            try reader.finish(take)
        } catch let fault as CSVFault {
            throw PopulationError.wrongRow(file: file, line: fault.line, column: "row", reason: fault.sentence.text)
        }
        if let failure { throw failure }
        if columns.isEmpty { throw PopulationError.missingColumn(file: file, column: required[0]) }
    }
}
