// swift-format-ignore-file
// Generated from puente/coordination/v1/budget.proto by Shared/Contracts/generate. Do not edit.

extension CoordinationV1 {
    /// What happens when a posting would overdraw what a line has available.
    public enum ControlLevel: Int32, MessageEnum {
        /// Not said: absolute.
        case unspecified = 0
        /// Refused.
        case absolute = 1
        /// Refused, unless the posting carries an override's reason.
        case advisory = 2
        /// Allowed.
        case none = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "CONTROL_LEVEL_UNSPECIFIED"
            case .absolute: "CONTROL_LEVEL_ABSOLUTE"
            case .advisory: "CONTROL_LEVEL_ADVISORY"
            case .none: "CONTROL_LEVEL_NONE"
            }
        }
    }

    /// What a posting does.
    public enum PostingKind: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// Adds to the appropriation in force.
        case appropriate = 1
        /// Takes from what is available.
        case cut = 2
        /// Available to reserved (certificación, CDP). Opens the hold named by `document`.
        case reserve = 3
        /// Reserved to committed (compromiso, RP), against the document's hold.
        case commit = 4
        /// Committed to accrued (devengado, obligación).
        case accrue = 5
        /// Accrued to ordered (girado).
        case order = 6
        /// Ordered to paid (pagado).
        case pay = 7
        /// Returns what a stage holds to available: `stage` says which.
        case release = 8
        /// Undoes one earlier posting, named by `reverses`: once, in full (`amount_minor` 0) or in part. What remains of a
        /// posting that was reversed in part is corrected by RELEASE or CUT, never by a second reversal.
        case reverse = 9
        /// What is available in `line` becomes available in `target_line`.
        case transfer = 10
        /// Returns a lapsed reservation to available, after the hold's `expires_on`.
        case expire = 11
        /// Moves what a stage holds (for the document, beyond `available`) to the same stage of `target_line`.
        case carryOver = 12
        /// What a bank rejected or returned: `stage` says which stage gives (`accrued`, `ordered` or `paid`). In an open year it
        /// becomes available again; in a closing or sealed one it leaves the line, whose appropriation falls by as much.
        case `return` = 13

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "POSTING_KIND_UNSPECIFIED"
            case .appropriate: "POSTING_KIND_APPROPRIATE"
            case .cut: "POSTING_KIND_CUT"
            case .reserve: "POSTING_KIND_RESERVE"
            case .commit: "POSTING_KIND_COMMIT"
            case .accrue: "POSTING_KIND_ACCRUE"
            case .order: "POSTING_KIND_ORDER"
            case .pay: "POSTING_KIND_PAY"
            case .release: "POSTING_KIND_RELEASE"
            case .reverse: "POSTING_KIND_REVERSE"
            case .transfer: "POSTING_KIND_TRANSFER"
            case .expire: "POSTING_KIND_EXPIRE"
            case .carryOver: "POSTING_KIND_CARRY_OVER"
            case .return: "POSTING_KIND_RETURN"
            }
        }
    }

    /// How the items of a batch hang together.
    public enum PostMode: Int32, MessageEnum {
        /// Not said: atomic.
        case unspecified = 0
        /// All or nothing.
        case atomic = 1
        /// Each on its own.
        case `continue` = 2
        /// Groups of postings, each all or nothing; a posting without a group stands alone.
        case perGroup = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "POST_MODE_UNSPECIFIED"
            case .atomic: "POST_MODE_ATOMIC"
            case .continue: "POST_MODE_CONTINUE"
            case .perGroup: "POST_MODE_PER_GROUP"
            }
        }
    }

    /// What becomes of the money that a stage holds when its fiscal year ends.
    public enum YearEndTreatment: Int32, MessageEnum {
        /// Not said: refused.
        case unspecified = 0
        /// It becomes available in the year that ends, where nothing can use it any more.
        case lapse = 1
        /// It goes on in the line of the next year that has the same dimensions, with the appropriation behind it.
        case carryOver = 2
        /// It is annulled, and made again against what that line of the next year has available. For reservations and commitments.
        case chargeNextYear = 3
        /// It stays where it is: the sealed year's line orders and pays it. For accruals and orders.
        case payable = 4

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "YEAR_END_TREATMENT_UNSPECIFIED"
            case .lapse: "YEAR_END_TREATMENT_LAPSE"
            case .carryOver: "YEAR_END_TREATMENT_CARRY_OVER"
            case .chargeNextYear: "YEAR_END_TREATMENT_CHARGE_NEXT_YEAR"
            case .payable: "YEAR_END_TREATMENT_PAYABLE"
            }
        }
    }

    /// How far to go in closing a year, or back.
    public enum CloseYearStep: Int32, MessageEnum {
        /// Not said: preview.
        case unspecified = 0
        /// Says what sealing would do, and changes nothing.
        case preview = 1
        /// Closing: nothing new is appropriated or reserved; later stages go on.
        case close = 2
        /// Does to each hold what the line's scheme says, and seals the year. What stays payable is ordered and paid afterwards.
        case seal = 3
        /// From closing back to open; a sealed year stays sealed.
        case reopen = 4

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "CLOSE_YEAR_STEP_UNSPECIFIED"
            case .preview: "CLOSE_YEAR_STEP_PREVIEW"
            case .close: "CLOSE_YEAR_STEP_CLOSE"
            case .seal: "CLOSE_YEAR_STEP_SEAL"
            case .reopen: "CLOSE_YEAR_STEP_REOPEN"
            }
        }
    }

    /// A budget line with its required dimensions.
    public struct BudgetLine: Message {
        /// Unique code, for instance `2024-A1-06`.
        public var line: String
        /// Fiscal year.
        public var fiscalYear: Int32
        /// Fund, for instance `RO`.
        public var fund: String
        /// Ministry, for instance `MIDIS`.
        public var ministry: String
        /// Programme's code.
        public var programme: String
        /// Territory's code.
        public var territory: String
        /// ISO 4217 code.
        public var currency: String
        /// What happens when a posting would overdraw what is available; unspecified: absolute.
        public var control: CoordinationV1.ControlLevel
        /// The country's names and rules of the stages, loaded before; empty: `standard`.
        public var scheme: String

        /// The empty message: every field has its default.
        public init() {
            line = ""
            fiscalYear = 0
            fund = ""
            ministry = ""
            programme = ""
            territory = ""
            currency = ""
            control = CoordinationV1.ControlLevel.fieldDefault
            scheme = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            line: String = "",
            fiscalYear: Int32 = 0,
            fund: String = "",
            ministry: String = "",
            programme: String = "",
            territory: String = "",
            currency: String = "",
            control: CoordinationV1.ControlLevel = CoordinationV1.ControlLevel.fieldDefault,
            scheme: String = ""
        ) {
            self.line = line
            self.fiscalYear = fiscalYear
            self.fund = fund
            self.ministry = ministry
            self.programme = programme
            self.territory = territory
            self.currency = currency
            self.control = control
            self.scheme = scheme
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.BudgetLine" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "line", "line"),
            MessageField(2, "fiscalYear", "fiscal_year"),
            MessageField(3, "fund", "fund"),
            MessageField(4, "ministry", "ministry"),
            MessageField(5, "programme", "programme"),
            MessageField(6, "territory", "territory"),
            MessageField(7, "currency", "currency"),
            MessageField(8, "control", "control"),
            MessageField(9, "scheme", "scheme"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&line)
            case 2: try reader.read(&fiscalYear)
            case 3: try reader.read(&fund)
            case 4: try reader.read(&ministry)
            case 5: try reader.read(&programme)
            case 6: try reader.read(&territory)
            case 7: try reader.read(&currency)
            case 8: try reader.read(&control)
            case 9: try reader.read(&scheme)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("line", line)
            writer.write("fiscalYear", fiscalYear)
            writer.write("fund", fund)
            writer.write("ministry", ministry)
            writer.write("programme", programme)
            writer.write("territory", territory)
            writer.write("currency", currency)
            writer.write("control", control)
            writer.write("scheme", scheme)
        }
    }

    /// Opens lines.
    public struct OpenLinesRequest: Message {
        /// The lines.
        public var lines: [CoordinationV1.BudgetLine]

        /// The empty message: every field has its default.
        public init() {
            lines = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            lines: [CoordinationV1.BudgetLine] = []
        ) {
            self.lines = lines
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.OpenLinesRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "lines", "lines"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &lines)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("lines", repeated: lines)
        }
    }

    /// How many lines were new.
    public struct OpenLinesReply: Message {
        /// Lines opened now.
        public var opened: Int32
        /// Lines that were there.
        public var unchanged: Int32

        /// The empty message: every field has its default.
        public init() {
            opened = 0
            unchanged = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            opened: Int32 = 0,
            unchanged: Int32 = 0
        ) {
            self.opened = opened
            self.unchanged = unchanged
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.OpenLinesReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "opened", "opened"),
            MessageField(2, "unchanged", "unchanged"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&opened)
            case 2: try reader.read(&unchanged)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("opened", opened)
            writer.write("unchanged", unchanged)
        }
    }

    /// One posting.
    public struct Posting: Message {
        /// The caller's identifier, unique for ever: up to 64 characters. `run/` and `bank/` begin those of transfers,
        /// `instalment/` and `project/` those of projects, `agreement/`, `year/` and `expire/` the ledger's own: nobody else uses
        /// them, nor opens documents that begin so.
        public var postingId: String
        /// What it does.
        public var kind: CoordinationV1.PostingKind
        /// Budget line.
        public var line: String
        /// Minor units, above zero, at most 10^15.
        public var amountMinor: Int64
        /// What it is about: a payment run, a project. Holds are kept per line and document. A document belongs to who opened it:
        /// transfers, projects, coordination, or people; nobody else posts on it.
        public var document: String
        /// For RELEASE, RETURN and CARRY_OVER: the stage that gives: `reserved`, `committed`, `accrued`, `ordered`, `paid`; for
        /// CARRY_OVER also `available`.
        public var stage: String
        /// For REVERSE: the posting that is undone.
        public var reverses: String
        /// For a person to read.
        public var description: String
        /// In mode PER_GROUP: postings with the same group are posted together or not at all.
        public var group: String
        /// For TRANSFER and CARRY_OVER: the line that receives.
        public var targetLine: String
        /// For RESERVE: the document whose reservation is drawn on, instead of what is available.
        public var sourceDocument: String
        /// ISO date on which it counts; empty: the country's today. Never in the future, never within a sealed period, never
        /// before the line had money; a given date outside the line's fiscal year needs an `original_date`, except to order, pay
        /// and return what stayed payable after its end.
        public var businessDate: String
        /// For corrections of sealed periods, and outside the fiscal year: the ISO date on which it should have been posted.
        public var originalDate: String
        /// For RESERVE: the last ISO date on which the reservation can be committed; empty: any.
        public var expiresOn: String
        /// Why a line with advisory control may be overdrawn by this posting; recorded for ever.
        public var overrideReason: String
        /// ISO 4217 code of the amount, which must be the line's.
        public var currency: String

        /// The empty message: every field has its default.
        public init() {
            postingId = ""
            kind = CoordinationV1.PostingKind.fieldDefault
            line = ""
            amountMinor = 0
            document = ""
            stage = ""
            reverses = ""
            description = ""
            group = ""
            targetLine = ""
            sourceDocument = ""
            businessDate = ""
            originalDate = ""
            expiresOn = ""
            overrideReason = ""
            currency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            postingId: String = "",
            kind: CoordinationV1.PostingKind = CoordinationV1.PostingKind.fieldDefault,
            line: String = "",
            amountMinor: Int64 = 0,
            document: String = "",
            stage: String = "",
            reverses: String = "",
            description: String = "",
            group: String = "",
            targetLine: String = "",
            sourceDocument: String = "",
            businessDate: String = "",
            originalDate: String = "",
            expiresOn: String = "",
            overrideReason: String = "",
            currency: String = ""
        ) {
            self.postingId = postingId
            self.kind = kind
            self.line = line
            self.amountMinor = amountMinor
            self.document = document
            self.stage = stage
            self.reverses = reverses
            self.description = description
            self.group = group
            self.targetLine = targetLine
            self.sourceDocument = sourceDocument
            self.businessDate = businessDate
            self.originalDate = originalDate
            self.expiresOn = expiresOn
            self.overrideReason = overrideReason
            self.currency = currency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.Posting" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "postingId", "posting_id"),
            MessageField(2, "kind", "kind"),
            MessageField(3, "line", "line"),
            MessageField(4, "amountMinor", "amount_minor"),
            MessageField(5, "document", "document"),
            MessageField(6, "stage", "stage"),
            MessageField(7, "reverses", "reverses"),
            MessageField(8, "description", "description"),
            MessageField(9, "group", "group"),
            MessageField(10, "targetLine", "target_line"),
            MessageField(11, "sourceDocument", "source_document"),
            MessageField(12, "businessDate", "business_date"),
            MessageField(13, "originalDate", "original_date"),
            MessageField(14, "expiresOn", "expires_on"),
            MessageField(15, "overrideReason", "override_reason"),
            MessageField(16, "currency", "currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&postingId)
            case 2: try reader.read(&kind)
            case 3: try reader.read(&line)
            case 4: try reader.read(&amountMinor)
            case 5: try reader.read(&document)
            case 6: try reader.read(&stage)
            case 7: try reader.read(&reverses)
            case 8: try reader.read(&description)
            case 9: try reader.read(&group)
            case 10: try reader.read(&targetLine)
            case 11: try reader.read(&sourceDocument)
            case 12: try reader.read(&businessDate)
            case 13: try reader.read(&originalDate)
            case 14: try reader.read(&expiresOn)
            case 15: try reader.read(&overrideReason)
            case 16: try reader.read(&currency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("postingId", postingId)
            writer.write("kind", kind)
            writer.write("line", line)
            writer.write("amountMinor", amountMinor)
            writer.write("document", document)
            writer.write("stage", stage)
            writer.write("reverses", reverses)
            writer.write("description", description)
            writer.write("group", group)
            writer.write("targetLine", targetLine)
            writer.write("sourceDocument", sourceDocument)
            writer.write("businessDate", businessDate)
            writer.write("originalDate", originalDate)
            writer.write("expiresOn", expiresOn)
            writer.write("overrideReason", overrideReason)
            writer.write("currency", currency)
        }
    }

    /// What a service that asks for a batch is given back with the answer: which of its own requests that was.
    public struct LedgerQuestion: Message {
        /// The request.
        public var requestId: String

        /// The empty message: every field has its default.
        public init() {
            requestId = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            requestId: String = ""
        ) {
            self.requestId = requestId
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.LedgerQuestion" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "requestId", "request_id"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&requestId)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("requestId", requestId)
        }
    }

    /// A batch.
    public struct PostRequest: Message {
        /// How the items hang together.
        public var mode: CoordinationV1.PostMode
        /// The items, in order.
        public var postings: [CoordinationV1.Posting]
        /// Remembers the refusals of an atomic batch, so that its identifiers cannot be posted later. The other modes always
        /// remember refusals; a refused atomic batch otherwise leaves nothing behind and can be sent again.
        public var rememberRefusals: Bool

        /// The empty message: every field has its default.
        public init() {
            mode = CoordinationV1.PostMode.fieldDefault
            postings = []
            rememberRefusals = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            mode: CoordinationV1.PostMode = CoordinationV1.PostMode.fieldDefault,
            postings: [CoordinationV1.Posting] = [],
            rememberRefusals: Bool = false
        ) {
            self.mode = mode
            self.postings = postings
            self.rememberRefusals = rememberRefusals
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.PostRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "mode", "mode"),
            MessageField(2, "postings", "postings"),
            MessageField(3, "rememberRefusals", "remember_refusals"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&mode)
            case 2: try reader.read(repeated: &postings)
            case 3: try reader.read(&rememberRefusals)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("mode", mode)
            writer.write("postings", repeated: postings)
            writer.write("rememberRefusals", rememberRefusals)
        }
    }

    /// What became of one posting.
    public struct PostingResult: Message {
        /// The caller's identifier.
        public var postingId: String
        /// `posted`, or the reason of the refusal, for instance `insufficient_available`; `group_refused` where another
        /// posting of the batch or group was refused.
        public var code: String
        /// Minor units that are missing, where money is.
        public var shortfallMinor: Int64
        /// The line.
        public var line: String
        /// Whether this answer was given before: the identifier was known with the same content, and nothing was done.
        public var replayed: Bool
        /// The line's currency; the posting's own where the line is unknown.
        public var currency: String

        /// The empty message: every field has its default.
        public init() {
            postingId = ""
            code = ""
            shortfallMinor = 0
            line = ""
            replayed = false
            currency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            postingId: String = "",
            code: String = "",
            shortfallMinor: Int64 = 0,
            line: String = "",
            replayed: Bool = false,
            currency: String = ""
        ) {
            self.postingId = postingId
            self.code = code
            self.shortfallMinor = shortfallMinor
            self.line = line
            self.replayed = replayed
            self.currency = currency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.PostingResult" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "postingId", "posting_id"),
            MessageField(2, "code", "code"),
            MessageField(3, "shortfallMinor", "shortfall_minor"),
            MessageField(4, "line", "line"),
            MessageField(5, "replayed", "replayed"),
            MessageField(6, "currency", "currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&postingId)
            case 2: try reader.read(&code)
            case 3: try reader.read(&shortfallMinor)
            case 4: try reader.read(&line)
            case 5: try reader.read(&replayed)
            case 6: try reader.read(&currency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("postingId", postingId)
            writer.write("code", code)
            writer.write("shortfallMinor", shortfallMinor)
            writer.write("line", line)
            writer.write("replayed", replayed)
            writer.write("currency", currency)
        }
    }

    /// The stage accounts of a line: what each stage holds now. What reached a stage is its account and the later ones.
    public struct LineBalance: Message {
        /// The line.
        public var line: String
        /// Appropriation in force: the sum of the others.
        public var appropriatedMinor: Int64
        /// Free.
        public var availableMinor: Int64
        /// Reserved, not committed.
        public var reservedMinor: Int64
        /// Committed, not accrued.
        public var committedMinor: Int64
        /// Accrued, not ordered.
        public var accruedMinor: Int64
        /// Ordered, not paid.
        public var orderedMinor: Int64
        /// Paid.
        public var paidMinor: Int64
        /// ISO 4217 code of the amounts.
        public var currency: String

        /// The empty message: every field has its default.
        public init() {
            line = ""
            appropriatedMinor = 0
            availableMinor = 0
            reservedMinor = 0
            committedMinor = 0
            accruedMinor = 0
            orderedMinor = 0
            paidMinor = 0
            currency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            line: String = "",
            appropriatedMinor: Int64 = 0,
            availableMinor: Int64 = 0,
            reservedMinor: Int64 = 0,
            committedMinor: Int64 = 0,
            accruedMinor: Int64 = 0,
            orderedMinor: Int64 = 0,
            paidMinor: Int64 = 0,
            currency: String = ""
        ) {
            self.line = line
            self.appropriatedMinor = appropriatedMinor
            self.availableMinor = availableMinor
            self.reservedMinor = reservedMinor
            self.committedMinor = committedMinor
            self.accruedMinor = accruedMinor
            self.orderedMinor = orderedMinor
            self.paidMinor = paidMinor
            self.currency = currency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.LineBalance" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "line", "line"),
            MessageField(2, "appropriatedMinor", "appropriated_minor"),
            MessageField(3, "availableMinor", "available_minor"),
            MessageField(4, "reservedMinor", "reserved_minor"),
            MessageField(5, "committedMinor", "committed_minor"),
            MessageField(6, "accruedMinor", "accrued_minor"),
            MessageField(7, "orderedMinor", "ordered_minor"),
            MessageField(8, "paidMinor", "paid_minor"),
            MessageField(9, "currency", "currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&line)
            case 2: try reader.read(&appropriatedMinor)
            case 3: try reader.read(&availableMinor)
            case 4: try reader.read(&reservedMinor)
            case 5: try reader.read(&committedMinor)
            case 6: try reader.read(&accruedMinor)
            case 7: try reader.read(&orderedMinor)
            case 8: try reader.read(&paidMinor)
            case 9: try reader.read(&currency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("line", line)
            writer.write("appropriatedMinor", appropriatedMinor)
            writer.write("availableMinor", availableMinor)
            writer.write("reservedMinor", reservedMinor)
            writer.write("committedMinor", committedMinor)
            writer.write("accruedMinor", accruedMinor)
            writer.write("orderedMinor", orderedMinor)
            writer.write("paidMinor", paidMinor)
            writer.write("currency", currency)
        }
    }

    /// What became of a batch.
    public struct PostReply: Message {
        /// Whether the batch (atomic) or any item (the other modes) is posted, now or by the same request before.
        public var applied: Bool
        /// One per posting, in order.
        public var results: [CoordinationV1.PostingResult]
        /// The batch's lines after it, in the order of their codes.
        public var balances: [CoordinationV1.LineBalance]

        /// The empty message: every field has its default.
        public init() {
            applied = false
            results = []
            balances = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            applied: Bool = false,
            results: [CoordinationV1.PostingResult] = [],
            balances: [CoordinationV1.LineBalance] = []
        ) {
            self.applied = applied
            self.results = results
            self.balances = balances
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.PostReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "applied", "applied"),
            MessageField(2, "results", "results"),
            MessageField(3, "balances", "balances"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&applied)
            case 2: try reader.read(repeated: &results)
            case 3: try reader.read(repeated: &balances)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("applied", applied)
            writer.write("results", repeated: results)
            writer.write("balances", repeated: balances)
        }
    }

    /// Numbers committed batches.
    public struct SequenceRequest: Message {
        /// The empty message: every field has its default.
        public init() {}

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SequenceRequest" }
        /// The fields.
        public static let fields: [MessageField] = []
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {}
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {}
    }

    /// What the log has now.
    public struct SequenceReply: Message {
        /// Leaves added now.
        public var added: Int64
        /// Leaves in the log.
        public var size: Int64

        /// The empty message: every field has its default.
        public init() {
            added = 0
            size = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            added: Int64 = 0,
            size: Int64 = 0
        ) {
            self.added = added
            self.size = size
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SequenceReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "added", "added"),
            MessageField(2, "size", "size"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&added)
            case 2: try reader.read(&size)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("added", added)
            writer.write("size", size)
        }
    }

    /// A checkpoint to keep.
    public struct KeepCheckpointRequest: Message {
        /// The signed note.
        public var note: String
        /// The public key that signed it: `name+hash+base64`.
        public var key: String

        /// The empty message: every field has its default.
        public init() {
            note = ""
            key = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            note: String = "",
            key: String = ""
        ) {
            self.note = note
            self.key = key
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.KeepCheckpointRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "note", "note"),
            MessageField(2, "key", "key"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&note)
            case 2: try reader.read(&key)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("note", note)
            writer.write("key", key)
        }
    }

    /// The checkpoint that is kept for that size.
    public struct KeepCheckpointReply: Message {
        /// The signed note: the given one, or the one that was kept before.
        public var note: String

        /// The empty message: every field has its default.
        public init() {
            note = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            note: String = ""
        ) {
            self.note = note
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.KeepCheckpointReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "note", "note"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&note)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("note", note)
        }
    }

    /// Changes the control level of lines.
    public struct SetControlRequest: Message {
        /// Codes of the lines.
        public var lines: [String]
        /// The level.
        public var control: CoordinationV1.ControlLevel
        /// Why; recorded.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            lines = []
            control = CoordinationV1.ControlLevel.fieldDefault
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            lines: [String] = [],
            control: CoordinationV1.ControlLevel = CoordinationV1.ControlLevel.fieldDefault,
            reason: String = ""
        ) {
            self.lines = lines
            self.control = control
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SetControlRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "lines", "lines"),
            MessageField(2, "control", "control"),
            MessageField(3, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &lines)
            case 2: try reader.read(&control)
            case 3: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("lines", repeated: lines)
            writer.write("control", control)
            writer.write("reason", reason)
        }
    }

    /// Which lines changed.
    public struct SetControlReply: Message {
        /// Codes of the lines.
        public var changed: [String]

        /// The empty message: every field has its default.
        public init() {
            changed = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            changed: [String] = []
        ) {
            self.changed = changed
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SetControlReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "changed", "changed"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &changed)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("changed", repeated: changed)
        }
    }

    /// A ceiling over lines. An empty dimension matches every value; a territory covers those below it.
    public struct SetLimitRequest: Message {
        /// Its code, unique for ever.
        public var code: String
        /// Fiscal year of the lines.
        public var fiscalYear: Int32
        /// Currency of the lines, ISO 4217.
        public var currency: String
        /// Fund, or empty.
        public var fund: String
        /// Ministry, or empty.
        public var ministry: String
        /// Programme, or empty.
        public var programme: String
        /// Territory, or empty.
        public var territory: String
        /// The ceiling, minor units.
        public var ceilingMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            code = ""
            fiscalYear = 0
            currency = ""
            fund = ""
            ministry = ""
            programme = ""
            territory = ""
            ceilingMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            fiscalYear: Int32 = 0,
            currency: String = "",
            fund: String = "",
            ministry: String = "",
            programme: String = "",
            territory: String = "",
            ceilingMinor: Int64 = 0
        ) {
            self.code = code
            self.fiscalYear = fiscalYear
            self.currency = currency
            self.fund = fund
            self.ministry = ministry
            self.programme = programme
            self.territory = territory
            self.ceilingMinor = ceilingMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SetLimitRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "fiscalYear", "fiscal_year"),
            MessageField(3, "currency", "currency"),
            MessageField(4, "fund", "fund"),
            MessageField(5, "ministry", "ministry"),
            MessageField(6, "programme", "programme"),
            MessageField(7, "territory", "territory"),
            MessageField(8, "ceilingMinor", "ceiling_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&fiscalYear)
            case 3: try reader.read(&currency)
            case 4: try reader.read(&fund)
            case 5: try reader.read(&ministry)
            case 6: try reader.read(&programme)
            case 7: try reader.read(&territory)
            case 8: try reader.read(&ceilingMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("fiscalYear", fiscalYear)
            writer.write("currency", currency)
            writer.write("fund", fund)
            writer.write("ministry", ministry)
            writer.write("programme", programme)
            writer.write("territory", territory)
            writer.write("ceilingMinor", ceilingMinor)
        }
    }

    /// What is used of a ceiling.
    public struct SetLimitReply: Message {
        /// Reserved, or in a later stage, in its lines: minor units.
        public var usedMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            usedMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            usedMinor: Int64 = 0
        ) {
            self.usedMinor = usedMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SetLimitReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "usedMinor", "used_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&usedMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("usedMinor", usedMinor)
        }
    }

    /// What becomes of each stage's money at the end of the year. What an agreement still binds lapses always.
    public struct YearEndRules: Message {
        /// Reserved, not committed.
        public var reserved: CoordinationV1.YearEndTreatment
        /// Committed, not accrued.
        public var committed: CoordinationV1.YearEndTreatment
        /// Accrued, not ordered.
        public var accrued: CoordinationV1.YearEndTreatment
        /// Ordered, not paid: with the bank, and payable always.
        public var ordered: CoordinationV1.YearEndTreatment
        /// The rule's legal source, and what of it is not verified.
        public var source: String

        /// The empty message: every field has its default.
        public init() {
            reserved = CoordinationV1.YearEndTreatment.fieldDefault
            committed = CoordinationV1.YearEndTreatment.fieldDefault
            accrued = CoordinationV1.YearEndTreatment.fieldDefault
            ordered = CoordinationV1.YearEndTreatment.fieldDefault
            source = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            reserved: CoordinationV1.YearEndTreatment = CoordinationV1.YearEndTreatment.fieldDefault,
            committed: CoordinationV1.YearEndTreatment = CoordinationV1.YearEndTreatment.fieldDefault,
            accrued: CoordinationV1.YearEndTreatment = CoordinationV1.YearEndTreatment.fieldDefault,
            ordered: CoordinationV1.YearEndTreatment = CoordinationV1.YearEndTreatment.fieldDefault,
            source: String = ""
        ) {
            self.reserved = reserved
            self.committed = committed
            self.accrued = accrued
            self.ordered = ordered
            self.source = source
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.YearEndRules" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "reserved", "reserved"),
            MessageField(2, "committed", "committed"),
            MessageField(3, "accrued", "accrued"),
            MessageField(4, "ordered", "ordered"),
            MessageField(5, "source", "source"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&reserved)
            case 2: try reader.read(&committed)
            case 3: try reader.read(&accrued)
            case 4: try reader.read(&ordered)
            case 5: try reader.read(&source)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("reserved", reserved)
            writer.write("committed", committed)
            writer.write("accrued", accrued)
            writer.write("ordered", ordered)
            writer.write("source", source)
        }
    }

    /// A country's names and rules of the stages.
    public struct BudgetScheme: Message {
        /// Its code, for instance `peru`.
        public var scheme: String
        /// Appropriation in force (apropiación vigente, PIM, modificado).
        public var appropriated: String
        /// Free.
        public var available: String
        /// Reservation (CDP, certificación).
        public var reserved: String
        /// Commitment (RP, compromiso, comprometido).
        public var committed: String
        /// Accrual (obligación, devengado).
        public var accrued: String
        /// Order (girado, ejercido).
        public var ordered: String
        /// Payment (pago, pagado).
        public var paid: String
        /// The country has no reservation: COMMIT takes from what is available.
        public var skipsReserved: Bool
        /// The country has no order: PAY takes from what is accrued.
        public var skipsOrdered: Bool
        /// Where the names and the rules are from, and what of them is not verified.
        public var source: String
        /// What becomes of each stage at the end of the year.
        public var yearEnd: CoordinationV1.YearEndRules?

        /// The empty message: every field has its default.
        public init() {
            scheme = ""
            appropriated = ""
            available = ""
            reserved = ""
            committed = ""
            accrued = ""
            ordered = ""
            paid = ""
            skipsReserved = false
            skipsOrdered = false
            source = ""
            yearEnd = nil
        }

        /// A message; fields that are not given have their defaults.
        public init(
            scheme: String = "",
            appropriated: String = "",
            available: String = "",
            reserved: String = "",
            committed: String = "",
            accrued: String = "",
            ordered: String = "",
            paid: String = "",
            skipsReserved: Bool = false,
            skipsOrdered: Bool = false,
            source: String = "",
            yearEnd: CoordinationV1.YearEndRules? = nil
        ) {
            self.scheme = scheme
            self.appropriated = appropriated
            self.available = available
            self.reserved = reserved
            self.committed = committed
            self.accrued = accrued
            self.ordered = ordered
            self.paid = paid
            self.skipsReserved = skipsReserved
            self.skipsOrdered = skipsOrdered
            self.source = source
            self.yearEnd = yearEnd
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.BudgetScheme" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "scheme", "scheme"),
            MessageField(2, "appropriated", "appropriated"),
            MessageField(3, "available", "available"),
            MessageField(4, "reserved", "reserved"),
            MessageField(5, "committed", "committed"),
            MessageField(6, "accrued", "accrued"),
            MessageField(7, "ordered", "ordered"),
            MessageField(8, "paid", "paid"),
            MessageField(9, "skipsReserved", "skips_reserved"),
            MessageField(10, "skipsOrdered", "skips_ordered"),
            MessageField(11, "source", "source"),
            MessageField(12, "yearEnd", "year_end"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&scheme)
            case 2: try reader.read(&appropriated)
            case 3: try reader.read(&available)
            case 4: try reader.read(&reserved)
            case 5: try reader.read(&committed)
            case 6: try reader.read(&accrued)
            case 7: try reader.read(&ordered)
            case 8: try reader.read(&paid)
            case 9: try reader.read(&skipsReserved)
            case 10: try reader.read(&skipsOrdered)
            case 11: try reader.read(&source)
            case 12: try reader.read(optional: &yearEnd)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("scheme", scheme)
            writer.write("appropriated", appropriated)
            writer.write("available", available)
            writer.write("reserved", reserved)
            writer.write("committed", committed)
            writer.write("accrued", accrued)
            writer.write("ordered", ordered)
            writer.write("paid", paid)
            writer.write("skipsReserved", skipsReserved)
            writer.write("skipsOrdered", skipsOrdered)
            writer.write("source", source)
            writer.write("yearEnd", optional: yearEnd)
        }
    }

    /// What loading a scheme did.
    public struct LoadSchemeReply: Message {
        /// False when it was there already.
        public var changed: Bool

        /// The empty message: every field has its default.
        public init() {
            changed = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            changed: Bool = false
        ) {
            self.changed = changed
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.LoadSchemeReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "changed", "changed"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&changed)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("changed", changed)
        }
    }

    /// Which reservations lapse.
    public struct ExpireRequest: Message {
        /// Those whose last day is before this ISO date; empty: today.
        public var on: String

        /// The empty message: every field has its default.
        public init() {
            on = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            on: String = ""
        ) {
            self.on = on
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.ExpireRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "on", "on"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&on)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("on", on)
        }
    }

    /// Closes a year.
    public struct CloseYearRequest: Message {
        /// The year.
        public var fiscalYear: Int32
        /// How far to go.
        public var step: CoordinationV1.CloseYearStep

        /// The empty message: every field has its default.
        public init() {
            fiscalYear = 0
            step = CoordinationV1.CloseYearStep.fieldDefault
        }

        /// A message; fields that are not given have their defaults.
        public init(
            fiscalYear: Int32 = 0,
            step: CoordinationV1.CloseYearStep = CoordinationV1.CloseYearStep.fieldDefault
        ) {
            self.fiscalYear = fiscalYear
            self.step = step
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.CloseYearRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "fiscalYear", "fiscal_year"),
            MessageField(2, "step", "step"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&fiscalYear)
            case 2: try reader.read(&step)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("fiscalYear", fiscalYear)
            writer.write("step", step)
        }
    }

    /// What a year's end does to one hold.
    public struct YearEndHold: Message {
        /// The line.
        public var line: String
        /// The document.
        public var document: String
        /// The stage that holds.
        public var stage: String
        /// Minor units.
        public var amountMinor: Int64
        /// The line of the next year that receives it, where its treatment asks for one and there is one.
        public var targetLine: String
        /// What becomes of it.
        public var treatment: CoordinationV1.YearEndTreatment
        /// ISO 4217 code of the amount.
        public var currency: String
        /// Where several lines of the next year have its dimensions, all of them: then none receives it.
        public var candidates: [String]

        /// The empty message: every field has its default.
        public init() {
            line = ""
            document = ""
            stage = ""
            amountMinor = 0
            targetLine = ""
            treatment = CoordinationV1.YearEndTreatment.fieldDefault
            currency = ""
            candidates = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            line: String = "",
            document: String = "",
            stage: String = "",
            amountMinor: Int64 = 0,
            targetLine: String = "",
            treatment: CoordinationV1.YearEndTreatment = CoordinationV1.YearEndTreatment.fieldDefault,
            currency: String = "",
            candidates: [String] = []
        ) {
            self.line = line
            self.document = document
            self.stage = stage
            self.amountMinor = amountMinor
            self.targetLine = targetLine
            self.treatment = treatment
            self.currency = currency
            self.candidates = candidates
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.YearEndHold" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "line", "line"),
            MessageField(2, "document", "document"),
            MessageField(3, "stage", "stage"),
            MessageField(4, "amountMinor", "amount_minor"),
            MessageField(5, "targetLine", "target_line"),
            MessageField(6, "treatment", "treatment"),
            MessageField(7, "currency", "currency"),
            MessageField(8, "candidates", "candidates"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&line)
            case 2: try reader.read(&document)
            case 3: try reader.read(&stage)
            case 4: try reader.read(&amountMinor)
            case 5: try reader.read(&targetLine)
            case 6: try reader.read(&treatment)
            case 7: try reader.read(&currency)
            case 8: try reader.read(repeated: &candidates)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("line", line)
            writer.write("document", document)
            writer.write("stage", stage)
            writer.write("amountMinor", amountMinor)
            writer.write("targetLine", targetLine)
            writer.write("treatment", treatment)
            writer.write("currency", currency)
            writer.write("candidates", repeated: candidates)
        }
    }

    /// Where a year stands.
    public struct CloseYearReply: Message {
        /// Whether anything changed.
        public var changed: Bool
        /// What was, or would be, done to each hold.
        public var holds: [CoordinationV1.YearEndHold]
        /// Lines whose holds have no line in the next year to go to, or several. A year with any is neither closed nor sealed.
        public var withoutTarget: [String]
        /// Lines of the next year that have too little available for what is charged to them. A year with any is not sealed.
        public var shortfalls: [CoordinationV1.PostingResult]
        /// Where the year is now: `open`, `closing` or `sealed`.
        public var state: String

        /// The empty message: every field has its default.
        public init() {
            changed = false
            holds = []
            withoutTarget = []
            shortfalls = []
            state = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            changed: Bool = false,
            holds: [CoordinationV1.YearEndHold] = [],
            withoutTarget: [String] = [],
            shortfalls: [CoordinationV1.PostingResult] = [],
            state: String = ""
        ) {
            self.changed = changed
            self.holds = holds
            self.withoutTarget = withoutTarget
            self.shortfalls = shortfalls
            self.state = state
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.CloseYearReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "changed", "changed"),
            MessageField(2, "holds", "holds"),
            MessageField(3, "withoutTarget", "without_target"),
            MessageField(4, "shortfalls", "shortfalls"),
            MessageField(5, "state", "state"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&changed)
            case 2: try reader.read(repeated: &holds)
            case 3: try reader.read(repeated: &withoutTarget)
            case 4: try reader.read(repeated: &shortfalls)
            case 5: try reader.read(&state)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("changed", changed)
            writer.write("holds", repeated: holds)
            writer.write("withoutTarget", repeated: withoutTarget)
            writer.write("shortfalls", repeated: shortfalls)
            writer.write("state", state)
        }
    }

    /// Seals days of a year.
    public struct SealDaysRequest: Message {
        /// The year.
        public var fiscalYear: Int32
        /// The last sealed day, ISO; it must be over.
        public var through: String

        /// The empty message: every field has its default.
        public init() {
            fiscalYear = 0
            through = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            fiscalYear: Int32 = 0,
            through: String = ""
        ) {
            self.fiscalYear = fiscalYear
            self.through = through
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SealDaysRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "fiscalYear", "fiscal_year"),
            MessageField(2, "through", "through"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&fiscalYear)
            case 2: try reader.read(&through)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("fiscalYear", fiscalYear)
            writer.write("through", through)
        }
    }

    /// What sealing did.
    public struct SealDaysReply: Message {
        /// False when those days were sealed already.
        public var changed: Bool

        /// The empty message: every field has its default.
        public init() {
            changed = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            changed: Bool = false
        ) {
            self.changed = changed
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.SealDaysReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "changed", "changed"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&changed)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("changed", changed)
        }
    }

    /// The ledger. Every change is a batch of postings; a single one is a batch of one.
    public enum Budget {
        /// Opens budget lines; lines that exist with the same dimensions are left alone.
        public static let openLines = Method<CoordinationV1.OpenLinesRequest, CoordinationV1.OpenLinesReply>(
            name: "puente.coordination.v1.Budget/OpenLines", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))
        /// Posts a batch. The same posting id with the same content is answered as before and changes nothing.
        public static let post = Method<CoordinationV1.PostRequest, CoordinationV1.PostReply>(
            name: "puente.coordination.v1.Budget/Post", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 8, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(300), priority: 3, allowedRoles: ["operator", "transfers", "projects"]))
        /// Gives committed batches their places in the evidence log, so that they can be proved and signed.
        public static let sequence = Method<CoordinationV1.SequenceRequest, CoordinationV1.SequenceReply>(
            name: "puente.coordination.v1.Budget/Sequence", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(300), priority: 4, allowedRoles: ["operator", "coordination"]))
        /// Keeps a signed checkpoint of the log; refused when the log does not have that root at that size.
        public static let keepCheckpoint = Method<CoordinationV1.KeepCheckpointRequest, CoordinationV1.KeepCheckpointReply>(
            name: "puente.coordination.v1.Budget/KeepCheckpoint", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))
        /// Changes what happens when lines would be overdrawn.
        public static let setControl = Method<CoordinationV1.SetControlRequest, CoordinationV1.SetControlReply>(
            name: "puente.coordination.v1.Budget/SetControl", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"], decision: true))
        /// Sets a ceiling on what is reserved over many lines, by any of their dimensions.
        public static let setLimit = Method<CoordinationV1.SetLimitRequest, CoordinationV1.SetLimitReply>(
            name: "puente.coordination.v1.Budget/SetLimit", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"], decision: true))
        /// Loads a country's names and rules of the stages.
        public static let loadScheme = Method<CoordinationV1.BudgetScheme, CoordinationV1.LoadSchemeReply>(
            name: "puente.coordination.v1.Budget/LoadScheme", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))
        /// Returns to available every reservation that has lapsed; one entry of its own for each.
        public static let expire = Method<CoordinationV1.ExpireRequest, CoordinationV1.PostReply>(
            name: "puente.coordination.v1.Budget/Expire", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(300), priority: 4, allowedRoles: ["operator", "coordination"]))
        /// Previews, closes or seals a fiscal year.
        public static let closeYear = Method<CoordinationV1.CloseYearRequest, CoordinationV1.CloseYearReply>(
            name: "puente.coordination.v1.Budget/CloseYear", kind: .unary,
            policy: .init(deadline: .seconds(300), priority: 4, allowedRoles: ["operator"], decision: true))
        /// Seals the days of a year: nothing is posted on them any more.
        public static let sealDays = Method<CoordinationV1.SealDaysRequest, CoordinationV1.SealDaysReply>(
            name: "puente.coordination.v1.Budget/SealDays", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"], decision: true))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [openLines, post, sequence, keepCheckpoint, setControl, setLimit, loadScheme, expire, closeYear, sealDays]
    }
}
