import Vocabulary

// What a country's definition means in the words that every module shares.

extension CoordinationV1.BankCharacterSet {
    /// The set; SWIFT's set X, which every bank takes, where nothing is said.
    public var vocabulary: Vocabulary.BankCharacterSet {
        switch self {
        case .unspecified, .swiftX: .swiftX
        case .latin: .latin
        case .unicode: .unicode
        }
    }
}

extension CoordinationV1.CheckDigitRule {
    /// The rule; none where nothing is said.
    public var vocabulary: CheckDigits {
        switch self {
        case .unspecified, .none: .none
        case .iban: .iban
        case .cci: .cci
        case .clabe: .clabe
        case .luhn: .luhn
        }
    }
}

extension CoordinationV1.CodeForm {
    /// The form. Characters that nothing is said about are digits: the definition was checked when it was loaded.
    public var vocabulary: Vocabulary.CodeForm {
        let least = Int(max(minLength, 1))
        return Vocabulary.CodeForm(
            name: name, lengths: least...max(least, Int(maxLength)), characters: characters.vocabulary)
    }
}

extension CoordinationV1.CodeCharacters {
    /// The characters; digits where nothing is said.
    public var vocabulary: Vocabulary.CodeForm.Characters {
        switch self {
        case .unspecified, .digits: .digits
        case .lettersAndDigits: .lettersAndDigits
        case .lettersDigitsAndSigns: .lettersDigitsAndSigns
        }
    }
}

extension CoordinationV1.CountryDefinition {
    /// The levels of its territories; none where a definition was loaded before there were any.
    public var territories: TerritoryLevels {
        TerritoryLevels(
            territoryLevels.map {
                TerritoryLevels.Level(
                    code: $0.code, names: $0.names, codeForm: ($0.codeForm ?? .init()).vocabulary)
            }, budget: budgetLevel, ownLanguage: languages.first ?? "")
    }

    /// What its files' codes look like.
    public var forms: CountryForms { CountryForms(accounts: bankAccountForms, territories: territories) }

    /// The forms of account numbers. The definition was checked when it was loaded.
    public var bankAccountForms: BankAccountForms {
        BankAccountForms(
            accountForms.map { form in
                let least = Int(max(form.minLength, 1))
                return BankAccountForm(
                    name: form.name, lengths: least...max(least, Int(form.maxLength)), hasLetters: form.letters,
                    checkDigits: form.checkDigits.vocabulary, bics: form.bics)
            })
    }
}

extension CoordinationV1.FiscalYear {
    /// The fiscal year that a day belongs to, named after the calendar year in which it ends.
    public func year(of day: CalendarDate) -> Int {
        firstMonth > 1 && day.month >= Int(firstMonth) ? day.year + 1 : day.year
    }

    /// The fiscal year that a payment cycle is charged to.
    public func year(paidOn payDay: CalendarDate, lastDay: CalendarDate) -> Int {
        switch rule {
        case .unspecified, .payDay: year(of: payDay)
        case .lastDay: year(of: lastDay)
        }
    }
}
