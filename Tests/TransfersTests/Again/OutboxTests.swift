import Contracts
import Crypto
import Foundation
import Testing

@testable import TransfersService

/// The outbox and its manifest, on the disk alone.
@Suite struct OutboxTests {
    /// Runs the body with a directory of its own.
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.path + "/puente-outbox-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    private func entry(_ name: String, _ act: String = "written", run: String = "r1") -> TransfersV1.OutboxEntry {
        TransfersV1.OutboxEntry(act: act, name: name, sha256: String(repeating: "ab", count: 32), runId: run)
    }

    @Test func theManifestSaysEachThingOnceAndTheLastWordCounts() throws {
        try withDirectory { directory in
            #expect(try OutboxManifest(directory: directory).entries.isEmpty)
            for _ in 0..<3 { try OutboxManifest.append(entry("A.xml"), directory: directory) }
            try OutboxManifest.append(entry("B.xml", run: "r2"), directory: directory)
            try OutboxManifest.append(entry("A.xml", "recalled"), directory: directory)
            let manifest = try OutboxManifest(directory: directory)
            #expect(manifest.entries.map(\.name) == ["A.xml", "B.xml", "A.xml"])
            #expect(manifest.latest["A.xml"]?.act == "recalled")
            #expect(manifest.latest["B.xml"]?.act == "written")
        }
    }

    @Test func aLineWhoseWriterWasKilledIsPassedOverAndDoesNotSpoilTheNext() throws {
        try withDirectory { directory in
            try OutboxManifest.append(entry("A.xml"), directory: directory)
            let path = "\(directory)/\(OutboxManifest.name)"
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(#"{"act":"written","na"#.utf8))
            try handle.close()
            try OutboxManifest.append(entry("B.xml"), directory: directory)
            let manifest = try OutboxManifest(directory: directory)
            #expect(manifest.entries.map(\.name) == ["A.xml", "B.xml"])
            #expect(manifest.unreadableLines == 1)
        }
    }

    @Test func aFileIsAnnouncedBeforeItHasItsNameAndNotWrittenWhenItCannotBe() throws {
        try withDirectory { directory in
            struct Refused: Error {}
            do {
                let first = try OutboxFile(directory: directory, name: "A.xml")
                #expect(throws: Refused.self) {
                    try first.publish(try first.complete()) {
                        #expect(!Outbox.exists("\(directory)/A.xml"))
                        throw Refused()
                    }
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test func aRecalledFileIsMovedAndNeverDeleted() throws {
        try withDirectory { directory in
            let file = try OutboxFile(directory: directory, name: "A.xml")
            let digest = try file.complete()
            try file.publish(digest)
            #expect(try Outbox.recall("A.xml", in: directory))
            #expect(try Outbox.names(in: directory).isEmpty)
            #expect(Outbox.digest(ofFile: "\(directory)/recalled/A.xml") == digest)
            // Again, after a kill between the move and the commit.
            #expect(try Outbox.recall("A.xml", in: directory))
            #expect(try !Outbox.recall("B.xml", in: directory))
        }
    }

    @Test func whatKeepsTheOutboxFromBeingWrittenIsNamedWithoutItsPath() throws {
        let cases: [(Int32, String)] = [
            (ENOSPC, "full"), (EROFS, "read_only"), (EACCES, "not_permitted"), (ENOTDIR, "missing"), (EIO, "failed"),
        ]
        for (number, reason) in cases {
            let error = OutboxTrouble(errno: number).error
            #expect(error.code == .unavailable && error.details.map(\.reason) == [reason])
            #expect(!error.message.contains("/"))
        }
        // A file where the directory should be.
        try withDirectory { directory in
            try Data("x".utf8).write(to: URL(fileURLWithPath: directory))
            do {
                _ = try OutboxFile(directory: directory, name: "A.xml")
                Issue.record("a file was opened in a file")
            } catch let error as RPCError {
                #expect(error.details.map(\.reason) == ["missing"])
            }
        }
    }

    @Test func onlyRegularFilesAreRead() throws {
        try withDirectory { directory in
            try Outbox.makeDirectory(directory)
            #expect(mkfifo("\(directory)/A.xml", 0o600) == 0)
            #expect(WrittenFile(path: "\(directory)/A.xml") == nil)
            #expect(symlink("/etc/hostname", "\(directory)/B.xml") == 0)
            #expect(WrittenFile(path: "\(directory)/B.xml") == nil)
        }
    }
}
