import Contracts
import Crypto
import Foundation
import ISO20022
import Testing

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

    @Test func whatAKilledWriterLeftIsWrittenOver() async throws {
        try await withRun(households: 200) { fixture in
            _ = try await fixture.openCycle()
            try await fixture.openLines()
            try await fixture.appropriate(10_000_000, id: "start")
            _ = try await fixture.startRun()
            let verified = try await fixture.wait(for: "awaiting_approval")
            let left = "\(fixture.outbox)/JUNTOS20244R1-F0001.xml"
            for path in [left, left + ".part"] {
                try String(repeating: "half of a file", count: 10_000).write(
                    toFile: path, atomically: false, encoding: .utf8)
            }
            _ = try await fixture.approve(verified)
            let file = try #require(try await fixture.wait(for: "sent").files.first)
            #expect(file.path == left)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: left))
            #expect(SHA256.hexadecimalDigest(of: bytes) == file.sha256)
            #expect(!FileManager.default.fileExists(atPath: left + ".part"))
        }
    }
}

extension SHA256 {
    fileprivate static func hexadecimalDigest(of bytes: Data) -> String {
        Hexadecimal.string(digest(of: Array(bytes)))
    }
}
