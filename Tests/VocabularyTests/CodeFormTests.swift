import Testing
import Vocabulary

@Suite struct CodeFormTests {
    @Test(arguments: [
        (CodeForm.Characters.digits, "0601", true), (.digits, "06A1", false), (.digits, "060", false),
        (.digits, "06011", true), (.digits, "060112", false), (.lettersAndDigits, "06aZ", true),
        (.lettersAndDigits, "06-1", false), (.lettersDigitsAndSigns, "6-_.", true),
        (.lettersDigitsAndSigns, "a/b/c", true), (.lettersDigitsAndSigns, "ñandú", false),
        (.lettersDigitsAndSigns, "a b c", false),
    ])
    func aCodeFitsByItsLengthAndCharacters(characters: CodeForm.Characters, code: String, fits: Bool) {
        let form = CodeForm(name: "code", lengths: 4...5, characters: characters)
        #expect(form.fits(code.utf8) == fits)
    }

    @Test func aFormSaysItselfInWords() {
        #expect(CodeForm(name: "UBIGEO", lengths: 6...6, characters: .digits).description == "UBIGEO (6 digits)")
        let key = CodeForm(name: "clave", lengths: 38...64, characters: .lettersDigitsAndSigns)
        #expect(key.description == "clave (38 to 64 letters, digits and signs)")
    }

    @Test func aLevelIsNamedInTheReadersLanguageOrTheCountrys() {
        let form = CodeForm(name: "code", lengths: 2...2, characters: .digits)
        let levels = TerritoryLevels(
            [.init(code: "region", names: ["es": "región", "en": "region"], codeForm: form)], budget: "region",
            ownLanguage: "es")
        #expect(["es", "en", "fr"].map { levels.budgetName(in: $0) } == ["región", "region", "región"])
        #expect(TerritoryLevels([], budget: "", ownLanguage: "").budgetName(in: "es") == nil)
    }
}
