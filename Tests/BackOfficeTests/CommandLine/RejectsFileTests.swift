import Foundation
import Testing

@testable import BackOffice

/// Rejected rows never take the place of what a person still needs.
@Suite struct RejectsFileTests {
    private func withScratch(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rejects-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func fill(_ file: RejectsFile) throws {
        var writer = try file.writer()
        try writer.row(["a.csv", "2", "name", "missing", "is missing"])
        try file.complete(&writer)
    }

    @Test func noInputIsOverwrittenUnderAnyName() throws {
        try withScratch { directory in
            let inputs = ["a.csv", "b.csv"].map { "\(directory)/\($0)" }
            for input in inputs { try write("file,line,field,reason,message\n", to: input) }
            try FileManager.default.createSymbolicLink(atPath: "\(directory)/soft", withDestinationPath: inputs[1])
            try FileManager.default.linkItem(atPath: inputs[0], toPath: "\(directory)/hard")
            for place in inputs + ["\(directory)/soft", "\(directory)/hard", "\(directory)/./a.csv"] {
                #expect(throws: Failure.self, "\(place)") { _ = try RejectsFile(place, inputs: inputs) }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 4)
        }
    }

    @Test func whatIsNoFileOfRejectedRowsStays() throws {
        try withScratch { directory in
            let place = "\(directory)/notes.txt"
            try write("my notes\n", to: place)
            #expect(throws: Failure.self) { _ = try RejectsFile(place, inputs: []) }
            #expect(throws: Failure.self) { _ = try RejectsFile(directory, inputs: []) }
            #expect(throws: Failure.self) { _ = try RejectsFile("\(directory)/nowhere/rejects.csv", inputs: []) }
            #expect(try String(contentsOfFile: place, encoding: .utf8) == "my notes\n")
        }
    }

    @Test(arguments: [
        "", "file,line,field,reason,message\nold,1,,,\n", "\u{FEFF}\"file\",line,field,reason,message\r\nold,1,,,\r\n",
    ])
    func anEarlierFileOfRejectedRowsIsReplacedWhenTheNewOneIsComplete(old: String) throws {
        try withScratch { directory in
            let place = "\(directory)/rejects.csv"
            try write(old, to: place)
            do {
                let file = try RejectsFile(place, inputs: ["\(directory)/absent.csv"])
                #expect(file.isThere)
                _ = try file.writer()
                #expect(FileManager.default.contents(atPath: place) == Data(old.utf8))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["rejects.csv"])
            try fill(try RejectsFile(place, inputs: []))
            #expect(
                try String(contentsOfFile: place, encoding: .utf8)
                    == "file,line,field,reason,message\na.csv,2,name,missing,is missing\n")
        }
    }

    @Test func aStreamTakesThemToo() throws {
        try fill(try RejectsFile("/dev/null", inputs: []))
        #expect(FileManager.default.fileExists(atPath: "/dev/null"))
    }
}
