import Contracts
import Vocabulary

/// Checks a country's definition before it is stored. Whether the database knows the time zone is asked there.
public struct CountryCheck: Sendable {
    var found = FaultList()

    /// Everything that is wrong with a definition; empty when it may be stored.
    public static func faults(of country: CoordinationV1.CountryDefinition) -> [DefinitionFault] {
        var check = CountryCheck()
        check.identity(country)
        check.year(country.fiscalYear)
        check.budgetLine(country.budgetLine)
        check.accounts(country.accountForms)
        check.languages(country.languages)
        check.territories(country)
        check.codePatterns(country.codePatterns)
        check.found.require(
            country.bankCharacterSet != .unspecified, "bankCharacterSet",
            "does not say which characters banks take in names")
        check.found.facts(country.facts)
        return check.found.faults
    }

    private mutating func identity(_ country: CoordinationV1.CountryDefinition) {
        let isCode = country.code.utf8.count == 2 && country.code.utf8.allSatisfy { (65...90).contains($0) }
        found.require(isCode, "code", "is no ISO 3166-1 code of two capitals")
        found.text(country.name, "name")
        found.require(!country.currencies.isEmpty, "currencies", "are missing")
        for (index, code) in country.currencies.enumerated() {
            found.require(Currency(code: code) != nil, "currencies[\(index)]", "is no currency in use by ISO 4217")
            found.require(!country.currencies[..<index].contains(code), "currencies[\(index)]", "stands there twice")
        }
        found.text(country.timeZone, "timeZone")
    }

    private mutating func year(_ year: CoordinationV1.FiscalYear?) {
        guard let year else { return found.fault("fiscalYear", "is missing") }
        found.require((1...12).contains(year.firstMonth), "fiscalYear.firstMonth", "is not between 1 and 12")
        found.require(
            year.rule != .unspecified, "fiscalYear.rule", "does not say which day charges a cycle to a year")
    }

    private mutating func budgetLine(_ rule: CoordinationV1.BudgetLineRule?) {
        guard let rule else { return found.fault("budgetLine", "does not say which line pays") }
        if !rule.fund.isEmpty { found.text(rule.fund, "budgetLine.fund", longest: 64) }
    }

    private mutating func accounts(_ forms: [CoordinationV1.AccountForm]) {
        found.require(!forms.isEmpty, "accountForms", "are missing: no account could be stored")
        for (index, form) in forms.enumerated() {
            let path = "accountForms[\(index)]"
            found.text(form.name, "\(path).name")
            found.require(!forms[..<index].contains { $0.name == form.name }, "\(path).name", "is used twice")
            found.require(form.minLength >= 1, "\(path).minLength", "is below 1")
            found.require(form.maxLength >= form.minLength, "\(path).maxLength", "is below minLength")
            found.require(
                form.maxLength <= BankText.longestAccount, "\(path).maxLength",
                "is above \(BankText.longestAccount), the longest that a bank file carries")
            checkDigits(form, path)
            for (place, bic) in form.bics.enumerated() {
                let isBeginning =
                    (4...11).contains(bic.utf8.count)
                    && bic.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
                found.require(
                    isBeginning, "\(path).bics[\(place)]", "is no beginning of a BIC: 4 to 11 capitals and digits")
            }
        }
    }

    /// A rule that no number of the form can keep would refuse every account.
    private mutating func checkDigits(_ form: CoordinationV1.AccountForm, _ path: String) {
        let length = form.minLength == form.maxLength ? form.minLength : nil
        switch form.checkDigits {
        case .unspecified: found.fault("\(path).checkDigits", "does not say by which rule, or that there is none")
        case .none: break
        case .luhn: found.require(!form.letters, "\(path).letters", "cannot stand in a number with Luhn's check digit")
        case .cci: found.require(length == 20 && !form.letters, path, "is not of 20 digits, as a CCI is")
        case .clabe: found.require(length == 18 && !form.letters, path, "is not of 18 digits, as a CLABE is")
        case .iban:
            found.require(
                form.letters && form.minLength >= 15, path, "is not of 15 to 34 letters and digits, as an IBAN is")
        }
    }
}
