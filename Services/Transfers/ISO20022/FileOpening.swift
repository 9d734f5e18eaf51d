/// The first bytes of a file, which tell what it is when it is not what was expected.
struct FileOpening {
    private static let most = 256
    private var bytes: [UInt8] = []

    mutating func add(_ chunk: UnsafeRawBufferPointer) {
        guard bytes.count < Self.most else { return }
        bytes.append(contentsOf: chunk.prefix(Self.most - bytes.count))
    }

    /// The encoding that the bytes are in by their own shape, where it is not UTF-8.
    var foreignEncoding: String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0x00]) { return "UTF-16LE" }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x00, 0x3C]) { return "UTF-16BE" }
        // `<?xm` in EBCDIC.
        if bytes.starts(with: [0x4C, 0x6F, 0xA7, 0x94]) { return "EBCDIC" }
        return nil
    }

    /// What the file is by its signature, where that is not XML.
    var foreignKind: String? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return isWorkbook ? "workbook" : "zip" }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "workbook" }
        if bytes.starts(with: [0x1F, 0x8B]) { return "gzip" }
        if bytes.starts(with: Array("%PDF".utf8)) { return "pdf" }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let first = text.first(where: { $0 > 0x20 }), first != UInt8(ascii: "<") else { return nil }
        let line = text.prefix { $0 != 0x0A }
        guard line.allSatisfy({ $0 >= 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return "binary" }
        // SWIFT's older statements, in their envelope or from their first field on.
        if line.starts(with: Array("{1:".utf8)) || line.starts(with: Array(":20:".utf8)) { return "mt940" }
        if first == UInt8(ascii: "{") { return "json" }
        return line.contains { $0 == 0x2C || $0 == 0x3B || $0 == 0x09 } ? "csv" : "text"
    }

    /// An Office Open XML package begins with its list of contents.
    private var isWorkbook: Bool {
        let name = bytes.dropFirst(30)
        return ["[Content_Types].xml", "_rels/", "xl/", "docProps/"].contains { name.starts(with: Array($0.utf8)) }
    }
}
