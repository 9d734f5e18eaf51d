// swift-format-ignore-file
// Generated from puente/projects/v1/projects.proto by Shared/Contracts/generate. Do not edit.

extension ProjectsV1 {
    /// Names an instalment.
    public struct OrderInputsRequest: Message {
        /// Programme's code, for instance `gardens`.
        public var programme: String
        /// Fiscal year of the budget lines.
        public var fiscalYear: Int32
        /// Instalment, from 1.
        public var instalment: Int32

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            fiscalYear = 0
            instalment = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            fiscalYear: Int32 = 0,
            instalment: Int32 = 0
        ) {
            self.programme = programme
            self.fiscalYear = fiscalYear
            self.instalment = instalment
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.projects.v1.OrderInputsRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "fiscalYear", "fiscal_year"),
            MessageField(3, "instalment", "instalment"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&fiscalYear)
            case 3: try reader.read(&instalment)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("fiscalYear", fiscalYear)
            writer.write("instalment", instalment)
        }
    }

    /// Where an instalment is.
    public struct OrderInputsReply: Message {
        /// `reserving`, `awaiting_budget`, `ordered`, `empty`.
        public var state: String
        /// Projects it covers.
        public var projects: Int32
        /// Households it covers.
        public var households: Int64
        /// Minor units committed for the whole project.
        public var committedMinor: Int64
        /// Minor units ordered in this instalment.
        public var orderedMinor: Int64
        /// ISO 4217 code.
        public var currency: String
        /// Purchase orders of inputs made.
        public var purchaseOrders: Int32
        /// Households that do not get their first inputs with it: they receive no transfer, and an agreement asks for one.
        public var householdsNotStarted: Int64
        /// What keeps it from being ordered; empty when nothing does.
        public var obstacles: [ProjectsV1.InstalmentObstacle]

        /// The empty message: every field has its default.
        public init() {
            state = ""
            projects = 0
            households = 0
            committedMinor = 0
            orderedMinor = 0
            currency = ""
            purchaseOrders = 0
            householdsNotStarted = 0
            obstacles = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            state: String = "",
            projects: Int32 = 0,
            households: Int64 = 0,
            committedMinor: Int64 = 0,
            orderedMinor: Int64 = 0,
            currency: String = "",
            purchaseOrders: Int32 = 0,
            householdsNotStarted: Int64 = 0,
            obstacles: [ProjectsV1.InstalmentObstacle] = []
        ) {
            self.state = state
            self.projects = projects
            self.households = households
            self.committedMinor = committedMinor
            self.orderedMinor = orderedMinor
            self.currency = currency
            self.purchaseOrders = purchaseOrders
            self.householdsNotStarted = householdsNotStarted
            self.obstacles = obstacles
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.projects.v1.OrderInputsReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "state", "state"),
            MessageField(2, "projects", "projects"),
            MessageField(3, "households", "households"),
            MessageField(4, "committedMinor", "committed_minor"),
            MessageField(5, "orderedMinor", "ordered_minor"),
            MessageField(6, "currency", "currency"),
            MessageField(7, "purchaseOrders", "purchase_orders"),
            MessageField(10, "householdsNotStarted", "households_not_started"),
            MessageField(11, "obstacles", "obstacles"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&state)
            case 2: try reader.read(&projects)
            case 3: try reader.read(&households)
            case 4: try reader.read(&committedMinor)
            case 5: try reader.read(&orderedMinor)
            case 6: try reader.read(&currency)
            case 7: try reader.read(&purchaseOrders)
            case 10: try reader.read(&householdsNotStarted)
            case 11: try reader.read(repeated: &obstacles)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("state", state)
            writer.write("projects", projects)
            writer.write("households", households)
            writer.write("committedMinor", committedMinor)
            writer.write("orderedMinor", orderedMinor)
            writer.write("currency", currency)
            writer.write("purchaseOrders", purchaseOrders)
            writer.write("householdsNotStarted", householdsNotStarted)
            writer.write("obstacles", repeated: obstacles)
        }
    }

    /// What keeps an instalment from being ordered.
    public struct InstalmentObstacle: Message {
        /// `ledger` (the ledger refused, `detail` is its code), `ledger_unanswered` (`detail` is how the call ended), `line_missing`,
        /// `lines_several`, `line_other_currency`, `budget_short`.
        public var kind: String
        /// Code, status or territory, by kind.
        public var detail: String
        /// The budget line, or the lines that fit.
        public var lines: [String]
        /// Minor units that are missing, where money is.
        public var shortfallMinor: Int64
        /// Dimensions that a line was looked up by, as name and value.
        public var dimensions: [String: String]

        /// The empty message: every field has its default.
        public init() {
            kind = ""
            detail = ""
            lines = []
            shortfallMinor = 0
            dimensions = [:]
        }

        /// A message; fields that are not given have their defaults.
        public init(
            kind: String = "",
            detail: String = "",
            lines: [String] = [],
            shortfallMinor: Int64 = 0,
            dimensions: [String: String] = [:]
        ) {
            self.kind = kind
            self.detail = detail
            self.lines = lines
            self.shortfallMinor = shortfallMinor
            self.dimensions = dimensions
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.projects.v1.InstalmentObstacle" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "kind", "kind"),
            MessageField(2, "detail", "detail"),
            MessageField(3, "lines", "lines"),
            MessageField(4, "shortfallMinor", "shortfall_minor"),
            MessageField(5, "dimensions", "dimensions"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&kind)
            case 2: try reader.read(&detail)
            case 3: try reader.read(repeated: &lines)
            case 4: try reader.read(&shortfallMinor)
            case 5: try reader.read(map: &dimensions)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("kind", kind)
            writer.write("detail", detail)
            writer.write("lines", repeated: lines)
            writer.write("shortfallMinor", shortfallMinor)
            writer.write("dimensions", map: dimensions)
        }
    }

    /// Productive projects.
    public enum Projects {
        /// Imports projects' participants.
        public static let `import` = Method<CommonV1.ImportRequest, CommonV1.ImportProgress>(
            name: "puente.projects.v1.Projects/Import", kind: .serverStreaming,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(3600), priority: 5, allowedRoles: ["operator"], maxConcurrency: 1))
        /// Reserves and commits the budget of a programme's projects, then orders the next instalment of inputs.
        public static let orderInputs = Method<ProjectsV1.OrderInputsRequest, ProjectsV1.OrderInputsReply>(
            name: "puente.projects.v1.Projects/OrderInputs", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(300), priority: 4, allowedRoles: ["operator"]))
        /// Where the instalment is.
        public static let status = Method<ProjectsV1.OrderInputsRequest, ProjectsV1.OrderInputsReply>(
            name: "puente.projects.v1.Projects/Status", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(30), priority: 1, allowedRoles: ["operator"]))
        /// Internal: the ledger has answered what an instalment asked for.
        public static let ledgerAnswered = Method<RPCV1.Continuation, CommonV1.Empty>(
            name: "puente.projects.v1.Projects/LedgerAnswered", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 20, initialBackoff: .nanoseconds(200000000), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED", "INTERNAL", "UNKNOWN"]), deadline: .seconds(3600), priority: 3, allowedRoles: ["projects"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [`import`, orderInputs, status, ledgerAnswered]
    }
}
