import Foundation
import Testing

/// The name of the type that a line declares to be a statement, if it does.
private func declaredStatement(_ line: Substring) -> String? {
    let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    guard let kind = words.firstIndex(where: { $0 == "struct" || $0 == "enum" }), kind + 1 < words.count,
        let colon = line.firstIndex(of: ":"), !line.contains("//"),
        line[colon...].split(whereSeparator: { !$0.isLetter }).contains("Statement")
    else { return nil }
    return String(words[kind + 1])
}

/// A service lists the statements that it binds by hand, and its tests plan every one of them under the service's own role: a
/// statement that is not listed would be checked by nobody. Those of `.sql` files list themselves.
@Test(arguments: SourceTree.services)
func everyStatementOfAServiceIsListed(service: String) {
    let files = handWritten.filter { $0.path.hasPrefix("Services/\(service)/Service/") }
    let all = files.map(\.text).joined(separator: "\n")
    let declared = files.flatMap { file in file.lines.compactMap(declaredStatement) }
    for name in declared {
        let isListed = all.contains("\(name).self") || all.contains("\(name)<")
        #expect(isListed, "\(name) is in no list of statements")
    }
    if !declared.isEmpty { #expect(all.contains("[any Statement.Type]")) }
}

@Test func theServicesAreFoundInTheTree() {
    #expect(Set(SourceTree.services).isSuperset(of: ["Coordination", "Projects", "Reporting", "Transfers"]))
    #expect(!SourceTree.services.contains("BackOffice"))
}

/// What is written by a person.
private let handWritten = SourceTree.swift.filter { !$0.path.contains("/Generated/") }

/// The statements that are still bound by hand. A number may only shrink: a new statement goes into a `.sql` file, or is counted
/// here with a reason in the review.
private let boundByHand = [
    "Services/BackOffice": 45, "Services/Coordination/Audit": 0, "Services/Coordination/Service": 2,
    "Services/Projects": 0, "Services/Reporting": 6, "Services/Transfers": 54, "Shared/Intake": 9,
    "Shared/LedgerConversation": 11, "Shared/Queue": 1, "Shared/Schema": 4, "Shared/Statements": 2,
    "Tests/Benchmarks": 9,
]

@Test func fewerStatementsAreBoundByHandEachTime() {
    for (place, expected) in boundByHand.sorted(by: { $0.key < $1.key }) {
        let files = handWritten.filter { $0.path.hasPrefix(place + "/") }
        let count = files.flatMap { $0.lines.compactMap(declaredStatement) }.count
        print("statements bound by hand in \(place): \(count)")
        #expect(count == expected, "\(place): bound by hand \(count); where it is fewer, lower the number of this test")
    }
    print("statements of .sql files: \(statements.count)")
    #expect(statements.count > 250)
}

/// Every statement of a `.sql` file: its name and how many rows it gives back.
private let statements: [(name: Substring, kind: Substring)] = SourceTree.files(below: ["Services", "Shared", "Tests"])
{
    $0.hasSuffix(".sql") && !$0.hasPrefix("Shared/Schema/")
}.flatMap { file in
    file.lines.compactMap { line in
        let words = line.split(separator: " ")
        return line.hasPrefix("-- name: ") && words.count == 4 ? (words[2], words[3]) : nil
    }
}

/// `queryOne` is for statements of one row, `query` for those of many, `execute` for those of none.
@Test func statementsAreRunAsTheirFilesSay() {
    let kinds = Dictionary(statements.map { (String($0.name), $0.kind) }) { first, _ in first }
    let calls = ["queryOne": ":one", "query": ":many", "execute": ":exec"]
    for file in handWritten {
        for call in file.text.matches(of: /\b(queryOne|query|execute)\(\s*([A-Z]\w*)\(/) {
            guard let wanted = calls[String(call.output.1)], let kind = kinds[String(call.output.2)] else { continue }
            let line = file.text[..<call.range.lowerBound].count { $0 == "\n" } + 1
            #expect(kind == wanted, "\(file.path):\(line): \(call.output.2) is '\(kind)'")
        }
    }
}

@Test(arguments: [
    ("struct FindRun: Statement {", "FindRun"), ("private struct A: Sendable, Statement {", "A"),
    ("    struct B: Equatable {", nil), ("let x: Statement = y", nil), ("// struct C: Statement {", nil),
])
func statementsAreRecognised(line: String, name: String?) {
    #expect(declaredStatement(Substring(line)) == name)
}
