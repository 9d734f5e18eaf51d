import Foundation
import Postgres

/// A file of passwords as libpq reads it: `host:port:database:user:password`, one a line, mode 0600.
struct PasswordFile: Sendable {
    let path: String

    /// A line of the file.
    struct Entry: Equatable {
        var host: String
        var user: String
        var password: String

        /// The line, with libpq's escapes.
        var line: String {
            [host, "*", "*", user, password].map { field in
                field.reduce(into: "") { text, character in
                    if character == ":" || character == "\\" { text.append("\\") }
                    text.append(character)
                }
            }.joined(separator: ":").replacing("\\*", with: "*")
        }
    }

    /// Whether the file has a password of `user` at `host`.
    func holds(user: String, host: String) -> Bool { password(user: user, host: host) != nil }

    /// The password of `user` at `host`, if the file has it.
    func password(user: String, host: String) -> String? {
        entries().first { $0.user == user && ($0.host == host || $0.host == "*") }?.password
    }

    /// Adds a password; a process that dies meanwhile leaves the file as it was.
    func append(_ entry: Entry) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        var text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        text += entry.line + "\n"
        let draft = path + ".new"
        guard
            FileManager.default.createFile(
                atPath: draft, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else {
            throw Failure(Text("cannot be written", es: "no se puede escribir"), at: path)
        }
        guard rename(draft, path) == 0 else {
            throw Failure(Text("cannot be replaced", es: "no se puede reemplazar"), at: path)
        }
    }

    /// The lines of the file that name one user each.
    func entries() -> [Entry] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let fields = Self.fields(line)
            guard fields.count == 5 else { return nil }
            return Entry(host: fields[0], user: fields[3], password: fields[4])
        }
    }

    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isEscaped = false
        for character in line {
            if isEscaped {
                fields[fields.count - 1].append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == ":" {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    /// A password that nobody guesses: 192 random bits.
    static func randomWord() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<3).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
