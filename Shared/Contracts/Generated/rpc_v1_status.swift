// swift-format-ignore-file
// Generated from puente/rpc/v1/status.proto by Shared/Contracts/generate. Do not edit.

extension RPCV1 {
    /// A failed call's answer.
    public struct Status: Message {
        /// gRPC status code, 1 to 16; 0 is OK.
        public var code: Int32
        /// For a person to read; safe to show to any caller.
        public var message: String
        /// What exactly was wrong, for programs.
        public var details: [RPCV1.ErrorDetail]

        /// The empty message: every field has its default.
        public init() {
            code = 0
            message = ""
            details = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: Int32 = 0,
            message: String = "",
            details: [RPCV1.ErrorDetail] = []
        ) {
            self.code = code
            self.message = message
            self.details = details
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.rpc.v1.Status" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "message", "message"),
            MessageField(3, "details", "details"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&message)
            case 3: try reader.read(repeated: &details)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("message", message)
            writer.write("details", repeated: details)
        }
    }

    /// One thing that was wrong. Carries no personal data.
    public struct ErrorDetail: Message {
        /// What kind of detail it is: `field`, `row`, `precondition`, `quota`, `resource`.
        public var type: String
        /// The field it is about: a path such as `postings[3].amountMinor`, or a column's name.
        public var field: String
        /// Line of the file it is about, from 1; 0: not about a file.
        public var line: Int64
        /// Stable code of the reason, for instance `unknown_field`, `insufficient_available`.
        public var reason: String
        /// The thing it is about: a file's name, a budget line, a cycle.
        public var subject: String
        /// For a person to read.
        public var description: String
        /// Figures that belong to the reason, for instance `shortfall_minor`.
        public var metadata: [String: String]

        /// The empty message: every field has its default.
        public init() {
            type = ""
            field = ""
            line = 0
            reason = ""
            subject = ""
            description = ""
            metadata = [:]
        }

        /// A message; fields that are not given have their defaults.
        public init(
            type: String = "",
            field: String = "",
            line: Int64 = 0,
            reason: String = "",
            subject: String = "",
            description: String = "",
            metadata: [String: String] = [:]
        ) {
            self.type = type
            self.field = field
            self.line = line
            self.reason = reason
            self.subject = subject
            self.description = description
            self.metadata = metadata
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.rpc.v1.ErrorDetail" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "type", "type"),
            MessageField(2, "field", "field"),
            MessageField(3, "line", "line"),
            MessageField(4, "reason", "reason"),
            MessageField(5, "subject", "subject"),
            MessageField(6, "description", "description"),
            MessageField(7, "metadata", "metadata"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&type)
            case 2: try reader.read(&field)
            case 3: try reader.read(&line)
            case 4: try reader.read(&reason)
            case 5: try reader.read(&subject)
            case 6: try reader.read(&description)
            case 7: try reader.read(map: &metadata)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("type", type)
            writer.write("field", field)
            writer.write("line", line)
            writer.write("reason", reason)
            writer.write("subject", subject)
            writer.write("description", description)
            writer.write("metadata", map: metadata)
        }
    }
}
