/// Latin letters with marks, and the plain ones that are written where a bank does not take them.
struct LatinLetters: Equatable {
    /// One letter or sign.
    let first: UInt8
    /// A second letter, for instance of Æ; 0: none.
    let second: UInt8

    private init(_ text: Substring) {
        first = text.utf8.first ?? 0
        second = text.utf8.dropFirst().first ?? 0
    }

    /// What stands for U+00C0 to U+017F (Latin-1 and Latin Extended-A), sixteen a line: the first character of each letter's
    /// canonical decomposition (Unicode, NFD), and for letters that have none the plain ones that they are made of. The two
    /// signs in between, of multiplication and division, become a dash.
    private static let table: [LatinLetters] =
        """
        A A A A A A AE C E E E E I I I I
        D N O O O O O - O U U U U Y TH ss
        a a a a a a ae c e e e e i i i i
        d n o o o o o - o u u u u y th y
        A a A a A a C c C c C c C c D d
        D d E e E e E e E e E e G g G g
        G g G g H h H h I i I i I i I i
        I i IJ ij J j K k k L l L l L l L
        l L l N n N n N n n N n O o O o
        O o OE oe R r R r R r S s S s S s
        S s T t T t T t U u U u U u U u
        U u U u W w Y y Y Z z Z z Z z s
        """
        .split { $0 == " " || $0 == "\n" }.map(LatinLetters.init)

    /// The letter, or two, that a Latin letter with a mark is written as; nil for anything else.
    static func base(of scalar: UInt32) -> LatinLetters? {
        guard (0xC0...0x17F).contains(scalar), scalar != 0xD7, scalar != 0xF7 else { return nil }
        return table[Int(scalar) - 0xC0]
    }

    /// The sign of SWIFT's set X that a dash, a quotation mark or a bracket is written as; nil for what has none.
    static func sign(for scalar: UInt32) -> UInt8? {
        switch scalar {
        // _ ~, the soft and long dashes, minus, multiplication and division.
        case 0x5F, 0x7E, 0xD7, 0xF7, 0x2010...0x2015, 0x2212: UInt8(ascii: "-")
        // " `, the acute accent as a sign, guillemets, curly quotation marks.
        case 0x22, 0x60, 0xAB, 0xB4, 0xBB, 0x2018...0x201F: UInt8(ascii: "'")
        // [ {
        case 0x5B, 0x7B: UInt8(ascii: "(")
        // ] }
        case 0x5D, 0x7D: UInt8(ascii: ")")
        // & between names.
        case 0x26: UInt8(ascii: "+")
        // ;
        case 0x3B: UInt8(ascii: ",")
        // Ordinal signs of names such as «2.º».
        case 0xAA: UInt8(ascii: "a")
        case 0xBA, 0xB0: UInt8(ascii: "o")
        default: nil
        }
    }
}
