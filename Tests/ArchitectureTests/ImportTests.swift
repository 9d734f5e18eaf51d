import Testing

/// What each target may import of the project and of C. The manifest says the same, but lets a target import what its
/// dependencies depend on; this list does not.
private let allowed: [(place: String, modules: Set<String>)] = [
    ("Shared/Vocabulary", []),
    ("Shared/Contracts", ["Vocabulary"]),
    ("Shared/Postgres", ["CPostgres"]),
    ("Shared/Schema", ["Postgres"]),
    ("Shared/Statements/Main", ["Postgres", "Schema", "Statements"]),
    ("Shared/Statements", ["Postgres"]),
    ("Shared/Crypto", ["COpenSSL"]),
    ("Shared/Tabular", ["Vocabulary"]),
    ("Shared/Queue", ["Contracts", "Vocabulary", "Postgres"]),
    ("Shared/LedgerConversation", ["Contracts", "Postgres", "Queue"]),
    ("Shared/Intake", ["Contracts", "Vocabulary", "Crypto", "Postgres", "Tabular"]),
    ("Shared/Runtime", ["Contracts", "Vocabulary", "Postgres", "Queue", "Schema"]),
    ("Services/Coordination/Audit", ["Contracts", "Vocabulary", "Crypto", "Postgres"]),
    ("Services/Transfers/ISO20022", ["CXML", "Vocabulary"]),
    ("Services/BackOffice/PopulationSimulation", ["Contracts", "Vocabulary", "Tabular"]),
    ("Services/BackOffice/BankSimulation", ["ISO20022", "Vocabulary"]),
    (
        "Services/BackOffice/Command",
        [
            "BankSimulation", "Contracts", "Vocabulary", "CoordinationDomain", "Crypto", "ISO20022", "Intake",
            "LedgerAudit", "PopulationSimulation", "Postgres", "Queue", "Runtime", "Schema", "Tabular",
            "TransfersDomain",
        ]
    ),
    ("Services/BackOffice/Main", ["BackOffice"]),
]

/// What a layer of a service may import, whichever service it is: its own modules, and what all of them share.
private func allowed(in layer: Substring, of service: Substring) -> Set<String>? {
    switch layer {
    case "Domain": ["Contracts", "Vocabulary"]
    case "Service":
        [
            "Contracts", "Vocabulary", "Crypto", "Intake", "LedgerConversation", "Postgres", "Queue", "Tabular",
            "\(service)Domain",
        ]
    case "Main": ["Queue", "Runtime", "\(service)Service"]
    default: nil
    }
}

/// Modules of one service's own, besides its layers.
private let ownModules: [Substring: Set<String>] = ["Coordination": ["LedgerAudit"], "Transfers": ["ISO20022"]]

/// What a file may import; nil where no rule says.
private func allowed(_ path: String) -> Set<String>? {
    if let rule = allowed.first(where: { path.hasPrefix($0.place + "/") }) { return rule.modules }
    let parts = path.split(separator: "/")
    guard parts.count > 3, parts[0] == "Services", let modules = allowed(in: parts[2], of: parts[1]) else { return nil }
    return parts[2] == "Service" ? modules.union(ownModules[parts[1]] ?? []) : modules
}

/// Modules of the toolchain, which carry no knowledge of the project.
private let toolchain: Set<String> = ["Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization"]

/// The module that a line imports, if it is an import.
private func importedModule(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0) })
    else { return nil }
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let name = kinds.contains(words[place + 1]) ? words.dropFirst(place + 2).first : words[place + 1]
    return name?.split(separator: ".").first.map(String.init)
}

@Test func everyTargetImportsOnlyWhatTheArchitectureAllows() throws {
    for file in SourceTree.swift where !file.path.hasPrefix("Tests/") {
        let modules = try #require(allowed(file.path), "no import rule covers \(file.path)")
        for line in file.lines {
            guard let module = importedModule(line) else { continue }
            #expect(modules.contains(module) || toolchain.contains(module), "\(file.path) imports \(module)")
        }
    }
}

@Test func pureRulesKnowNoClockAndNoInput() {
    let impure = [
        "Date()", "Date.now", ".now", "FileManager", "FileHandle", "ProcessInfo", "SystemRandomNumberGenerator",
    ]
    for file in SourceTree.swift where file.path.contains("/Domain/") {
        for word in impure {
            #expect(!file.text.contains(word), "\(file.path) uses \(word)")
        }
    }
}

@Test func noBinaryFloatingPointNearMoney() {
    let places = ["Services/Coordination/", "Services/Transfers/", "Services/Projects/"]
    for file in SourceTree.swift where places.contains(where: file.path.hasPrefix) {
        for (number, line) in file.lines.enumerated() {
            let words = line.split { !$0.isLetter && !$0.isNumber }
            #expect(!words.contains("Double") && !words.contains("Float"), "\(file.path):\(number + 1)")
        }
    }
}

@Test(arguments: [
    ("import Foundation", "Foundation"), ("@preconcurrency import Dispatch", "Dispatch"),
    ("public import struct Contracts.CalendarDate", "Contracts"), ("@testable import Queue", "Queue"),
    ("// import Queue", nil), ("let text = \"import Queue\"", nil),
])
func importLinesAreRecognised(line: String, module: String?) {
    #expect(importedModule(Substring(line)) == module)
}
