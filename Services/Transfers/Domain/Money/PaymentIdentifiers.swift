/// The short code of a payment run, for instance `JUNTOS20244R1`.
///
/// It starts every identifier that leaves for the bank or the ledger. Programme and cycle are cut to their letters and
/// digits, so two cycles could collide in theory; the database keeps short codes unique and refuses the second.
public struct RunShortCode: Sendable, Hashable, CustomStringConvertible {
    /// The code.
    public let description: String

    /// The code of the `sequence`th run of a cycle.
    public init(programme: String, cycle: String, sequence: Int32) {
        description = "\(Self.cut(programme, 7))\(Self.cut(cycle, 8))R\(sequence)"
    }

    /// A code that was stored.
    public init(stored: String) {
        description = stored
    }

    /// Identifier of a posting in the ledger: the same step of the same run always has the same.
    public func postingId(step: String, line: String) -> String {
        "\(description)/\(step)/\(line)"
    }

    private static func cut(_ text: String, _ length: Int) -> String {
        let kept = text.uppercased().utf8.filter { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: false
            }
        }
        return String(decoding: kept.prefix(length), as: UTF8.self)
    }
}
