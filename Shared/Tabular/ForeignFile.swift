import Vocabulary

/// A file that is no CSV with commas, recognised by its first bytes: people send what their programs save.
public enum ForeignFile: Sendable, Equatable, CaseIterable {
    /// `.xlsx`, `.ods` and other archives: ZIP.
    case workbook
    /// `.xls`: Microsoft's compound file.
    case oldWorkbook
    /// PDF.
    case pdf
    /// UTF-16 or UTF-32, as "Unicode text" is saved by spreadsheets.
    case utf16
    /// XML or HTML.
    case markup
    /// JSON.
    case json
    /// gzip.
    case compressed
    /// Columns separated by semicolons, as spreadsheets save them where a comma separates decimals.
    case semicolons
    /// Columns separated by tabs.
    case tabs

    /// What the file is, by its first bytes; nil for what may be CSV with commas.
    public static func recognise(_ opening: some RandomAccessCollection<UInt8>) -> ForeignFile? {
        let marks: [([UInt8], ForeignFile)] = [
            ([0x50, 0x4B, 0x03, 0x04], .workbook), ([0x50, 0x4B, 0x05, 0x06], .workbook),
            ([0xD0, 0xCF, 0x11, 0xE0], .oldWorkbook), (Array("%PDF-".utf8), .pdf), ([0xFF, 0xFE], .utf16),
            ([0xFE, 0xFF], .utf16), ([0x00, 0x00, 0xFE, 0xFF], .utf16), ([0x1F, 0x8B], .compressed),
        ]
        if let (_, kind) = marks.first(where: { opening.starts(with: $0.0) }) { return kind }
        let text = opening.starts(with: [0xEF, 0xBB, 0xBF]) ? opening.dropFirst(3) : opening[...]
        // ASCII letters of UTF-16 without a mark: every second byte is 0.
        let pair = text.prefix(4)
        if pair.count == 4, pair.filter({ $0 == 0 }).count == 2 { return .utf16 }
        switch text.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "<"): return .markup
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        default: break
        }
        let line = text.prefix { $0 != CSVReader.lineFeed && $0 != CSVReader.carriageReturn }
        guard !line.contains(CSVReader.comma) else { return nil }
        if line.contains(UInt8(ascii: ";")) { return .semicolons }
        if line.contains(UInt8(ascii: "\t")) { return .tabs }
        return nil
    }

    /// What was found, what is read, and what to do.
    public var sentence: Sentence {
        switch self {
        case .workbook:
            "this is a workbook (.xlsx, .ods) or another archive; a CSV file with commas, in UTF-8, is read: open it in the"
                + " spreadsheet and save the sheet as \"CSV UTF-8 (comma delimited)\""
        case .oldWorkbook:
            "this is a workbook (.xls); a CSV file with commas, in UTF-8, is read: open it in the spreadsheet and save the"
                + " sheet as \"CSV UTF-8 (comma delimited)\""
        case .pdf:
            "this is a PDF; a CSV file with commas, in UTF-8, is read: ask the sender for the table that it was made from"
        case .utf16:
            "this is UTF-16 or UTF-32 text; a CSV file with commas, in UTF-8, is read: open it in the spreadsheet and save"
                + " the sheet as \"CSV UTF-8 (comma delimited)\", or convert it (iconv -f UTF-16 -t UTF-8)"
        case .markup: "this is XML or HTML; a CSV file with commas, in UTF-8, is read: ask the sender for CSV"
        case .json: "this is JSON; a CSV file with commas, in UTF-8, is read: ask the sender for CSV"
        case .compressed:
            "this is a compressed file (.gz); a CSV file with commas, in UTF-8, is read: unpack it first (gunzip)"
        case .semicolons:
            "the columns are separated by semicolons; a CSV file with commas, in UTF-8, is read: save it with commas (in the"
                + " spreadsheet: \"CSV UTF-8 (comma delimited)\", with a point as the decimal sign)"
        case .tabs:
            "the columns are separated by tabs; a CSV file with commas, in UTF-8, is read: open it in the spreadsheet and"
                + " save the sheet as \"CSV UTF-8 (comma delimited)\""
        }
    }

    /// Whether the bytes are text of another encoding.
    public var isEncoding: Bool { self == .utf16 }
}
