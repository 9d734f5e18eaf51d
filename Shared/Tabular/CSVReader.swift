/// Reads CSV (RFC 4180) from bytes that arrive piece by piece, record by record, in constant memory.
///
/// Lines end with LF or CR LF; a byte-order mark is skipped; empty lines are skipped; a quote within a field that does
/// not begin with one is an ordinary character, as in most readers (the RFC leaves no meaning for it). Fields are lent as slices of
/// the reader's buffer: nothing is allocated per record or per field.
public struct CSVReader: ~Copyable {
    /// Longest record in bytes. A quote that is never closed is found after this many, not at the end of the file.
    public static let longestRecord = 1 << 20

    var buffer: UnsafeMutablePointer<UInt8>
    var capacity: Int
    /// First byte that belongs to no record handed out yet.
    var start = 0
    var end = 0
    /// Line of the next record.
    var line = 1
    var extents: UnsafeMutablePointer<CSVRow.Extent>
    var extentCapacity = 64
    private var isAtStartOfFile = true

    /// A reader at the start of a file.
    public init() {
        capacity = 1 << 16
        buffer = .allocate(capacity: capacity)
        extents = .allocate(capacity: extentCapacity)
    }

    deinit {
        buffer.deallocate()
        extents.deallocate()
    }

    /// Takes the next bytes of the file and hands out each record that they complete.
    public mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ body: (borrowing CSVRow) -> Void
    ) throws(CSVFault) {
        append(bytes)
        try read(isFinal: false, body)
        if end - start > Self.longestRecord {
            throw CSVFault(.recordTooLong, line: line, column: 1)
        }
    }

    /// Takes the next bytes of the file and hands out each record that they complete.
    public mutating func feed(_ bytes: [UInt8], _ body: (borrowing CSVRow) -> Void) throws(CSVFault) {
        var fault: CSVFault?
        bytes.withUnsafeBytes { bytes in
            do throws(CSVFault) { try feed(bytes, body) } catch { fault = error }
        }
        if let fault { throw fault }
    }

    /// Hands out the last record, which no line feed may follow.
    public mutating func finish(_ body: (borrowing CSVRow) -> Void) throws(CSVFault) {
        try read(isFinal: true, body)
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        let left = end - start
        if left + bytes.count > capacity {
            capacity = (left + bytes.count) * 3 / 2
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            larger.update(from: buffer + start, count: left)
            buffer.deallocate()
            buffer = larger
        } else if start > 0 {
            buffer.update(from: buffer + start, count: left)
        }
        UnsafeMutableRawPointer(buffer + left).copyMemory(from: source, byteCount: bytes.count)
        start = 0
        end = left + bytes.count
    }

    private mutating func read(isFinal: Bool, _ body: (borrowing CSVRow) -> Void) throws(CSVFault) {
        if isAtStartOfFile {
            guard end - start >= 4 || isFinal else { return }
            try skipByteOrderMark()
        }
        while let record = try scan(isFinal: isFinal) {
            let line = line
            let fault = record.fault ?? encodingFault(of: record)
            self.line = line + record.lines
            start = record.next
            if record.isBlank { continue }
            if record.isEscaped { unescape(record.count) }
            body(
                CSVRow(
                    line: line, count: record.count, fault: fault, base: UnsafePointer(buffer),
                    extents: UnsafePointer(extents)))
        }
    }

    private mutating func skipByteOrderMark() throws(CSVFault) {
        isAtStartOfFile = false
        let mark = (0..<min(4, end - start)).map { buffer[start + $0] }
        if mark.starts(with: [0xEF, 0xBB, 0xBF]) {
            start += 3
        } else if mark.starts(with: [0xFF, 0xFE]) || mark.starts(with: [0xFE, 0xFF]) || mark == [0, 0, 0xFE, 0xFF] {
            throw CSVFault(.utf16, line: 1, column: 1)
        }
    }

    /// Looks for bytes that are not UTF-8, in records that hold any byte beyond ASCII.
    private func encodingFault(of record: ScannedRecord) -> CSVFault? {
        guard record.holdsHighBytes else { return nil }
        let bytes = UnsafeRawBufferPointer(start: buffer + start, count: record.next - start)
        guard let offset = UTF8Check.firstFault(in: bytes) else { return nil }
        return fault(.notUTF8, at: start + offset, field: field(at: start + offset, of: record.count))
    }

    private func field(at position: Int, of count: Int) -> Int {
        var field = 0
        while field + 1 < count, extents[field + 1].start <= position { field += 1 }
        return field
    }

    /// Makes doubled quotes single, in place.
    private func unescape(_ count: Int) {
        for index in 0..<count where extents[index].isEscaped {
            let field = buffer + extents[index].start
            var target = 0
            var source = 0
            while source < extents[index].count {
                field[target] = field[source]
                source += field[source] == CSVReader.quote ? 2 : 1
                target += 1
            }
            extents[index].count = target
        }
    }
}
