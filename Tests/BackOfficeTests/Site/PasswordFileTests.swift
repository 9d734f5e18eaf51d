import Foundation
import Testing

@testable import BackOffice

private func withScratch(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory)
}

@Test func passwordsAreKeptForTheirOwnerAlone() throws {
    try withScratch { directory in
        let file = PasswordFile(path: "\(directory)/pgpass")
        #expect(!file.holds(user: "ana", host: "127.0.0.1"))
        try file.append(.init(host: "127.0.0.1", user: "ana", password: "a:b\\c*"))
        try file.append(.init(host: "127.0.0.1", user: "luis", password: "x"))
        #expect(file.holds(user: "ana", host: "127.0.0.1"))
        #expect(!file.holds(user: "ana", host: "elsewhere"))
        #expect(file.entries().map(\.password) == ["a:b\\c*", "x"])
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(text == "127.0.0.1:*:*:ana:a\\:b\\\\c*\n127.0.0.1:*:*:luis:x\n")
    }
}

@Test func passwordsAreNotGuessed() {
    let words = Set((0..<100).map { _ in PasswordFile.randomWord() })
    #expect(words.count == 100)
    #expect(words.allSatisfy { $0.count == 48 })
}

@Test(arguments: [
    ("ana", true), ("luis_2.b", true), ("puente_transfers", false), ("pg_monitor", false), ("Ana", false), ("a", false),
    ("postgres", false), ("ana'; drop", false), ("", false), ("2ana", false),
])
func operatorsHaveNamesOfTheirOwn(name: String, isFit: Bool) {
    #expect(Roles.isFit(name) == isFit)
}

@Test func whoeverAddsAtOnceNoPasswordIsLost() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let file = PasswordFile(path: "\(directory)/pgpass")
    try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<16 {
            group.addTask { try file.append(.init(host: "h", user: "op\(number)", password: "\(number)")) }
        }
        try await group.waitForAll()
    }
    #expect(Set(file.entries().map(\.user)) == Set((0..<16).map { "op\($0)" }))
    try file.remove(user: "op3", host: "h")
    #expect(!file.holds(user: "op3", host: "h"))
    #expect(file.entries().count == 15)
}
