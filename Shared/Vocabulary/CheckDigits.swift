/// Rules by which the digits of an account number prove one another.
public enum CheckDigits: Sendable, CaseIterable {
    /// Nothing is proved.
    case none
    /// ISO 13616 (IBAN) with ISO/IEC 7064 mod 97-10: the first four characters moved to the end, letters as 10 to 35, the
    /// number leaves 1 when it is divided by 97.
    case iban
    /// Peru's CCI: bank (3), branch (3), account (12), and a digit for the first six and one for the next twelve. Digits
    /// count once and twice in turn, from the left; a product's own digits are added; the check digit fills up to ten.
    case cci
    /// Mexico's CLABE: bank (3), place (3), account (11) and a digit: weights 3, 7 and 1 in turn, each product modulo 10; the
    /// check digit fills up to ten.
    case clabe
    /// Luhn's rule (ISO/IEC 7812-1): from the right, every second digit counts twice, a product's own digits are added, and
    /// the sum is a multiple of ten.
    case luhn

    /// Whether an account number of the rule's alphabet keeps it.
    public func hold(_ account: some RandomAccessCollection<UInt8>) -> Bool {
        switch self {
        case .none: return true
        case .iban: return Self.iban(account)
        case .luhn:
            return Self.isDigits(account) && Self.alternating(account.reversed(), weights: (1, 2)) % 10 == 0
        case .cci:
            guard account.count == 20, Self.isDigits(account) else { return false }
            return account.suffix(2).elementsEqual(Self.cciDigits(of: account.prefix(18)))
        case .clabe:
            guard account.count == 18, Self.isDigits(account) else { return false }
            var sum = 0
            for (index, byte) in account.dropLast().enumerated() {
                sum += (Int(byte) - 0x30) * [3, 7, 1][index % 3] % 10
            }
            return account.last.map { Int($0) - 0x30 } == (10 - sum % 10) % 10
        }
    }

    /// The two check digits of a CCI, as text, of its first eighteen digits.
    public static func cciDigits(of eighteen: some Collection<UInt8>) -> [UInt8] {
        [eighteen.prefix(6), eighteen.dropFirst(6)].map { digits in
            0x30 + UInt8((10 - alternating(digits, weights: (1, 2)) % 10) % 10)
        }
    }

    private static func isDigits(_ account: some Collection<UInt8>) -> Bool {
        !account.isEmpty && account.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The digits times the two weights in turn, the digits of each product added.
    private static func alternating(_ digits: some Collection<UInt8>, weights: (Int, Int)) -> Int {
        var sum = 0
        var isFirst = true
        for byte in digits {
            let product = (Int(byte) - 0x30) * (isFirst ? weights.0 : weights.1)
            sum += product / 10 + product % 10
            isFirst.toggle()
        }
        return sum
    }

    private static func iban(_ account: some RandomAccessCollection<UInt8>) -> Bool {
        guard (5...34).contains(account.count) else { return false }
        let isCapital = { (byte: UInt8) in (0x41...0x5A).contains(byte) }
        guard account.prefix(2).allSatisfy(isCapital), isDigits(account.dropFirst(2).prefix(2)) else { return false }
        var rest = 0
        for byte in [account.dropFirst(4), account.prefix(4)].joined() {
            switch byte {
            case 0x30...0x39: rest = (rest * 10 + Int(byte) - 0x30) % 97
            case 0x41...0x5A: rest = (rest * 100 + Int(byte) - 0x41 + 10) % 97
            default: return false
            }
        }
        return rest == 1
    }
}
