import Foundation
import Glibc

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
    func append(_ entry: Entry) throws(Failure) {
        try change { lines in lines + [Substring(entry.line)] }
    }

    /// Takes the passwords of `user` at `host` out.
    func remove(user: String, host: String) throws(Failure) {
        try change { lines in lines.filter { !Self.isOf(user, host, line: $0) } }
    }

    /// Rewrites the file, one process at a time: of two that add at once, neither's line is lost.
    private func change(_ body: ([Substring]) -> [Substring]) throws(Failure) {
        try Place.makeDirectory(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Place.failure(errno, at: path) }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Place.failure(errno, at: path) }
        }
        let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let after = body(before.split(separator: "\n"))
        let draft = try DraftFile(path, mode: 0o600)
        try draft.write(after.map { $0 + "\n" }.joined().utf8)
        try draft.complete()
    }

    private static func isOf(_ user: String, _ host: String, line: Substring) -> Bool {
        let fields = fields(line)
        return fields.count == 5 && fields[3] == user && fields[0] == host
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
