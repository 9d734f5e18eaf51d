// swift-format-ignore-file
// Generated from puente/projects/v1/projects.proto by Shared/Contracts/generate. Do not edit.

extension ProjectsV1 {
    /// Names an instalment.
    public struct OrderInputsRequest: Message {
        /// Programme's code, for instance `haku_winay`.
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
        /// Lines that lack money, as `line: minor units`.
        public var shortfalls: [String]
        /// What keeps it from being ordered; empty when nothing does.
        public var problem: String
        /// Households that do not get their first inputs with it: they receive no transfer, and an agreement asks for one.
        public var householdsNotStarted: Int64

        /// The empty message: every field has its default.
        public init() {
            state = ""
            projects = 0
            households = 0
            committedMinor = 0
            orderedMinor = 0
            currency = ""
            purchaseOrders = 0
            shortfalls = []
            problem = ""
            householdsNotStarted = 0
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
            shortfalls: [String] = [],
            problem: String = "",
            householdsNotStarted: Int64 = 0
        ) {
            self.state = state
            self.projects = projects
            self.households = households
            self.committedMinor = committedMinor
            self.orderedMinor = orderedMinor
            self.currency = currency
            self.purchaseOrders = purchaseOrders
            self.shortfalls = shortfalls
            self.problem = problem
            self.householdsNotStarted = householdsNotStarted
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
            MessageField(8, "shortfalls", "shortfalls"),
            MessageField(9, "problem", "problem"),
            MessageField(10, "householdsNotStarted", "households_not_started"),
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
            case 8: try reader.read(repeated: &shortfalls)
            case 9: try reader.read(&problem)
            case 10: try reader.read(&householdsNotStarted)
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
            writer.write("shortfalls", repeated: shortfalls)
            writer.write("problem", problem)
            writer.write("householdsNotStarted", householdsNotStarted)
        }
    }

    /// Internal: the attempt at an instalment that the ledger answers.
    public struct InstalmentAttempt: Message {
        /// Programme's code.
        public var programme: String
        /// Fiscal year.
        public var fiscalYear: Int32
        /// Instalment.
        public var instalment: Int32
        /// Counts the attempts; the answer to an earlier one is ignored.
        public var attempt: Int32

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            fiscalYear = 0
            instalment = 0
            attempt = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            fiscalYear: Int32 = 0,
            instalment: Int32 = 0,
            attempt: Int32 = 0
        ) {
            self.programme = programme
            self.fiscalYear = fiscalYear
            self.instalment = instalment
            self.attempt = attempt
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.projects.v1.InstalmentAttempt" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "fiscalYear", "fiscal_year"),
            MessageField(3, "instalment", "instalment"),
            MessageField(4, "attempt", "attempt"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&fiscalYear)
            case 3: try reader.read(&instalment)
            case 4: try reader.read(&attempt)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("fiscalYear", fiscalYear)
            writer.write("instalment", instalment)
            writer.write("attempt", attempt)
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
        /// Internal: the ledger has answered.
        public static let budgetAnswered = Method<RPCV1.Continuation, CommonV1.Empty>(
            name: "puente.projects.v1.Projects/BudgetAnswered", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 20, initialBackoff: .nanoseconds(200000000), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED", "INTERNAL", "UNKNOWN"]), deadline: .seconds(3600), priority: 3, allowedRoles: ["projects"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [`import`, orderInputs, status, budgetAnswered]
    }
}
