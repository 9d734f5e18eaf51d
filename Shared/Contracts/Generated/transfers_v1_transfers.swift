// swift-format-ignore-file
// Generated from puente/transfers/v1/transfers.proto by Shared/Contracts/generate. Do not edit.

extension TransfersV1 {
    /// Opens a cycle.
    public struct OpenCycleRequest: Message {
        /// Programme's code.
        public var programme: String
        /// Cycle's code, for instance `2024-4`.
        public var cycle: String
        /// First day, ISO 8601.
        public var firstDay: String
        /// Last day, inclusive.
        public var lastDay: String

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            firstDay = ""
            lastDay = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            firstDay: String = "",
            lastDay: String = ""
        ) {
            self.programme = programme
            self.cycle = cycle
            self.firstDay = firstDay
            self.lastDay = lastDay
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenCycleRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "firstDay", "first_day"),
            MessageField(4, "lastDay", "last_day"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&firstDay)
            case 4: try reader.read(&lastDay)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
        }
    }

    /// Where the opening is; the last message has `done`.
    public struct OpenCycleProgress: Message {
        /// Households decided so far.
        public var households: Int64
        /// Of them affiliated.
        public var affiliated: Int64
        /// Set on the last message.
        public var done: Bool

        /// The empty message: every field has its default.
        public init() {
            households = 0
            affiliated = 0
            done = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            households: Int64 = 0,
            affiliated: Int64 = 0,
            done: Bool = false
        ) {
            self.households = households
            self.affiliated = affiliated
            self.done = done
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenCycleProgress" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "households", "households"),
            MessageField(2, "affiliated", "affiliated"),
            MessageField(3, "done", "done"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&households)
            case 2: try reader.read(&affiliated)
            case 3: try reader.read(&done)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("households", households)
            writer.write("affiliated", affiliated)
            writer.write("done", done)
        }
    }

    /// Asks for the reasons about one household.
    public struct ExplainRequest: Message {
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// Household.
        public var householdId: Int64

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            householdId = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            householdId: Int64 = 0
        ) {
            self.programme = programme
            self.cycle = cycle
            self.householdId = householdId
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ExplainRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "householdId", "household_id"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&householdId)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("householdId", householdId)
        }
    }

    /// The decisions about one household in one cycle.
    public struct ExplainReply: Message {
        /// In the order in which they were taken.
        public var decisions: [TransfersV1.Decision]

        /// The empty message: every field has its default.
        public init() {
            decisions = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            decisions: [TransfersV1.Decision] = []
        ) {
            self.decisions = decisions
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ExplainReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "decisions", "decisions"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &decisions)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("decisions", repeated: decisions)
        }
    }

    /// One decision.
    public struct Decision: Message {
        /// `affiliation`, `verdict`, `entitlement`, `order`, `bank`.
        public var kind: String
        /// The member it is about; 0: the household.
        public var personId: Int64
        /// Condition's or component's code.
        public var code: String
        /// For instance `eligible`, `met`, `not_met`, `paid`.
        public var outcome: String
        /// Reasons, as sentences.
        public var reasons: [String]
        /// Version of the rules.
        public var ruleVersion: Int32
        /// Minor units, where money is decided.
        public var amountMinor: Int64
        /// What it rests on: counts, dates, documents.
        public var evidence: String

        /// The empty message: every field has its default.
        public init() {
            kind = ""
            personId = 0
            code = ""
            outcome = ""
            reasons = []
            ruleVersion = 0
            amountMinor = 0
            evidence = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            kind: String = "",
            personId: Int64 = 0,
            code: String = "",
            outcome: String = "",
            reasons: [String] = [],
            ruleVersion: Int32 = 0,
            amountMinor: Int64 = 0,
            evidence: String = ""
        ) {
            self.kind = kind
            self.personId = personId
            self.code = code
            self.outcome = outcome
            self.reasons = reasons
            self.ruleVersion = ruleVersion
            self.amountMinor = amountMinor
            self.evidence = evidence
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.Decision" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "kind", "kind"),
            MessageField(2, "personId", "person_id"),
            MessageField(3, "code", "code"),
            MessageField(4, "outcome", "outcome"),
            MessageField(5, "reasons", "reasons"),
            MessageField(6, "ruleVersion", "rule_version"),
            MessageField(7, "amountMinor", "amount_minor"),
            MessageField(8, "evidence", "evidence"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&kind)
            case 2: try reader.read(&personId)
            case 3: try reader.read(&code)
            case 4: try reader.read(&outcome)
            case 5: try reader.read(repeated: &reasons)
            case 6: try reader.read(&ruleVersion)
            case 7: try reader.read(&amountMinor)
            case 8: try reader.read(&evidence)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("kind", kind)
            writer.write("personId", personId)
            writer.write("code", code)
            writer.write("outcome", outcome)
            writer.write("reasons", repeated: reasons)
            writer.write("ruleVersion", ruleVersion)
            writer.write("amountMinor", amountMinor)
            writer.write("evidence", evidence)
        }
    }

    /// Starts a run.
    public struct RunRequest: Message {
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// Day on which the bank shall pay, ISO 8601.
        public var payOn: String

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            payOn = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            payOn: String = ""
        ) {
            self.programme = programme
            self.cycle = cycle
            self.payOn = payOn
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.RunRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "payOn", "pay_on"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&payOn)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("payOn", payOn)
        }
    }

    /// A run was started, or was there already.
    public struct RunReply: Message {
        /// The run.
        public var runId: String
        /// Where it is.
        public var status: TransfersV1.RunStatus?

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            status = nil
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            status: TransfersV1.RunStatus? = nil
        ) {
            self.runId = runId
            self.status = status
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.RunReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "status", "status"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(optional: &status)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("status", optional: status)
        }
    }

    /// Names a run, by its id or by its cycle.
    public struct StatusRequest: Message {
        /// The run; empty: the latest of the cycle.
        public var runId: String
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            programme = ""
            cycle = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            programme: String = "",
            cycle: String = ""
        ) {
            self.runId = runId
            self.programme = programme
            self.cycle = cycle
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.StatusRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "programme", "programme"),
            MessageField(3, "cycle", "cycle"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(&programme)
            case 3: try reader.read(&cycle)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
        }
    }

    /// Approves.
    public struct ApproveRequest: Message {
        /// The run.
        public var runId: String
        /// What the approver saw: the run's total must still be this.
        public var expectedTotalMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            expectedTotalMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            expectedTotalMinor: Int64 = 0
        ) {
            self.runId = runId
            self.expectedTotalMinor = expectedTotalMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ApproveRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "expectedTotalMinor", "expected_total_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(&expectedTotalMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("expectedTotalMinor", expectedTotalMinor)
        }
    }

    /// Where a run is.
    public struct RunStatus: Message {
        /// The run.
        public var runId: String
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// `freezing`, `verifying`, `reserving`, `awaiting_budget`, `awaiting_approval`, `committing`, `ordering`, `writing`,
        /// `sent`, `closed`, `empty`.
        public var state: String
        /// Chunks of the present stage that are done.
        public var chunksDone: Int32
        /// Chunks of the present stage.
        public var chunks: Int32
        /// Households looked at.
        public var households: Int64
        /// Households with an amount to pay.
        public var payableHouseholds: Int64
        /// Minor units to pay.
        public var totalMinor: Int64
        /// ISO 4217 code.
        public var currency: String
        /// Who started it.
        public var requestedBy: String
        /// Who approved it.
        public var approvedBy: String
        /// Bank files written.
        public var files: [TransfersV1.BankFile]
        /// Lines that lack money, where the run awaits budget.
        public var shortfalls: [TransfersV1.Shortfall]
        /// Orders by state.
        public var orders: [TransfersV1.OrderTotal]

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            programme = ""
            cycle = ""
            state = ""
            chunksDone = 0
            chunks = 0
            households = 0
            payableHouseholds = 0
            totalMinor = 0
            currency = ""
            requestedBy = ""
            approvedBy = ""
            files = []
            shortfalls = []
            orders = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            programme: String = "",
            cycle: String = "",
            state: String = "",
            chunksDone: Int32 = 0,
            chunks: Int32 = 0,
            households: Int64 = 0,
            payableHouseholds: Int64 = 0,
            totalMinor: Int64 = 0,
            currency: String = "",
            requestedBy: String = "",
            approvedBy: String = "",
            files: [TransfersV1.BankFile] = [],
            shortfalls: [TransfersV1.Shortfall] = [],
            orders: [TransfersV1.OrderTotal] = []
        ) {
            self.runId = runId
            self.programme = programme
            self.cycle = cycle
            self.state = state
            self.chunksDone = chunksDone
            self.chunks = chunks
            self.households = households
            self.payableHouseholds = payableHouseholds
            self.totalMinor = totalMinor
            self.currency = currency
            self.requestedBy = requestedBy
            self.approvedBy = approvedBy
            self.files = files
            self.shortfalls = shortfalls
            self.orders = orders
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.RunStatus" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "programme", "programme"),
            MessageField(3, "cycle", "cycle"),
            MessageField(4, "state", "state"),
            MessageField(5, "chunksDone", "chunks_done"),
            MessageField(6, "chunks", "chunks"),
            MessageField(7, "households", "households"),
            MessageField(8, "payableHouseholds", "payable_households"),
            MessageField(9, "totalMinor", "total_minor"),
            MessageField(10, "currency", "currency"),
            MessageField(11, "requestedBy", "requested_by"),
            MessageField(12, "approvedBy", "approved_by"),
            MessageField(13, "files", "files"),
            MessageField(14, "shortfalls", "shortfalls"),
            MessageField(15, "orders", "orders"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(&programme)
            case 3: try reader.read(&cycle)
            case 4: try reader.read(&state)
            case 5: try reader.read(&chunksDone)
            case 6: try reader.read(&chunks)
            case 7: try reader.read(&households)
            case 8: try reader.read(&payableHouseholds)
            case 9: try reader.read(&totalMinor)
            case 10: try reader.read(&currency)
            case 11: try reader.read(&requestedBy)
            case 12: try reader.read(&approvedBy)
            case 13: try reader.read(repeated: &files)
            case 14: try reader.read(repeated: &shortfalls)
            case 15: try reader.read(repeated: &orders)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("state", state)
            writer.write("chunksDone", chunksDone)
            writer.write("chunks", chunks)
            writer.write("households", households)
            writer.write("payableHouseholds", payableHouseholds)
            writer.write("totalMinor", totalMinor)
            writer.write("currency", currency)
            writer.write("requestedBy", requestedBy)
            writer.write("approvedBy", approvedBy)
            writer.write("files", repeated: files)
            writer.write("shortfalls", repeated: shortfalls)
            writer.write("orders", repeated: orders)
        }
    }

    /// A budget line that lacks money.
    public struct Shortfall: Message {
        /// The line.
        public var line: String
        /// Minor units that are missing.
        public var shortfallMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            line = ""
            shortfallMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            line: String = "",
            shortfallMinor: Int64 = 0
        ) {
            self.line = line
            self.shortfallMinor = shortfallMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.Shortfall" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "line", "line"),
            MessageField(2, "shortfallMinor", "shortfall_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&line)
            case 2: try reader.read(&shortfallMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("line", line)
            writer.write("shortfallMinor", shortfallMinor)
        }
    }

    /// Orders in one state.
    public struct OrderTotal: Message {
        /// `ordered`, `sent`, `accepted`, `paid`, `rejected`, `returned`.
        public var state: String
        /// How many.
        public var orders: Int64
        /// Minor units.
        public var totalMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            state = ""
            orders = 0
            totalMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            state: String = "",
            orders: Int64 = 0,
            totalMinor: Int64 = 0
        ) {
            self.state = state
            self.orders = orders
            self.totalMinor = totalMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OrderTotal" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "state", "state"),
            MessageField(2, "orders", "orders"),
            MessageField(3, "totalMinor", "total_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&state)
            case 2: try reader.read(&orders)
            case 3: try reader.read(&totalMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("state", state)
            writer.write("orders", orders)
            writer.write("totalMinor", totalMinor)
        }
    }

    /// A file for the bank.
    public struct BankFile: Message {
        /// Its name.
        public var name: String
        /// Where the service wrote it.
        public var path: String
        /// Transactions.
        public var transactions: Int32
        /// Minor units.
        public var totalMinor: Int64
        /// SHA-256, hexadecimal.
        public var sha256: String

        /// The empty message: every field has its default.
        public init() {
            name = ""
            path = ""
            transactions = 0
            totalMinor = 0
            sha256 = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            name: String = "",
            path: String = "",
            transactions: Int32 = 0,
            totalMinor: Int64 = 0,
            sha256: String = ""
        ) {
            self.name = name
            self.path = path
            self.transactions = transactions
            self.totalMinor = totalMinor
            self.sha256 = sha256
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankFile" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "name", "name"),
            MessageField(2, "path", "path"),
            MessageField(3, "transactions", "transactions"),
            MessageField(4, "totalMinor", "total_minor"),
            MessageField(5, "sha256", "sha256"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&name)
            case 2: try reader.read(&path)
            case 3: try reader.read(&transactions)
            case 4: try reader.read(&totalMinor)
            case 5: try reader.read(&sha256)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("name", name)
            writer.write("path", path)
            writer.write("transactions", transactions)
            writer.write("totalMinor", totalMinor)
            writer.write("sha256", sha256)
        }
    }

    /// One chunk of a stage.
    public struct ChunkRequest: Message {
        /// The run.
        public var runId: String
        /// `freeze`, `verify`, `order` or `write`.
        public var stage: String
        /// Chunk's number from 0.
        public var chunk: Int32

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            stage = ""
            chunk = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            stage: String = "",
            chunk: Int32 = 0
        ) {
            self.runId = runId
            self.stage = stage
            self.chunk = chunk
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ChunkRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "stage", "stage"),
            MessageField(3, "chunk", "chunk"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(&stage)
            case 3: try reader.read(&chunk)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("stage", stage)
            writer.write("chunk", chunk)
        }
    }

    /// What a run asked the ledger; given back with the ledger's answer.
    public struct BudgetStep: Message {
        /// The run.
        public var runId: String
        /// `reserve` or `order`.
        public var step: String
        /// Which attempt at reserving, from 1.
        public var attempt: Int32

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            step = ""
            attempt = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            step: String = "",
            attempt: Int32 = 0
        ) {
            self.runId = runId
            self.step = step
            self.attempt = attempt
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BudgetStep" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "step", "step"),
            MessageField(3, "attempt", "attempt"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(&step)
            case 3: try reader.read(&attempt)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("step", step)
            writer.write("attempt", attempt)
        }
    }

    /// What a message of the bank asked the ledger; given back with the ledger's answer.
    public struct BankPostings: Message {
        /// The message.
        public var messageNumber: Int32

        /// The empty message: every field has its default.
        public init() {
            messageNumber = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            messageNumber: Int32 = 0
        ) {
            self.messageNumber = messageNumber
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankPostings" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "messageNumber", "message_number"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&messageNumber)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("messageNumber", messageNumber)
        }
    }

    /// Asks for the import of bank answers.
    public struct BankImportRequest: Message {
        /// Uploads.
        public var uploadIds: [String]

        /// The empty message: every field has its default.
        public init() {
            uploadIds = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            uploadIds: [String] = []
        ) {
            self.uploadIds = uploadIds
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankImportRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "uploadIds", "upload_ids"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &uploadIds)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("uploadIds", repeated: uploadIds)
        }
    }

    /// Where a bank import is; the last message has `results`.
    public struct BankImportProgress: Message {
        /// Transactions read so far.
        public var transactions: Int64
        /// One per file, on the last message.
        public var results: [TransfersV1.BankFileResult]

        /// The empty message: every field has its default.
        public init() {
            transactions = 0
            results = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            transactions: Int64 = 0,
            results: [TransfersV1.BankFileResult] = []
        ) {
            self.transactions = transactions
            self.results = results
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankImportProgress" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "transactions", "transactions"),
            MessageField(2, "results", "results"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&transactions)
            case 2: try reader.read(repeated: &results)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("transactions", transactions)
            writer.write("results", repeated: results)
        }
    }

    /// What became of one bank answer.
    public struct BankFileResult: Message {
        /// The file's name.
        public var fileName: String
        /// `pain.002`, `camt.053`, `camt.054`.
        public var kind: String
        /// `applied`, `already_applied`, `passed_over` (a statement with nothing of ours) or `refused`.
        public var outcome: String
        /// Transactions by what they changed.
        public var accepted: Int64
        /// Rejected ones.
        public var rejected: Int64
        /// Paid ones.
        public var paid: Int64
        /// Returned ones.
        public var returned: Int64
        /// Transactions that said nothing new.
        public var unchanged: Int64
        /// Why it was refused: the reader's code, for instance `totals_differ`.
        public var code: String
        /// The line at which it was refused.
        public var line: Int64
        /// What the code is about.
        public var values: [TransfersV1.BankValue]
        /// What waits for a person.
        public var odd: Int64
        /// What is none of ours: fees, other debits, money that came in.
        public var passedOver: Int64

        /// The empty message: every field has its default.
        public init() {
            fileName = ""
            kind = ""
            outcome = ""
            accepted = 0
            rejected = 0
            paid = 0
            returned = 0
            unchanged = 0
            code = ""
            line = 0
            values = []
            odd = 0
            passedOver = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            fileName: String = "",
            kind: String = "",
            outcome: String = "",
            accepted: Int64 = 0,
            rejected: Int64 = 0,
            paid: Int64 = 0,
            returned: Int64 = 0,
            unchanged: Int64 = 0,
            code: String = "",
            line: Int64 = 0,
            values: [TransfersV1.BankValue] = [],
            odd: Int64 = 0,
            passedOver: Int64 = 0
        ) {
            self.fileName = fileName
            self.kind = kind
            self.outcome = outcome
            self.accepted = accepted
            self.rejected = rejected
            self.paid = paid
            self.returned = returned
            self.unchanged = unchanged
            self.code = code
            self.line = line
            self.values = values
            self.odd = odd
            self.passedOver = passedOver
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankFileResult" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "fileName", "file_name"),
            MessageField(2, "kind", "kind"),
            MessageField(3, "outcome", "outcome"),
            MessageField(5, "accepted", "accepted"),
            MessageField(6, "rejected", "rejected"),
            MessageField(7, "paid", "paid"),
            MessageField(8, "returned", "returned"),
            MessageField(9, "unchanged", "unchanged"),
            MessageField(10, "code", "code"),
            MessageField(11, "line", "line"),
            MessageField(12, "values", "values"),
            MessageField(13, "odd", "odd"),
            MessageField(14, "passedOver", "passed_over"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&fileName)
            case 2: try reader.read(&kind)
            case 3: try reader.read(&outcome)
            case 5: try reader.read(&accepted)
            case 6: try reader.read(&rejected)
            case 7: try reader.read(&paid)
            case 8: try reader.read(&returned)
            case 9: try reader.read(&unchanged)
            case 10: try reader.read(&code)
            case 11: try reader.read(&line)
            case 12: try reader.read(repeated: &values)
            case 13: try reader.read(&odd)
            case 14: try reader.read(&passedOver)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("fileName", fileName)
            writer.write("kind", kind)
            writer.write("outcome", outcome)
            writer.write("accepted", accepted)
            writer.write("rejected", rejected)
            writer.write("paid", paid)
            writer.write("returned", returned)
            writer.write("unchanged", unchanged)
            writer.write("code", code)
            writer.write("line", line)
            writer.write("values", repeated: values)
            writer.write("odd", odd)
            writer.write("passedOver", passedOver)
        }
    }

    /// One value of a code.
    public struct BankValue: Message {
        /// What it is.
        public var name: String
        /// The value.
        public var value: String

        /// The empty message: every field has its default.
        public init() {
            name = ""
            value = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            name: String = "",
            value: String = ""
        ) {
            self.name = name
            self.value = value
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankValue" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "name", "name"),
            MessageField(2, "value", "value"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&name)
            case 2: try reader.read(&value)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("name", name)
            writer.write("value", value)
        }
    }

    /// Asks for what is odd.
    public struct BankOddRequest: Message {
        /// Also what was settled.
        public var all: Bool
        /// At most so many, the oldest first; 0: 200.
        public var limit: Int32

        /// The empty message: every field has its default.
        public init() {
            all = false
            limit = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            all: Bool = false,
            limit: Int32 = 0
        ) {
            self.all = all
            self.limit = limit
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankOddRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "all", "all"),
            MessageField(2, "limit", "limit"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&all)
            case 2: try reader.read(&limit)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("all", all)
            writer.write("limit", limit)
        }
    }

    /// What is odd.
    public struct BankOddities: Message {
        /// In the order in which it came.
        public var oddities: [TransfersV1.BankOddity]
        /// How many are open in all.
        public var open: Int64

        /// The empty message: every field has its default.
        public init() {
            oddities = []
            open = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            oddities: [TransfersV1.BankOddity] = [],
            open: Int64 = 0
        ) {
            self.oddities = oddities
            self.open = open
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankOddities" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "oddities", "oddities"),
            MessageField(2, "open", "open"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &oddities)
            case 2: try reader.read(&open)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("oddities", repeated: oddities)
            writer.write("open", open)
        }
    }

    /// One odd thing that the bank said.
    public struct BankOddity: Message {
        /// Its number.
        public var number: Int32
        /// The message's kind.
        public var kind: String
        /// The message's identifier.
        public var messageId: String
        /// The file.
        public var fileName: String
        /// Its line.
        public var line: Int32
        /// What is odd, for instance `paid_more`.
        public var code: String
        /// What is advised, for instance `claim`.
        public var proposal: String
        /// Programme's code; empty where the payment is not known.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// Household.
        public var householdId: Int64
        /// The number of its order in the cycle.
        public var orderNumber: Int32
        /// What the bank says: `accepted`, `rejected`, `paid`, `returned`, `noted`.
        public var event: String
        /// Minor units that the bank says.
        public var amountMinor: Int64
        /// ISO 4217 code.
        public var currency: String
        /// Day of the booking.
        public var bookedOn: String
        /// What the code is about.
        public var values: [TransfersV1.BankValue]
        /// `open` or `settled`.
        public var state: String
        /// `take` or `pass`.
        public var decision: String
        /// Who settled it.
        public var settledBy: String
        /// Why.
        public var settledReason: String
        /// Who imported the message: another person takes money as paid or come back.
        public var importedBy: String
        /// Whether there is anything to take.
        public var canBeTaken: Bool
        /// Minor units that were ordered; 0 where the payment is not known.
        public var orderedMinor: Int64
        /// Currency of what was ordered.
        public var orderedCurrency: String

        /// The empty message: every field has its default.
        public init() {
            self.number = 0
            kind = ""
            messageId = ""
            fileName = ""
            line = 0
            code = ""
            proposal = ""
            programme = ""
            cycle = ""
            householdId = 0
            orderNumber = 0
            event = ""
            amountMinor = 0
            currency = ""
            bookedOn = ""
            values = []
            state = ""
            decision = ""
            settledBy = ""
            settledReason = ""
            importedBy = ""
            canBeTaken = false
            orderedMinor = 0
            orderedCurrency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            number: Int32 = 0,
            kind: String = "",
            messageId: String = "",
            fileName: String = "",
            line: Int32 = 0,
            code: String = "",
            proposal: String = "",
            programme: String = "",
            cycle: String = "",
            householdId: Int64 = 0,
            orderNumber: Int32 = 0,
            event: String = "",
            amountMinor: Int64 = 0,
            currency: String = "",
            bookedOn: String = "",
            values: [TransfersV1.BankValue] = [],
            state: String = "",
            decision: String = "",
            settledBy: String = "",
            settledReason: String = "",
            importedBy: String = "",
            canBeTaken: Bool = false,
            orderedMinor: Int64 = 0,
            orderedCurrency: String = ""
        ) {
            self.number = number
            self.kind = kind
            self.messageId = messageId
            self.fileName = fileName
            self.line = line
            self.code = code
            self.proposal = proposal
            self.programme = programme
            self.cycle = cycle
            self.householdId = householdId
            self.orderNumber = orderNumber
            self.event = event
            self.amountMinor = amountMinor
            self.currency = currency
            self.bookedOn = bookedOn
            self.values = values
            self.state = state
            self.decision = decision
            self.settledBy = settledBy
            self.settledReason = settledReason
            self.importedBy = importedBy
            self.canBeTaken = canBeTaken
            self.orderedMinor = orderedMinor
            self.orderedCurrency = orderedCurrency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankOddity" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "number", "number"),
            MessageField(2, "kind", "kind"),
            MessageField(3, "messageId", "message_id"),
            MessageField(4, "fileName", "file_name"),
            MessageField(5, "line", "line"),
            MessageField(6, "code", "code"),
            MessageField(7, "proposal", "proposal"),
            MessageField(8, "programme", "programme"),
            MessageField(9, "cycle", "cycle"),
            MessageField(10, "householdId", "household_id"),
            MessageField(11, "orderNumber", "order_number"),
            MessageField(12, "event", "event"),
            MessageField(13, "amountMinor", "amount_minor"),
            MessageField(14, "currency", "currency"),
            MessageField(15, "bookedOn", "booked_on"),
            MessageField(16, "values", "values"),
            MessageField(17, "state", "state"),
            MessageField(18, "decision", "decision"),
            MessageField(19, "settledBy", "settled_by"),
            MessageField(20, "settledReason", "settled_reason"),
            MessageField(21, "importedBy", "imported_by"),
            MessageField(22, "canBeTaken", "can_be_taken"),
            MessageField(23, "orderedMinor", "ordered_minor"),
            MessageField(24, "orderedCurrency", "ordered_currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&self.number)
            case 2: try reader.read(&kind)
            case 3: try reader.read(&messageId)
            case 4: try reader.read(&fileName)
            case 5: try reader.read(&line)
            case 6: try reader.read(&code)
            case 7: try reader.read(&proposal)
            case 8: try reader.read(&programme)
            case 9: try reader.read(&cycle)
            case 10: try reader.read(&householdId)
            case 11: try reader.read(&orderNumber)
            case 12: try reader.read(&event)
            case 13: try reader.read(&amountMinor)
            case 14: try reader.read(&currency)
            case 15: try reader.read(&bookedOn)
            case 16: try reader.read(repeated: &values)
            case 17: try reader.read(&state)
            case 18: try reader.read(&decision)
            case 19: try reader.read(&settledBy)
            case 20: try reader.read(&settledReason)
            case 21: try reader.read(&importedBy)
            case 22: try reader.read(&canBeTaken)
            case 23: try reader.read(&orderedMinor)
            case 24: try reader.read(&orderedCurrency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("number", self.number)
            writer.write("kind", kind)
            writer.write("messageId", messageId)
            writer.write("fileName", fileName)
            writer.write("line", line)
            writer.write("code", code)
            writer.write("proposal", proposal)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("householdId", householdId)
            writer.write("orderNumber", orderNumber)
            writer.write("event", event)
            writer.write("amountMinor", amountMinor)
            writer.write("currency", currency)
            writer.write("bookedOn", bookedOn)
            writer.write("values", repeated: values)
            writer.write("state", state)
            writer.write("decision", decision)
            writer.write("settledBy", settledBy)
            writer.write("settledReason", settledReason)
            writer.write("importedBy", importedBy)
            writer.write("canBeTaken", canBeTaken)
            writer.write("orderedMinor", orderedMinor)
            writer.write("orderedCurrency", orderedCurrency)
        }
    }

    /// Settles.
    public struct BankSettleRequest: Message {
        /// The numbers.
        public var numbers: [Int32]
        /// `take` or `pass`.
        public var decision: String
        /// Why.
        public var reason: String
        /// Also everything of the same messages with the same codes.
        public var alike: Bool

        /// The empty message: every field has its default.
        public init() {
            numbers = []
            decision = ""
            reason = ""
            alike = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            numbers: [Int32] = [],
            decision: String = "",
            reason: String = "",
            alike: Bool = false
        ) {
            self.numbers = numbers
            self.decision = decision
            self.reason = reason
            self.alike = alike
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.BankSettleRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "numbers", "numbers"),
            MessageField(2, "decision", "decision"),
            MessageField(3, "reason", "reason"),
            MessageField(4, "alike", "alike"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &numbers)
            case 2: try reader.read(&decision)
            case 3: try reader.read(&reason)
            case 4: try reader.read(&alike)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("numbers", repeated: numbers)
            writer.write("decision", decision)
            writer.write("reason", reason)
            writer.write("alike", alike)
        }
    }

    /// The comparison of orders, bank and ledger.
    public struct Reconciliation: Message {
        /// The run.
        public var runId: String
        /// Orders by state.
        public var orders: [TransfersV1.OrderTotal]
        /// Minor units ordered.
        public var orderedMinor: Int64
        /// Paid and not returned, by the bank's word.
        public var paidMinor: Int64
        /// Rejected.
        public var rejectedMinor: Int64
        /// Paid, then returned.
        public var returnedMinor: Int64
        /// No final answer yet.
        public var openMinor: Int64
        /// Ordered less paid, rejected, returned and open: zero unless something is wrong.
        public var differenceMinor: Int64
        /// What the ledger holds as paid for this run.
        public var ledgerPaidMinor: Int64
        /// Whether the run is closed now.
        public var closed: Bool
        /// ISO 4217 code.
        public var currency: String

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            orders = []
            orderedMinor = 0
            paidMinor = 0
            rejectedMinor = 0
            returnedMinor = 0
            openMinor = 0
            differenceMinor = 0
            ledgerPaidMinor = 0
            closed = false
            currency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            orders: [TransfersV1.OrderTotal] = [],
            orderedMinor: Int64 = 0,
            paidMinor: Int64 = 0,
            rejectedMinor: Int64 = 0,
            returnedMinor: Int64 = 0,
            openMinor: Int64 = 0,
            differenceMinor: Int64 = 0,
            ledgerPaidMinor: Int64 = 0,
            closed: Bool = false,
            currency: String = ""
        ) {
            self.runId = runId
            self.orders = orders
            self.orderedMinor = orderedMinor
            self.paidMinor = paidMinor
            self.rejectedMinor = rejectedMinor
            self.returnedMinor = returnedMinor
            self.openMinor = openMinor
            self.differenceMinor = differenceMinor
            self.ledgerPaidMinor = ledgerPaidMinor
            self.closed = closed
            self.currency = currency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.Reconciliation" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "orders", "orders"),
            MessageField(3, "orderedMinor", "ordered_minor"),
            MessageField(4, "paidMinor", "paid_minor"),
            MessageField(5, "rejectedMinor", "rejected_minor"),
            MessageField(6, "returnedMinor", "returned_minor"),
            MessageField(7, "openMinor", "open_minor"),
            MessageField(8, "differenceMinor", "difference_minor"),
            MessageField(9, "ledgerPaidMinor", "ledger_paid_minor"),
            MessageField(10, "closed", "closed"),
            MessageField(11, "currency", "currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(repeated: &orders)
            case 3: try reader.read(&orderedMinor)
            case 4: try reader.read(&paidMinor)
            case 5: try reader.read(&rejectedMinor)
            case 6: try reader.read(&returnedMinor)
            case 7: try reader.read(&openMinor)
            case 8: try reader.read(&differenceMinor)
            case 9: try reader.read(&ledgerPaidMinor)
            case 10: try reader.read(&closed)
            case 11: try reader.read(&currency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("orders", repeated: orders)
            writer.write("orderedMinor", orderedMinor)
            writer.write("paidMinor", paidMinor)
            writer.write("rejectedMinor", rejectedMinor)
            writer.write("returnedMinor", returnedMinor)
            writer.write("openMinor", openMinor)
            writer.write("differenceMinor", differenceMinor)
            writer.write("ledgerPaidMinor", ledgerPaidMinor)
            writer.write("closed", closed)
            writer.write("currency", currency)
        }
    }

    /// Evidence of conditions.
    public enum Evidence {
        /// Imports school attendance and health checks of an open cycle (`context` is the cycle's code).
        public static let `import` = Method<CommonV1.ImportRequest, CommonV1.ImportProgress>(
            name: "puente.transfers.v1.Evidence/Import", kind: .serverStreaming,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(3600), priority: 5, allowedRoles: ["operator"], maxConcurrency: 1))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [`import`]
    }

    /// Cycles.
    public enum Cycles {
        /// Opens a cycle: freezes the rules' version, and affiliates the households that qualify, with reasons.
        public static let open = Method<TransfersV1.OpenCycleRequest, TransfersV1.OpenCycleProgress>(
            name: "puente.transfers.v1.Cycles/Open", kind: .serverStreaming,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(3600), priority: 4, allowedRoles: ["operator"], maxConcurrency: 1))
        /// Says why a household was or was not paid in a cycle.
        public static let explain = Method<TransfersV1.ExplainRequest, TransfersV1.ExplainReply>(
            name: "puente.transfers.v1.Cycles/Explain", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(30), priority: 2, allowedRoles: ["operator"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [open, explain]
    }

    /// Payment runs.
    public enum Payments {
        /// Starts the run of a cycle and returns at once; the work goes on in chunks.
        public static let run = Method<TransfersV1.RunRequest, TransfersV1.RunReply>(
            name: "puente.transfers.v1.Payments/Run", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))
        /// Where a run is. Empty `run_id`: the latest of the cycle.
        public static let status = Method<TransfersV1.StatusRequest, TransfersV1.RunStatus>(
            name: "puente.transfers.v1.Payments/Status", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(30), priority: 1, allowedRoles: ["operator"]))
        /// Approves a run that awaits it; another person than the one who started it. Orders and bank files follow.
        public static let approve = Method<TransfersV1.ApproveRequest, TransfersV1.RunStatus>(
            name: "puente.transfers.v1.Payments/Approve", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 2, allowedRoles: ["operator"]))
        /// Tries the budget reservation of a run again, after an appropriation.
        public static let resume = Method<TransfersV1.StatusRequest, TransfersV1.RunStatus>(
            name: "puente.transfers.v1.Payments/Resume", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 2, allowedRoles: ["operator"]))
        /// Compares orders, bank answers and ledger to the cent; closes the run when nothing is open.
        public static let reconcile = Method<TransfersV1.StatusRequest, TransfersV1.Reconciliation>(
            name: "puente.transfers.v1.Payments/Reconcile", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(300), priority: 3, allowedRoles: ["operator"]))
        /// Internal: one chunk of a stage.
        public static let runChunk = Method<TransfersV1.ChunkRequest, CommonV1.Empty>(
            name: "puente.transfers.v1.Payments/RunChunk", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 20, initialBackoff: .nanoseconds(200000000), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED", "INTERNAL", "UNKNOWN"]), deadline: .seconds(3600), priority: 6, allowedRoles: ["transfers"], maxConcurrency: 2))
        /// Internal: the ledger has answered.
        public static let budgetAnswered = Method<RPCV1.Continuation, CommonV1.Empty>(
            name: "puente.transfers.v1.Payments/BudgetAnswered", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 20, initialBackoff: .nanoseconds(200000000), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED", "INTERNAL", "UNKNOWN"]), deadline: .seconds(3600), priority: 3, allowedRoles: ["transfers"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [run, status, approve, resume, reconcile, runChunk, budgetAnswered]
    }

    /// What the bank says.
    public enum Bank {
        /// Imports uploaded pain.002, camt.053 and camt.054 files: what is clear in them is applied, what is odd waits for a person.
        public static let `import` = Method<TransfersV1.BankImportRequest, TransfersV1.BankImportProgress>(
            name: "puente.transfers.v1.Bank/Import", kind: .serverStreaming,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(3600), priority: 4, allowedRoles: ["operator"], maxConcurrency: 1))
        /// What is odd about what the bank said, and waits for a person or was settled.
        public static let odd = Method<TransfersV1.BankOddRequest, TransfersV1.BankOddities>(
            name: "puente.transfers.v1.Bank/Odd", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(30), priority: 2, allowedRoles: ["operator"]))
        /// Settles what is odd: takes it as the proposal says, or passes it. A decision: it is never repeated in somebody's name.
        public static let settle = Method<TransfersV1.BankSettleRequest, TransfersV1.BankOddities>(
            name: "puente.transfers.v1.Bank/Settle", kind: .unary,
            policy: .init(deadline: .seconds(300), priority: 2, allowedRoles: ["operator"]))
        /// Internal: the ledger has answered what a message of the bank asked for.
        public static let postingsAnswered = Method<RPCV1.Continuation, CommonV1.Empty>(
            name: "puente.transfers.v1.Bank/PostingsAnswered", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 20, initialBackoff: .nanoseconds(200000000), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED", "INTERNAL", "UNKNOWN"]), deadline: .seconds(3600), priority: 3, allowedRoles: ["transfers"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [`import`, odd, settle, postingsAnswered]
    }
}
