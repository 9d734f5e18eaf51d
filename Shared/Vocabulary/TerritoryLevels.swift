/// The levels of a country's territories, from the highest, and the one that budgets hang on.
public struct TerritoryLevels: Sendable, Equatable {
    /// Most levels that a country may have: the registry keeps no deeper ones.
    public static let most = 3

    /// A level.
    public struct Level: Sendable, Equatable {
        /// The word for it in files, for instance `department`.
        public let code: String
        /// What people call it, by language.
        public let names: [String: String]
        /// The form of its territories' codes.
        public let codeForm: CodeForm

        /// A level.
        public init(code: String, names: [String: String], codeForm: CodeForm) {
            self.code = code
            self.names = names
            self.codeForm = codeForm
        }
    }

    /// The levels, from the highest.
    public let levels: [Level]
    /// The level that budgets hang on; nil where the country's file does not say.
    public let budget: Level?
    private let ownLanguage: String

    /// The levels of a country whose own language is given.
    public init(_ levels: [Level], budget: String, ownLanguage: String) {
        self.levels = levels
        self.budget = levels.first { $0.code == budget }
        self.ownLanguage = ownLanguage
    }

    /// What people who read a language call the level that budgets hang on; in the country's own language where it has no name
    /// in theirs, nil where the country's file does not say which level it is.
    public func budgetName(in language: String) -> String? {
        budget.map { $0.names[language] ?? $0.names[ownLanguage] ?? $0.code }
    }
}

/// What a country's codes look like, as its files are read by.
public struct CountryForms: Sendable, Equatable {
    /// The account numbers that its banks give.
    public let accounts: BankAccountForms
    /// The levels of its territories.
    public let territories: TerritoryLevels

    /// The forms of a country.
    public init(accounts: BankAccountForms, territories: TerritoryLevels) {
        self.accounts = accounts
        self.territories = territories
    }
}
