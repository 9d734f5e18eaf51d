import Contracts
import Queue

/// Signs the exception that somebody else asked for; signing again changes nothing.
struct AllowOverlap: Handler {
    static let method = TransfersV1.Cycles.allowOverlap

    func handle(
        _ request: TransfersV1.AllowOverlapRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.AllowOverlapReply {
        let statement = LockException(
            programme: request.programme, code: request.cycle, number: request.exceptionNumber)
        guard let found = try await call.transaction.queryOne(statement) else {
            throw RPCError.notFound(
                "nobody has asked for an exception for cycle \(request.cycle) of programme \(request.programme)",
                details: [ErrorDetail(type: "precondition", reason: "exception_not_asked", subject: request.cycle)])
        }
        if found.signedBy == call.info.caller { return found.reply }
        guard found.signedBy == nil else {
            throw RPCError.failedPrecondition(
                "the exception is signed already; open the cycle",
                details: [ErrorDetail(type: "precondition", reason: "exception_signed", subject: request.cycle)])
        }
        _ = try await call.transaction.execute(
            SignException(exceptionNumber: found.reply.exceptionNumber, signedBy: call.info.caller))
        return found.reply
    }
}
