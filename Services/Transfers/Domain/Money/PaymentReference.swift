/// What an EndToEndId names: `<cycle's payment key>-<household>`, or `<key>-<household>-<number>` for a household's second
/// order of the cycle and those after it. `transfers.end_to_end_id` writes it.
public struct PaymentReference: Sendable, Hashable {
    /// The key that every payment of the cycle begins with.
    public let paymentKey: String
    /// Household.
    public let household: Int64
    /// The number of the household's order in the cycle, from 1.
    public let orderNumber: Int16

    /// Reads a reference exactly as it is written; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, !parts[0].isEmpty, let household = Self.number(parts[1]) else {
            return nil
        }
        paymentKey = String(parts[0])
        self.household = household
        guard parts.count == 3 else {
            orderNumber = 1
            return
        }
        guard let number = Self.number(parts[2]).flatMap(Int16.init(exactly:)), number > 1 else { return nil }
        orderNumber = number
    }

    /// Whether the key has the shape of `transfers.payment_key`: letters and digits of the programme, then six hexadecimal
    /// digits. A reference of another's making hardly ever has.
    public var hasPaymentKey: Bool {
        let key = paymentKey.utf8
        return (7...12).contains(key.count)
            && key.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
            && key.suffix(6).allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    }

    /// A whole number above zero without sign or leading zeros: one text for one order.
    private static func number(_ text: Substring) -> Int64? {
        guard let first = text.utf8.first, (0x31...0x39).contains(first),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(text)
    }
}
