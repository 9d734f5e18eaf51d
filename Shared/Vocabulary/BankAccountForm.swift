/// A form of account numbers that some or all banks of a country give.
public struct BankAccountForm: Sendable, Equatable {
    /// What people call it, for instance `CCI`.
    public let name: String
    /// How many characters it may have.
    public let lengths: ClosedRange<Int>
    /// Whether capital letters may stand in it besides digits.
    public let hasLetters: Bool
    /// The rule of its check digits.
    public let checkDigits: CheckDigits
    /// Beginnings of the BICs of the banks that give it; empty: every bank.
    public let bics: [String]

    /// A form.
    public init(
        name: String, lengths: ClosedRange<Int>, hasLetters: Bool = false, checkDigits: CheckDigits = .none,
        bics: [String] = []
    ) {
        self.name = name
        self.lengths = lengths
        self.hasLetters = hasLetters
        self.checkDigits = checkDigits
        self.bics = bics
    }

    /// The form in words, for instance `CCI (20 digits with check digits)`.
    public var description: String {
        let length =
            lengths.count == 1 ? String(lengths.lowerBound) : "\(lengths.lowerBound) to \(lengths.upperBound)"
        let alphabet = hasLetters ? "digits and capital letters" : "digits"
        return "\(name) (\(length) \(alphabet)\(checkDigits == .none ? "" : " with check digits"))"
    }

    /// Whether a bank gives it.
    func isGiven(by bic: some Collection<UInt8>) -> Bool {
        bics.isEmpty || bics.contains { bic.starts(with: $0.utf8) }
    }

    /// Whether the characters and their number are the form's.
    func fits(_ account: some Collection<UInt8>) -> Bool {
        lengths.contains(account.count)
            && account.allSatisfy { (0x30...0x39).contains($0) || (hasLetters && (0x41...0x5A).contains($0)) }
    }
}

/// What is wrong with an account number.
public enum BankAccountFault: Sendable, Equatable {
    /// A spreadsheet wrote it as a power of ten: its digits are gone.
    case scientificNotation
    /// Digits alone, fewer than the form has: a spreadsheet takes leading zeros away.
    case tooFewDigits(count: Int, form: BankAccountForm)
    /// It has the form, and its check digits do not follow from its other digits.
    case wrongCheckDigits(form: BankAccountForm)
    /// It has none of the forms that the bank gives.
    case otherForm(forms: [BankAccountForm])
    /// No form is given by the bank.
    case bankWithoutForm

    /// The fault in words, with what to do; nothing of the number is repeated.
    public var sentence: Sentence {
        switch self {
        case .scientificNotation:
            "is written as a power of ten, as a spreadsheet shows long numbers; its digits are lost: format the column as text"
                + " in the original and save it as CSV again"
        case .tooFewDigits(let count, let form):
            "has \(count) digits, and \(form.description) has more; did a spreadsheet take leading zeros away? format the"
                + " column as text in the original and save it as CSV again"
        case .wrongCheckDigits(let form):
            "has the form of \(form.name), but its check digits do not follow from its other digits: a digit is wrong; ask the"
                + " household for the number as the bank wrote it"
        case .otherForm(let forms):
            "has none of the bank's forms: \(forms.map(\.description).joined(separator: ", ")); write it without spaces and"
                + " hyphens"
        case .bankWithoutForm: "is at a bank for which the country's file names no form of account numbers"
        }
    }
}

/// The forms that account numbers of a country have.
public struct BankAccountForms: Sendable, Equatable {
    /// The forms.
    public let forms: [BankAccountForm]

    /// Forms of a country.
    public init(_ forms: [BankAccountForm]) { self.forms = forms }

    /// What is wrong with an account at a bank; nil when it has a form that the bank gives.
    public func fault(
        account: some RandomAccessCollection<UInt8>, bic: some Collection<UInt8>
    ) -> BankAccountFault? {
        var shorter: BankAccountForm?
        var wrong: BankAccountForm?
        var hasForm = false
        for form in forms where form.isGiven(by: bic) {
            hasForm = true
            if form.fits(account) {
                if form.checkDigits.hold(account) { return nil }
                wrong = wrong ?? form
            } else if account.count < form.lengths.lowerBound,
                form.lengths.lowerBound < shorter?.lengths.lowerBound ?? .max
            {
                shorter = form
            }
        }
        guard hasForm else { return .bankWithoutForm }
        if let wrong { return .wrongCheckDigits(form: wrong) }
        if Self.isPowerOfTen(account) { return .scientificNotation }
        if let shorter, !account.isEmpty, account.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .tooFewDigits(count: account.count, form: shorter)
        }
        return .otherForm(forms: forms.filter { $0.isGiven(by: bic) })
    }

    /// `1.23457E+17`, as spreadsheets write numbers of more than eleven digits.
    private static func isPowerOfTen(_ account: some RandomAccessCollection<UInt8>) -> Bool {
        let parts = account.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == 0x45 || $0 == 0x65 }
        guard parts.count == 2, let mantissa = parts.first, var exponent = parts.last else { return false }
        if exponent.first == UInt8(ascii: "+") { exponent = exponent.dropFirst() }
        let isNumber = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
        }
        return !mantissa.isEmpty && mantissa.allSatisfy(isNumber) && (1...3).contains(exponent.count)
            && exponent.allSatisfy { (0x30...0x39).contains($0) }
    }
}
