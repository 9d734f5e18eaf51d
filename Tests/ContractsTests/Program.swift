import Foundation

/// The repository's root, and programs that the tests run.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let generator = root.appending(path: "Shared/Contracts/generate")
    static let generated = root.appending(path: "Shared/Contracts/Generated")
    static let protos = root.appending(path: "Shared/Contracts/Protos")
    static let exampleProtos = root.appending(path: "Tests/ContractsTests/Protos")
    static let exampleGenerated = root.appending(path: "Tests/ContractsTests/Generated")
    static let peer = root.appending(path: "Tests/ContractsTests/Support/json_peer.py")
}

/// What a program printed, and how it ended.
struct ProgramResult {
    let status: Int32
    let output: String
}

/// Runs a program with Debian's Python first in its path, gives it `input`, and waits.
func run(_ program: URL, _ arguments: [String], input: String = "") throws -> ProgramResult {
    let directory = FileManager.default.temporaryDirectory.appending(path: "puente-contracts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    // Files, not pipes: a program may write more than a pipe holds before it has read everything.
    let inputFile = directory.appending(path: "input")
    let outputFile = directory.appending(path: "output")
    try Data(input.utf8).write(to: inputFile)
    try Data().write(to: outputFile)
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return ProgramResult(
        status: process.terminationStatus, output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self))
}
