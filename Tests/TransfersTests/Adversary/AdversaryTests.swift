import Foundation
import TestSupport
import Testing

/// Random sequences of what operators, the bank, the year's end and accidents do to payments, against a small model of who is
/// owed what. `PUENTE_ADVERSARY_SEEDS=17` repeats a seed; `1-5000` tries many.
@Suite struct AdversaryTests {
    /// Seeds of the ordinary run of the tests; every fourth restores a copy.
    private static let usual = 1...200
    /// How many are played at once: while one waits for a lease to lapse, others work.
    private static let atOnce = 5
    private static let movesPerSeed = 40

    private static var seeds: [Int] {
        let bounds = (ProcessInfo.processInfo.environment["PUENTE_ADVERSARY_SEEDS"] ?? "").split(separator: "-")
            .compactMap { Int($0) }
        guard let first = bounds.first else { return Array(usual) }
        return Array(first...max(first, bounds.last ?? first))
    }

    @Test func whateverPeopleDoNobodyIsPaidTwiceAndSomeCommandLeadsOn() async throws {
        var held = 0
        await withTaskGroup(of: String?.self) { group in
            var waiting = Self.seeds[...]
            for _ in 0..<Self.atOnce {
                if let seed = waiting.popFirst() { group.addTask { await Self.play(seed) } }
            }
            while let failure = await group.next() {
                if let failure { Issue.record(Comment(rawValue: failure)) } else { held += 1 }
                if let seed = waiting.popFirst() { group.addTask { await Self.play(seed) } }
            }
        }
        print("adversary: \(held) of \(Self.seeds.count) seeds held")
    }

    /// Plays a seed; answers what went wrong, with everything that was done.
    private static func play(_ seed: Int) async -> String? {
        do {
            return try await withDatabase { database in
                let outbox = FileManager.default.temporaryDirectory.appendingPathComponent(
                    "puente-adversary-\(UUID().uuidString)/out")
                try FileManager.default.createDirectory(at: outbox, withIntermediateDirectories: true)
                defer { try? FileManager.default.removeItem(at: outbox.deletingLastPathComponent()) }
                let site = try await AdversarySite(database, outbox: outbox.path)
                let adversary = Adversary(site, AdversaryMoves(seed: seed, length: movesPerSeed))
                var failure: String?
                do {
                    try await adversary.begin()
                    try await adversary.play()
                    try await adversary.finish()
                } catch {
                    failure = adversary.report(error)
                }
                try await site.close()
                return failure
            }
        } catch {
            return "seed \(seed): \(error)"
        }
    }
}

extension Adversary {
    /// What went wrong, and everything that was done before.
    func report(_ error: any Error) -> String {
        """
        seed \(moves.seed) (\(model.scheme), \(model.currency)): \(error)
        \(story.enumerated().map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n"))
        repeat it with PUENTE_ADVERSARY_SEEDS=\(moves.seed)
        """
    }
}
