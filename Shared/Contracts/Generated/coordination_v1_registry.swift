// swift-format-ignore-file
// Generated from puente/coordination/v1/registry.proto by Shared/Contracts/generate. Do not edit.

extension CoordinationV1 {
    /// What loading a programme did.
    public struct LoadProgrammeReply: Message {
        /// The programme's code.
        public var programme: String
        /// The version in force now, counted from 1.
        public var version: Int32
        /// False when the definition was in force already.
        public var changed: Bool
        /// Facts of the definition that no source confirms; shown to the user.
        public var unverified: [String]

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            version = 0
            changed = false
            unverified = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            version: Int32 = 0,
            changed: Bool = false,
            unverified: [String] = []
        ) {
            self.programme = programme
            self.version = version
            self.changed = changed
            self.unverified = unverified
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.LoadProgrammeReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "version", "version"),
            MessageField(3, "changed", "changed"),
            MessageField(4, "unverified", "unverified"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&version)
            case 3: try reader.read(&changed)
            case 4: try reader.read(repeated: &unverified)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("version", version)
            writer.write("changed", changed)
            writer.write("unverified", repeated: unverified)
        }
    }

    /// The social registry.
    public enum Registry {
        /// Imports territories, households, members and accounts.
        public static let `import` = Method<CommonV1.ImportRequest, CommonV1.ImportProgress>(
            name: "puente.coordination.v1.Registry/Import", kind: .serverStreaming,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(3600), priority: 5, allowedRoles: ["operator"], maxConcurrency: 1))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [`import`]
    }

    /// Programmes and their rules.
    public enum Programmes {
        /// Stores a programme's definition as a new version; the same definition again changes nothing.
        public static let load = Method<CoordinationV1.ProgrammeDefinition, CoordinationV1.LoadProgrammeReply>(
            name: "puente.coordination.v1.Programmes/Load", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [load]
    }
}
