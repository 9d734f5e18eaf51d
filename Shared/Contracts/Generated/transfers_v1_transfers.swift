// swift-format-ignore-file
// Generated from puente/transfers/v1/transfers.proto by Shared/Contracts/generate. Do not edit.

extension TransfersV1 {
    /// What a finding means for a run.
    public enum FindingWeight: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// Told, and shown to who approves.
        case note = 1
        /// Needs a signed reason.
        case odd = 2
        /// Nothing is started.
        case fatal = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "FINDING_WEIGHT_UNSPECIFIED"
            case .note: "FINDING_WEIGHT_NOTE"
            case .odd: "FINDING_WEIGHT_ODD"
            case .fatal: "FINDING_WEIGHT_FATAL"
            }
        }
    }

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
        /// Why the cycle may have days that other cycles of the programme have; asks for an exception that another person signs.
        public var overlapReason: String

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            firstDay = ""
            lastDay = ""
            overlapReason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            firstDay: String = "",
            lastDay: String = "",
            overlapReason: String = ""
        ) {
            self.programme = programme
            self.cycle = cycle
            self.firstDay = firstDay
            self.lastDay = lastDay
            self.overlapReason = overlapReason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenCycleRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "firstDay", "first_day"),
            MessageField(4, "lastDay", "last_day"),
            MessageField(5, "overlapReason", "overlap_reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&firstDay)
            case 4: try reader.read(&lastDay)
            case 5: try reader.read(&overlapReason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
            writer.write("overlapReason", overlapReason)
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
        /// Of those affiliated: suspended by the ladder of sanctions, and therefore not paid in this cycle.
        public var suspended: Int64
        /// Households that the ladder of sanctions keeps out.
        public var exited: Int64
        /// Cycles of the programme that have days of this one.
        public var overlaps: [TransfersV1.OverlappingCycle]
        /// The exception that was asked for, or by which the cycle was opened; 0: none.
        public var exceptionNumber: Int32
        /// The cycle is not open: another person has to sign the exception.
        public var awaitsSignature: Bool
        /// Days of the cycle whose evidence other cycles have.
        public var sharedDays: Int32

        /// The empty message: every field has its default.
        public init() {
            households = 0
            affiliated = 0
            done = false
            suspended = 0
            exited = 0
            overlaps = []
            exceptionNumber = 0
            awaitsSignature = false
            sharedDays = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            households: Int64 = 0,
            affiliated: Int64 = 0,
            done: Bool = false,
            suspended: Int64 = 0,
            exited: Int64 = 0,
            overlaps: [TransfersV1.OverlappingCycle] = [],
            exceptionNumber: Int32 = 0,
            awaitsSignature: Bool = false,
            sharedDays: Int32 = 0
        ) {
            self.households = households
            self.affiliated = affiliated
            self.done = done
            self.suspended = suspended
            self.exited = exited
            self.overlaps = overlaps
            self.exceptionNumber = exceptionNumber
            self.awaitsSignature = awaitsSignature
            self.sharedDays = sharedDays
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenCycleProgress" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "households", "households"),
            MessageField(2, "affiliated", "affiliated"),
            MessageField(3, "done", "done"),
            MessageField(4, "suspended", "suspended"),
            MessageField(5, "exited", "exited"),
            MessageField(6, "overlaps", "overlaps"),
            MessageField(7, "exceptionNumber", "exception_number"),
            MessageField(8, "awaitsSignature", "awaits_signature"),
            MessageField(9, "sharedDays", "shared_days"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&households)
            case 2: try reader.read(&affiliated)
            case 3: try reader.read(&done)
            case 4: try reader.read(&suspended)
            case 5: try reader.read(&exited)
            case 6: try reader.read(repeated: &overlaps)
            case 7: try reader.read(&exceptionNumber)
            case 8: try reader.read(&awaitsSignature)
            case 9: try reader.read(&sharedDays)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("households", households)
            writer.write("affiliated", affiliated)
            writer.write("done", done)
            writer.write("suspended", suspended)
            writer.write("exited", exited)
            writer.write("overlaps", repeated: overlaps)
            writer.write("exceptionNumber", exceptionNumber)
            writer.write("awaitsSignature", awaitsSignature)
            writer.write("sharedDays", sharedDays)
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

    /// A cycle that has days of another.
    public struct OverlappingCycle: Message {
        /// Its code.
        public var cycle: String
        /// First day, ISO 8601.
        public var firstDay: String
        /// Last day, inclusive.
        public var lastDay: String

        /// The empty message: every field has its default.
        public init() {
            cycle = ""
            firstDay = ""
            lastDay = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            cycle: String = "",
            firstDay: String = "",
            lastDay: String = ""
        ) {
            self.cycle = cycle
            self.firstDay = firstDay
            self.lastDay = lastDay
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OverlappingCycle" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "cycle", "cycle"),
            MessageField(2, "firstDay", "first_day"),
            MessageField(3, "lastDay", "last_day"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&cycle)
            case 2: try reader.read(&firstDay)
            case 3: try reader.read(&lastDay)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("cycle", cycle)
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
        }
    }

    /// Signs an exception.
    public struct AllowOverlapRequest: Message {
        /// Programme's code.
        public var programme: String
        /// Code of the cycle that shall be opened.
        public var cycle: String
        /// The exception's number, so that nothing else is signed than what was read; 0: the latest.
        public var exceptionNumber: Int32

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            exceptionNumber = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            exceptionNumber: Int32 = 0
        ) {
            self.programme = programme
            self.cycle = cycle
            self.exceptionNumber = exceptionNumber
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.AllowOverlapRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "exceptionNumber", "exception_number"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&exceptionNumber)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("exceptionNumber", exceptionNumber)
        }
    }

    /// What was signed.
    public struct AllowOverlapReply: Message {
        /// The exception's number.
        public var exceptionNumber: Int32
        /// First day of the cycle, ISO 8601.
        public var firstDay: String
        /// Last day, inclusive.
        public var lastDay: String
        /// Codes of the cycles that have days of it.
        public var others: [String]
        /// Why.
        public var reason: String
        /// Who asked.
        public var requestedBy: String

        /// The empty message: every field has its default.
        public init() {
            exceptionNumber = 0
            firstDay = ""
            lastDay = ""
            others = []
            reason = ""
            requestedBy = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            exceptionNumber: Int32 = 0,
            firstDay: String = "",
            lastDay: String = "",
            others: [String] = [],
            reason: String = "",
            requestedBy: String = ""
        ) {
            self.exceptionNumber = exceptionNumber
            self.firstDay = firstDay
            self.lastDay = lastDay
            self.others = others
            self.reason = reason
            self.requestedBy = requestedBy
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.AllowOverlapReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "exceptionNumber", "exception_number"),
            MessageField(2, "firstDay", "first_day"),
            MessageField(3, "lastDay", "last_day"),
            MessageField(4, "others", "others"),
            MessageField(5, "reason", "reason"),
            MessageField(6, "requestedBy", "requested_by"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&exceptionNumber)
            case 2: try reader.read(&firstDay)
            case 3: try reader.read(&lastDay)
            case 4: try reader.read(repeated: &others)
            case 5: try reader.read(&reason)
            case 6: try reader.read(&requestedBy)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("exceptionNumber", exceptionNumber)
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
            writer.write("others", repeated: others)
            writer.write("reason", reason)
            writer.write("requestedBy", requestedBy)
        }
    }

    /// Closes a cycle empty.
    public struct CloseCycleRequest: Message {
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// Why.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            reason: String = ""
        ) {
            self.programme = programme
            self.cycle = cycle
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.CloseCycleRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("reason", reason)
        }
    }

    /// A cycle was closed.
    public struct CloseCycleReply: Message {
        /// First day of what is free again, ISO 8601.
        public var firstDay: String
        /// Last day, inclusive.
        public var lastDay: String

        /// The empty message: every field has its default.
        public init() {
            firstDay = ""
            lastDay = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            firstDay: String = "",
            lastDay: String = ""
        ) {
            self.firstDay = firstDay
            self.lastDay = lastDay
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.CloseCycleReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "firstDay", "first_day"),
            MessageField(2, "lastDay", "last_day"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&firstDay)
            case 2: try reader.read(&lastDay)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
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
        /// Version of the rules.
        public var ruleVersion: Int32
        /// Minor units, where money is decided.
        public var amountMinor: Int64
        /// Reasons.
        public var reasons: [TransfersV1.DecisionReason]
        /// What it rests on: counts, dates, documents.
        public var facts: [TransfersV1.DecisionReason]
        /// Whether the frozen rules give the same again on what was frozen: `same`, `differs`; empty where nothing is decided again.
        public var replay: String
        /// ISO 4217 code of the amount.
        public var currency: String

        /// The empty message: every field has its default.
        public init() {
            kind = ""
            personId = 0
            code = ""
            outcome = ""
            ruleVersion = 0
            amountMinor = 0
            reasons = []
            facts = []
            replay = ""
            currency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            kind: String = "",
            personId: Int64 = 0,
            code: String = "",
            outcome: String = "",
            ruleVersion: Int32 = 0,
            amountMinor: Int64 = 0,
            reasons: [TransfersV1.DecisionReason] = [],
            facts: [TransfersV1.DecisionReason] = [],
            replay: String = "",
            currency: String = ""
        ) {
            self.kind = kind
            self.personId = personId
            self.code = code
            self.outcome = outcome
            self.ruleVersion = ruleVersion
            self.amountMinor = amountMinor
            self.reasons = reasons
            self.facts = facts
            self.replay = replay
            self.currency = currency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.Decision" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "kind", "kind"),
            MessageField(2, "personId", "person_id"),
            MessageField(3, "code", "code"),
            MessageField(4, "outcome", "outcome"),
            MessageField(6, "ruleVersion", "rule_version"),
            MessageField(7, "amountMinor", "amount_minor"),
            MessageField(9, "reasons", "reasons"),
            MessageField(10, "facts", "facts"),
            MessageField(11, "replay", "replay"),
            MessageField(12, "currency", "currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&kind)
            case 2: try reader.read(&personId)
            case 3: try reader.read(&code)
            case 4: try reader.read(&outcome)
            case 6: try reader.read(&ruleVersion)
            case 7: try reader.read(&amountMinor)
            case 9: try reader.read(repeated: &reasons)
            case 10: try reader.read(repeated: &facts)
            case 11: try reader.read(&replay)
            case 12: try reader.read(&currency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("kind", kind)
            writer.write("personId", personId)
            writer.write("code", code)
            writer.write("outcome", outcome)
            writer.write("ruleVersion", ruleVersion)
            writer.write("amountMinor", amountMinor)
            writer.write("reasons", repeated: reasons)
            writer.write("facts", repeated: facts)
            writer.write("replay", replay)
            writer.write("currency", currency)
        }
    }

    /// A reason or a fact by its code, with the values that belong to it; who shows it says it in words.
    public struct DecisionReason: Message {
        /// For instance `below_threshold`.
        public var code: String
        /// By name.
        public var values: [String: String]

        /// The empty message: every field has its default.
        public init() {
            code = ""
            values = [:]
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            values: [String: String] = [:]
        ) {
            self.code = code
            self.values = values
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.DecisionReason" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "values", "values"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(map: &values)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("values", map: values)
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
        /// Pays what is open again after the cycle's main run.
        public var supplementary: Bool
        /// What may be odd about it, and why it is right all the same.
        public var accepted: [TransfersV1.AcceptedOddity]

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            payOn = ""
            supplementary = false
            accepted = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            payOn: String = "",
            supplementary: Bool = false,
            accepted: [TransfersV1.AcceptedOddity] = []
        ) {
            self.programme = programme
            self.cycle = cycle
            self.payOn = payOn
            self.supplementary = supplementary
            self.accepted = accepted
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.RunRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "payOn", "pay_on"),
            MessageField(4, "supplementary", "supplementary"),
            MessageField(5, "accepted", "accepted"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&payOn)
            case 4: try reader.read(&supplementary)
            case 5: try reader.read(repeated: &accepted)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("payOn", payOn)
            writer.write("supplementary", supplementary)
            writer.write("accepted", repeated: accepted)
        }
    }

    /// Something odd that a person accepts.
    public struct AcceptedOddity: Message {
        /// The code of the finding.
        public var code: String
        /// Why it is right.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            code = ""
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            reason: String = ""
        ) {
            self.code = code
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.AcceptedOddity" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("reason", reason)
        }
    }

    /// What was looked at before a run is started.
    public struct RunFinding: Message {
        /// `pay_day_past`, `evidence_missing`, `evidence_low`, `accounts_changed`, `payer_invalid`, `account_unwritable`,
        /// `name_unwritable`, `name_lost`, `name_transliterated`, `line_missing`, `lines_several`, `line_other_currency`, `budget_short`.
        public var code: String
        /// Whether the run is refused until it is mended, needs a signed reason, or is only told.
        public var weight: TransfersV1.FindingWeight
        /// What it is about, as name and value: counts, lines, dates, amounts in minor units.
        public var values: [String: String]
        /// The first of those that it is about, for instance names with what will be sent instead.
        public var examples: [String]
        /// Why a person accepted it.
        public var reason: String
        /// Who accepted it.
        public var signedBy: String

        /// The empty message: every field has its default.
        public init() {
            code = ""
            weight = TransfersV1.FindingWeight.fieldDefault
            values = [:]
            examples = []
            reason = ""
            signedBy = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            weight: TransfersV1.FindingWeight = TransfersV1.FindingWeight.fieldDefault,
            values: [String: String] = [:],
            examples: [String] = [],
            reason: String = "",
            signedBy: String = ""
        ) {
            self.code = code
            self.weight = weight
            self.values = values
            self.examples = examples
            self.reason = reason
            self.signedBy = signedBy
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.RunFinding" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "weight", "weight"),
            MessageField(3, "values", "values"),
            MessageField(4, "examples", "examples"),
            MessageField(5, "reason", "reason"),
            MessageField(6, "signedBy", "signed_by"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&weight)
            case 3: try reader.read(map: &values)
            case 4: try reader.read(repeated: &examples)
            case 5: try reader.read(&reason)
            case 6: try reader.read(&signedBy)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("weight", weight)
            writer.write("values", map: values)
            writer.write("examples", repeated: examples)
            writer.write("reason", reason)
            writer.write("signedBy", signedBy)
        }
    }

    /// A run was started, or was there already, or was not started because of what was found.
    public struct RunReply: Message {
        /// The run; empty where none was started.
        public var runId: String
        /// Where it is.
        public var status: TransfersV1.RunStatus?
        /// What was found; a fatal one, or an odd one without a reason, keeps the run from being started.
        public var findings: [TransfersV1.RunFinding]

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            status = nil
            findings = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            status: TransfersV1.RunStatus? = nil,
            findings: [TransfersV1.RunFinding] = []
        ) {
            self.runId = runId
            self.status = status
            self.findings = findings
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.RunReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "status", "status"),
            MessageField(3, "findings", "findings"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(optional: &status)
            case 3: try reader.read(repeated: &findings)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("status", optional: status)
            writer.write("findings", repeated: findings)
        }
    }

    /// What a second person decides about.
    public struct RunReview: Message {
        /// The run, with its total.
        public var status: TransfersV1.RunStatus?
        /// First day of the cycle, ISO 8601.
        public var firstDay: String
        /// Last day of the cycle.
        public var lastDay: String
        /// By department.
        public var departments: [TransfersV1.DepartmentTotal]
        /// What was found when the run was started, and since.
        public var findings: [TransfersV1.RunFinding]
        /// The cycle before it that was paid; empty: none.
        public var previousCycle: String
        /// Households that it paid.
        public var previousHouseholds: Int64
        /// Minor units that it paid.
        public var previousTotalMinor: Int64
        /// Households that are to be paid now and were not then.
        public var newHouseholds: Int64
        /// Households that were paid then and are not to be paid now.
        public var goneHouseholds: Int64

        /// The empty message: every field has its default.
        public init() {
            status = nil
            firstDay = ""
            lastDay = ""
            departments = []
            findings = []
            previousCycle = ""
            previousHouseholds = 0
            previousTotalMinor = 0
            newHouseholds = 0
            goneHouseholds = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            status: TransfersV1.RunStatus? = nil,
            firstDay: String = "",
            lastDay: String = "",
            departments: [TransfersV1.DepartmentTotal] = [],
            findings: [TransfersV1.RunFinding] = [],
            previousCycle: String = "",
            previousHouseholds: Int64 = 0,
            previousTotalMinor: Int64 = 0,
            newHouseholds: Int64 = 0,
            goneHouseholds: Int64 = 0
        ) {
            self.status = status
            self.firstDay = firstDay
            self.lastDay = lastDay
            self.departments = departments
            self.findings = findings
            self.previousCycle = previousCycle
            self.previousHouseholds = previousHouseholds
            self.previousTotalMinor = previousTotalMinor
            self.newHouseholds = newHouseholds
            self.goneHouseholds = goneHouseholds
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.RunReview" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "status", "status"),
            MessageField(2, "firstDay", "first_day"),
            MessageField(3, "lastDay", "last_day"),
            MessageField(4, "departments", "departments"),
            MessageField(5, "findings", "findings"),
            MessageField(6, "previousCycle", "previous_cycle"),
            MessageField(7, "previousHouseholds", "previous_households"),
            MessageField(8, "previousTotalMinor", "previous_total_minor"),
            MessageField(9, "newHouseholds", "new_households"),
            MessageField(10, "goneHouseholds", "gone_households"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(optional: &status)
            case 2: try reader.read(&firstDay)
            case 3: try reader.read(&lastDay)
            case 4: try reader.read(repeated: &departments)
            case 5: try reader.read(repeated: &findings)
            case 6: try reader.read(&previousCycle)
            case 7: try reader.read(&previousHouseholds)
            case 8: try reader.read(&previousTotalMinor)
            case 9: try reader.read(&newHouseholds)
            case 10: try reader.read(&goneHouseholds)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("status", optional: status)
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
            writer.write("departments", repeated: departments)
            writer.write("findings", repeated: findings)
            writer.write("previousCycle", previousCycle)
            writer.write("previousHouseholds", previousHouseholds)
            writer.write("previousTotalMinor", previousTotalMinor)
            writer.write("newHouseholds", newHouseholds)
            writer.write("goneHouseholds", goneHouseholds)
        }
    }

    /// What a run pays in a department.
    public struct DepartmentTotal: Message {
        /// The department's code.
        public var department: String
        /// Budget line.
        public var line: String
        /// Households.
        public var households: Int64
        /// Minor units.
        public var totalMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            department = ""
            line = ""
            households = 0
            totalMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            department: String = "",
            line: String = "",
            households: Int64 = 0,
            totalMinor: Int64 = 0
        ) {
            self.department = department
            self.line = line
            self.households = households
            self.totalMinor = totalMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.DepartmentTotal" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "department", "department"),
            MessageField(2, "line", "line"),
            MessageField(3, "households", "households"),
            MessageField(4, "totalMinor", "total_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&department)
            case 2: try reader.read(&line)
            case 3: try reader.read(&households)
            case 4: try reader.read(&totalMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("department", department)
            writer.write("line", line)
            writer.write("households", households)
            writer.write("totalMinor", totalMinor)
        }
    }

    /// Takes a run back, or refuses it.
    public struct WithdrawRequest: Message {
        /// The run.
        public var runId: String
        /// Why; shown and kept.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            reason: String = ""
        ) {
            self.runId = runId
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.WithdrawRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("reason", reason)
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
        /// `sent`, `closed`, `empty`, `withdrawing`, `withdrawn`.
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
        /// `main` or `supplementary`.
        public var kind: String
        /// The fiscal year whose lines pay.
        public var fiscalYear: Int32
        /// Day on which the bank shall pay, ISO 8601.
        public var payOn: String
        /// What keeps the run from going on; empty while it goes on by itself, or waits for nothing but a person's decision.
        public var obstacles: [TransfersV1.Obstacle]
        /// Whether something is on its way: without it a run in a moving state needs `Resume`.
        public var moves: Bool
        /// Who took it back or refused it.
        public var withdrawnBy: String
        /// Why.
        public var withdrawnReason: String

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
            kind = ""
            fiscalYear = 0
            payOn = ""
            obstacles = []
            moves = false
            withdrawnBy = ""
            withdrawnReason = ""
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
            orders: [TransfersV1.OrderTotal] = [],
            kind: String = "",
            fiscalYear: Int32 = 0,
            payOn: String = "",
            obstacles: [TransfersV1.Obstacle] = [],
            moves: Bool = false,
            withdrawnBy: String = "",
            withdrawnReason: String = ""
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
            self.kind = kind
            self.fiscalYear = fiscalYear
            self.payOn = payOn
            self.obstacles = obstacles
            self.moves = moves
            self.withdrawnBy = withdrawnBy
            self.withdrawnReason = withdrawnReason
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
            MessageField(16, "kind", "kind"),
            MessageField(17, "fiscalYear", "fiscal_year"),
            MessageField(18, "payOn", "pay_on"),
            MessageField(19, "obstacles", "obstacles"),
            MessageField(20, "moves", "moves"),
            MessageField(21, "withdrawnBy", "withdrawn_by"),
            MessageField(22, "withdrawnReason", "withdrawn_reason"),
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
            case 16: try reader.read(&kind)
            case 17: try reader.read(&fiscalYear)
            case 18: try reader.read(&payOn)
            case 19: try reader.read(repeated: &obstacles)
            case 20: try reader.read(&moves)
            case 21: try reader.read(&withdrawnBy)
            case 22: try reader.read(&withdrawnReason)
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
            writer.write("kind", kind)
            writer.write("fiscalYear", fiscalYear)
            writer.write("payOn", payOn)
            writer.write("obstacles", repeated: obstacles)
            writer.write("moves", moves)
            writer.write("withdrawnBy", withdrawnBy)
            writer.write("withdrawnReason", withdrawnReason)
        }
    }

    /// What keeps a run from going on.
    public struct Obstacle: Message {
        /// `ledger` (the ledger refused, `detail` is its code), `ledger_unanswered` (`detail` is how the call ended), `line_missing`,
        /// `lines_several`, `line_other_currency`, `budget_short`, `call_ended` (a chunk's call came to nothing), `call_failing` (it
        /// is tried again), `call_forgotten`, `outbox_full`, `outbox_read_only`, `outbox_missing`, `paused`.
        public var kind: String
        /// Code, status, department or directory, by kind.
        public var detail: String
        /// The budget line, or the lines that fit.
        public var lines: [String]
        /// Minor units that are missing, where money is.
        public var shortfallMinor: Int64
        /// The request to the ledger, or the call of the queue.
        public var request: String
        /// What the call said last, safe to show.
        public var message: String
        /// Dimensions that a line was looked up by, as name and value.
        public var dimensions: [String: String]

        /// The empty message: every field has its default.
        public init() {
            kind = ""
            detail = ""
            lines = []
            shortfallMinor = 0
            request = ""
            message = ""
            dimensions = [:]
        }

        /// A message; fields that are not given have their defaults.
        public init(
            kind: String = "",
            detail: String = "",
            lines: [String] = [],
            shortfallMinor: Int64 = 0,
            request: String = "",
            message: String = "",
            dimensions: [String: String] = [:]
        ) {
            self.kind = kind
            self.detail = detail
            self.lines = lines
            self.shortfallMinor = shortfallMinor
            self.request = request
            self.message = message
            self.dimensions = dimensions
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.Obstacle" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "kind", "kind"),
            MessageField(2, "detail", "detail"),
            MessageField(3, "lines", "lines"),
            MessageField(4, "shortfallMinor", "shortfall_minor"),
            MessageField(5, "request", "request"),
            MessageField(6, "message", "message"),
            MessageField(7, "dimensions", "dimensions"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&kind)
            case 2: try reader.read(&detail)
            case 3: try reader.read(repeated: &lines)
            case 4: try reader.read(&shortfallMinor)
            case 5: try reader.read(&request)
            case 6: try reader.read(&message)
            case 7: try reader.read(map: &dimensions)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("kind", kind)
            writer.write("detail", detail)
            writer.write("lines", repeated: lines)
            writer.write("shortfallMinor", shortfallMinor)
            writer.write("request", request)
            writer.write("message", message)
            writer.write("dimensions", map: dimensions)
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
        /// Taken back before the bank had it.
        public var withdrawnMinor: Int64
        /// Households of the run that are owed their payment: the last order of each failed and was not given back.
        public var waitingHouseholds: Int64
        /// Minor units that they are owed.
        public var waitingMinor: Int64
        /// Households that another run of the cycle is paying.
        public var beingPaidHouseholds: Int64
        /// Minor units of the run's payments that another run has paid since.
        public var paidLaterMinor: Int64
        /// Minor units that were given back.
        public var givenBackMinor: Int64
        /// Requests to the ledger that are not posted.
        public var unanswered: Int64
        /// What the ledger holds for the run and has not paid: no more than waits for the bank's answer.
        public var ledgerHeldMinor: Int64
        /// What is odd about what the bank said of the run's payments, and waits for a person.
        public var openOddities: Int64
        /// Households of the cycle that no run has decided about, because the cycle's own run was forgotten: of a run that took files up.
        public var undecidedHouseholds: Int64

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
            withdrawnMinor = 0
            waitingHouseholds = 0
            waitingMinor = 0
            beingPaidHouseholds = 0
            paidLaterMinor = 0
            givenBackMinor = 0
            unanswered = 0
            ledgerHeldMinor = 0
            openOddities = 0
            undecidedHouseholds = 0
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
            currency: String = "",
            withdrawnMinor: Int64 = 0,
            waitingHouseholds: Int64 = 0,
            waitingMinor: Int64 = 0,
            beingPaidHouseholds: Int64 = 0,
            paidLaterMinor: Int64 = 0,
            givenBackMinor: Int64 = 0,
            unanswered: Int64 = 0,
            ledgerHeldMinor: Int64 = 0,
            openOddities: Int64 = 0,
            undecidedHouseholds: Int64 = 0
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
            self.withdrawnMinor = withdrawnMinor
            self.waitingHouseholds = waitingHouseholds
            self.waitingMinor = waitingMinor
            self.beingPaidHouseholds = beingPaidHouseholds
            self.paidLaterMinor = paidLaterMinor
            self.givenBackMinor = givenBackMinor
            self.unanswered = unanswered
            self.ledgerHeldMinor = ledgerHeldMinor
            self.openOddities = openOddities
            self.undecidedHouseholds = undecidedHouseholds
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
            MessageField(20, "withdrawnMinor", "withdrawn_minor"),
            MessageField(21, "waitingHouseholds", "waiting_households"),
            MessageField(22, "waitingMinor", "waiting_minor"),
            MessageField(23, "beingPaidHouseholds", "being_paid_households"),
            MessageField(24, "paidLaterMinor", "paid_later_minor"),
            MessageField(25, "givenBackMinor", "given_back_minor"),
            MessageField(26, "unanswered", "unanswered"),
            MessageField(27, "ledgerHeldMinor", "ledger_held_minor"),
            MessageField(28, "openOddities", "open_oddities"),
            MessageField(29, "undecidedHouseholds", "undecided_households"),
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
            case 20: try reader.read(&withdrawnMinor)
            case 21: try reader.read(&waitingHouseholds)
            case 22: try reader.read(&waitingMinor)
            case 23: try reader.read(&beingPaidHouseholds)
            case 24: try reader.read(&paidLaterMinor)
            case 25: try reader.read(&givenBackMinor)
            case 26: try reader.read(&unanswered)
            case 27: try reader.read(&ledgerHeldMinor)
            case 28: try reader.read(&openOddities)
            case 29: try reader.read(&undecidedHouseholds)
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
            writer.write("withdrawnMinor", withdrawnMinor)
            writer.write("waitingHouseholds", waitingHouseholds)
            writer.write("waitingMinor", waitingMinor)
            writer.write("beingPaidHouseholds", beingPaidHouseholds)
            writer.write("paidLaterMinor", paidLaterMinor)
            writer.write("givenBackMinor", givenBackMinor)
            writer.write("unanswered", unanswered)
            writer.write("ledgerHeldMinor", ledgerHeldMinor)
            writer.write("openOddities", openOddities)
            writer.write("undecidedHouseholds", undecidedHouseholds)
        }
    }

    /// Pauses payments.
    public struct PausePaymentsRequest: Message {
        /// Why, for those who find them paused.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            reason: String = ""
        ) {
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.PausePaymentsRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("reason", reason)
        }
    }

    /// Lets payments go on.
    public struct ContinuePaymentsRequest: Message {
        /// Why they may: what was compared, and with what result.
        public var reason: String
        /// The pause that was seen: `event` of transfers.payment_pause_v1.
        public var seenEvent: Int64

        /// The empty message: every field has its default.
        public init() {
            reason = ""
            seenEvent = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            reason: String = "",
            seenEvent: Int64 = 0
        ) {
            self.reason = reason
            self.seenEvent = seenEvent
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ContinuePaymentsRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "reason", "reason"),
            MessageField(2, "seenEvent", "seen_event"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&reason)
            case 2: try reader.read(&seenEvent)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("reason", reason)
            writer.write("seenEvent", seenEvent)
        }
    }

    /// Whether payments are paused.
    public struct PaymentPause: Message {
        /// No money leaves.
        public var paused: Bool
        /// `restored`, `rehearsal`, `asked`; empty: not paused.
        public var cause: String
        /// The reason that was given, or what differs from the database that was known.
        public var details: String
        /// Since when, ISO 8601 in UTC.
        public var since: String
        /// Who paused them or let them go on.
        public var by: String
        /// The event that this follows from; 0: nobody ever paused.
        public var event: Int64

        /// The empty message: every field has its default.
        public init() {
            paused = false
            cause = ""
            details = ""
            since = ""
            by = ""
            event = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            paused: Bool = false,
            cause: String = "",
            details: String = "",
            since: String = "",
            by: String = "",
            event: Int64 = 0
        ) {
            self.paused = paused
            self.cause = cause
            self.details = details
            self.since = since
            self.by = by
            self.event = event
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.PaymentPause" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "paused", "paused"),
            MessageField(2, "cause", "cause"),
            MessageField(3, "details", "details"),
            MessageField(4, "since", "since"),
            MessageField(5, "by", "by"),
            MessageField(6, "event", "event"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&paused)
            case 2: try reader.read(&cause)
            case 3: try reader.read(&details)
            case 4: try reader.read(&since)
            case 5: try reader.read(&by)
            case 6: try reader.read(&event)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("paused", paused)
            writer.write("cause", cause)
            writer.write("details", details)
            writer.write("since", since)
            writer.write("by", by)
            writer.write("event", event)
        }
    }

    /// Evidence of conditions.
    public enum Evidence {
        /// Imports school attendance and health checks of the days of a cycle (`context` is the cycle's code).
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
        /// Signs the exception that somebody else asked for: a cycle over days that other cycles of the programme have.
        public static let allowOverlap = Method<TransfersV1.AllowOverlapRequest, TransfersV1.AllowOverlapReply>(
            name: "puente.transfers.v1.Cycles/AllowOverlap", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 2, allowedRoles: ["operator"], decision: true))
        /// Closes a cycle that was opened by mistake and for which no order was ever made; its code and days are free again.
        public static let close = Method<TransfersV1.CloseCycleRequest, TransfersV1.CloseCycleReply>(
            name: "puente.transfers.v1.Cycles/Close", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 2, allowedRoles: ["operator"], decision: true))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [open, explain, allowOverlap, close]
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
        /// What a second person decides about: everything that is approved, with what is odd in it.
        public static let review = Method<TransfersV1.StatusRequest, TransfersV1.RunReview>(
            name: "puente.transfers.v1.Payments/Review", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(60), priority: 1, allowedRoles: ["operator"]))
        /// Approves a run that awaits it; another person than the one who started it. Orders and bank files follow.
        public static let approve = Method<TransfersV1.ApproveRequest, TransfersV1.RunStatus>(
            name: "puente.transfers.v1.Payments/Approve", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 2, allowedRoles: ["operator"], decision: true))
        /// Refuses a run that awaits approval, with a reason: the second person's no. The run is withdrawn.
        public static let refuse = Method<TransfersV1.WithdrawRequest, TransfersV1.RunStatus>(
            name: "puente.transfers.v1.Payments/Refuse", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 2, allowedRoles: ["operator"], decision: true))
        /// Takes a run back while nothing of it is with the bank: its money is free again, and so is its cycle.
        public static let withdraw = Method<TransfersV1.WithdrawRequest, TransfersV1.RunStatus>(
            name: "puente.transfers.v1.Payments/Withdraw", kind: .unary,
            policy: .init(deadline: .seconds(300), priority: 2, allowedRoles: ["operator"], decision: true))
        /// Sets a run going again: asks the ledger what is not answered or was refused, and sends again what is not done.
        public static let resume = Method<TransfersV1.StatusRequest, TransfersV1.RunStatus>(
            name: "puente.transfers.v1.Payments/Resume", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 2, allowedRoles: ["operator"]))
        /// Compares orders, bank answers and ledger to the cent; closes the run when nothing is open.
        public static let reconcile = Method<TransfersV1.StatusRequest, TransfersV1.Reconciliation>(
            name: "puente.transfers.v1.Payments/Reconcile", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(300), priority: 3, allowedRoles: ["operator"]))
        /// Pauses all payments of the site until somebody says go on. Paused already: nothing changes.
        public static let pause = Method<TransfersV1.PausePaymentsRequest, TransfersV1.PaymentPause>(
            name: "puente.transfers.v1.Payments/Pause", kind: .unary,
            policy: .init(deadline: .seconds(60), allowedRoles: ["operator"], decision: true))
        /// Lets payments go on; a decision about the pause that the caller has seen. Never retried: it is given again.
        public static let `continue` = Method<TransfersV1.ContinuePaymentsRequest, TransfersV1.PaymentPause>(
            name: "puente.transfers.v1.Payments/Continue", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 2, allowedRoles: ["operator"], decision: true))
        /// Internal: one chunk of a stage.
        public static let runChunk = Method<TransfersV1.ChunkRequest, CommonV1.Empty>(
            name: "puente.transfers.v1.Payments/RunChunk", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 20, initialBackoff: .nanoseconds(200000000), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED", "INTERNAL", "UNKNOWN"]), deadline: .seconds(3600), priority: 6, allowedRoles: ["transfers"], maxConcurrency: 2))
        /// Internal: the ledger has answered what a run or a message of the bank asked for.
        public static let ledgerAnswered = Method<RPCV1.Continuation, CommonV1.Empty>(
            name: "puente.transfers.v1.Payments/LedgerAnswered", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 20, initialBackoff: .nanoseconds(200000000), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED", "INTERNAL", "UNKNOWN"]), deadline: .seconds(3600), priority: 3, allowedRoles: ["transfers"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [run, status, review, approve, refuse, withdraw, resume, reconcile, pause, `continue`, runChunk, ledgerAnswered]
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
            policy: .init(deadline: .seconds(300), priority: 2, allowedRoles: ["operator"], decision: true))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [`import`, odd, settle]
    }
}
