import Foundation
import Testing
import TestSupport

/// Whatever dies during a run, and whenever, the outcome is the one of an undisturbed run.
@Suite(.serialized) struct FaultTests {
    private static let households = 600
    /// The smallest chunks, so that a small roll has many moments and is not over while something is killed.
    private static let householdsPerChunk = 1
    private static let kills = 20

    @Test(.timeLimit(.minutes(10))) func twentyKillsChangeNothing() async throws {
        let undisturbed = try await TestSite.with(
            households: Self.households, householdsPerChunk: Self.householdsPerChunk
        ) { site in
            try await site.prepareCycle()
            _ = try await site.startRun()
            #expect(text(try await site.approveRun(), "state") == "sent")
            return try await site.decisions()
        }
        #expect(undisturbed.orders.count > Self.households / 2)

        try await TestSite.with(households: Self.households, householdsPerChunk: Self.householdsPerChunk) { site in
            try await site.prepareCycle()
            let watch = try RunWatch(site)
            var killer = Killer(site: site, watch: watch, seed: 20_240_801)
            let run = try await site.startRun(watching: false)
            let perStage = Int64(Self.households / Self.householdsPerChunk)
            // Half of the kills up to the approval: freezing and verifying; the rest while orders and files are made.
            try await killer.kill(Self.kills / 2, before: perStage)
            _ = try await watch.until { $0.state == "awaiting_approval" }
            #expect(number(try await site.patientStatus(), "totalMinor") > 0)
            try await site.patientApproval(of: text(run, "runId"))
            try await killer.kill(Self.kills / 2, before: perStage * 2)
            _ = try await watch.until { $0.state == "sent" }
            #expect(killer.kills == Self.kills)
            #expect(killer.killsWhileMoving >= Self.kills - 4)
            #expect(Set(killer.victims) == Set(Victim.allCases))

            let disturbed = try await site.decisions()
            #expect(disturbed.orders == undisturbed.orders)
            #expect(disturbed.entitlements == undisturbed.entitlements)
            #expect(disturbed.ledger == undisturbed.ledger)
            #expect(disturbed.files.keys.sorted() == undisturbed.files.keys.sorted())
            #expect(disturbed.files == undisturbed.files)
            #expect(try await site.rows("SELECT call_id FROM rpc.dead").isEmpty)
            await watch.close()
        }
    }
}

/// Kills at random moments, which are numbers of finished chunks: a moment of the run, not of the clock.
private struct Killer {
    let site: TestSite
    let watch: RunWatch
    private var generator: SeededGenerator
    private(set) var kills = 0
    private(set) var killsWhileMoving = 0
    private(set) var victims: [Victim] = []

    init(site: TestSite, watch: RunWatch, seed: UInt64) {
        self.site = site
        self.watch = watch
        generator = SeededGenerator(seed: seed)
    }

    /// Kills as often as `count` says before `last` chunks are done. A kill takes its time, in which the run goes on; so each
    /// moment is chosen from what is left of the run.
    mutating func kill(_ count: Int, before last: Int64) async throws {
        for left in (1...count).reversed() {
            let now = try await watch.until { _ in true }.chunksDone
            let moment = now + Int64.random(in: 0...max(0, (last - now) / Int64(left + 1)), using: &generator)
            let look = try await watch.until { $0.chunksDone >= moment || $0.isSettled }
            // Each victim in turn to begin with, so that none is left out; then at random.
            let all = Victim.allCases
            let victim = kills < all.count ? all[kills] : all[Int.random(in: 0..<all.count, using: &generator)]
            try await site.kill(victim)
            victims.append(victim)
            kills += 1
            if !look.isSettled { killsWhileMoving += 1 }
        }
    }
}

extension TestSite {
    /// The run's state, asked again for as long as services are coming back.
    fileprivate func patientStatus() async throws -> [String: Any] {
        try await patiently("payments", "status", "--cycle", TestCycle.code, "--json", "--as", "ana")
    }

    fileprivate func patientApproval(of run: String) async throws {
        let total = programme.amount(number(try await patientStatus(), "totalMinor"))
        _ = try await patiently("payments", "approve", run, "--total", total, "--json", "--as", "luis")
    }

    /// Repeats a command that fails because services are coming back, as a person would.
    private func patiently(_ words: String...) async throws -> [String: Any] {
        for _ in 0..<100 {
            let outcome = try await puente(words)
            if outcome.status == 0 { return try outcome.json() }
            try #require(
                outcome.notices.contains("UNAVAILABLE") || outcome.notices.contains("PostgreSQL")
                    || outcome.notices.contains("DEADLINE_EXCEEDED"), "\(outcome.notices)")
            try await Task.sleep(for: .milliseconds(100))
        }
        return [:]
    }
}
