import Tabular
import Testing

@Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2\r", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}", []),
    ("", []),
    ("\n\n", []),
    ("a\n\nb\n", [["a"], ["b"]]),
    (",\n", [["", ""]]),
    ("a,\n", [["a", ""]]),
    ("a,", [["a", ""]]),
    ("\"\"\n", [[""]]),
    ("\"a\",\"b,c\",\"d\"\"e\"\"\"\n", [["a", "b,c", "d\"e\""]]),
    ("\"a\nb\",c\r\n\"d\r\ne\",f\n", [["a\nb", "c"], ["d\r\ne", "f"]]),
    ("Ñahuinpuquio,Áncash,漢字,👩‍🌾\n", [["Ñahuinpuquio", "Áncash", "漢字", "👩‍🌾"]]),
    (" a , b \n", [[" a ", " b "]]),
    ("5\"x,a \"b\"\n", [["5\"x", "a \"b\""]]),
])
func wellFormedTextIsReadAsRFC4180Says(text: String, expected: [[String]]) throws {
    #expect(try rows(of: text).map(\.fields) == expected)
}

@Test func linesAreCountedThroughQuotedLineFeedsAndEmptyLines() throws {
    let text = "h\n\"one\ntwo\nthree\"\n\nafter\r\n\"x\r\ny\"\nlast"
    #expect(try rows(of: text).map(\.line) == [1, 2, 6, 7, 9])
}

@Test func piecesOfAnySizeGiveTheSameRows() throws {
    let text =
        "\u{FEFF}código,nombre\r\n1,\"Ñ \"\"x\"\", y\r\nz\"\r\n\r\n2,plain\n3,\"\"\n\"4\",a\"b\n5,\"c\"d,e\n"
        + "6,fin"
    let bytes = Array(text.utf8)
    let expected = try rows(of: bytes, piecesOf: bytes.count)
    #expect(expected.count == 7)
    for size in 1..<bytes.count {
        #expect(try rows(of: bytes, piecesOf: size) == expected, "pieces of \(size)")
    }
}

@Test func moreFieldsThanTheReaderBeganWithAreAllRead() throws {
    let fields = (0..<300).map(String.init)
    #expect(try rows(of: fields.joined(separator: ",") + "\n").map(\.fields) == [fields])
}

@Test(arguments: [
    ("a,b\nx,y\u{0}z\n", CSVFault(.nulCharacter, line: 2, column: 4, field: 1)),
    ("a,b\nx,\"y\u{0}\"\n", CSVFault(.nulCharacter, line: 2, column: 5, field: 1)),
    ("a,b\n\"x\"y,z\n", CSVFault(.textAfterQuote, line: 2, column: 4, field: 0)),
    ("a,b\n\"x\" ,z\n", CSVFault(.textAfterQuote, line: 2, column: 4, field: 0)),
    ("a,b\n1,x\ry\n", CSVFault(.bareCarriageReturn, line: 2, column: 4, field: 1)),
])
func aFaultIsReportedOnItsRowAndReadingGoesOn(text: String, fault: CSVFault) throws {
    let read = try rows(of: text + "3,4\n")
    #expect(read.map(\.fault) == [nil, fault, nil])
    #expect(read.last?.fields == ["3", "4"])
}

private let notUTF8: [([UInt8], CSVFault)] = [
    (Array("a,b\n1,Mu\u{1}oz\n".utf8), CSVFault(.notUTF8, line: 2, column: 5, field: 1)),
    (Array("a,b\n\"x\ny\u{2}\",2\n".utf8), CSVFault(.notUTF8, line: 3, column: 2)),
    (Array("a,b\né,\u{3}\n".utf8), CSVFault(.notUTF8, line: 2, column: 4, field: 1)),
    (Array("a,b\n1,\u{4}".utf8), CSVFault(.notUTF8, line: 2, column: 3, field: 1)),
]

/// Latin-1 ñ, an overlong NUL, a surrogate, a sequence cut short: each stands where its placeholder stood.
private let badSequences: [[UInt8]] = [[], [0xF1], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3]]

@Test(arguments: notUTF8)
func bytesThatAreNotUTF8AreNamedByLineAndColumn(bytes: [UInt8], fault: CSVFault) throws {
    let placed = bytes.flatMap { (1...4).contains($0) ? badSequences[Int($0)] : [$0] }
    let read = try rows(of: placed)
    #expect(read.map(\.fault) == [nil, fault])
}

@Test(arguments: [
    (Array("a,b\n1,2\n3,\"x,y\nz\n".utf8), CSVFault(.unterminatedQuote, line: 3, column: 3, field: 1)),
    ([0xFF, 0xFE, 0x61, 0x00], CSVFault(.utf16, line: 1, column: 1)),
    ([0xFE, 0xFF, 0x00, 0x61], CSVFault(.utf16, line: 1, column: 1)),
])
func whatHasNoEndOfRecordEndsTheReading(bytes: [UInt8], fault: CSVFault) {
    #expect(throws: fault) { try rows(of: bytes) }
}

@Test func aQuoteNeverClosedIsFoundBeforeTheFileEnds() {
    var reader = CSVReader()
    let megabyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    #expect(throws: CSVFault(.recordTooLong, line: 2, column: 1)) {
        try reader.feed(Array("a\n\"".utf8)) { _ in }
        for _ in 0..<3 { try reader.feed(megabyte) { _ in } }
    }
}
