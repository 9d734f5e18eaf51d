// swift-format-ignore-file
// Generated from puente/coordination/v1/programme.proto by Shared/Contracts/generate. Do not edit.

extension CoordinationV1 {
    /// Kinds of programme.
    public enum ProgrammeKind: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// Conditional cash transfer.
        case conditionalTransfer = 1
        /// Productive project.
        case productiveProject = 2

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "PROGRAMME_KIND_UNSPECIFIED"
            case .conditionalTransfer: "PROGRAMME_KIND_CONDITIONAL_TRANSFER"
            case .productiveProject: "PROGRAMME_KIND_PRODUCTIVE_PROJECT"
            }
        }
    }

    /// What is checked.
    public enum ConditionKind: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// Days attended over school days.
        case schoolAttendance = 1
        /// Growth and development checks (CRED).
        case growthCheck = 2
        /// Prenatal checks.
        case prenatalCheck = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "CONDITION_KIND_UNSPECIFIED"
            case .schoolAttendance: "CONDITION_KIND_SCHOOL_ATTENDANCE"
            case .growthCheck: "CONDITION_KIND_GROWTH_CHECK"
            case .prenatalCheck: "CONDITION_KIND_PRENATAL_CHECK"
            }
        }
    }

    /// What missing evidence means.
    public enum MissingEvidence: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// The condition counts as not met.
        case notMet = 1
        /// The condition counts as met (no service that could report).
        case met = 2
        /// The household is held until evidence comes; it is not paid in this run.
        case held = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "MISSING_EVIDENCE_UNSPECIFIED"
            case .notMet: "MISSING_EVIDENCE_NOT_MET"
            case .met: "MISSING_EVIDENCE_MET"
            case .held: "MISSING_EVIDENCE_HELD"
            }
        }
    }

    /// What an amount is multiplied by.
    public enum ComponentBasis: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// Once per household that meets every condition of its members.
        case household = 1
        /// Once per household that has a member in the age range, or a pregnant member, whose own conditions are met.
        case householdWithMember = 2
        /// Per member in the age range, at the school level, whose own conditions are met.
        case member = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "COMPONENT_BASIS_UNSPECIFIED"
            case .household: "COMPONENT_BASIS_HOUSEHOLD"
            case .householdWithMember: "COMPONENT_BASIS_HOUSEHOLD_WITH_MEMBER"
            case .member: "COMPONENT_BASIS_MEMBER"
            }
        }
    }

    /// The characters that a bank takes in names and remarks. What it does not take is sent as the nearest that it does.
    public enum BankCharacterSet: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// SWIFT's set X: letters without marks, digits, `/ - ? : ( ) . , ' +` and space.
        case swiftX = 1
        /// Set X, and the letters with marks of Latin-1 and Latin Extended-A.
        case latin = 2
        /// Every character that XML takes.
        case unicode = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "BANK_CHARACTER_SET_UNSPECIFIED"
            case .swiftX: "BANK_CHARACTER_SET_SWIFT_X"
            case .latin: "BANK_CHARACTER_SET_LATIN"
            case .unicode: "BANK_CHARACTER_SET_UNICODE"
            }
        }
    }

    /// One programme with its rules.
    public struct ProgrammeDefinition: Message {
        /// Short code, for instance `cash`.
        public var code: String
        /// Name to show.
        public var name: String
        /// The institution that runs it, for instance `MIDIS`.
        public var ministry: String
        /// What kind of programme it is.
        public var kind: CoordinationV1.ProgrammeKind
        /// ISO 4217 code of every amount below, one of the country's currencies; amounts are whole minor units of it, as many as its
        /// digits say (20000 is 200.00 PEN and 20,000 CLP).
        public var currency: String
        /// Who may be served.
        public var eligibility: CoordinationV1.Eligibility?
        /// Conditions that members must meet.
        public var conditions: [CoordinationV1.Condition]
        /// What a household is paid.
        public var components: [CoordinationV1.Component]
        /// What happens after repeated non-compliance.
        public var ladder: [CoordinationV1.LadderStep]
        /// Who pays, and how bank files are cut.
        public var payments: CoordinationV1.PaymentSettings?
        /// For productive projects.
        public var project: CoordinationV1.ProjectSettings?
        /// The source of each rule and figure.
        public var facts: [CoordinationV1.Fact]
        /// How the country names the budget stages.
        public var stageNames: CoordinationV1.BudgetStageNames?

        /// The empty message: every field has its default.
        public init() {
            code = ""
            name = ""
            ministry = ""
            kind = CoordinationV1.ProgrammeKind.fieldDefault
            currency = ""
            eligibility = nil
            conditions = []
            components = []
            ladder = []
            payments = nil
            project = nil
            facts = []
            stageNames = nil
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            name: String = "",
            ministry: String = "",
            kind: CoordinationV1.ProgrammeKind = CoordinationV1.ProgrammeKind.fieldDefault,
            currency: String = "",
            eligibility: CoordinationV1.Eligibility? = nil,
            conditions: [CoordinationV1.Condition] = [],
            components: [CoordinationV1.Component] = [],
            ladder: [CoordinationV1.LadderStep] = [],
            payments: CoordinationV1.PaymentSettings? = nil,
            project: CoordinationV1.ProjectSettings? = nil,
            facts: [CoordinationV1.Fact] = [],
            stageNames: CoordinationV1.BudgetStageNames? = nil
        ) {
            self.code = code
            self.name = name
            self.ministry = ministry
            self.kind = kind
            self.currency = currency
            self.eligibility = eligibility
            self.conditions = conditions
            self.components = components
            self.ladder = ladder
            self.payments = payments
            self.project = project
            self.facts = facts
            self.stageNames = stageNames
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.ProgrammeDefinition" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "name", "name"),
            MessageField(3, "ministry", "ministry"),
            MessageField(4, "kind", "kind"),
            MessageField(5, "currency", "currency"),
            MessageField(6, "eligibility", "eligibility"),
            MessageField(7, "conditions", "conditions"),
            MessageField(8, "components", "components"),
            MessageField(9, "ladder", "ladder"),
            MessageField(10, "payments", "payments"),
            MessageField(11, "project", "project"),
            MessageField(12, "facts", "facts"),
            MessageField(13, "stageNames", "stage_names"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&name)
            case 3: try reader.read(&ministry)
            case 4: try reader.read(&kind)
            case 5: try reader.read(&currency)
            case 6: try reader.read(optional: &eligibility)
            case 7: try reader.read(repeated: &conditions)
            case 8: try reader.read(repeated: &components)
            case 9: try reader.read(repeated: &ladder)
            case 10: try reader.read(optional: &payments)
            case 11: try reader.read(optional: &project)
            case 12: try reader.read(repeated: &facts)
            case 13: try reader.read(optional: &stageNames)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("name", name)
            writer.write("ministry", ministry)
            writer.write("kind", kind)
            writer.write("currency", currency)
            writer.write("eligibility", optional: eligibility)
            writer.write("conditions", repeated: conditions)
            writer.write("components", repeated: components)
            writer.write("ladder", repeated: ladder)
            writer.write("payments", optional: payments)
            writer.write("project", optional: project)
            writer.write("facts", repeated: facts)
            writer.write("stageNames", optional: stageNames)
        }
    }

    /// Who may be served.
    public struct Eligibility: Message {
        /// Poverty classes of the registry that qualify: `extreme_poor`, `poor`.
        public var povertyClasses: [String]
        /// Least months of residence in the territory at the cycle's first day; 0: any.
        public var minResidenceMonths: Int32
        /// The household needs a member younger than this many years on the cycle's first day, or a pregnant one; 0: any.
        public var memberYoungerThanYears: Int32
        /// Least poverty rate of the territory, in hundredths of a percent; 0: any. Unknown rates qualify.
        public var minTerritoryPovertyHundredths: Int32

        /// The empty message: every field has its default.
        public init() {
            povertyClasses = []
            minResidenceMonths = 0
            memberYoungerThanYears = 0
            minTerritoryPovertyHundredths = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            povertyClasses: [String] = [],
            minResidenceMonths: Int32 = 0,
            memberYoungerThanYears: Int32 = 0,
            minTerritoryPovertyHundredths: Int32 = 0
        ) {
            self.povertyClasses = povertyClasses
            self.minResidenceMonths = minResidenceMonths
            self.memberYoungerThanYears = memberYoungerThanYears
            self.minTerritoryPovertyHundredths = minTerritoryPovertyHundredths
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.Eligibility" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "povertyClasses", "poverty_classes"),
            MessageField(2, "minResidenceMonths", "min_residence_months"),
            MessageField(3, "memberYoungerThanYears", "member_younger_than_years"),
            MessageField(4, "minTerritoryPovertyHundredths", "min_territory_poverty_hundredths"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &povertyClasses)
            case 2: try reader.read(&minResidenceMonths)
            case 3: try reader.read(&memberYoungerThanYears)
            case 4: try reader.read(&minTerritoryPovertyHundredths)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("povertyClasses", repeated: povertyClasses)
            writer.write("minResidenceMonths", minResidenceMonths)
            writer.write("memberYoungerThanYears", memberYoungerThanYears)
            writer.write("minTerritoryPovertyHundredths", minTerritoryPovertyHundredths)
        }
    }

    /// A condition on members.
    public struct Condition: Message {
        /// Code within the programme, for instance `attendance`.
        public var code: String
        /// What is checked.
        public var kind: CoordinationV1.ConditionKind
        /// Applies to members of at least this age in months, on the cycle's first day.
        public var fromAgeMonths: Int32
        /// And younger than this age in months; 0: no upper bound.
        public var belowAgeMonths: Int32
        /// Least share of school days attended in the cycle, in hundredths of a percent (8500 = 85 %).
        public var thresholdHundredths: Int32
        /// Least number of checks in the cycle.
        public var minChecks: Int32
        /// What missing evidence means.
        public var missing: CoordinationV1.MissingEvidence

        /// The empty message: every field has its default.
        public init() {
            code = ""
            kind = CoordinationV1.ConditionKind.fieldDefault
            fromAgeMonths = 0
            belowAgeMonths = 0
            thresholdHundredths = 0
            minChecks = 0
            missing = CoordinationV1.MissingEvidence.fieldDefault
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            kind: CoordinationV1.ConditionKind = CoordinationV1.ConditionKind.fieldDefault,
            fromAgeMonths: Int32 = 0,
            belowAgeMonths: Int32 = 0,
            thresholdHundredths: Int32 = 0,
            minChecks: Int32 = 0,
            missing: CoordinationV1.MissingEvidence = CoordinationV1.MissingEvidence.fieldDefault
        ) {
            self.code = code
            self.kind = kind
            self.fromAgeMonths = fromAgeMonths
            self.belowAgeMonths = belowAgeMonths
            self.thresholdHundredths = thresholdHundredths
            self.minChecks = minChecks
            self.missing = missing
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.Condition" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "kind", "kind"),
            MessageField(3, "fromAgeMonths", "from_age_months"),
            MessageField(4, "belowAgeMonths", "below_age_months"),
            MessageField(5, "thresholdHundredths", "threshold_hundredths"),
            MessageField(6, "minChecks", "min_checks"),
            MessageField(7, "missing", "missing"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&kind)
            case 3: try reader.read(&fromAgeMonths)
            case 4: try reader.read(&belowAgeMonths)
            case 5: try reader.read(&thresholdHundredths)
            case 6: try reader.read(&minChecks)
            case 7: try reader.read(&missing)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("kind", kind)
            writer.write("fromAgeMonths", fromAgeMonths)
            writer.write("belowAgeMonths", belowAgeMonths)
            writer.write("thresholdHundredths", thresholdHundredths)
            writer.write("minChecks", minChecks)
            writer.write("missing", missing)
        }
    }

    /// What a household is paid.
    public struct Component: Message {
        /// Code within the programme, for instance `base`.
        public var code: String
        /// What the amount is multiplied by.
        public var basis: CoordinationV1.ComponentBasis
        /// Minor units per cycle.
        public var amountMinor: Int64
        /// Age range in months of the members that count; below 0: no upper bound.
        public var fromAgeMonths: Int32
        /// Upper bound, exclusive; 0: none.
        public var belowAgeMonths: Int32
        /// `primary`, `secondary` or empty for any.
        public var schoolLevel: String
        /// Whether a pregnant member counts whatever her age.
        public var countsPregnant: Bool
        /// Only paid when the household's base component is paid.
        public var requiresBase: Bool

        /// The empty message: every field has its default.
        public init() {
            code = ""
            basis = CoordinationV1.ComponentBasis.fieldDefault
            amountMinor = 0
            fromAgeMonths = 0
            belowAgeMonths = 0
            schoolLevel = ""
            countsPregnant = false
            requiresBase = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            basis: CoordinationV1.ComponentBasis = CoordinationV1.ComponentBasis.fieldDefault,
            amountMinor: Int64 = 0,
            fromAgeMonths: Int32 = 0,
            belowAgeMonths: Int32 = 0,
            schoolLevel: String = "",
            countsPregnant: Bool = false,
            requiresBase: Bool = false
        ) {
            self.code = code
            self.basis = basis
            self.amountMinor = amountMinor
            self.fromAgeMonths = fromAgeMonths
            self.belowAgeMonths = belowAgeMonths
            self.schoolLevel = schoolLevel
            self.countsPregnant = countsPregnant
            self.requiresBase = requiresBase
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.Component" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "basis", "basis"),
            MessageField(3, "amountMinor", "amount_minor"),
            MessageField(4, "fromAgeMonths", "from_age_months"),
            MessageField(5, "belowAgeMonths", "below_age_months"),
            MessageField(6, "schoolLevel", "school_level"),
            MessageField(7, "countsPregnant", "counts_pregnant"),
            MessageField(8, "requiresBase", "requires_base"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&basis)
            case 3: try reader.read(&amountMinor)
            case 4: try reader.read(&fromAgeMonths)
            case 5: try reader.read(&belowAgeMonths)
            case 6: try reader.read(&schoolLevel)
            case 7: try reader.read(&countsPregnant)
            case 8: try reader.read(&requiresBase)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("basis", basis)
            writer.write("amountMinor", amountMinor)
            writer.write("fromAgeMonths", fromAgeMonths)
            writer.write("belowAgeMonths", belowAgeMonths)
            writer.write("schoolLevel", schoolLevel)
            writer.write("countsPregnant", countsPregnant)
            writer.write("requiresBase", requiresBase)
        }
    }

    /// What happens after repeated non-compliance.
    public struct LadderStep: Message {
        /// After this many consecutive cycles not met.
        public var consecutiveCycles: Int32
        /// What happens, each milder than the next: `unpaid`, `suspended`, `exit`.
        public var action: String

        /// The empty message: every field has its default.
        public init() {
            consecutiveCycles = 0
            action = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            consecutiveCycles: Int32 = 0,
            action: String = ""
        ) {
            self.consecutiveCycles = consecutiveCycles
            self.action = action
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.LadderStep" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "consecutiveCycles", "consecutive_cycles"),
            MessageField(2, "action", "action"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&consecutiveCycles)
            case 2: try reader.read(&action)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("consecutiveCycles", consecutiveCycles)
            writer.write("action", action)
        }
    }

    /// Who pays, and how bank files are cut.
    public struct PaymentSettings: Message {
        /// Name of the payer.
        public var debtorName: String
        /// Payer's account.
        public var debtorAccount: String
        /// BIC of the payer's bank.
        public var debtorBic: String
        /// Largest number of transactions in one bank file.
        public var maxTransactionsPerFile: Int32
        /// The characters that the bank takes in names; unspecified: the country's, which loading fills in, so that the rules that a
        /// cycle froze say how its files are written.
        public var characterSet: CoordinationV1.BankCharacterSet

        /// The empty message: every field has its default.
        public init() {
            debtorName = ""
            debtorAccount = ""
            debtorBic = ""
            maxTransactionsPerFile = 0
            characterSet = CoordinationV1.BankCharacterSet.fieldDefault
        }

        /// A message; fields that are not given have their defaults.
        public init(
            debtorName: String = "",
            debtorAccount: String = "",
            debtorBic: String = "",
            maxTransactionsPerFile: Int32 = 0,
            characterSet: CoordinationV1.BankCharacterSet = CoordinationV1.BankCharacterSet.fieldDefault
        ) {
            self.debtorName = debtorName
            self.debtorAccount = debtorAccount
            self.debtorBic = debtorBic
            self.maxTransactionsPerFile = maxTransactionsPerFile
            self.characterSet = characterSet
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.PaymentSettings" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "debtorName", "debtor_name"),
            MessageField(2, "debtorAccount", "debtor_account"),
            MessageField(3, "debtorBic", "debtor_bic"),
            MessageField(4, "maxTransactionsPerFile", "max_transactions_per_file"),
            MessageField(5, "characterSet", "character_set"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&debtorName)
            case 2: try reader.read(&debtorAccount)
            case 3: try reader.read(&debtorBic)
            case 4: try reader.read(&maxTransactionsPerFile)
            case 5: try reader.read(&characterSet)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("debtorName", debtorName)
            writer.write("debtorAccount", debtorAccount)
            writer.write("debtorBic", debtorBic)
            writer.write("maxTransactionsPerFile", maxTransactionsPerFile)
            writer.write("characterSet", characterSet)
        }
    }

    /// Settings of a productive project.
    public struct ProjectSettings: Message {
        /// Cost per household, minor units.
        public var unitCostMinor: Int64
        /// Instalments in order, in hundredths of a percent of the unit cost; they sum to 10000.
        public var instalmentSharesHundredths: [Int32]
        /// Modules of inputs and their unit costs.
        public var modules: [CoordinationV1.InputModule]

        /// The empty message: every field has its default.
        public init() {
            unitCostMinor = 0
            instalmentSharesHundredths = []
            modules = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            unitCostMinor: Int64 = 0,
            instalmentSharesHundredths: [Int32] = [],
            modules: [CoordinationV1.InputModule] = []
        ) {
            self.unitCostMinor = unitCostMinor
            self.instalmentSharesHundredths = instalmentSharesHundredths
            self.modules = modules
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.ProjectSettings" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "unitCostMinor", "unit_cost_minor"),
            MessageField(2, "instalmentSharesHundredths", "instalment_shares_hundredths"),
            MessageField(4, "modules", "modules"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&unitCostMinor)
            case 2: try reader.read(repeated: &instalmentSharesHundredths)
            case 4: try reader.read(repeated: &modules)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("unitCostMinor", unitCostMinor)
            writer.write("instalmentSharesHundredths", repeated: instalmentSharesHundredths)
            writer.write("modules", repeated: modules)
        }
    }

    /// A module of inputs.
    public struct InputModule: Message {
        /// Code, for instance `guinea_pig`.
        public var code: String
        /// Name to show.
        public var name: String
        /// Minor units per household.
        public var unitCostMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            code = ""
            name = ""
            unitCostMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            name: String = "",
            unitCostMinor: Int64 = 0
        ) {
            self.code = code
            self.name = name
            self.unitCostMinor = unitCostMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.InputModule" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "name", "name"),
            MessageField(3, "unitCostMinor", "unit_cost_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&name)
            case 3: try reader.read(&unitCostMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("name", name)
            writer.write("unitCostMinor", unitCostMinor)
        }
    }

    /// The source of a rule or a figure.
    public struct Fact: Message {
        /// What it is about, for instance `components.base.amount`.
        public var about: String
        /// Where it was read.
        public var source: String
        /// `verified` or `unverified`.
        public var status: String

        /// The empty message: every field has its default.
        public init() {
            about = ""
            source = ""
            status = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            about: String = "",
            source: String = "",
            status: String = ""
        ) {
            self.about = about
            self.source = source
            self.status = status
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.Fact" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "about", "about"),
            MessageField(2, "source", "source"),
            MessageField(3, "status", "status"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&about)
            case 2: try reader.read(&source)
            case 3: try reader.read(&status)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("about", about)
            writer.write("source", source)
            writer.write("status", status)
        }
    }

    /// How the country names the budget stages.
    public struct BudgetStageNames: Message {
        /// Appropriation in force.
        public var appropriated: String
        /// Reservation.
        public var reserved: String
        /// Commitment.
        public var committed: String
        /// Accrual.
        public var accrued: String
        /// Order.
        public var ordered: String
        /// Payment.
        public var paid: String

        /// The empty message: every field has its default.
        public init() {
            appropriated = ""
            reserved = ""
            committed = ""
            accrued = ""
            ordered = ""
            paid = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            appropriated: String = "",
            reserved: String = "",
            committed: String = "",
            accrued: String = "",
            ordered: String = "",
            paid: String = ""
        ) {
            self.appropriated = appropriated
            self.reserved = reserved
            self.committed = committed
            self.accrued = accrued
            self.ordered = ordered
            self.paid = paid
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.BudgetStageNames" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "appropriated", "appropriated"),
            MessageField(2, "reserved", "reserved"),
            MessageField(3, "committed", "committed"),
            MessageField(4, "accrued", "accrued"),
            MessageField(5, "ordered", "ordered"),
            MessageField(6, "paid", "paid"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&appropriated)
            case 2: try reader.read(&reserved)
            case 3: try reader.read(&committed)
            case 4: try reader.read(&accrued)
            case 5: try reader.read(&ordered)
            case 6: try reader.read(&paid)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("appropriated", appropriated)
            writer.write("reserved", reserved)
            writer.write("committed", committed)
            writer.write("accrued", accrued)
            writer.write("ordered", ordered)
            writer.write("paid", paid)
        }
    }
}
