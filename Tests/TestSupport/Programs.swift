import Foundation

/// Runs a program of this machine to its end, with a text on its standard input; returns its exit status and what it
/// printed. PostgreSQL's programs are found although Debian keeps them off the path.
public func runProgram(
    _ program: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]
) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let inherited = ProcessInfo.processInfo.environment
    let path = [databasePrograms, inherited["PATH"]].compactMap { $0 }.joined(separator: ":")
    // Files are UTF-8, and some programs read them in the encoding of their locale, which may be plain ASCII here.
    process.environment = inherited.merging(["LC_ALL": "C.UTF-8", "PATH": path]) { $1 }.merging(environment) { $1 }
    let (given, printed) = (Pipe(), Pipe())
    process.standardInput = given
    process.standardOutput = printed
    process.standardError = printed
    try process.run()
    try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try given.fileHandleForWriting.close()
    let output = printed.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

/// Where the newest PostgreSQL's programs are.
private let databasePrograms: String? = {
    let versions = try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")
    return versions?.compactMap { Int($0) }.max().map { "/usr/lib/postgresql/\($0)/bin" }
}()
