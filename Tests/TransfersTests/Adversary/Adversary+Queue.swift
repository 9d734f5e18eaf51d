import Contracts
import Postgres
import Queue
import TestSupport

/// What an operator does to the queue, the services' own calls meant.
extension Adversary {
    private var queue: QueueOperations { QueueOperations(site.operatorPool) }

    /// Cancels one of the calls that are not finished.
    func cancelCall(among index: Int) async throws -> String {
        let open = try await site.rows(
            """
            SELECT open.call_id || ' ' || named.name
            FROM rpc.unfinished AS open JOIN rpc.method AS named USING (method_id) ORDER BY open.call_id
            """)
        guard !open.isEmpty else { return "no call" }
        let chosen = open[index % open.count]
        guard let id = chosen.split(separator: " ").first.flatMap({ Int64($0) }) else { return "no call" }
        return "\(chosen): \(try await queue.cancel(id) ? "cancelled" : "finished")"
    }

    func retryDead() async throws -> String { "\(try await queue.retryAll())" }

    func discardDead() async throws -> String { "\(try await queue.discardAll())" }
}
