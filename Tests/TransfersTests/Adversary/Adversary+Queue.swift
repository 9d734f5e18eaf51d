import Contracts
import Postgres
import Queue
import TestSupport

/// What an operator does to the queue, the services' own calls meant.
extension Adversary {
    /// The services' own calls are meant too.
    private static let meant = Intent(isInternal: true, reason: "a test disturbs")

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
        return "\(chosen): \(try await queue.cancel(id, Self.meant) ? "cancelled" : "finished")"
    }

    func retryDead() async throws -> String { "\(try await queue.retryAll(.init(), Self.meant).changed) calls" }

    func discardDead() async throws -> String { "\(try await queue.discardAll(.init(), Self.meant).changed) calls" }
}
