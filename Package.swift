// swift-tools-version: 6.2
// The architecture in one file: every target and the only targets it may import.
import Foundation
import PackageDescription

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

/// The files of statements below a target's directory: the Swift that is generated from them is compiled, and not they.
func statementFiles(_ path: String) -> [String] {
    let files = FileManager.default.enumerator(atPath: "\(Context.packageDirectory)/\(path)")
    return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".sql") }.sorted()
}

/// A library target below `path` with the project's settings.
func library(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
    exclude: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
        swiftSettings: settings)
}

/// An executable target below `path`.
func program(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}

/// A test target below `Tests/`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], path: "Tests/\(name)", exclude: exclude,
        swiftSettings: settings)
}

let package = Package(
    name: "Puente",
    products: [
        .executable(name: "puente", targets: ["puente"]),
        .executable(name: "puente-coordination", targets: ["puente-coordination"]),
        .executable(name: "puente-transfers", targets: ["puente-transfers"]),
        .executable(name: "puente-projects", targets: ["puente-projects"]),
        .executable(name: "puente-reporting", targets: ["puente-reporting"]),
        .executable(name: "puente-bench", targets: ["puente-bench"]),
    ],
    targets: [
        // C libraries, from Debian packages.
        .systemLibrary(name: "CPostgres", path: "Shared/CPostgres"),
        .systemLibrary(name: "COpenSSL", path: "Shared/COpenSSL"),
        .systemLibrary(name: "CXML", path: "Shared/CXML", pkgConfig: "libxml-2.0"),

        // Shared.
        library("Vocabulary", "Shared/Vocabulary"),
        library("Contracts", "Shared/Contracts", ["Vocabulary"], exclude: ["Protos", "Released.txt", "generate"]),
        library("Postgres", "Shared/Postgres", ["CPostgres"]),
        library(
            "Schema", "Shared/Schema", ["Postgres"],
            resources: [
                .embedInCode("Migrations"), .embedInCode("Routines"), .embedInCode("cluster.sql"),
                .embedInCode("rebuild_begin.sql"), .embedInCode("rebuild_end.sql"),
            ],
            exclude: ["snapshot", "snapshot.sql", "snapshot.txt", "migrations.sha256"]),
        library(
            "Statements", "Shared/Statements", ["Postgres"], exclude: ["Main", "Statements.md", "generate"]),
        program("puente-statements", "Shared/Statements/Main", ["Postgres", "Schema", "Statements"]),
        library("Crypto", "Shared/Crypto", ["COpenSSL"]),
        library("Tabular", "Shared/Tabular", ["Vocabulary"]),
        library(
            "Queue", "Shared/Queue", ["Contracts", "Vocabulary", "Postgres"],
            exclude: ["Queue.md"] + statementFiles("Shared/Queue")),
        library(
            "LedgerConversation", "Shared/LedgerConversation", ["Contracts", "Postgres", "Queue"],
            exclude: ["LedgerConversation.md"]),
        library(
            "Intake", "Shared/Intake", ["Contracts", "Vocabulary", "Crypto", "Postgres", "Tabular"],
            exclude: ["Import.md"]),
        library("Runtime", "Shared/Runtime", ["Contracts", "Vocabulary", "Postgres", "Queue", "Schema"]),

        // Coordination.
        library("CoordinationDomain", "Services/Coordination/Domain", ["Contracts", "Vocabulary"]),
        library(
            "LedgerAudit", "Services/Coordination/Audit", ["Contracts", "Vocabulary", "Crypto", "Postgres"],
            exclude: statementFiles("Services/Coordination/Audit")),
        library(
            "CoordinationService", "Services/Coordination/Service",
            [
                "Contracts", "Vocabulary", "CoordinationDomain", "Crypto", "LedgerAudit", "Intake", "Postgres", "Queue",
                "Tabular",
            ],
            exclude: statementFiles("Services/Coordination/Service")),
        program(
            "puente-coordination", "Services/Coordination/Main", ["CoordinationService", "Queue", "Runtime"]),

        // Transfers.
        library("TransfersDomain", "Services/Transfers/Domain", ["Contracts", "Vocabulary"]),
        library("ISO20022", "Services/Transfers/ISO20022", ["CXML", "Vocabulary"]),
        library(
            "TransfersService", "Services/Transfers/Service",
            [
                "Contracts", "Vocabulary", "Crypto", "ISO20022", "Intake", "LedgerConversation", "Postgres", "Queue",
                "Tabular", "TransfersDomain",
            ],
            exclude: statementFiles("Services/Transfers/Service")),
        program("puente-transfers", "Services/Transfers/Main", ["Queue", "Runtime", "TransfersService"]),

        // Projects.
        library("ProjectsDomain", "Services/Projects/Domain", ["Contracts", "Vocabulary"]),
        library(
            "ProjectsService", "Services/Projects/Service",
            [
                "Contracts", "Vocabulary", "Crypto", "Intake", "LedgerConversation", "Postgres", "ProjectsDomain",
                "Queue", "Tabular",
            ],
            exclude: statementFiles("Services/Projects/Service")),
        program("puente-projects", "Services/Projects/Main", ["ProjectsService", "Queue", "Runtime"]),

        // Reporting.
        library("ReportingDomain", "Services/Reporting/Domain", ["Contracts", "Vocabulary"]),
        library(
            "ReportingService", "Services/Reporting/Service",
            ["Contracts", "Vocabulary", "Postgres", "Queue", "ReportingDomain", "Tabular"]),
        program("puente-reporting", "Services/Reporting/Main", ["Queue", "ReportingService", "Runtime"]),

        // The back office: the `puente` command, and the two simulators it carries.
        library(
            "PopulationSimulation", "Services/BackOffice/PopulationSimulation", ["Contracts", "Vocabulary", "Tabular"]),
        library("BankSimulation", "Services/BackOffice/BankSimulation", ["ISO20022", "Vocabulary"]),
        library(
            "BackOffice", "Services/BackOffice/Command",
            [
                "BankSimulation", "Contracts", "Vocabulary", "CoordinationDomain", "Crypto", "ISO20022", "Intake",
                "LedgerAudit", "PopulationSimulation", "Postgres", "Queue", "Runtime", "Schema", "Tabular",
                "TransfersDomain",
            ]),
        program("puente", "Services/BackOffice/Main", ["BackOffice"]),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["Postgres", "Schema"], path: "Tests/TestSupport",
            swiftSettings: settings),
        tests("ArchitectureTests", []),
        tests("VocabularyTests", ["Contracts", "Vocabulary"]),
        tests("ContractsTests", ["Contracts"], exclude: ["Protos", "Support"]),
        tests("PostgresTests", ["Postgres"]),
        tests("SchemaTests", ["Crypto", "Postgres", "Schema", "Vocabulary"]),
        tests("StatementsTests", ["Postgres", "Statements"]),
        tests("CryptoTests", ["Crypto"]),
        tests("TabularTests", ["Tabular", "Vocabulary"]),
        tests("QueueTests", ["Contracts", "Vocabulary", "Postgres", "Queue", "Schema"], exclude: ["call_example.py"]),
        tests("IntakeTests", ["Contracts", "Vocabulary", "Crypto", "Intake", "Postgres", "Schema", "Tabular"]),
        tests(
            "CoordinationTests",
            [
                "Contracts", "Vocabulary", "CoordinationDomain", "CoordinationService", "Crypto", "Intake",
                "LedgerAudit", "Postgres",
                "Queue", "Schema",
            ], exclude: ["Ledger/pymerkle_verifier.py"]),
        tests("ISO20022Tests", ["ISO20022", "Vocabulary"]),
        tests(
            "TransfersTests",
            [
                "Contracts", "Vocabulary", "CoordinationService", "Crypto", "Intake", "ISO20022", "LedgerConversation",
                "Postgres", "Queue", "Schema", "TransfersDomain", "TransfersService",
            ]),
        tests(
            "ProjectsTests",
            [
                "Contracts", "Vocabulary", "CoordinationService", "Intake", "LedgerConversation", "Postgres",
                "ProjectsDomain",
                "ProjectsService", "Queue",
                "Schema",
            ]),
        tests(
            "ServicesTests",
            [
                "Contracts", "CoordinationService", "ProjectsService", "Queue", "ReportingService", "TransfersService",
            ]),
        tests(
            "ReportingTests",
            ["Contracts", "Vocabulary", "Postgres", "Queue", "ReportingDomain", "ReportingService", "Schema"]),
        tests(
            "BackOfficeTests",
            [
                "BackOffice", "BankSimulation", "Contracts", "Vocabulary", "CoordinationDomain", "CoordinationService",
                "ISO20022", "Intake", "PopulationSimulation",
                "Postgres", "Queue", "Runtime", "Schema", "Tabular",
            ]),
        tests(
            "EndToEndTests", ["Contracts", "Vocabulary", "CoordinationService", "Postgres", "Queue", "Schema"],
            exclude: ["Support/python_client.py"]),
        program(
            "puente-bench", "Tests/Benchmarks",
            [
                "BankSimulation", "Contracts", "Vocabulary", "CoordinationDomain", "CoordinationService", "Crypto",
                "Intake",
                "LedgerAudit",
                "Postgres", "Queue",
                "Runtime",
                "Schema", "Tabular", "TestSupport", "TransfersDomain", "TransfersService",
            ],
            exclude: ["Queue/peers"]),
    ]
)
