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
