import Foundation
import Testing

/// The project's own files, as the tests of this target look at them.
enum SourceTree {
    /// One file.
    struct File: Sendable {
        /// Path from the root of the clone.
        let path: String
        let text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folders of the services: those below `Services` that have handlers.
    static let services: [String] = Set(
        swift.map(\.path).filter {
            $0.hasPrefix("Services/") && $0.split(separator: "/").dropFirst(2).first == "Service"
        }
        .map { String($0.split(separator: "/")[1]) }
    ).sorted()

    /// Every Swift file of the package's targets.
    static let swift: [File] = files(below: ["Shared", "Services", "Tests"]) { $0.hasSuffix(".swift") }

    /// Every file that a person writes: code, contracts, migrations, scripts, documents.
    static let written: [File] = files(below: ["Shared", "Services", "Tests", "deploy", "docs"]) { path in
        !path.contains("/Generated/") && !path.hasSuffix(".xsd") && !path.hasSuffix(".csv")
    }

    /// The files below the directories whose paths are wanted.
    static func files(below directories: [String], where isWanted: (String) -> Bool) -> [File] {
        directories.flatMap { directory -> [File] in
            let place = root.appendingPathComponent(directory)
            guard let paths = FileManager.default.enumerator(atPath: place.path) else { return [] }
            return paths.compactMap { $0 as? String }.sorted().compactMap { path in
                let full = "\(directory)/\(path)"
                let url = place.appendingPathComponent(path)
                guard isWanted(full), let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
                return File(path: full, text: text)
            }
        }
    }
}
