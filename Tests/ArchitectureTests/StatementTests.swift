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

/// A service lists its statements, and its tests prepare every one of them as the service's own role: a statement that
/// is not listed would be checked by nobody.
@Test(arguments: SourceTree.services)
func everyStatementOfAServiceIsListed(service: String) {
    let files = SourceTree.swift.filter { $0.path.hasPrefix("Services/\(service)/Service/") }
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

@Test(arguments: [
    ("struct FindRun: Statement {", "FindRun"), ("private struct A: Sendable, Statement {", "A"),
    ("    struct B: Equatable {", nil), ("let x: Statement = y", nil), ("// struct C: Statement {", nil),
])
func statementsAreRecognised(line: String, name: String?) {
    #expect(declaredStatement(Substring(line)) == name)
}
