import Foundation
import Tabular

/// A record as tests compare it.
struct ReadRow: Equatable {
    var line: Int
    var fields: [String]
    var fault: CSVFault?
}

/// Reads a whole file, given to the reader in pieces of `size` bytes.
func rows(of bytes: [UInt8], piecesOf size: Int = 4096) throws -> [ReadRow] {
    var reader = CSVReader()
    var rows: [ReadRow] = []
    func add(_ row: borrowing CSVRow) {
        rows.append(ReadRow(line: row.line, fields: row.fault == nil ? row.strings() : [], fault: row.fault))
    }
    for start in stride(from: 0, to: bytes.count, by: size) {
        try reader.feed(Array(bytes[start..<min(start + size, bytes.count)]), add)
    }
    try reader.finish(add)
    return rows
}

/// Reads a whole file.
func rows(of text: String) throws -> [ReadRow] {
    try rows(of: Array(text.utf8))
}

/// Reference files that the project is given beside its repository; nil where they are missing.
func referenceData(_ path: String) -> URL? {
    guard let root = ProcessInfo.processInfo.environment["PUENTE_REFERENCE_DATA"] else { return nil }
    let url = URL(fileURLWithPath: root).appendingPathComponent(path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
}
