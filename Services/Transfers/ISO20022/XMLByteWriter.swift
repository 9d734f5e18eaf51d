import Vocabulary

/// Writes XML as bytes through one buffer into a sink, so that a file of any length costs the same memory.
///
/// The bytes depend on the values alone: the same calls write the same file.
public struct XMLByteWriter: ~Copyable {
    /// Where full buffers go: a file, a digest, or both.
    public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private let sink: Sink
    /// Bytes written so far.
    public private(set) var bytesWritten = 0

    /// A writer into `sink`.
    public init(capacity: Int = 256 * 1024, sink: @escaping Sink) {
        buffer = .allocate(byteCount: max(capacity, 4096), alignment: 16)
        self.sink = sink
    }

    deinit { buffer.deallocate() }

    /// Hands over what is left in the buffer.
    public mutating func flush() throws {
        guard used > 0 else { return }
        bytesWritten += used
        let full = UnsafeRawBufferPointer(rebasing: buffer[..<used])
        used = 0
        try sink(full)
    }

    /// Makes room for `count` more bytes, which must not exceed the capacity.
    private mutating func reserve(_ count: Int) throws {
        if used + count > buffer.count { try flush() }
    }

    /// Writes markup as it stands.
    public mutating func raw(_ markup: StaticString) throws {
        let count = markup.utf8CodeUnitCount
        try reserve(count)
        (buffer.baseAddress! + used).copyMemory(from: markup.utf8Start, byteCount: count)
        used += count
    }

    /// Writes text that the caller has checked or made: no markup, no control characters.
    public mutating func checked(_ text: UnsafeRawBufferPointer) throws {
        guard let start = text.baseAddress, text.count > 0 else { return }
        try reserve(text.count)
        (buffer.baseAddress! + used).copyMemory(from: start, byteCount: text.count)
        used += text.count
    }

    /// Bytes written so far, those that still wait in the buffer included.
    var position: Int { bytesWritten + used }

    /// Writes text as a character set allows it, with markup escaped, at most `limit` characters. Nothing is written of a
    /// text of which nothing can be.
    public mutating func text(
        _ text: UnsafeRawBufferPointer, limit: Int, in set: BankCharacterSet = .unicode
    ) throws {
        try reserve(min(text.count, limit * 4) * 6 + 16)
        var end = used
        let target = buffer
        set.transliterate(text, limit: limit) { piece in
            if piece.count == 1, let entity = Self.entity(piece[0]) {
                target[end...].copyMemory(entity)
                end += entity.utf8CodeUnitCount
            } else if let start = piece.baseAddress {
                (target.baseAddress! + end).copyMemory(from: start, byteCount: piece.count)
                end += piece.count
            }
        }
        used = end
    }

    /// Writes text as a character set allows it, with markup escaped.
    public mutating func text(
        _ text: String, limit: Int = BankText.longestName, in set: BankCharacterSet = .unicode
    ) throws {
        var text = text
        try text.withUTF8 { try self.text(UnsafeRawBufferPointer($0), limit: limit, in: set) }
    }

    private static func entity(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&apos;"
        default: nil
        }
    }

    /// Writes a reference.
    public mutating func uetr(_ reference: UETR) throws {
        try reserve(36)
        reference.write(to: UnsafeMutableRawBufferPointer(rebasing: buffer[used..<(used + 36)]))
        used += 36
    }

    /// Writes a whole number, zero or above.
    public mutating func count(_ value: Int64) throws { try amount(value, fractionDigits: 0) }

    /// Writes minor units as a decimal number with exactly `fractionDigits` digits after the point.
    public mutating func amount(_ minorUnits: Int64, fractionDigits: Int) throws {
        try reserve(40)
        if minorUnits < 0 {
            buffer[used] = UInt8(ascii: "-")
            used += 1
        }
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        let written = withUnsafeMutableBytes(of: &digits) { digits in
            var rest = minorUnits.magnitude
            var count = 0
            repeat {
                digits[count] = 0x30 + UInt8(rest % 10)
                rest /= 10
                count += 1
            } while rest > 0 || count <= fractionDigits
            var position = used
            for index in stride(from: count - 1, through: 0, by: -1) {
                buffer[position] = digits[index]
                position += 1
                if index == fractionDigits, index > 0 {
                    buffer[position] = UInt8(ascii: ".")
                    position += 1
                }
            }
            return position - used
        }
        used += written
    }
}

extension Slice where Base == UnsafeMutableRawBufferPointer {
    fileprivate func copyMemory(_ text: StaticString) {
        UnsafeMutableRawBufferPointer(rebasing: self)
            .copyMemory(from: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
