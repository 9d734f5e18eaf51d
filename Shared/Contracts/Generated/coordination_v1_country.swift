// swift-format-ignore-file
// Generated from puente/coordination/v1/country.proto by Shared/Contracts/generate. Do not edit.

extension CoordinationV1 {
    /// The characters of a code.
    public enum CodeCharacters: Int32, MessageEnum {
        /// Not said: refused.
        case unspecified = 0
        /// Digits.
        case digits = 1
        /// Letters without marks, and digits.
        case lettersAndDigits = 2
        /// Letters without marks, digits, and `-_./`.
        case lettersDigitsAndSigns = 3

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "CODE_CHARACTERS_UNSPECIFIED"
            case .digits: "CODE_CHARACTERS_DIGITS"
            case .lettersAndDigits: "CODE_CHARACTERS_LETTERS_AND_DIGITS"
            case .lettersDigitsAndSigns: "CODE_CHARACTERS_LETTERS_DIGITS_AND_SIGNS"
            }
        }
    }

    /// Which day charges a cycle to a fiscal year.
    public enum FiscalYearRule: Int32, MessageEnum {
        /// Not said: refused.
        case unspecified = 0
        /// The day on which the bank shall pay.
        case payDay = 1
        /// The cycle's last day.
        case lastDay = 2

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "FISCAL_YEAR_RULE_UNSPECIFIED"
            case .payDay: "FISCAL_YEAR_RULE_PAY_DAY"
            case .lastDay: "FISCAL_YEAR_RULE_LAST_DAY"
            }
        }
    }

    /// Rules of check digits.
    public enum CheckDigitRule: Int32, MessageEnum {
        /// Not said: refused.
        case unspecified = 0
        /// It has none that are published.
        case none = 1
        /// ISO 13616: an IBAN's number modulo 97 is 1.
        case iban = 2
        /// Peru's CCI: one digit for bank and branch, one for the account.
        case cci = 3
        /// Mexico's CLABE: weights 3, 7 and 1.
        case clabe = 4
        /// ISO/IEC 7812: Luhn's.
        case luhn = 5

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "CHECK_DIGIT_RULE_UNSPECIFIED"
            case .none: "CHECK_DIGIT_RULE_NONE"
            case .iban: "CHECK_DIGIT_RULE_IBAN"
            case .cci: "CHECK_DIGIT_RULE_CCI"
            case .clabe: "CHECK_DIGIT_RULE_CLABE"
            case .luhn: "CHECK_DIGIT_RULE_LUHN"
            }
        }
    }

    /// What holds for the whole country.
    public struct CountryDefinition: Message {
        /// ISO 3166-1 alpha-2 code, for instance `PE`.
        public var code: String
        /// Name to show.
        public var name: String
        /// ISO 4217 codes of the currencies that programmes may pay in; the first is the country's own.
        public var currencies: [String]
        /// Name in the IANA time zone database, for instance `America/Lima`: days begin and end there.
        public var timeZone: String
        /// The budget's year.
        public var fiscalYear: CoordinationV1.FiscalYear?
        /// Which budget line pays a programme's transfers in a territory of the budget level.
        public var budgetLine: CoordinationV1.BudgetLineRule?
        /// The account numbers that banks there give; a number that has none of these forms is not stored.
        public var accountForms: [CoordinationV1.AccountForm]
        /// The characters that banks there take in names.
        public var bankCharacterSet: CoordinationV1.BankCharacterSet
        /// The source of each rule and figure.
        public var facts: [CoordinationV1.Fact]
        /// The languages that its people read, for instance `es`, the country's own first: each name of a level is given in all of them.
        /// Who reads another language is shown the first one's.
        public var languages: [String]
        /// The levels of its territories, from the highest, three at most.
        public var territoryLevels: [CoordinationV1.TerritoryLevel]
        /// Code of the level that budgets hang on: a household is paid from the budget line of its territory of this level.
        public var budgetLevel: String
        /// The codes that its budget gives.
        public var codePatterns: CoordinationV1.CodePatterns?

        /// The empty message: every field has its default.
        public init() {
            code = ""
            name = ""
            currencies = []
            timeZone = ""
            fiscalYear = nil
            budgetLine = nil
            accountForms = []
            bankCharacterSet = CoordinationV1.BankCharacterSet.fieldDefault
            facts = []
            languages = []
            territoryLevels = []
            budgetLevel = ""
            codePatterns = nil
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            name: String = "",
            currencies: [String] = [],
            timeZone: String = "",
            fiscalYear: CoordinationV1.FiscalYear? = nil,
            budgetLine: CoordinationV1.BudgetLineRule? = nil,
            accountForms: [CoordinationV1.AccountForm] = [],
            bankCharacterSet: CoordinationV1.BankCharacterSet = CoordinationV1.BankCharacterSet.fieldDefault,
            facts: [CoordinationV1.Fact] = [],
            languages: [String] = [],
            territoryLevels: [CoordinationV1.TerritoryLevel] = [],
            budgetLevel: String = "",
            codePatterns: CoordinationV1.CodePatterns? = nil
        ) {
            self.code = code
            self.name = name
            self.currencies = currencies
            self.timeZone = timeZone
            self.fiscalYear = fiscalYear
            self.budgetLine = budgetLine
            self.accountForms = accountForms
            self.bankCharacterSet = bankCharacterSet
            self.facts = facts
            self.languages = languages
            self.territoryLevels = territoryLevels
            self.budgetLevel = budgetLevel
            self.codePatterns = codePatterns
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.CountryDefinition" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "name", "name"),
            MessageField(3, "currencies", "currencies"),
            MessageField(4, "timeZone", "time_zone"),
            MessageField(5, "fiscalYear", "fiscal_year"),
            MessageField(6, "budgetLine", "budget_line"),
            MessageField(7, "accountForms", "account_forms"),
            MessageField(8, "bankCharacterSet", "bank_character_set"),
            MessageField(9, "facts", "facts"),
            MessageField(10, "languages", "languages"),
            MessageField(11, "territoryLevels", "territory_levels"),
            MessageField(12, "budgetLevel", "budget_level"),
            MessageField(13, "codePatterns", "code_patterns"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&name)
            case 3: try reader.read(repeated: &currencies)
            case 4: try reader.read(&timeZone)
            case 5: try reader.read(optional: &fiscalYear)
            case 6: try reader.read(optional: &budgetLine)
            case 7: try reader.read(repeated: &accountForms)
            case 8: try reader.read(&bankCharacterSet)
            case 9: try reader.read(repeated: &facts)
            case 10: try reader.read(repeated: &languages)
            case 11: try reader.read(repeated: &territoryLevels)
            case 12: try reader.read(&budgetLevel)
            case 13: try reader.read(optional: &codePatterns)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("name", name)
            writer.write("currencies", repeated: currencies)
            writer.write("timeZone", timeZone)
            writer.write("fiscalYear", optional: fiscalYear)
            writer.write("budgetLine", optional: budgetLine)
            writer.write("accountForms", repeated: accountForms)
            writer.write("bankCharacterSet", bankCharacterSet)
            writer.write("facts", repeated: facts)
            writer.write("languages", repeated: languages)
            writer.write("territoryLevels", repeated: territoryLevels)
            writer.write("budgetLevel", budgetLevel)
            writer.write("codePatterns", optional: codePatterns)
        }
    }

    /// A level of a country's territories.
    public struct TerritoryLevel: Message {
        /// The word for it in files, for instance `department`.
        public var code: String
        /// What people call it, by language.
        public var names: [String: String]
        /// The form of its territories' codes.
        public var codeForm: CoordinationV1.CodeForm?

        /// The empty message: every field has its default.
        public init() {
            code = ""
            names = [:]
            codeForm = nil
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            names: [String: String] = [:],
            codeForm: CoordinationV1.CodeForm? = nil
        ) {
            self.code = code
            self.names = names
            self.codeForm = codeForm
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.TerritoryLevel" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "names", "names"),
            MessageField(3, "codeForm", "code_form"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(map: &names)
            case 3: try reader.read(optional: &codeForm)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("names", map: names)
            writer.write("codeForm", optional: codeForm)
        }
    }

    /// The codes that a country's budget gives.
    public struct CodePatterns: Message {
        /// The forms of budget lines' codes; a new line whose code has none of them is refused.
        public var budgetLine: [CoordinationV1.CodeForm]

        /// The empty message: every field has its default.
        public init() {
            budgetLine = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            budgetLine: [CoordinationV1.CodeForm] = []
        ) {
            self.budgetLine = budgetLine
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.CodePatterns" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "budgetLine", "budget_line"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &budgetLine)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("budgetLine", repeated: budgetLine)
        }
    }

    /// A form of codes.
    public struct CodeForm: Message {
        /// What people call such a code, for instance `UBIGEO`.
        public var name: String
        /// Least number of characters.
        public var minLength: Int32
        /// Largest number of characters.
        public var maxLength: Int32
        /// Which characters.
        public var characters: CoordinationV1.CodeCharacters

        /// The empty message: every field has its default.
        public init() {
            name = ""
            minLength = 0
            maxLength = 0
            characters = CoordinationV1.CodeCharacters.fieldDefault
        }

        /// A message; fields that are not given have their defaults.
        public init(
            name: String = "",
            minLength: Int32 = 0,
            maxLength: Int32 = 0,
            characters: CoordinationV1.CodeCharacters = CoordinationV1.CodeCharacters.fieldDefault
        ) {
            self.name = name
            self.minLength = minLength
            self.maxLength = maxLength
            self.characters = characters
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.CodeForm" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "name", "name"),
            MessageField(2, "minLength", "min_length"),
            MessageField(3, "maxLength", "max_length"),
            MessageField(4, "characters", "characters"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&name)
            case 2: try reader.read(&minLength)
            case 3: try reader.read(&maxLength)
            case 4: try reader.read(&characters)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("name", name)
            writer.write("minLength", minLength)
            writer.write("maxLength", maxLength)
            writer.write("characters", characters)
        }
    }

    /// The budget's year.
    public struct FiscalYear: Message {
        /// The month that begins it, from 1. A year is named after the calendar year in which it ends.
        public var firstMonth: Int32
        /// Which day of a payment cycle says to which year it is charged.
        public var rule: CoordinationV1.FiscalYearRule

        /// The empty message: every field has its default.
        public init() {
            firstMonth = 0
            rule = CoordinationV1.FiscalYearRule.fieldDefault
        }

        /// A message; fields that are not given have their defaults.
        public init(
            firstMonth: Int32 = 0,
            rule: CoordinationV1.FiscalYearRule = CoordinationV1.FiscalYearRule.fieldDefault
        ) {
            self.firstMonth = firstMonth
            self.rule = rule
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.FiscalYear" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "firstMonth", "first_month"),
            MessageField(2, "rule", "rule"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&firstMonth)
            case 2: try reader.read(&rule)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("firstMonth", firstMonth)
            writer.write("rule", rule)
        }
    }

    /// How the budget line of a programme's transfers is found among the lines of the fiscal year, the programme, the currency and
    /// the territory of the budget level. Two lines that fit are an error that names both.
    public struct BudgetLineRule: Message {
        /// The fund that pays transfers, for instance `RO`; empty: lines of any fund fit.
        public var fund: String
        /// Whether the line must belong to the programme's own ministry.
        public var ownMinistry: Bool

        /// The empty message: every field has its default.
        public init() {
            fund = ""
            ownMinistry = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            fund: String = "",
            ownMinistry: Bool = false
        ) {
            self.fund = fund
            self.ownMinistry = ownMinistry
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.BudgetLineRule" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "fund", "fund"),
            MessageField(2, "ownMinistry", "own_ministry"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&fund)
            case 2: try reader.read(&ownMinistry)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("fund", fund)
            writer.write("ownMinistry", ownMinistry)
        }
    }

    /// A form of account numbers.
    public struct AccountForm: Message {
        /// What people call it, for instance `CCI`.
        public var name: String
        /// Least number of characters.
        public var minLength: Int32
        /// Largest number of characters, at most 34.
        public var maxLength: Int32
        /// Whether letters may stand in it besides digits.
        public var letters: Bool
        /// The rule of its check digits.
        public var checkDigits: CoordinationV1.CheckDigitRule
        /// Beginnings of the BICs of the banks that give such numbers; empty: every bank.
        public var bics: [String]

        /// The empty message: every field has its default.
        public init() {
            name = ""
            minLength = 0
            maxLength = 0
            letters = false
            checkDigits = CoordinationV1.CheckDigitRule.fieldDefault
            bics = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            name: String = "",
            minLength: Int32 = 0,
            maxLength: Int32 = 0,
            letters: Bool = false,
            checkDigits: CoordinationV1.CheckDigitRule = CoordinationV1.CheckDigitRule.fieldDefault,
            bics: [String] = []
        ) {
            self.name = name
            self.minLength = minLength
            self.maxLength = maxLength
            self.letters = letters
            self.checkDigits = checkDigits
            self.bics = bics
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.AccountForm" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "name", "name"),
            MessageField(2, "minLength", "min_length"),
            MessageField(3, "maxLength", "max_length"),
            MessageField(4, "letters", "letters"),
            MessageField(5, "checkDigits", "check_digits"),
            MessageField(6, "bics", "bics"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&name)
            case 2: try reader.read(&minLength)
            case 3: try reader.read(&maxLength)
            case 4: try reader.read(&letters)
            case 5: try reader.read(&checkDigits)
            case 6: try reader.read(repeated: &bics)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("name", name)
            writer.write("minLength", minLength)
            writer.write("maxLength", maxLength)
            writer.write("letters", letters)
            writer.write("checkDigits", checkDigits)
            writer.write("bics", repeated: bics)
        }
    }

    /// What loading a country did.
    public struct LoadCountryReply: Message {
        /// The country's code.
        public var country: String
        /// The version in force now, counted from 1.
        public var version: Int32
        /// False when the definition was in force already.
        public var changed: Bool
        /// Facts of the definition that no source confirms; shown to the user.
        public var unverified: [String]

        /// The empty message: every field has its default.
        public init() {
            country = ""
            version = 0
            changed = false
            unverified = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            country: String = "",
            version: Int32 = 0,
            changed: Bool = false,
            unverified: [String] = []
        ) {
            self.country = country
            self.version = version
            self.changed = changed
            self.unverified = unverified
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.coordination.v1.LoadCountryReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "country", "country"),
            MessageField(2, "version", "version"),
            MessageField(3, "changed", "changed"),
            MessageField(4, "unverified", "unverified"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&country)
            case 2: try reader.read(&version)
            case 3: try reader.read(&changed)
            case 4: try reader.read(repeated: &unverified)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("country", country)
            writer.write("version", version)
            writer.write("changed", changed)
            writer.write("unverified", repeated: unverified)
        }
    }

    /// The country that a site serves.
    public enum Countries {
        /// Stores a country's definition as a new version; the same definition again changes nothing.
        public static let load = Method<CoordinationV1.CountryDefinition, CoordinationV1.LoadCountryReply>(
            name: "puente.coordination.v1.Countries/Load", kind: .unary,
            policy: .init(retry: .init(maxAttempts: 5, initialBackoff: .seconds(1), maxBackoff: .seconds(30), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(60), priority: 4, allowedRoles: ["operator"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [load]
    }
}
