import Contracts
import Crypto
import Foundation
import ISO20022
import Testing

@testable import TransfersService

@Suite struct BankFiles {
    /// The files of a run by name.
    private final class Files: @unchecked Sendable {
        var bytes: [String: Data] = [:]
    }

    @Test func filesHoldEveryOrderOnceAndTheirDigestsAreTrue() async throws {
        try await withSentRun { bank in
            for file in bank.sent.files {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: file.path))
                #expect(SHA256.hexadecimalDigest(of: bytes) == file.sha256)
                let transfers = try bank.transfers(file)
                #expect(transfers.count == Int(file.transactions))
                #expect(transfers.reduce(0) { $0 + $1.amount.minorUnits } == file.totalMinor)
                #expect(transfers.allSatisfy { $0.uetr?.isVersion4 == true && $0.endToEndID.utf8.count <= 35 })
            }
            let all = try bank.transfers()
            #expect(Set(all.map(\.endToEndID)).count == all.count)
            #expect(Set(all.map(\.uetr)).count == all.count)
            #expect(Int64(all.count) == bank.sent.payableHouseholds)
            let left = try FileManager.default.contentsOfDirectory(atPath: bank.run.outbox)
            #expect(left.allSatisfy { !$0.hasSuffix(".part") })
        }
    }

    @Test func anotherRunOfTheSameCycleAndRollWritesTheSameBytes() async throws {
        let runs = [Files(), Files()]
        for files in runs {
            try await withSentRun { bank in
                for file in bank.sent.files {
                    files.bytes[file.name] = try Data(contentsOf: URL(fileURLWithPath: file.path))
                }
            }
        }
        #expect(!runs[0].bytes.isEmpty)
        #expect(runs[0].bytes == runs[1].bytes)
    }

    /// The outbox of the test, and a file in it that is written again with these bytes.
    private func write(_ text: String, in directory: String) throws -> [UInt8] {
        let file = try OutboxFile(directory: directory, name: "A.xml")
        try Array(text.utf8).withUnsafeBytes { try file.write($0) }
        let digest = try file.complete()
        try file.publish(digest)
        return digest
    }

    @Test func aFileInTheOutboxIsNeverReplacedByOtherBytes() throws {
        let directory = FileManager.default.temporaryDirectory.path + "/puente-outbox-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let digest = try write("first", in: directory)
        // The same bytes are the same file, whatever a killed writer left beside it.
        try String(repeating: "half of a file", count: 10_000).write(
            toFile: directory + "/A.xml.part", atomically: false, encoding: .utf8)
        #expect(try write("first", in: directory) == digest)
        #expect(throws: RPCError.self) { try write("other", in: directory) }
        #expect(try String(contentsOfFile: directory + "/A.xml", encoding: .utf8) == "first")
        #expect(try write("first", in: directory) == digest)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["A.xml"])
    }

    @Test func theNameOfAFileFollowsFromWhatItSays() async throws {
        let names = [Files(), Files()]
        for (files, changed) in zip(names, [false, true]) {
            try await withRun(households: 200) { fixture in
                _ = try await fixture.openCycle()
                try await fixture.openLines()
                try await fixture.appropriate(10_000_000, id: "start")
                if changed {
                    try await fixture.script(
                        "UPDATE coordination.account SET account_number = account_number || '9'")
                }
                _ = try await fixture.startRun()
                _ = try await fixture.approve(try await fixture.wait(for: "awaiting_approval"))
                for file in try await fixture.wait(for: "sent").files {
                    files.bytes[file.name] = try Data(contentsOf: URL(fileURLWithPath: file.path))
                }
            }
        }
        #expect(!names[0].bytes.isEmpty)
        #expect(Set(names[0].bytes.keys) != Set(names[1].bytes.keys))
    }
}

extension SHA256 {
    fileprivate static func hexadecimalDigest(of bytes: Data) -> String {
        Hexadecimal.string(digest(of: Array(bytes)))
    }
}
