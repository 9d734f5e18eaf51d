/// The characters that a bank takes in names and remarks.
///
/// What it does not take is written otherwise: accented Latin letters as their base letters, dashes and quotation marks as
/// their plain ones, everything else as a space. A name is therefore sent in a form that is known before it is sent.
public enum BankCharacterSet: String, Sendable, CaseIterable {
    /// SWIFT's set X: letters, digits, `/ - ? : ( ) . , ' +` and space; no slash at an end, none doubled, no `-` or `:`
    /// first. Every bank takes it.
    case swiftX
    /// Set X and the letters of Latin-1 and Latin Extended-A, so that names keep their accents.
    case latin
    /// Every character that XML takes, but for controls and direction marks.
    case unicode

    /// What became of a name.
    public enum Change: Int, Sendable, Comparable {
        /// Nothing: it is sent as it is.
        case none
        /// Letters lost their marks (`Ñ` to `N`), or spaces were joined: a reader knows the name.
        case folded
        /// Characters were left out, or the name was cut: a person should look at it.
        case lost

        /// Order of weight.
        public static func < (left: Change, right: Change) -> Bool { left.rawValue < right.rawValue }
    }

    /// A name as it is sent.
    public struct Transliteration: Sendable, Equatable {
        /// The text that the file carries; empty when nothing of the name can be written.
        public let text: String
        /// What became of it.
        public let change: Change
        /// Whether it differs from the name.
        public var changed: Bool { change != .none }
    }

    /// A text as it is sent, at most `limit` characters of it.
    public func transliterated(_ text: String, limit: Int = BankText.longestName) -> Transliteration {
        var text = text
        var change = Change.none
        var sent: [UInt8] = []
        text.withUTF8 { bytes in
            change = transliterate(UnsafeRawBufferPointer(bytes), limit: limit) { sent.append(contentsOf: $0) }
        }
        return Transliteration(text: String(decoding: sent, as: UTF8.self), change: change)
    }

    /// Hands out, piece by piece and in order, the bytes that are sent for a text; says what became of it.
    ///
    /// Each piece is one character, or a run of bytes that stand in every set. Nothing is handed out for a text of which
    /// nothing can be written.
    @discardableResult
    public func transliterate(
        _ text: UnsafeRawBufferPointer, limit: Int, _ write: (UnsafeRawBufferPointer) -> Void
    ) -> Change {
        var writer = TransliterationWriter(set: self, limit: limit)
        return writer.run(text, write)
    }
}

/// One pass over a text. Spaces and slashes wait until something follows them, so that none stands at an end and none is
/// doubled.
private struct TransliterationWriter {
    let set: BankCharacterSet
    let limit: Int
    private var written = 0
    /// What waits, in order: at most a space, a slash and a space.
    private var waiting: (UInt8, UInt8, UInt8) = (0, 0, 0)
    private var waitingCount = 0
    private var slashWaits = false
    private var change = BankCharacterSet.Change.none

    init(set: BankCharacterSet, limit: Int) {
        self.set = set
        self.limit = limit
    }

    mutating func run(
        _ text: UnsafeRawBufferPointer, _ write: (UnsafeRawBufferPointer) -> Void
    ) -> BankCharacterSet.Change {
        var source = 0
        while source < text.count {
            var end = source
            while end < text.count, BankText.isLetterOrDigit(text[end]) { end += 1 }
            let isRun = end > source
            if !isRun { end += max(UTF8Scalar.length(text, at: source), 1) }
            let bytes = UnsafeRawBufferPointer(rebasing: text[source..<end])
            source = end
            guard isRun ? put(run: bytes, write) : take(bytes, write) else {
                note(.lost)
                break
            }
        }
        // What waits at the end is not sent; a space there is no loss.
        if waitingCount > 0 { note(slashWaits ? .lost : .folded) }
        return change
    }

    /// Takes one character; false when there is no room for it.
    private mutating func take(_ bytes: UnsafeRawBufferPointer, _ write: (UnsafeRawBufferPointer) -> Void) -> Bool {
        guard UTF8Scalar.length(bytes, at: 0) == bytes.count else { return space(.lost) }
        let scalar = UTF8Scalar.value(bytes)
        if scalar == 0x20 || scalar == 0xA0 { return space(scalar == 0x20 ? .none : .folded) }
        if UTF8Scalar.isBlank(scalar) { return space(.lost) }
        if set == .unicode { return put(bytes, write) }
        if scalar < 0x80, BankText.isInSetX(bytes[0]) { return mark(bytes, write) }
        if let sign = LatinLetters.sign(for: scalar) {
            note(.folded)
            return withUnsafeBytes(of: sign) { mark($0, write) }
        }
        if UTF8Scalar.isCombining(scalar) {
            // It belongs to the letter before it, which is sent alone.
            note(.folded)
            return true
        }
        guard let base = LatinLetters.base(of: scalar) else { return space(.lost) }
        if set == .latin { return put(bytes, write) }
        note(.folded)
        guard withUnsafeBytes(of: base.first, { put($0, write) }) else { return false }
        return base.second == 0 || withUnsafeBytes(of: base.second) { put($0, write) }
    }

    /// A mark of set X: a slash waits, and `-` and `:` never come first.
    private mutating func mark(_ bytes: UnsafeRawBufferPointer, _ write: (UnsafeRawBufferPointer) -> Void) -> Bool {
        let byte = bytes[0]
        if written == 0, [BankText.slash, UInt8(ascii: "-"), UInt8(ascii: ":")].contains(byte) {
            note(.lost)
            return true
        }
        guard byte == BankText.slash else { return put(bytes, write) }
        if slashWaits {
            note(.lost)
        } else {
            wait(byte)
            slashWaits = true
        }
        return true
    }

    private mutating func space(_ loss: BankCharacterSet.Change) -> Bool {
        let last = waitingCount == 1 ? waiting.0 : waitingCount == 2 ? waiting.1 : waiting.2
        let isDoubled = waitingCount > 0 && last == 0x20
        note(written == 0 || isDoubled ? max(loss, .folded) : loss)
        if written > 0, !isDoubled { wait(0x20) }
        return true
    }

    private mutating func wait(_ byte: UInt8) {
        switch waitingCount {
        case 0: waiting.0 = byte
        case 1: waiting.1 = byte
        default: waiting.2 = byte
        }
        waitingCount += 1
    }

    /// Writes one character.
    private mutating func put(_ bytes: UnsafeRawBufferPointer, _ write: (UnsafeRawBufferPointer) -> Void) -> Bool {
        guard written + waitingCount < limit else { return false }
        writeWaiting(write)
        write(bytes)
        written += 1
        return true
    }

    /// Writes letters and digits, as far as there is room.
    private mutating func put(run: UnsafeRawBufferPointer, _ write: (UnsafeRawBufferPointer) -> Void) -> Bool {
        let room = limit - written - waitingCount
        guard room > 0 else { return false }
        writeWaiting(write)
        let fitting = min(room, run.count)
        write(UnsafeRawBufferPointer(rebasing: run[..<fitting]))
        written += fitting
        return fitting == run.count
    }

    private mutating func writeWaiting(_ write: (UnsafeRawBufferPointer) -> Void) {
        guard waitingCount > 0 else { return }
        withUnsafeBytes(of: waiting) { write(UnsafeRawBufferPointer(rebasing: $0[..<waitingCount])) }
        written += waitingCount
        waitingCount = 0
        slashWaits = false
    }

    private mutating func note(_ other: BankCharacterSet.Change) { change = max(change, other) }
}
