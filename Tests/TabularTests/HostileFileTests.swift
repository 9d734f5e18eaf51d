import Foundation
import Tabular
import Testing
import Vocabulary

/// Files of github.com/maxogden/csv-spectrum, each with the JSON that a right reader gives.
@Test(.enabled(if: referenceData("hostile/csv-spectrum/csvs") != nil, "csv-spectrum is not at hand"))
func everyFileOfCSVSpectrumReadsAsItsJSON() throws {
    let folder = try #require(referenceData("hostile/csv-spectrum/csvs"))
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 12)
    for file in files {
        let name = file.deletingPathExtension().lastPathComponent
        let json = try #require(referenceData("hostile/csv-spectrum/json/\(name).json"))
        let value = try JSONSerialization.jsonObject(with: Data(contentsOf: json))
        // One of them, of one record, is an object and not a list.
        let expected = try #require(value as? [[String: String]] ?? (value as? [String: String]).map { [$0] })
        var bytes = Array(try Data(contentsOf: file))
        // Some copies of the collection lost their carriage returns on the way through git.
        if name.hasSuffix("_crlf"), !bytes.contains(13) { bytes = bytes.flatMap { $0 == 10 ? [13, 10] : [$0] } }
        let read = try rows(of: bytes)
        let header = try #require(read.first?.fields)
        let objects = read.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0.fields)) }
        if name == "location_coordinates" {
            // Its JSON gives another telephone number than its CSV.
            #expect(objects.map { $0["Location Coordinates"] } == expected.map { $0["Location Coordinates"] })
        } else {
            #expect(objects == expected, "\(name)")
        }
    }
}

@Test(.enabled(if: referenceData("hostile/blns.json") != nil, "the list of naughty strings is not at hand"))
func naughtyStringsSurviveWritingAndReading() throws {
    let file = try #require(referenceData("hostile/blns.json"))
    let strings = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String])
    #expect(strings.count > 400)
    var bytes: [UInt8] = []
    var writer = CSVWriter { bytes += $0 }
    for string in strings { try writer.row(["before", string, "after"]) }
    try writer.flush()
    func isFormula(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { PlainText.isFormula(UnsafeRawBufferPointer($0)) }
    }
    let written = strings.map { isFormula($0) ? "'" + $0 : $0 }
    #expect(try rows(of: bytes).map(\.fields) == written.map { ["before", $0, "after"] })
}

@Test func randomBytesNeverCrashAndEachRowHasAFaultOrCleanFields() throws {
    var state: UInt64 = 20_240_831
    func random() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
    let alphabet: [UInt8] = [0, 10, 13, 34, 44, 65, 0xC3, 0xB1, 0xF0, 0x9F, 0xFF]
    var read = 0
    for _ in 0..<2000 {
        let bytes = (0..<Int(random() % 40)).map { _ in alphabet[Int(random()) % alphabet.count] }
        guard let rows = try? rows(of: bytes, piecesOf: 7) else { continue }
        for row in rows where row.fault == nil {
            #expect(!row.fields.isEmpty && !row.fields.contains { $0.unicodeScalars.contains("\u{FFFD}") })
        }
        read += rows.count
    }
    #expect(read > 1000)
}
