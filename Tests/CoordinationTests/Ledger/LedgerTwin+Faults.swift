import Contracts
import Postgres
import Synchronization
import Testing

@testable import CoordinationService

/// What happens to a ledger when several post at once, and when connections and servers are lost.
extension LedgerTwin {
    /// Several batches at once over the same lines: whatever their order was, it was one order.
    mutating func postConcurrently() async throws {
        let requests = scenario.concurrentBatches(3)
        let twin = self
        let answers = try await withThrowingTaskGroup(of: (Int, [LedgerModel.Answer]).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { (index, try await twin.post(request)) }
            }
            return try await group.reduce(into: [Int: [LedgerModel.Answer]]()) { $0[$1.0] = $1.1 }
        }
        try await settle(requests, answers)
    }

    /// Posts the batches from four connections at once and calls `interrupt` when a third of them is answered; returns
    /// the answers that arrived. However long the interruption takes, the last batch is sent after it.
    func answers(
        _ requests: [CoordinationV1.PostRequest], interruptedBy interrupt: @escaping @Sendable () async throws -> Void
    ) async throws -> [Int: [LedgerModel.Answer]] {
        let answered = Answers()
        let twin = self
        let (last, third) = (requests.count - 1, requests.count / 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for index in stride(from: worker, to: last, by: 4) {
                        guard let answer = try? await twin.post(requests[index]) else { return }
                        if answered.add(index, answer) == third { try await interrupt() }
                    }
                }
            }
            try await group.waitForAll()
        }
        if let answer = try? await twin.post(requests[last]) { _ = answered.add(last, answer) }
        return answered.all
    }

    /// Sends again what was not answered, and compares every answer with the model's in the order of the batches.
    mutating func settle(
        _ requests: [CoordinationV1.PostRequest], _ answers: [Int: [LedgerModel.Answer]]
    ) async throws {
        var settled = answers
        for (index, request) in requests.enumerated() where settled[index] == nil {
            settled[index] = try await post(request)
        }
        var order: [(batch: Int64, index: Int)] = []
        for (index, request) in requests.enumerated() {
            let batch = try await pool.query(BatchOfPosting(ids: request.postings.map(\.postingId))).first
            order.append((batch ?? 0, index))
        }
        for (_, index) in order.sorted(by: { $0 < $1 }) {
            let expected = model.post(requests[index])
            // What was sent again may have been posted by the first attempt.
            let wasAnswered = answers[index] != nil
            let same = zip(settled[index]!, expected).allSatisfy {
                $0.code == $1.code && $0.shortfall == $1.shortfall && (!wasAnswered || $0.replayed == $1.replayed)
            }
            try #require(
                same && settled[index]!.count == expected.count,
                "\(scenario.name) \(settled[index]!) \(expected) \(requests[index])")
        }
    }

    /// The connection is lost in the middle of a batch; sent again, it has been posted once.
    mutating func postAgainAfterALostConnection() async throws {
        let request = scenario.batch()
        let twin = self
        let name = "ledger-\(scenario.name)"
        let victim = ConnectionPool(pool.configuration.with(applicationName: name), size: 1)
        let lost = Task {
            try? await victim.post(PostBatch(request))
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...8000, using: &scenario.random)))
        try await pool.script(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '\(name)'")
        _ = await lost.value
        await victim.close()
        let answers = try await twin.post(request)
        let expected = model.post(request)
        try #require(answers.map(\.code) == expected.map(\.code), "\(scenario.name) \(request)")
        #expect(answers.map(\.shortfall) == expected.map(\.shortfall))
    }
}

/// The answers that arrived so far.
private final class Answers: Sendable {
    private let received = Mutex([Int: [LedgerModel.Answer]]())

    var all: [Int: [LedgerModel.Answer]] { received.withLock { $0 } }

    /// Keeps an answer; returns how many there are now.
    func add(_ index: Int, _ answer: [LedgerModel.Answer]) -> Int {
        received.withLock { all in
            all[index] = answer
            return all.count
        }
    }
}
