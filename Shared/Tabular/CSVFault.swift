import Vocabulary

/// What is wrong with a piece of CSV, and where.
///
/// A fault that leaves the record's end known is reported on the row (``CSVRow/fault``), and reading goes on;
/// one that does not is thrown, and reading ends. No fault carries text of the file: it may be personal.
public struct CSVFault: Error, Equatable, Sendable {
    /// Kinds of fault.
    public enum Kind: Equatable, Sendable {
        /// A byte sequence that is not UTF-8.
        case notUTF8
        /// A NUL character, which no text may hold.
        case nulCharacter
        /// Something other than a comma or the line's end follows a closing quote.
        case textAfterQuote
        /// A carriage return that no line feed follows.
        case bareCarriageReturn
        /// The file ends within quotes; the position is that of the opening quote. Thrown.
        case unterminatedQuote
        /// A record is longer than ``CSVReader/longestRecord``; usually a quote is never closed. Thrown.
        case recordTooLong
        /// The file begins with a mark of UTF-16 or UTF-32. Thrown.
        case utf16
    }

    /// What is wrong.
    public var kind: Kind
    /// Line of the file, from 1, also where quoted fields span lines.
    public var line: Int
    /// Byte of that line, from 1.
    public var column: Int
    /// Field of the record, from 0.
    public var field: Int

    /// A fault at a place.
    public init(_ kind: Kind, line: Int, column: Int, field: Int = 0) {
        self.kind = kind
        self.line = line
        self.column = column
        self.field = field
    }

    /// What is wrong and what to do about it, in words.
    public var sentence: Sentence {
        switch kind {
        case .notUTF8:
            "column \(column) is not UTF-8; save the file as UTF-8 (for instance: iconv -f LATIN1 -t UTF-8)"
        case .nulCharacter: "column \(column) holds a NUL character"
        case .textAfterQuote: "column \(column): text follows a closing quote; write a quote within a field twice"
        case .bareCarriageReturn:
            "column \(column): a carriage return without a line feed; end lines with LF or CR LF"
        case .unterminatedQuote: "the quote opened at column \(column) is never closed"
        case .recordTooLong:
            "the record that begins here is longer than \(CSVReader.longestRecord) bytes; is a quote never closed?"
        case .utf16: ForeignFile.utf16.sentence
        }
    }
}
