import Contracts
import Vocabulary

extension DefinitionCheck {
    /// Who pays: what every bank file of the programme will carry, by the rules of whoever writes it.
    mutating func payments(_ payments: CoordinationV1.PaymentSettings) {
        payer(payments.debtorName, payments.characterSet)
        if !BankText.isBIC(payments.debtorBic) {
            found.fault("payments.debtorBic", "is no BIC of 8 or 11 characters (ISO 9362)")
        } else if let fault = country.bankAccountForms.fault(
            account: Array(payments.debtorAccount.utf8), bic: payments.debtorBic.utf8)
        {
            found.fault("payments.debtorAccount", payments.debtorAccount.isEmpty ? "is missing" : fault.sentence)
        } else if !BankText.isAccount(payments.debtorAccount) {
            found.fault("payments.debtorAccount", "cannot stand in a bank file")
        }
        found.require(
            (1...1_000_000).contains(payments.maxTransactionsPerFile), "payments.maxTransactionsPerFile",
            "is not between 1 and 1000000")
    }

    /// The payer's name may lose accents on its way to the bank, but no characters.
    private mutating func payer(_ name: String, _ set: CoordinationV1.BankCharacterSet) {
        let path = "payments.debtorName"
        if PlainText.isBlank(name) { return found.fault(path, "is missing") }
        let set = set == .unspecified ? country.bankCharacterSet : set
        let sent = set.vocabulary.transliterated(name)
        if name.unicodeScalars.count > BankText.longestName {
            found.fault(path, "is longer than \(BankText.longestName) characters")
        } else if sent.change == .lost {
            found.fault(path, "holds characters that the bank does not take; it would read: \(sent.text)")
        }
    }
}
