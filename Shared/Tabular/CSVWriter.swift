import Vocabulary

/// Writes CSV (RFC 4180) as UTF-8 bytes: commas, LF line ends, quotes only where they are needed.
///
/// A text that a spreadsheet would take as a formula is written with an apostrophe before it (OWASP, "CSV Injection"): whoever
/// opens a report runs nothing that came in with a name.
public struct CSVWriter {
    private var bytes: [UInt8] = []
    private var isAtRowStart = true
    private let limit: Int
    private let sink: ([UInt8]) throws -> Void

    /// A writer that hands `sink` its bytes whenever `limit` of them have gathered, and at the end.
    public init(flushingAt limit: Int = 1 << 16, to sink: @escaping ([UInt8]) throws -> Void) {
        self.limit = limit
        self.sink = sink
        bytes.reserveCapacity(limit + 4096)
    }

    /// Adds a field of text.
    public mutating func add(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { addQuotedWhereNeeded(UnsafeRawBufferPointer($0)) }
    }

    /// Adds a field of text given as UTF-8.
    public mutating func add(utf8 text: UnsafeRawBufferPointer) {
        separate()
        addQuotedWhereNeeded(text)
    }

    /// Adds a whole number.
    public mutating func add(_ number: Int64) {
        separate()
        append(decimal: number)
    }

    /// Adds a whole number.
    public mutating func add(_ number: Int) {
        add(Int64(number))
    }

    /// Adds an empty field.
    public mutating func addEmpty() {
        separate()
    }

    /// Ends the row.
    public mutating func endRow() throws {
        bytes.append(CSVReader.lineFeed)
        isAtRowStart = true
        if bytes.count >= limit { try flush() }
    }

    /// Adds a row of texts.
    public mutating func row(_ fields: [String]) throws {
        for field in fields { add(field) }
        // A row of one empty field would be an empty line, which readers skip.
        if fields == [""] { bytes.append(contentsOf: [CSVReader.quote, CSVReader.quote]) }
        try endRow()
    }

    /// Hands over what has gathered.
    public mutating func flush() throws {
        guard !bytes.isEmpty else { return }
        try sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func separate() {
        if !isAtRowStart { bytes.append(CSVReader.comma) }
        isAtRowStart = false
    }

    private mutating func addQuotedWhereNeeded(_ text: UnsafeRawBufferPointer) {
        let isFormula = PlainText.isFormula(text)
        let needsQuotes = text.contains { byte in
            byte <= CSVReader.comma
                && (byte == CSVReader.comma || byte == CSVReader.quote || byte == CSVReader.lineFeed
                    || byte == CSVReader.carriageReturn)
        }
        guard needsQuotes else {
            if isFormula { bytes.append(UInt8(ascii: "'")) }
            bytes.append(contentsOf: text)
            return
        }
        bytes.append(CSVReader.quote)
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in text {
            if byte == CSVReader.quote { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(CSVReader.quote)
    }

    private mutating func append(decimal number: Int64) {
        var magnitude = number.magnitude
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let first = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[first...].reverse()
    }
}
