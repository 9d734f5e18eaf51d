// swift-format-ignore-file
// Generated from puente/rpc/v1/continuation.proto by Shared/Contracts/generate. Do not edit.

extension RPCV1 {
    /// The request of every continuation method.
    public struct Continuation: Message {
        /// The call that has finished.
        public var callId: String
        /// Full name of the method that was called.
        public var method: String
        /// gRPC status code; 0 is OK.
        public var status: Int32
        /// The status' message, safe to show.
        public var message: String
        /// The reply as canonical proto3 JSON; empty unless OK.
        public var replyJson: String
        /// What the caller asked to be given back, as canonical proto3 JSON.
        public var stateJson: String

        /// The empty message: every field has its default.
        public init() {
            callId = ""
            method = ""
            status = 0
            message = ""
            replyJson = ""
            stateJson = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            callId: String = "",
            method: String = "",
            status: Int32 = 0,
            message: String = "",
            replyJson: String = "",
            stateJson: String = ""
        ) {
            self.callId = callId
            self.method = method
            self.status = status
            self.message = message
            self.replyJson = replyJson
            self.stateJson = stateJson
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.rpc.v1.Continuation" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "callId", "call_id"),
            MessageField(2, "method", "method"),
            MessageField(3, "status", "status"),
            MessageField(4, "message", "message"),
            MessageField(5, "replyJson", "reply_json"),
            MessageField(6, "stateJson", "state_json"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&callId)
            case 2: try reader.read(&method)
            case 3: try reader.read(&status)
            case 4: try reader.read(&message)
            case 5: try reader.read(&replyJson)
            case 6: try reader.read(&stateJson)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("callId", callId)
            writer.write("method", method)
            writer.write("status", status)
            writer.write("message", message)
            writer.write("replyJson", replyJson)
            writer.write("stateJson", stateJson)
        }
    }
}
