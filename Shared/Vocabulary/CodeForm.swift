/// A form of codes: how long they are, and of which characters.
public struct CodeForm: Sendable, Equatable {
    /// The characters of a code.
    public enum Characters: Sendable {
        /// Digits.
        case digits
        /// Letters without marks, and digits.
        case lettersAndDigits
        /// Letters without marks, digits, and `-_./`.
        case lettersDigitsAndSigns
    }

    /// What people call such a code, for instance `UBIGEO`.
    public let name: String
    /// How many characters it may have.
    public let lengths: ClosedRange<Int>
    /// Which characters.
    public let characters: Characters

    /// A form.
    public init(name: String, lengths: ClosedRange<Int>, characters: Characters) {
        self.name = name
        self.lengths = lengths
        self.characters = characters
    }

    /// Whether a code has the form.
    public func fits(_ code: some Collection<UInt8>) -> Bool {
        lengths.contains(code.count) && code.allSatisfy(characters.hold)
    }

    /// The form in words, for instance `UBIGEO (2 digits)`.
    public var description: String {
        let length =
            lengths.count == 1 ? String(lengths.lowerBound) : "\(lengths.lowerBound) to \(lengths.upperBound)"
        return "\(name) (\(length) \(characters.words))"
    }
}

extension CodeForm.Characters {
    fileprivate func hold(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): self != .digits
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"): self == .lettersDigitsAndSigns
        default: false
        }
    }

    fileprivate var words: String {
        switch self {
        case .digits: "digits"
        case .lettersAndDigits: "letters and digits"
        case .lettersDigitsAndSigns: "letters, digits and signs"
        }
    }
}
