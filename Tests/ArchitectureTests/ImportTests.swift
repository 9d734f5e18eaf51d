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
    ("Services/Coordination/Domain", ["Contracts", "Vocabulary"]),
    ("Services/Coordination/Audit", ["Contracts", "Vocabulary", "Crypto", "Postgres"]),
    (
        "Services/Coordination/Service",
        [
            "Contracts", "Vocabulary", "CoordinationDomain", "Crypto", "Intake", "LedgerAudit", "Postgres", "Queue",
            "Tabular",
        ]
    ),
    ("Services/Coordination/Main", ["CoordinationService", "Queue", "Runtime"]),
    ("Services/Transfers/Domain", ["Contracts", "Vocabulary"]),
    ("Services/Transfers/ISO20022", ["CXML", "Vocabulary"]),
    (
        "Services/Transfers/Service",
        [
            "Contracts", "Vocabulary", "Crypto", "ISO20022", "Intake", "LedgerConversation", "Postgres", "Queue",
            "Tabular",
            "TransfersDomain",
        ]
    ),
    ("Services/Transfers/Main", ["Queue", "Runtime", "TransfersService"]),
    ("Services/Projects/Domain", ["Contracts", "Vocabulary"]),
    (
        "Services/Projects/Service",
        [
            "Contracts", "Vocabulary", "Crypto", "Intake", "LedgerConversation", "Postgres", "ProjectsDomain", "Queue",
            "Tabular",
        ]
    ),
    ("Services/Projects/Main", ["ProjectsService", "Queue", "Runtime"]),
    ("Services/Reporting/Domain", ["Contracts", "Vocabulary"]),
    ("Services/Reporting/Service", ["Contracts", "Vocabulary", "Postgres", "Queue", "ReportingDomain", "Tabular"]),
    ("Services/Reporting/Main", ["Queue", "ReportingService", "Runtime"]),
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
        let rule = try #require(
            allowed.first { file.path.hasPrefix($0.place + "/") }, "no import rule covers \(file.path)")
        for line in file.lines {
            guard let module = importedModule(line) else { continue }
            #expect(rule.modules.contains(module) || toolchain.contains(module), "\(file.path) imports \(module)")
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
