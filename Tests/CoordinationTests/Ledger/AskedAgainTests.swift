import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

private func reservations(_ amount: Int64, more: Int64 = 1) -> [CoordinationV1.Posting] {
    [("run/1/a", amount), ("run/1/b", more)].map {
        CoordinationV1.Posting(
            postingId: $0, kind: .reserve, line: "L", amountMinor: $1, document: "R1", currency: "PEN")
    }
}

private func ask(_ postings: [CoordinationV1.Posting], _ steps: PostingSteps) async throws -> [String] {
    try await steps.batch(postings, .atomic, as: "puente_transfers")
}

/// One rule for asking again: the same identifiers until they are posted. Nothing can be reserved twice.
@Test func aRefusedAtomicBatchIsJudgedAnewUnderTheSameIdentifiersAndPostedOnce() async throws {
    try await withLine { steps in
        for _ in 0..<2 {
            let refused = try await ask(reservations(150_000), steps)
            #expect(refused == ["insufficient_available", "insufficient_available"])
        }
        #expect(try await steps.accounts() == "(100000,100000,0,0,0,0,0)")
        #expect(try await steps.post("more", .appropriate, 100_000) == "posted")
        let posted = try await ask(reservations(150_000), steps)
        #expect(posted == ["posted", "posted"])
        // Late answers, retries and resumptions ask the same: it was posted, and nothing happens.
        for _ in 0..<2 {
            let again = try await ask(reservations(150_000), steps)
            #expect(again == ["posted before", "posted before"])
        }
        #expect(try await steps.accounts() == "(200000,49999,150001,0,0,0,0)")
        let other = try await ask(reservations(1), steps)
        #expect(other == ["posting_id_reused", "posted before"])
    }
}

/// What was refused binds nobody: another content under its identifiers is judged as if it had never been asked.
@Test func aRefusedAtomicBatchUsesUpNoIdentifier() async throws {
    try await withLine { steps in
        var posting = reservations(900_000)[0]
        let refused = try await ask([posting], steps)
        posting.amountMinor = 9
        let smaller = try await ask([posting], steps)
        posting.amountMinor = 900_000
        let larger = try await ask([posting], steps)
        #expect([refused, smaller, larger] == [["insufficient_available"], ["posted"], ["posting_id_reused"]])
    }
}
