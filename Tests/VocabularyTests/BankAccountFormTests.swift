import Contracts
import Testing
import Vocabulary

private func holds(_ rule: CheckDigits, _ account: String) -> Bool { rule.hold(Array(account.utf8)) }

@Test func checkDigitsAreThoseOfThePublishedExamples() {
    let examples: [(CheckDigits, String)] = [
        // ISO 13616's own examples of the registry.
        (.iban, "GB82WEST12345698765432"), (.iban, "DE89370400440532013000"), (.iban, "FR1420041010050500013M02606"),
        // localpayment.com, bank account validations, Peru.
        (.cci, "01136600010003254221"),
        // pypi.org/project/clabe.
        (.clabe, "032180000118359719"), (.clabe, "002000000000000008"),
        // ISO/IEC 7812's example.
        (.luhn, "79927398713"),
    ]
    for (rule, account) in examples {
        #expect(holds(rule, account), "\(rule) \(account)")
        // Any one digit written wrong is found.
        let digits = Array(account.utf8)
        for index in digits.indices where (0x30...0x39).contains(digits[index]) {
            for other in UInt8(0x30)...0x39 where other != digits[index] {
                var wrong = digits
                wrong[index] = other
                #expect(!rule.hold(wrong), "\(rule) \(String(decoding: wrong, as: UTF8.self))")
            }
        }
    }
    #expect(holds(.none, "anything"))
    for rule in [CheckDigits.iban, .cci, .clabe, .luhn] {
        for account in ["", "0", "x", "0113660001000325422x", "GB82"] where !(rule == .luhn && account == "0") {
            #expect(!holds(rule, account), "\(rule) \(account)")
        }
    }
}

private let forms = BankAccountForms([
    BankAccountForm(name: "BN", lengths: 11...11, bics: ["BANCPEPL"]),
    BankAccountForm(name: "CCI", lengths: 20...20, checkDigits: .cci),
])

@Test func anAccountThatASpreadsheetSpoiltIsRecognised() {
    func fault(_ account: String, _ bic: String = "BANCPEPL") -> BankAccountFault? {
        forms.fault(account: Array(account.utf8), bic: bic.utf8)
    }
    #expect(fault("04001123456") == nil)
    #expect(fault("01136600010003254221") == nil)
    #expect(fault("01136600010003254221", "BCPLPEPL") == nil)
    #expect(fault("4001123456") == .tooFewDigits(count: 10, form: forms.forms[0]))
    #expect(fault("1136600010003254221") == .tooFewDigits(count: 19, form: forms.forms[1]))
    #expect(fault("04001123456", "BCPLPEPL") == .tooFewDigits(count: 11, form: forms.forms[1]))
    #expect(fault("01136600010003254220") == .wrongCheckDigits(form: forms.forms[1]))
    for text in ["1.23E+17", "1,23457E+19", "4E10", "1.2e+5"] { #expect(fault(text) == .scientificNotation) }
    for text in ["04-001-123456", "04 001 123456", "", "x", "E", "1E", "999999999999999999999"] {
        #expect(fault(text) == .otherForm(forms: forms.forms), "\(text)")
    }
    let only = BankAccountForms([forms.forms[0]])
    #expect(only.fault(account: Array("04001123456".utf8), bic: "BCPLPEPL".utf8) == .bankWithoutForm)
    // Messages repeat nothing of the number.
    #expect(fault("4001123456")?.sentence.text.contains("4001123456") == false)
}

@Test func aFiscalYearIsThatOfThePayDayOrOfTheLastDay() throws {
    let lastDay = try #require(CalendarDate(iso8601: "2024-12-31"))
    let payDay = try #require(CalendarDate(iso8601: "2025-01-20"))
    func year(_ month: Int32, _ rule: CoordinationV1.FiscalYearRule) -> Int {
        CoordinationV1.FiscalYear(firstMonth: month, rule: rule).year(paidOn: payDay, lastDay: lastDay)
    }
    #expect(year(1, .payDay) == 2025)
    #expect(year(1, .lastDay) == 2024)
    // A year that begins in October is named after the one in which it ends.
    #expect(year(10, .payDay) == 2025)
    #expect(year(10, .lastDay) == 2025)
    #expect(year(4, .payDay) == 2025)
    let october = CoordinationV1.FiscalYear(firstMonth: 10, rule: .payDay)
    #expect(october.year(of: try #require(CalendarDate(iso8601: "2024-09-30"))) == 2024)
    #expect(october.year(of: try #require(CalendarDate(iso8601: "2024-10-01"))) == 2025)
}
