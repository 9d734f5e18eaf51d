import Vocabulary

/// The numbers that a simulation gives to households, persons and accounts.
///
/// Person and account numbers are spread over their range by a multiplication that gives every input another output, so that
/// they are unique without a list of those given out.
struct Numbers: Sendable {
    /// Most members that one household can have: two adults, six children, a grandparent.
    static let mostMembers = 12

    private let personBase: Int
    private let personCount: Int

    /// Numbers for that many households. Persons get eight digits like a DNI; from 7.5 million households on, nine.
    init(households: Int) {
        let eightDigits = households * Self.mostMembers <= 90_000_000
        personBase = eightDigits ? 10_000_000 : 100_000_000
        personCount = eightDigits ? 90_000_000 : 900_000_000
    }

    /// The number of the `place`th member of the `household`th household. The factor shares no divisor with 9 × 10^n.
    func person(household: Int, place: Int) -> Int64 {
        Int64(personBase + (household * Self.mostMembers + place) * 61_803_401 % personCount)
    }

    /// The number of the `sequence`th household of a department: `1`, the department's two digits, seven of its own. Ten
    /// million households fit into each department.
    static func household(department: Int, sequence: Int) -> Int64 {
        1_000_000_000 + Int64(department) * 10_000_000 + Int64(sequence)
    }

    /// The number of the `household`th household's account at another bank than the Banco de la Nación, as a CCI: the bank's
    /// `002`, branch `191`, three zeros and nine digits, and the check digits.
    static func cci(household: Int) -> [UInt8] {
        let eighteen = Array("002191000".utf8) + account(household: household).suffix(9)
        return eighteen + CheckDigits.cciDigits(of: eighteen)
    }

    /// The account number of the `household`th household: `04` and nine digits.
    static func account(household: Int) -> [UInt8] {
        var digits = [UInt8](repeating: 48, count: 11)
        digits[1] = 52
        var left = household * 618_033_989 % 1_000_000_000
        var place = 10
        while left > 0 {
            digits[place] = 48 + UInt8(left % 10)
            left /= 10
            place -= 1
        }
        return digits
    }
}
