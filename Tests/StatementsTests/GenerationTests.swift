import Foundation
import Statements
import TestSupport
import Testing

private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Test func theGeneratedCodeIsWhatTheDatabaseSaysOfTheStatements() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        let stale = try await StatementModule.update(root: root, writes: false, in: pool)
        await pool.close()
        #expect(stale == [], "run Shared/Statements/generate")
    }
}

@Test func everyStatementFileIsOfAModuleThatIsGenerated() throws {
    var known: Set<String> = []
    for module in StatementModule.all {
        let files = try module.files(root: root)
        #expect(!files.isEmpty, "\(module.path) has no statements")
        #expect(known.isDisjoint(with: files), "two modules have the files of \(module.path)")
        known.formUnion(files)
    }
    for place in ["Services", "Shared", "Tests"] {
        let folder = root.appendingPathComponent(place)
        let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        for path in paths.map({ "\(place)/\($0)" }) where path.hasSuffix(".sql") && !path.hasPrefix("Shared/Schema/") {
            #expect(known.contains(path), "\(path) is of no module: StatementModule.all names them")
            let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                #expect(line.count <= 120, "\(path):\(number + 1)")
            }
        }
    }
}
