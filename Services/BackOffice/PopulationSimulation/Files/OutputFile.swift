import Contracts
import Foundation
import Tabular
import Vocabulary

/// A file that gets its name only when it is complete: with a header, a CSV file.
final class OutputFile {
    let path: String
    private let handle: FileHandle
    var rows: CSVWriter

    init(_ name: String, in directory: String, header: String?) throws {
        path = directory + "/" + name
        let partial = path + ".partial"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw PopulationError.unwritable(file: path) }
        self.handle = handle
        rows = CSVWriter(flushingAt: 1 << 20) { bytes in try handle.write(contentsOf: bytes) }
        if let header { try rows.row(header.split(separator: ",").map(String.init)) }
    }

    /// Writes a text as it is, in a file that has no rows.
    func write(_ text: String) throws {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw PopulationError.unwritable(file: path)
        }
    }

    /// Writes what is left and gives the file its name.
    func complete() throws {
        do {
            try rows.flush()
            try handle.close()
            guard rename(path + ".partial", path) == 0 else { throw PopulationError.unwritable(file: path) }
        } catch {
            throw PopulationError.unwritable(file: path)
        }
    }

    /// Removes what was written.
    func abandon() {
        try? handle.close()
        try? FileManager.default.removeItem(atPath: path + ".partial")
    }
}

extension CSVWriter {
    /// Adds a field of bytes that are UTF-8.
    mutating func add(bytes: [UInt8]) {
        bytes.withUnsafeBytes { add(utf8: $0) }
    }

    /// Adds a word that is known at compile time.
    mutating func add(word: StaticString) {
        add(utf8: UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// Adds an ISO date.
    mutating func add(_ date: CalendarDate) {
        withUnsafeTemporaryAllocation(byteCount: 10, alignment: 1) { digits in
            func put(_ value: Int, _ start: Int, _ count: Int) {
                var left = value
                for place in (start..<start + count).reversed() {
                    digits[place] = 48 + UInt8(left % 10)
                    left /= 10
                }
            }
            put(date.year, 0, 4)
            digits[4] = 45
            put(date.month, 5, 2)
            digits[7] = 45
            put(date.day, 8, 2)
            add(utf8: UnsafeRawBufferPointer(digits))
        }
    }

    /// Adds two names with a space between them.
    mutating func add(_ first: Name, _ second: Name) {
        withUnsafeTemporaryAllocation(byteCount: first.utf8.count + second.utf8.count + 1, alignment: 1) { text in
            for (offset, byte) in first.utf8.enumerated() { text[offset] = byte }
            text[first.utf8.count] = 32
            for (offset, byte) in second.utf8.enumerated() { text[first.utf8.count + 1 + offset] = byte }
            add(utf8: UnsafeRawBufferPointer(text))
        }
    }
}
