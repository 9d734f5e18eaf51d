import Contracts
import Postgres
import Queue

/// Opens budget lines, all or none.
struct OpenLinesHandler: Handler {
    static let method = CoordinationV1.Budget.openLines

    func handle(
        _ request: CoordinationV1.OpenLinesRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.OpenLinesReply {
        let rows = try await call.transaction.query(
            OpenLines(actor: call.info.caller, callId: call.info.id, lines: request.lines))
        if let other = rows.first(where: { $0.outcome == "other_dimensions" }) {
            throw RPCError.failedPrecondition("budget line \(other.line) exists with other dimensions")
        }
        if let closed = rows.first(where: { $0.outcome == "year_not_open" }) {
            throw RPCError.failedPrecondition("the fiscal year of budget line \(closed.line) is not open")
        }
        let opened = rows.count { $0.outcome == "opened" }
        return .init(opened: Int32(opened), unchanged: Int32(rows.count - opened))
    }
}
