import Contracts
import TestSupport
import Testing

/// Pausing and letting go on are acts of named persons, who see what they decide about.
@Suite struct PauseTests {
    @Test func aPersonPausesAndAPersonWhoHasSeenItLetsGoOn() async throws {
        try await withRun(households: 4) { fixture in
            let paused = try await fixture.ana.call(
                TransfersV1.Payments.pause, .init(reason: "two lists differ"), RunFixture.patient)
            #expect(paused.paused && paused.cause == "asked" && paused.details == "two lists differ")
            #expect(paused.by.hasSuffix("ana"))
            // Said twice, it is the same pause.
            let again = try await fixture.beto.call(
                TransfersV1.Payments.pause, .init(reason: "another reason"), RunFixture.patient)
            #expect(again == paused)

            await #expect(throws: RPCError.self) {
                _ = try await fixture.beto.call(
                    TransfersV1.Payments.continue, .init(reason: "compared", seenEvent: paused.event + 1),
                    RunFixture.patient)
            }
            await #expect(throws: RPCError.self) {
                _ = try await fixture.beto.call(
                    TransfersV1.Payments.continue, .init(reason: " ", seenEvent: paused.event), RunFixture.patient)
            }
            let going = try await fixture.beto.call(
                TransfersV1.Payments.continue, .init(reason: "compared: they agree", seenEvent: paused.event),
                RunFixture.patient)
            #expect(!going.paused && going.by.hasSuffix("beto") && going.event > paused.event)
            // What was decided is not decided again.
            await #expect(throws: RPCError.self) {
                _ = try await fixture.beto.call(
                    TransfersV1.Payments.continue, .init(reason: "again", seenEvent: paused.event), RunFixture.patient)
            }
            let pool = fixture.database.pool(size: 1)
            let kept = try await pool.texts(
                of:
                    "SELECT act, cause, details, call_id IS NOT NULL FROM transfers.payment_pause_event_v1 ORDER BY event"
            )
            #expect(kept == ["(paused,asked,\"two lists differ\",t)", "(continued,asked,\"compared: they agree\",t)"])
            await pool.close()
        }
    }
}
