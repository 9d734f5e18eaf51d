import Tabular
import Vocabulary

/// Why a row, or a whole file, was refused. The codes stand in `intake.reject` and in rejects files: they are contract.
public enum RejectReason: String, Sendable, CaseIterable {
    /// A field that must have a value is empty.
    case missing
    /// The row has too few or too many fields.
    case fieldCount = "field_count"
    /// Bytes that are not UTF-8 or that no text may hold.
    case encoding
    /// The row is no CSV.
    case malformed = "malformed_csv"
    /// Not a whole number, or not an amount.
    case notANumber = "not_a_number"
    /// A number below zero.
    case negative
    /// A number with decimals where none, or fewer, are allowed.
    case fractional
    /// A number outside its range.
    case outOfRange = "out_of_range"
    /// A date that the calendar does not have, or that cannot have come yet.
    case impossibleDate = "impossible_date"
    /// Not one of the words that the column takes.
    case unknownWord = "unknown_word"
    /// A text longer than the column takes.
    case tooLong = "too_long"
    /// A code of another form than the column takes.
    case badCode = "bad_code"
    /// A character that would disturb a screen, or a mark of direction.
    case controlCharacter = "control_character"
    /// A text that a spreadsheet would take as a formula.
    case formula
    /// An account number that a spreadsheet wrote as a power of ten.
    case scientificNotation = "scientific_notation"
    /// An account number with fewer digits than the bank's form has.
    case lostZeros = "lost_zeros"
    /// An account number whose check digits do not hold.
    case checkDigits = "check_digits"
    /// An account number of another form than the bank gives.
    case accountForm = "account_form"
    /// More rows are refused than are kept note of.
    case tooMany = "too_many_refused"
    /// The file has no rows.
    case emptyFile = "empty_file"
    /// The file is not of a kind that the import takes.
    case wrongKind = "wrong_kind"
    /// A column is missing or called otherwise.
    case header
}

/// What is wrong with a row. The sentence carries nothing of the row: it may be personal data.
public struct RowFault: Error, Equatable, Sendable {
    /// The field, from 0; nil when it is the whole row.
    public let field: Int?
    /// The column's name, where it is known without the field's number.
    let column: String?
    /// The code.
    public let reason: RejectReason
    /// The fault in words.
    public let sentence: Sentence

    /// A fault of a field, or of a whole row.
    public init(field: Int?, _ reason: RejectReason, _ sentence: Sentence) {
        self.field = field
        column = nil
        self.reason = reason
        self.sentence = sentence
    }

    init(column: String, _ reason: RejectReason, _ sentence: Sentence) {
        field = nil
        self.column = column
        self.reason = reason
        self.sentence = sentence
    }

    init(_ fault: CSVFault) {
        let isEncoding =
            switch fault.kind {
            case .notUTF8, .nulCharacter, .utf16: true
            case .textAfterQuote, .bareCarriageReturn, .unterminatedQuote, .recordTooLong: false
            }
        self.init(field: fault.field, isEncoding ? .encoding : .malformed, fault.sentence)
    }
}
