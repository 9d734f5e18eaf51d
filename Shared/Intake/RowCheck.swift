import Tabular
import Vocabulary

/// Reads the typed fields of one row, and remembers the first that is wrong.
///
/// Each reader returns a value in any case, so that a row's parser reads straight on and asks once, before it stages the
/// row, whether everything ``passed``.
public struct RowCheck {
    /// Line of the row in its file.
    public var line: Int32
    /// Number of the file within the import, from 1.
    public let file: Int16
    /// Days from 2000-01-01 to the day of the import.
    public let today: Int32
    /// What the country's codes look like, where the import's files hold some.
    let forms: CountryForms?
    /// The words for the country's levels of territories.
    let levels: Words
    /// The first thing found wrong.
    public private(set) var fault: RowFault?

    init(line: Int32, file: Int16, today: Int32, forms: CountryForms? = nil) {
        self.line = line
        self.file = file
        self.today = today
        self.forms = forms
        levels = Words(forms?.territories.levels.map(\.code) ?? [])
    }

    /// Whether nothing was wrong so far.
    public var passed: Bool { fault == nil }

    /// Starts the next row.
    mutating func begin(line: Int) {
        self.line = Int32(clamping: line)
        fault = nil
    }

    /// Records that a field is wrong, unless an earlier one was.
    public mutating func refuse(_ field: Int, _ reason: RejectReason, _ sentence: Sentence) {
        if fault == nil { fault = RowFault(field: field, reason, sentence) }
    }

    /// Text of 1 to `longest` bytes.
    @inline(__always)
    public mutating func text(
        _ row: borrowing CSVRow, _ field: Int, longest: Int
    ) -> UnsafeRawBufferPointer {
        let bytes = row[field]
        if bytes.isEmpty { refuse(field, .missing, "is empty") }
        if bytes.count > longest { refuse(field, .tooLong, "is longer than \(longest) bytes") }
        return bytes
    }

    /// A name of 1 to `longest` bytes, of which something can be seen, without characters that disturb a screen, and that no
    /// spreadsheet takes as a formula.
    @inline(__always)
    public mutating func name(
        _ row: borrowing CSVRow, _ field: Int, longest: Int
    ) -> UnsafeRawBufferPointer {
        let bytes = text(row, field, longest: longest)
        if PlainText.disturbs(bytes) {
            refuse(
                field, .controlCharacter,
                "holds a control character, a line end or a mark of direction; names are letters and signs in one line")
        } else if PlainText.isBlank(bytes) {
            refuse(field, .missing, "holds spaces and nothing else")
        } else if PlainText.isFormula(bytes) {
            refuse(field, .formula, "begins like a formula of a spreadsheet; a name does not begin with = + - or @")
        }
        return bytes
    }

    /// The number of an account at the bank of a BIC.
    @inline(__always)
    public mutating func account(
        _ row: borrowing CSVRow, _ field: Int, bic: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        let bytes = row[field]
        if bytes.isEmpty {
            refuse(field, .missing, "is empty")
        } else if let fault = forms?.accounts.fault(account: bytes, bic: bic) {
            refuse(field, fault.reason, fault.sentence)
        } else if !BankText.isAccount(bytes) {
            refuse(field, .accountForm, "cannot stand in a bank file: printable ASCII without spaces, at most 34 of it")
        }
        return bytes
    }

    /// A code of 1 to `longest` ASCII letters, digits, and `-_./`.
    @inline(__always)
    public mutating func code(
        _ row: borrowing CSVRow, _ field: Int, longest: Int
    ) -> UnsafeRawBufferPointer {
        let bytes = text(row, field, longest: longest)
        if !bytes.allSatisfy(Self.isCodeByte) {
            refuse(field, .badCode, "is no code: letters, digits and -_./ only")
        }
        return bytes
    }

    /// The position, from 1, of the field's word among `words`.
    @inline(__always)
    public mutating func word(_ row: borrowing CSVRow, _ field: Int, _ words: Words) -> Int16 {
        let bytes = row[field]
        if let position = words.position(of: bytes) { return position }
        if bytes.isEmpty {
            refuse(field, .missing, "is empty; expected \(words)")
        } else {
            refuse(field, .unknownWord, "is not one of \(words)")
        }
        return 1
    }

    /// `true` or `false`.
    @inline(__always)
    public mutating func bool(_ row: borrowing CSVRow, _ field: Int) -> Bool {
        word(row, field, .truth) == 1
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}

/// The words that a column takes, in the order of the numbers that they are stored as.
public struct Words: Sendable, CustomStringConvertible {
    private let words: [[UInt8]]

    /// Words in order; the first is stored as 1.
    public init(_ words: String...) { self.init(words) }

    /// Words in order; the first is stored as 1.
    init(_ words: [String]) {
        self.words = words.map { Array($0.utf8) }
    }

    /// The words of a vocabulary, stored as its numbers.
    public init<Word: StoredWord>(of vocabulary: Word.Type) { self.init(Word.names) }

    static let truth = Words("true", "false")

    func position(of bytes: UnsafeRawBufferPointer) -> Int16? {
        for (index, word) in words.enumerated() where word.count == bytes.count && word.elementsEqual(bytes) {
            return Int16(index + 1)
        }
        return nil
    }

    /// The words, for messages.
    public var description: String {
        words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
    }
}

extension BankAccountFault {
    fileprivate var reason: RejectReason {
        switch self {
        case .scientificNotation: .scientificNotation
        case .tooFewDigits: .lostZeros
        case .wrongCheckDigits: .checkDigits
        case .otherForm, .bankWithoutForm: .accountForm
        }
    }
}
