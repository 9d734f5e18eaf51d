// swift-format-ignore-file
// Generated from puente/rpc/v1/options.proto by Shared/Contracts/generate. Do not edit.

extension RPCV1 {
    /// The ways in which failed attempts are repeated, by who waits for the call.
    public enum Repetition: Int32, MessageEnum {
        /// As `retry` says; without it once.
        case unspecified = 0
        /// A person asked, or a file: 5 attempts within half a minute each, while the service or the database is away.
        case caller = 1
        /// Somebody waits for a page: 3 attempts, 10 seconds apart at most.
        case reader = 2
        /// Money is posted: 8 attempts.
        case posting = 3
        /// The system's own work, which nobody would give again: 20 attempts, also after what looks like a defect.
        case `internal` = 4

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "REPETITION_UNSPECIFIED"
            case .caller: "REPETITION_CALLER"
            case .reader: "REPETITION_READER"
            case .posting: "REPETITION_POSTING"
            case .internal: "REPETITION_INTERNAL"
            }
        }
    }

    /// Whether repeating a call is safe.
    public enum Idempotency: Int32, MessageEnum {
        /// Safe to call twice; no key needed.
        case unspecified = 0
        /// The method has no side effects.
        case noSideEffects = 1
        /// The caller must give an idempotency key.
        case keyRequired = 2

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "IDEMPOTENCY_UNSPECIFIED"
            case .noSideEffects: "IDEMPOTENCY_NO_SIDE_EFFECTS"
            case .keyRequired: "IDEMPOTENCY_KEY_REQUIRED"
            }
        }
    }

    /// The policy of one method. The queue enforces it.
    public struct MethodPolicy: Message {
        /// The caller gets no reply and does not wait.
        public var oneWay: Bool
        /// Whether a call must carry an idempotency key.
        public var idempotency: RPCV1.Idempotency
        /// How failed attempts are repeated. Absent: one attempt.
        public var retry: RPCV1.RetryPolicy?
        /// Deadline of a call that names none. Absent: 60 s.
        public var deadline: Duration?
        /// Name of the request field (proto name) whose value orders calls of this method; empty: no order.
        public var orderingKey: String
        /// 0 (first) to 9 (last). Contracts write it always; 5 is the usual one.
        public var priority: Int32
        /// Database roles that may call, without the prefix `puente_`: operator, transfers, projects, coordination, reporting.
        public var allowedRoles: [String]
        /// Largest number of calls of this method running at once; 0: no limit.
        public var maxConcurrency: Int32
        /// Largest number of calls admitted a second; 0: no limit.
        public var maxRatePerSecond: Int32
        /// Largest number of calls given to a batch handler at once; 0: one at a time.
        public var batchSize: Int32
        /// Largest number of calls with the same ordering key running at once is one; with another key field, this many.
        public var maxConcurrencyPerKey: Int32
        /// A person's decision (to approve, sign, override, close): taken when it is given, never scheduled, never repeated by the
        /// queue or by an operator. When its attempt fails it has failed, and whoever decides gives it again.
        public var decision: Bool
        /// How failed attempts are repeated, by name: what `retry` would say is in one place. Only one of the two.
        public var repetition: RPCV1.Repetition

        /// The empty message: every field has its default.
        public init() {
            oneWay = false
            idempotency = RPCV1.Idempotency.fieldDefault
            retry = nil
            deadline = nil
            orderingKey = ""
            priority = 0
            allowedRoles = []
            maxConcurrency = 0
            maxRatePerSecond = 0
            batchSize = 0
            maxConcurrencyPerKey = 0
            decision = false
            repetition = RPCV1.Repetition.fieldDefault
        }

        /// A message; fields that are not given have their defaults.
        public init(
            oneWay: Bool = false,
            idempotency: RPCV1.Idempotency = RPCV1.Idempotency.fieldDefault,
            retry: RPCV1.RetryPolicy? = nil,
            deadline: Duration? = nil,
            orderingKey: String = "",
            priority: Int32 = 0,
            allowedRoles: [String] = [],
            maxConcurrency: Int32 = 0,
            maxRatePerSecond: Int32 = 0,
            batchSize: Int32 = 0,
            maxConcurrencyPerKey: Int32 = 0,
            decision: Bool = false,
            repetition: RPCV1.Repetition = RPCV1.Repetition.fieldDefault
        ) {
            self.oneWay = oneWay
            self.idempotency = idempotency
            self.retry = retry
            self.deadline = deadline
            self.orderingKey = orderingKey
            self.priority = priority
            self.allowedRoles = allowedRoles
            self.maxConcurrency = maxConcurrency
            self.maxRatePerSecond = maxRatePerSecond
            self.batchSize = batchSize
            self.maxConcurrencyPerKey = maxConcurrencyPerKey
            self.decision = decision
            self.repetition = repetition
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.rpc.v1.MethodPolicy" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "oneWay", "one_way"),
            MessageField(2, "idempotency", "idempotency"),
            MessageField(3, "retry", "retry"),
            MessageField(4, "deadline", "deadline"),
            MessageField(5, "orderingKey", "ordering_key"),
            MessageField(6, "priority", "priority"),
            MessageField(7, "allowedRoles", "allowed_roles"),
            MessageField(8, "maxConcurrency", "max_concurrency"),
            MessageField(9, "maxRatePerSecond", "max_rate_per_second"),
            MessageField(10, "batchSize", "batch_size"),
            MessageField(11, "maxConcurrencyPerKey", "max_concurrency_per_key"),
            MessageField(12, "decision", "decision"),
            MessageField(13, "repetition", "repetition"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&oneWay)
            case 2: try reader.read(&idempotency)
            case 3: try reader.read(optional: &retry)
            case 4: try reader.read(optional: &deadline)
            case 5: try reader.read(&orderingKey)
            case 6: try reader.read(&priority)
            case 7: try reader.read(repeated: &allowedRoles)
            case 8: try reader.read(&maxConcurrency)
            case 9: try reader.read(&maxRatePerSecond)
            case 10: try reader.read(&batchSize)
            case 11: try reader.read(&maxConcurrencyPerKey)
            case 12: try reader.read(&decision)
            case 13: try reader.read(&repetition)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("oneWay", oneWay)
            writer.write("idempotency", idempotency)
            writer.write("retry", optional: retry)
            writer.write("deadline", optional: deadline)
            writer.write("orderingKey", orderingKey)
            writer.write("priority", priority)
            writer.write("allowedRoles", repeated: allowedRoles)
            writer.write("maxConcurrency", maxConcurrency)
            writer.write("maxRatePerSecond", maxRatePerSecond)
            writer.write("batchSize", batchSize)
            writer.write("maxConcurrencyPerKey", maxConcurrencyPerKey)
            writer.write("decision", decision)
            writer.write("repetition", repetition)
        }
    }

    /// How failed attempts are repeated.
    public struct RetryPolicy: Message {
        /// Attempts in all, the first included.
        public var maxAttempts: Int32
        /// Wait before the second attempt.
        public var initialBackoff: Duration?
        /// Longest wait.
        public var maxBackoff: Duration?
        /// Growth of the wait, in hundredths: 200 doubles it.
        public var multiplierHundredths: Int32
        /// Status codes that are worth another attempt, by gRPC name.
        public var retryableCodes: [String]

        /// The empty message: every field has its default.
        public init() {
            maxAttempts = 0
            initialBackoff = nil
            maxBackoff = nil
            multiplierHundredths = 0
            retryableCodes = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            maxAttempts: Int32 = 0,
            initialBackoff: Duration? = nil,
            maxBackoff: Duration? = nil,
            multiplierHundredths: Int32 = 0,
            retryableCodes: [String] = []
        ) {
            self.maxAttempts = maxAttempts
            self.initialBackoff = initialBackoff
            self.maxBackoff = maxBackoff
            self.multiplierHundredths = multiplierHundredths
            self.retryableCodes = retryableCodes
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.rpc.v1.RetryPolicy" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "maxAttempts", "max_attempts"),
            MessageField(2, "initialBackoff", "initial_backoff"),
            MessageField(3, "maxBackoff", "max_backoff"),
            MessageField(4, "multiplierHundredths", "multiplier_hundredths"),
            MessageField(5, "retryableCodes", "retryable_codes"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&maxAttempts)
            case 2: try reader.read(optional: &initialBackoff)
            case 3: try reader.read(optional: &maxBackoff)
            case 4: try reader.read(&multiplierHundredths)
            case 5: try reader.read(repeated: &retryableCodes)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("maxAttempts", maxAttempts)
            writer.write("initialBackoff", optional: initialBackoff)
            writer.write("maxBackoff", optional: maxBackoff)
            writer.write("multiplierHundredths", multiplierHundredths)
            writer.write("retryableCodes", repeated: retryableCodes)
        }
    }
}
