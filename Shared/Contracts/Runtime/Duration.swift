// `google.protobuf.Duration` is Swift's `Duration`, at the precision of nanoseconds.

extension Duration: FieldValue {
    /// Largest number of seconds that protobuf allows, about 10,000 years.
    static let secondLimit: Int64 = 315_576_000_000

    /// Reads, for instance, `"1.5s"`.
    public init(from reader: inout JSONReader) throws(RPCError) {
        guard let value = Duration(protobuf: try reader.string()) else {
            throw reader.fault("expected a length of time in seconds such as \"1.5s\"", reason: "expected_duration")
        }
        self = value
    }

    /// Writes seconds with 0, 3, 6 or 9 decimals. What is finer than a nanosecond is cut off.
    public func write(to writer: inout JSONWriter) { writer.string(protobufText) }

    init?(protobuf text: String) {
        var bytes = Array(text.utf8)[...]
        guard bytes.popLast() == UInt8(ascii: "s") else { return nil }
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { bytes = bytes.dropFirst() }
        let whole = bytes.prefix { 48...57 ~= $0 }
        guard 1...12 ~= whole.count, let seconds = Int64(String(decoding: whole, as: UTF8.self)),
            let nanoseconds = DecimalFraction.nanoseconds(bytes.dropFirst(whole.count)),
            seconds < Self.secondLimit || (seconds == Self.secondLimit && nanoseconds == 0)
        else { return nil }
        let magnitude = Duration.seconds(seconds) + .nanoseconds(Int64(nanoseconds))
        self = negative ? .zero - magnitude : magnitude
    }

    var protobufText: String {
        let (seconds, attoseconds) = components
        let nanoseconds = Int32(attoseconds / 1_000_000_000)
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        return "\(sign)\(seconds.magnitude)\(DecimalFraction.text(abs(nanoseconds)))s"
    }

    /// Whole milliseconds; what is finer is cut off.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}

/// The decimals of a second.
enum DecimalFraction {
    /// `.` and 3, 6 or 9 digits, or nothing.
    static func text(_ nanoseconds: Int32) -> String {
        if nanoseconds == 0 { return "" }
        let digits = String(1_000_000_000 + Int(nanoseconds)).dropFirst()
        if nanoseconds % 1_000_000 == 0 { return ".\(digits.prefix(3))" }
        if nanoseconds % 1_000 == 0 { return ".\(digits.prefix(6))" }
        return ".\(digits)"
    }

    /// The nanoseconds of `.` and 1 to 9 digits, or of nothing.
    static func nanoseconds(_ text: ArraySlice<UInt8>) -> Int32? {
        if text.isEmpty { return 0 }
        let digits = text.dropFirst()
        guard text.first == UInt8(ascii: "."), 1...9 ~= digits.count, digits.allSatisfy({ 48...57 ~= $0 }) else {
            return nil
        }
        let value = digits.reduce(Int32(0)) { $0 * 10 + Int32($1) - 48 }
        return (digits.count..<9).reduce(value) { result, _ in result * 10 }
    }

    /// Two digits at `index`.
    static func pair(_ bytes: [UInt8], _ index: Int) -> Int? {
        guard index + 2 <= bytes.count, 48...57 ~= bytes[index], 48...57 ~= bytes[index + 1] else { return nil }
        return Int(bytes[index] - 48) * 10 + Int(bytes[index + 1] - 48)
    }
}
