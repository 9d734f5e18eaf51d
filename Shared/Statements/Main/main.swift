import Foundation
import Postgres
import Schema
import Statements

/// Writes the generated code of every `.sql` file, or says which is stale (`--check`), with a database of its own on a server.
func run(_ arguments: [String]) async throws -> Int32 {
    let options = Set(arguments.filter { $0.hasPrefix("--") })
    let places = arguments.filter { !$0.hasPrefix("--") }
    guard places.count == 2, options.isSubset(of: ["--check"]) else {
        FileHandle.standardError.write(Data("usage: puente-statements [--check] CLONE SERVER\n".utf8))
        return 2
    }
    let root = URL(fileURLWithPath: places[0])
    let stale = try await ScratchDatabase.with(places[1]) { pool in
        try await StatementModule.update(root: root, writes: !options.contains("--check"), in: pool)
    }
    for path in stale { print(options.contains("--check") ? "\(path) is stale: run Shared/Statements/generate" : path) }
    return options.contains("--check") && !stale.isEmpty ? 1 : 0
}

do {
    exit(try await run(Array(CommandLine.arguments.dropFirst())))
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
