import Foundation
import Testing

/// One style of SQL: columns, keywords, comments, length of functions.
@Suite struct StyleTests {
    private struct File {
        let name: String
        let lines: [String]
    }

    private func files() throws -> [File] {
        let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Shared/Schema").standardizedFileURL
        return try FileManager.default.subpathsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".sql") }
            .sorted()
            .map { name in
                let text = try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
                return File(name: name, lines: text.components(separatedBy: "\n"))
            }
    }

    @Test func noLineIsWiderThan120Columns() throws {
        for file in try files() {
            for (number, line) in file.lines.enumerated() where line.count > 120 {
                Issue.record("\(file.name):\(number + 1) has \(line.count) columns")
            }
        }
    }

    /// Statements begin with a keyword in capitals: the names that they are about are in small letters.
    @Test func keywordsAreInCapitals() throws {
        let keyword =
            #/^\s*(create|select|insert|update|delete|grant|revoke|alter|from|where|join|begin|end|return|if|else)\b/#
        for file in try files() {
            var isText = false
            for (number, line) in file.lines.enumerated() {
                let isComment = line.drop { $0 == " " }.hasPrefix("--")
                if !isText, !isComment, line.firstMatch(of: keyword) != nil {
                    Issue.record("\(file.name):\(number + 1) begins with a keyword in small letters")
                }
                if line.contains("$f$") || line.contains("$tables$") { isText.toggle() }
            }
        }
    }

    @Test func everyFunctionSaysWhatItIsForAndHasAtMost80Lines() throws {
        var longest = (name: "", lines: 0)
        for file in try files() where file.name.hasPrefix("Routines/") {
            for (number, line) in file.lines.enumerated() {
                guard let match = line.firstMatch(of: #/^CREATE (?:FUNCTION|AGGREGATE) ([\w.]+)/#) else { continue }
                let name = String(match.1)
                #expect(number > 0 && file.lines[number - 1].hasPrefix("--"), "\(file.name): \(name) has no comment")
                let end =
                    file.lines[number...].firstIndex { $0.hasSuffix("$$;") || $0 == "END;" || $0.hasSuffix(");") }
                    ?? number
                let lines = end - number + 1
                #expect(lines <= 80, "\(file.name): \(name) has \(lines) lines")
                if lines > longest.lines { longest = (name, lines) }
            }
        }
        print("longest SQL function: \(longest.name), \(longest.lines) lines")
    }
}
