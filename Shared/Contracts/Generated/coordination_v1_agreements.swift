// swift-format-ignore-file
// Generated from puente/coordination/v1/agreements.proto by Shared/Contracts/generate. Do not edit.

extension CoordinationV1 {
    /// What comes after what.
    public enum SequencingRule: Int32, MessageEnum {
        /// Not said: none.
        case unspecified = 0
        /// A transfer does not end before the productive project has started.
        case projectBeforeTransferEnds = 1
        /// A productive project starts only while the household receives transfers.
        case projectDuringTransfer = 2

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "SEQUENCING_RULE_UNSPECIFIED"
            case .projectBeforeTransferEnds: "SEQUENCING_RULE_PROJECT_BEFORE_TRANSFER_ENDS"
            case .projectDuringTransfer: "SEQUENCING_RULE_PROJECT_DURING_TRANSFER"
            }
        }
    }

    /// What is done to an agreement.
    public enum AgreementAction: Int32, MessageEnum {
        /// Not said: refused.
        case unspecified = 0
        /// Signs the version that is proposed.
        case sign = 1
        /// Puts the proposed version in force, and reserves its earmarks in the same transaction.
        case activate = 2
        /// Signs that a release condition has lapsed. When the quorum of one party has signed it, the agreement is suspended:
        /// nothing new is committed; payments due go on.
        case suspend = 3
        /// Signs that the condition holds again. It counts when the quorum of every party has signed it.
        case resume = 4
        /// Agrees to end it. It ends, and gives back what is left of the earmarks, when every party agrees with its quorum.
        case end = 5
        /// Signs that a household is served against the agreement's rules, with the reason.
        case override = 6
        /// Takes back the caller's own signature of `withdraws` while it waits for others.
        case withdraw = 7

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "AGREEMENT_ACTION_UNSPECIFIED"
            case .sign: "AGREEMENT_ACTION_SIGN"
            case .activate: "AGREEMENT_ACTION_ACTIVATE"
            case .suspend: "AGREEMENT_ACTION_SUSPEND"
            case .resume: "AGREEMENT_ACTION_RESUME"
            case .end: "AGREEMENT_ACTION_END"
            case .override: "AGREEMENT_ACTION_OVERRIDE"
            case .withdraw: "AGREEMENT_ACTION_WITHDRAW"
            }
        }
    }

    /// What a group records.
    public enum GroupRecordKind: Int32, MessageEnum {
        /// Not said: refused.
        case unspecified = 0
        /// What was said.
        case minutes = 1
        /// What somebody proposes.
        case proposal = 2
        /// What is decided; needs deciding members.
        case decision = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "GROUP_RECORD_KIND_UNSPECIFIED"
            case .minutes: "GROUP_RECORD_KIND_MINUTES"
            case .proposal: "GROUP_RECORD_KIND_PROPOSAL"
            case .decision: "GROUP_RECORD_KIND_DECISION"
            }
        }
    }

    /// A text that is proposed.
    public struct AgreementProposal: Message {
        /// The text.
        public var terms: CoordinationV1.AgreementTerms?
        /// Whether it amends an agreement that is in force. Said so that nobody amends by mistake, or proposes anew what exists.
        public var amends: Bool
        /// Why; needed for an amendment.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            terms = nil
            amends = false
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            terms: CoordinationV1.AgreementTerms? = nil,
            amends: Bool = false,
            reason: String = ""
        ) {
            self.terms = terms
            self.amends = amends
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.AgreementProposal" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "terms", "terms"),
            MessageField(2, "amends", "amends"),
            MessageField(3, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(optional: &terms)
            case 2: try reader.read(&amends)
            case 3: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("terms", optional: terms)
            writer.write("amends", amends)
            writer.write("reason", reason)
        }
    }

    /// What an agreement says. The file of an agreement is this message as canonical proto3 JSON.
    public struct AgreementTerms: Message {
        /// Its code: letters, digits and . _ -
        public var agreement: String
        /// Title to show.
        public var title: String
        /// The institutions that sign.
        public var parties: [CoordinationV1.AgreementParty]
        /// Programmes that take part.
        public var programmes: [String]
        /// Whom it is for, for a person to read.
        public var targetPopulation: String
        /// Places that must be filled with the target population before others are served; 0: none.
        public var reservedPlaces: Int32
        /// The same as a share of `places`, in hundredths of a percent; rounded up to whole places.
        public var reservedShareHundredths: Int32
        /// Requirements that are adapted for the target population, for a person to read: nothing checks them.
        public var adaptedRequirements: [String]
        /// Cost per household, minor units.
        public var unitCostMinor: Int64
        /// Money that each party binds.
        public var earmarks: [CoordinationV1.Earmark]
        /// Conditions that must hold for new commitments.
        public var releaseConditions: [String]
        /// What comes after what.
        public var sequencing: CoordinationV1.SequencingRule
        /// First day, ISO.
        public var firstDay: String
        /// Last day, ISO.
        public var lastDay: String
        /// One institution or several.
        public var architecture: CoordinationV1.Architecture?
        /// The target population, for the machine to tell who belongs to it.
        public var target: CoordinationV1.TargetPopulation?
        /// All places that the productive programmes open under the agreement; needed for a share. 0: as many as there are.
        public var places: Int32
        /// ISO 4217 code of the unit's cost and of the earmarks; needed where there are any.
        public var currency: String

        /// The empty message: every field has its default.
        public init() {
            agreement = ""
            title = ""
            parties = []
            programmes = []
            targetPopulation = ""
            reservedPlaces = 0
            reservedShareHundredths = 0
            adaptedRequirements = []
            unitCostMinor = 0
            earmarks = []
            releaseConditions = []
            sequencing = CoordinationV1.SequencingRule.fieldDefault
            firstDay = ""
            lastDay = ""
            architecture = nil
            target = nil
            places = 0
            currency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            agreement: String = "",
            title: String = "",
            parties: [CoordinationV1.AgreementParty] = [],
            programmes: [String] = [],
            targetPopulation: String = "",
            reservedPlaces: Int32 = 0,
            reservedShareHundredths: Int32 = 0,
            adaptedRequirements: [String] = [],
            unitCostMinor: Int64 = 0,
            earmarks: [CoordinationV1.Earmark] = [],
            releaseConditions: [String] = [],
            sequencing: CoordinationV1.SequencingRule = CoordinationV1.SequencingRule.fieldDefault,
            firstDay: String = "",
            lastDay: String = "",
            architecture: CoordinationV1.Architecture? = nil,
            target: CoordinationV1.TargetPopulation? = nil,
            places: Int32 = 0,
            currency: String = ""
        ) {
            self.agreement = agreement
            self.title = title
            self.parties = parties
            self.programmes = programmes
            self.targetPopulation = targetPopulation
            self.reservedPlaces = reservedPlaces
            self.reservedShareHundredths = reservedShareHundredths
            self.adaptedRequirements = adaptedRequirements
            self.unitCostMinor = unitCostMinor
            self.earmarks = earmarks
            self.releaseConditions = releaseConditions
            self.sequencing = sequencing
            self.firstDay = firstDay
            self.lastDay = lastDay
            self.architecture = architecture
            self.target = target
            self.places = places
            self.currency = currency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.AgreementTerms" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "agreement", "agreement"),
            MessageField(2, "title", "title"),
            MessageField(3, "parties", "parties"),
            MessageField(4, "programmes", "programmes"),
            MessageField(5, "targetPopulation", "target_population"),
            MessageField(6, "reservedPlaces", "reserved_places"),
            MessageField(7, "reservedShareHundredths", "reserved_share_hundredths"),
            MessageField(8, "adaptedRequirements", "adapted_requirements"),
            MessageField(9, "unitCostMinor", "unit_cost_minor"),
            MessageField(10, "earmarks", "earmarks"),
            MessageField(11, "releaseConditions", "release_conditions"),
            MessageField(12, "sequencing", "sequencing"),
            MessageField(13, "firstDay", "first_day"),
            MessageField(14, "lastDay", "last_day"),
            MessageField(15, "architecture", "architecture"),
            MessageField(16, "target", "target"),
            MessageField(17, "places", "places"),
            MessageField(18, "currency", "currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&agreement)
            case 2: try reader.read(&title)
            case 3: try reader.read(repeated: &parties)
            case 4: try reader.read(repeated: &programmes)
            case 5: try reader.read(&targetPopulation)
            case 6: try reader.read(&reservedPlaces)
            case 7: try reader.read(&reservedShareHundredths)
            case 8: try reader.read(repeated: &adaptedRequirements)
            case 9: try reader.read(&unitCostMinor)
            case 10: try reader.read(repeated: &earmarks)
            case 11: try reader.read(repeated: &releaseConditions)
            case 12: try reader.read(&sequencing)
            case 13: try reader.read(&firstDay)
            case 14: try reader.read(&lastDay)
            case 15: try reader.read(optional: &architecture)
            case 16: try reader.read(optional: &target)
            case 17: try reader.read(&places)
            case 18: try reader.read(&currency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("agreement", agreement)
            writer.write("title", title)
            writer.write("parties", repeated: parties)
            writer.write("programmes", repeated: programmes)
            writer.write("targetPopulation", targetPopulation)
            writer.write("reservedPlaces", reservedPlaces)
            writer.write("reservedShareHundredths", reservedShareHundredths)
            writer.write("adaptedRequirements", repeated: adaptedRequirements)
            writer.write("unitCostMinor", unitCostMinor)
            writer.write("earmarks", repeated: earmarks)
            writer.write("releaseConditions", repeated: releaseConditions)
            writer.write("sequencing", sequencing)
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
            writer.write("architecture", optional: architecture)
            writer.write("target", optional: target)
            writer.write("places", places)
            writer.write("currency", currency)
        }
    }

    /// Who belongs to the target population: whoever meets every criterion that is given.
    public struct TargetPopulation: Message {
        /// Households that this transfer programme serves.
        public var servedBy: String
        /// Poverty classes of the registry: `extreme_poor`, `poor`, `non_poor`.
        public var povertyClasses: [String]
        /// Codes of departments.
        public var departments: [String]

        /// The empty message: every field has its default.
        public init() {
            servedBy = ""
            povertyClasses = []
            departments = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            servedBy: String = "",
            povertyClasses: [String] = [],
            departments: [String] = []
        ) {
            self.servedBy = servedBy
            self.povertyClasses = povertyClasses
            self.departments = departments
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.TargetPopulation" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "servedBy", "served_by"),
            MessageField(2, "povertyClasses", "poverty_classes"),
            MessageField(3, "departments", "departments"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&servedBy)
            case 2: try reader.read(repeated: &povertyClasses)
            case 3: try reader.read(repeated: &departments)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("servedBy", servedBy)
            writer.write("povertyClasses", repeated: povertyClasses)
            writer.write("departments", repeated: departments)
        }
    }

    /// An institution with the members who may sign for it.
    public struct AgreementParty: Message {
        /// The institution, for instance `MIDIS`.
        public var institution: String
        /// Its members.
        public var members: [CoordinationV1.PartyMember]
        /// How many of its deciding members must sign.
        public var quorum: Int32

        /// The empty message: every field has its default.
        public init() {
            institution = ""
            members = []
            quorum = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            institution: String = "",
            members: [CoordinationV1.PartyMember] = [],
            quorum: Int32 = 0
        ) {
            self.institution = institution
            self.members = members
            self.quorum = quorum
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.AgreementParty" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "institution", "institution"),
            MessageField(2, "members", "members"),
            MessageField(3, "quorum", "quorum"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&institution)
            case 2: try reader.read(repeated: &members)
            case 3: try reader.read(&quorum)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("institution", institution)
            writer.write("members", repeated: members)
            writer.write("quorum", quorum)
        }
    }

    /// A member of a party or of a group.
    public struct PartyMember: Message {
        /// Their name as an operator: the database role.
        public var `operator`: String
        /// Whether they may decide. Who may not can exchange information.
        public var decides: Bool

        /// The empty message: every field has its default.
        public init() {
            self.operator = ""
            decides = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            `operator`: String = "",
            decides: Bool = false
        ) {
            self.operator = `operator`
            self.decides = decides
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.PartyMember" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "operator", "operator"),
            MessageField(2, "decides", "decides"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&self.operator)
            case 2: try reader.read(&decides)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("operator", self.operator)
            writer.write("decides", decides)
        }
    }

    /// Money that an agreement binds.
    public struct Earmark: Message {
        /// The party that binds it.
        public var institution: String
        /// Budget line.
        public var line: String
        /// Minor units.
        public var amountMinor: Int64
        /// Only documents whose code begins so may draw on it.
        public var documentPrefix: String

        /// The empty message: every field has its default.
        public init() {
            institution = ""
            line = ""
            amountMinor = 0
            documentPrefix = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            institution: String = "",
            line: String = "",
            amountMinor: Int64 = 0,
            documentPrefix: String = ""
        ) {
            self.institution = institution
            self.line = line
            self.amountMinor = amountMinor
            self.documentPrefix = documentPrefix
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.Earmark" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "institution", "institution"),
            MessageField(2, "line", "line"),
            MessageField(3, "amountMinor", "amount_minor"),
            MessageField(4, "documentPrefix", "document_prefix"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&institution)
            case 2: try reader.read(&line)
            case 3: try reader.read(&amountMinor)
            case 4: try reader.read(&documentPrefix)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("institution", institution)
            writer.write("line", line)
            writer.write("amountMinor", amountMinor)
            writer.write("documentPrefix", documentPrefix)
        }
    }

    /// How the programmes are joined, for comparing agreements.
    public struct Architecture: Message {
        /// Whether more than one institution implements.
        public var severalInstitutions: Bool
        /// Whether the complementarity was intended when the programmes were designed.
        public var intended: Bool
        /// How many programmes are joined.
        public var programmes: Int32

        /// The empty message: every field has its default.
        public init() {
            severalInstitutions = false
            intended = false
            programmes = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            severalInstitutions: Bool = false,
            intended: Bool = false,
            programmes: Int32 = 0
        ) {
            self.severalInstitutions = severalInstitutions
            self.intended = intended
            self.programmes = programmes
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.Architecture" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "severalInstitutions", "several_institutions"),
            MessageField(2, "intended", "intended"),
            MessageField(3, "programmes", "programmes"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&severalInstitutions)
            case 2: try reader.read(&intended)
            case 3: try reader.read(&programmes)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("severalInstitutions", severalInstitutions)
            writer.write("intended", intended)
            writer.write("programmes", programmes)
        }
    }

    /// One act.
    public struct AgreementAct: Message {
        /// The agreement.
        public var agreement: String
        /// What is done.
        public var action: CoordinationV1.AgreementAction
        /// Why; needed to suspend, to resume, to end, to override and to withdraw.
        public var reason: String
        /// For an override: the household's number.
        public var subject: String
        /// To suspend, to resume and to withdraw that: the release condition, counted from 1; 0: what the reason says.
        public var condition: Int32
        /// To sign: the version that was read; 0: the latest.
        public var version: Int32
        /// To withdraw: what was signed, which is SIGN, SUSPEND, RESUME or END.
        public var withdraws: CoordinationV1.AgreementAction

        /// The empty message: every field has its default.
        public init() {
            agreement = ""
            action = CoordinationV1.AgreementAction.fieldDefault
            reason = ""
            subject = ""
            condition = 0
            version = 0
            withdraws = CoordinationV1.AgreementAction.fieldDefault
        }

        /// A message; fields that are not given have their defaults.
        public init(
            agreement: String = "",
            action: CoordinationV1.AgreementAction = CoordinationV1.AgreementAction.fieldDefault,
            reason: String = "",
            subject: String = "",
            condition: Int32 = 0,
            version: Int32 = 0,
            withdraws: CoordinationV1.AgreementAction = CoordinationV1.AgreementAction.fieldDefault
        ) {
            self.agreement = agreement
            self.action = action
            self.reason = reason
            self.subject = subject
            self.condition = condition
            self.version = version
            self.withdraws = withdraws
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.AgreementAct" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "agreement", "agreement"),
            MessageField(2, "action", "action"),
            MessageField(3, "reason", "reason"),
            MessageField(4, "subject", "subject"),
            MessageField(5, "condition", "condition"),
            MessageField(6, "version", "version"),
            MessageField(7, "withdraws", "withdraws"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&agreement)
            case 2: try reader.read(&action)
            case 3: try reader.read(&reason)
            case 4: try reader.read(&subject)
            case 5: try reader.read(&condition)
            case 6: try reader.read(&version)
            case 7: try reader.read(&withdraws)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("agreement", agreement)
            writer.write("action", action)
            writer.write("reason", reason)
            writer.write("subject", subject)
            writer.write("condition", condition)
            writer.write("version", version)
            writer.write("withdraws", withdraws)
        }
    }

    /// Where an agreement stands.
    public struct AgreementReply: Message {
        /// The agreement.
        public var agreement: String
        /// `proposed`, `active`, `suspended` or `ended`.
        public var state: String
        /// Its latest version.
        public var version: Int32
        /// Whether the act was done. One that lacks signatures or money is not, and says what is missing; the caller's own
        /// signature is kept.
        public var done: Bool
        /// Who still has to sign: to suspend, in the parties that have begun to; otherwise in every party without its quorum.
        public var missingSignatures: [CoordinationV1.MissingSignatures]
        /// Lines that lack money for their earmark.
        public var shortfalls: [CoordinationV1.PostingResult]
        /// Release conditions that have lapsed: while there are any, the agreement stays suspended.
        public var lapsedConditions: [String]

        /// The empty message: every field has its default.
        public init() {
            agreement = ""
            state = ""
            version = 0
            done = false
            missingSignatures = []
            shortfalls = []
            lapsedConditions = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            agreement: String = "",
            state: String = "",
            version: Int32 = 0,
            done: Bool = false,
            missingSignatures: [CoordinationV1.MissingSignatures] = [],
            shortfalls: [CoordinationV1.PostingResult] = [],
            lapsedConditions: [String] = []
        ) {
            self.agreement = agreement
            self.state = state
            self.version = version
            self.done = done
            self.missingSignatures = missingSignatures
            self.shortfalls = shortfalls
            self.lapsedConditions = lapsedConditions
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.AgreementReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "agreement", "agreement"),
            MessageField(2, "state", "state"),
            MessageField(3, "version", "version"),
            MessageField(4, "done", "done"),
            MessageField(5, "missingSignatures", "missing_signatures"),
            MessageField(6, "shortfalls", "shortfalls"),
            MessageField(7, "lapsedConditions", "lapsed_conditions"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&agreement)
            case 2: try reader.read(&state)
            case 3: try reader.read(&version)
            case 4: try reader.read(&done)
            case 5: try reader.read(repeated: &missingSignatures)
            case 6: try reader.read(repeated: &shortfalls)
            case 7: try reader.read(repeated: &lapsedConditions)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("agreement", agreement)
            writer.write("state", state)
            writer.write("version", version)
            writer.write("done", done)
            writer.write("missingSignatures", repeated: missingSignatures)
            writer.write("shortfalls", repeated: shortfalls)
            writer.write("lapsedConditions", repeated: lapsedConditions)
        }
    }

    /// Signatures that a party lacks.
    public struct MissingSignatures: Message {
        /// The institution.
        public var institution: String
        /// How many.
        public var missing: Int32
        /// Its deciding members who have not signed.
        public var members: [String]

        /// The empty message: every field has its default.
        public init() {
            institution = ""
            missing = 0
            members = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            institution: String = "",
            missing: Int32 = 0,
            members: [String] = []
        ) {
            self.institution = institution
            self.missing = missing
            self.members = members
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.MissingSignatures" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "institution", "institution"),
            MessageField(2, "missing", "missing"),
            MessageField(3, "members", "members"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&institution)
            case 2: try reader.read(&missing)
            case 3: try reader.read(repeated: &members)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("institution", institution)
            writer.write("missing", missing)
            writer.write("members", repeated: members)
        }
    }

    /// A group that meets.
    public struct WorkingGroup: Message {
        /// Its code.
        public var group: String
        /// Its members.
        public var members: [CoordinationV1.PartyMember]
        /// How many deciding members make a decision.
        public var quorum: Int32
        /// What gives its deciding members the right to decide: a resolution, an agreement. Needed where somebody decides.
        public var mandate: String

        /// The empty message: every field has its default.
        public init() {
            group = ""
            members = []
            quorum = 0
            mandate = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            group: String = "",
            members: [CoordinationV1.PartyMember] = [],
            quorum: Int32 = 0,
            mandate: String = ""
        ) {
            self.group = group
            self.members = members
            self.quorum = quorum
            self.mandate = mandate
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.WorkingGroup" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "group", "group"),
            MessageField(2, "members", "members"),
            MessageField(3, "quorum", "quorum"),
            MessageField(4, "mandate", "mandate"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&group)
            case 2: try reader.read(repeated: &members)
            case 3: try reader.read(&quorum)
            case 4: try reader.read(&mandate)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("group", group)
            writer.write("members", repeated: members)
            writer.write("quorum", quorum)
            writer.write("mandate", mandate)
        }
    }

    /// Something a group records.
    public struct GroupRecord: Message {
        /// The group.
        public var group: String
        /// What kind.
        public var kind: CoordinationV1.GroupRecordKind
        /// The text.
        public var body: String
        /// For a decision: on what grounds.
        public var grounds: String
        /// For a decision: the deciding members who were present, the recorder among them.
        public var decidedBy: [String]
        /// For a decision: who must execute it.
        public var owner: String
        /// For a decision: by when, ISO.
        public var dueOn: String
        /// For a decision: to whom it goes when it stays overdue; empty: to those who decided.
        public var escalatesTo: String
        /// For a decision: days overdue after which it escalates; 0: at once.
        public var escalatesAfterDays: Int32

        /// The empty message: every field has its default.
        public init() {
            group = ""
            kind = CoordinationV1.GroupRecordKind.fieldDefault
            body = ""
            grounds = ""
            decidedBy = []
            owner = ""
            dueOn = ""
            escalatesTo = ""
            escalatesAfterDays = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            group: String = "",
            kind: CoordinationV1.GroupRecordKind = CoordinationV1.GroupRecordKind.fieldDefault,
            body: String = "",
            grounds: String = "",
            decidedBy: [String] = [],
            owner: String = "",
            dueOn: String = "",
            escalatesTo: String = "",
            escalatesAfterDays: Int32 = 0
        ) {
            self.group = group
            self.kind = kind
            self.body = body
            self.grounds = grounds
            self.decidedBy = decidedBy
            self.owner = owner
            self.dueOn = dueOn
            self.escalatesTo = escalatesTo
            self.escalatesAfterDays = escalatesAfterDays
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.GroupRecord" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "group", "group"),
            MessageField(2, "kind", "kind"),
            MessageField(3, "body", "body"),
            MessageField(4, "grounds", "grounds"),
            MessageField(5, "decidedBy", "decided_by"),
            MessageField(6, "owner", "owner"),
            MessageField(7, "dueOn", "due_on"),
            MessageField(8, "escalatesTo", "escalates_to"),
            MessageField(9, "escalatesAfterDays", "escalates_after_days"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&group)
            case 2: try reader.read(&kind)
            case 3: try reader.read(&body)
            case 4: try reader.read(&grounds)
            case 5: try reader.read(repeated: &decidedBy)
            case 6: try reader.read(&owner)
            case 7: try reader.read(&dueOn)
            case 8: try reader.read(&escalatesTo)
            case 9: try reader.read(&escalatesAfterDays)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("group", group)
            writer.write("kind", kind)
            writer.write("body", body)
            writer.write("grounds", grounds)
            writer.write("decidedBy", repeated: decidedBy)
            writer.write("owner", owner)
            writer.write("dueOn", dueOn)
            writer.write("escalatesTo", escalatesTo)
            writer.write("escalatesAfterDays", escalatesAfterDays)
        }
    }

    /// Marks a decision as executed.
    public struct ExecuteDecision: Message {
        /// Its number.
        public var decisionId: Int64
        /// The call that executed it, where there is one.
        public var callId: Int64

        /// The empty message: every field has its default.
        public init() {
            decisionId = 0
            callId = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            decisionId: Int64 = 0,
            callId: Int64 = 0
        ) {
            self.decisionId = decisionId
            self.callId = callId
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.ExecuteDecision" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "decisionId", "decision_id"),
            MessageField(2, "callId", "call_id"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&decisionId)
            case 2: try reader.read(&callId)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("decisionId", decisionId)
            writer.write("callId", callId)
        }
    }

    /// What became of it.
    public struct GroupReply: Message {
        /// The record's or the decision's number.
        public var id: Int64
        /// How many were changed.
        public var changed: Int32

        /// The empty message: every field has its default.
        public init() {
            id = 0
            changed = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            id: Int64 = 0,
            changed: Int32 = 0
        ) {
            self.id = id
            self.changed = changed
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.GroupReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "id", "id"),
            MessageField(2, "changed", "changed"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&id)
            case 2: try reader.read(&changed)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("id", id)
            writer.write("changed", changed)
        }
    }

    /// Agreements between institutions.
    public enum Agreements {
        /// Proposes an agreement, or an amendment of one that is in force: a new version, signed by nobody yet.
        public static let propose = Method<CoordinationV1.AgreementProposal, CoordinationV1.AgreementReply>(
            name: "puente.coordination.v1.Agreements/Propose", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))
        /// Moves an agreement on. Who asks must be a member of a party.
        public static let act = Method<CoordinationV1.AgreementAct, CoordinationV1.AgreementReply>(
            name: "puente.coordination.v1.Agreements/Act", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"], decision: true))
        /// Forms a working group, or changes its members.
        public static let formGroup = Method<CoordinationV1.WorkingGroup, CoordinationV1.GroupReply>(
            name: "puente.coordination.v1.Agreements/FormGroup", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))
        /// Records minutes, a proposal or a decision of a working group.
        public static let record = Method<CoordinationV1.GroupRecord, CoordinationV1.GroupReply>(
            name: "puente.coordination.v1.Agreements/Record", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"], decision: true))
        /// Marks a decision as executed.
        public static let execute = Method<CoordinationV1.ExecuteDecision, CoordinationV1.GroupReply>(
            name: "puente.coordination.v1.Agreements/Execute", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 4, allowedRoles: ["operator"], decision: true))
        /// Looks at the calendar: notifies about overdue decisions and escalates them, and lets agreements lapse whose last day
        /// has passed. The service makes this call itself, again and again.
        public static let keepTime = Method<CommonV1.Empty, CommonV1.Empty>(
            name: "puente.coordination.v1.Agreements/KeepTime", kind: .oneWay,
            policy: .init(oneWay: true, retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(300), priority: 6, allowedRoles: ["coordination"], maxConcurrency: 1))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [propose, act, formGroup, record, execute, keepTime]
    }
}
