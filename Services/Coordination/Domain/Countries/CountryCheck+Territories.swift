import Contracts
import Vocabulary

/// Checks what a country's file says of its territories, and of the codes of its budget.
extension CountryCheck {
    /// Longest code of a territory that the registry keeps.
    private static let longestTerritory: Int32 = 16
    /// Longest code of a line that the ledger keeps.
    private static let longestLine: Int32 = 64

    mutating func languages(_ languages: [String]) {
        found.require(!languages.isEmpty, "languages", "are missing")
        for (index, language) in languages.enumerated() {
            let isLanguage =
                (2...3).contains(language.utf8.count) && language.utf8.allSatisfy { (97...122).contains($0) }
            found.require(isLanguage, "languages[\(index)]", "is no language's code of two or three small letters")
            found.require(!languages[..<index].contains(language), "languages[\(index)]", "stands there twice")
        }
    }

    mutating func territories(_ country: CoordinationV1.CountryDefinition) {
        let levels = country.territoryLevels
        found.require(!levels.isEmpty, "territoryLevels", "are missing")
        found.require(
            levels.count <= TerritoryLevels.most, "territoryLevels", "are more than \(TerritoryLevels.most)")
        for (index, level) in levels.enumerated() {
            let path = "territoryLevels[\(index)]"
            found.code(level.code, "\(path).code")
            found.require(!levels[..<index].contains { $0.code == level.code }, "\(path).code", "is used twice")
            for language in country.languages { found.text(level.names[language] ?? "", "\(path).names.\(language)") }
            for language in level.names.keys.sorted() where !country.languages.contains(language) {
                found.fault("\(path).names.\(language)", "is in none of the country's languages")
            }
            guard let form = level.codeForm else {
                found.fault("\(path).codeForm", "is missing")
                continue
            }
            codeForm(form, "\(path).codeForm", longest: Self.longestTerritory)
        }
        guard !levels.isEmpty else { return }
        found.require(
            levels.contains { $0.code == country.budgetLevel }, "budgetLevel", "is none of the territoryLevels")
    }

    mutating func codePatterns(_ patterns: CoordinationV1.CodePatterns?) {
        let forms = patterns?.budgetLine ?? []
        found.require(!forms.isEmpty, "codePatterns.budgetLine", "are missing: no line could be opened")
        for (index, form) in forms.enumerated() {
            codeForm(form, "codePatterns.budgetLine[\(index)]", longest: Self.longestLine)
        }
    }

    private mutating func codeForm(_ form: CoordinationV1.CodeForm, _ path: String, longest: Int32) {
        found.text(form.name, "\(path).name")
        found.require(form.minLength >= 1, "\(path).minLength", "is below 1")
        found.require(form.maxLength >= form.minLength, "\(path).maxLength", "is below minLength")
        found.require(form.maxLength <= longest, "\(path).maxLength", "is above \(longest), the longest that is kept")
        found.require(form.characters != .unspecified, "\(path).characters", "are not said")
    }
}
