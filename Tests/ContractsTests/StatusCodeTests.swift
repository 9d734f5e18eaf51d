import Contracts
import Testing

struct StatusCodeTests {
    @Test func codesHaveTheNamesAndNumbersOfGRPC() {
        let names = [
            "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
            "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
        ]
        #expect(StatusCode.allCases.map(\.name) == names)
        #expect(StatusCode.allCases.map(\.rawValue) == Array(0...16))
        #expect(names.map { StatusCode(name: $0) } == StatusCode.allCases)
        #expect(StatusCode(name: "ok") == nil)
    }

    @Test func anErrorIsNeverOK() {
        #expect(RPCError(.ok, "fine").code == .unknown)
        #expect(RPCError(status: RPCV1.Status(code: 99, message: "later gRPC"))?.code == .unknown)
    }
}
