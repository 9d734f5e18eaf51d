import Vocabulary

/// A moment: `google.protobuf.Timestamp`.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds from 1970-01-01T00:00:00Z.
    public let seconds: Int64
    /// Nanoseconds after that second, 0 to 999,999,999.
    public let nanoseconds: Int32

    /// First second of the years that protobuf allows, 0001-01-01T00:00:00Z.
    static let firstSecond: Int64 = -62_135_596_800
    /// Last second, 9999-12-31T23:59:59Z.
    static let lastSecond: Int64 = 253_402_300_799

    /// A moment; nil outside the years 1 to 9999 or with a wrong fraction.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard Self.firstSecond...Self.lastSecond ~= seconds, 0..<1_000_000_000 ~= nanoseconds else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The moment that many microseconds after 2000-01-01T00:00:00Z: PostgreSQL's `timestamptz`.
    public init?(microsecondsSinceEpoch2000 microseconds: Int64) {
        let (second, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let borrowed: Int64 = fraction < 0 ? 1 : 0
        self.init(
            seconds: second - borrowed + 946_684_800, nanoseconds: Int32((fraction + borrowed * 1_000_000) * 1_000))
    }

    /// Order in time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with 0, 3, 6 or 9 digits of the second's fraction.
    public var description: String {
        let day = seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400)
        let second = Int(seconds - day * 86_400)
        let date = CalendarDate(daysSinceEpoch2000: Int32(day - 10_957))?.description ?? ""
        func pair(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(pair(second / 3_600)):\(pair(second / 60 % 60)):\(pair(second % 60))"
        return "\(date)T\(time)\(DecimalFraction.text(nanoseconds))Z"
    }

    /// Reads RFC 3339 with `Z` or an offset.
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let date = CalendarDate(iso8601: bytes[0..<10]), bytes[10] == UInt8(ascii: "T"),
            let hour = DecimalFraction.pair(bytes, 11), let minute = DecimalFraction.pair(bytes, 14),
            let second = DecimalFraction.pair(bytes, 17), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), hour < 24, minute < 60, second < 60
        else { return nil }
        let fraction = bytes[19...].prefix { $0 == UInt8(ascii: ".") || 48...57 ~= $0 }
        guard let nanoseconds = DecimalFraction.nanoseconds(fraction) else { return nil }
        let zone = Array(bytes[(19 + fraction.count)...])
        var offset = 0
        if zone != [UInt8(ascii: "Z")] {
            guard zone.count == 6, zone[3] == UInt8(ascii: ":"),
                zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"),
                let hours = DecimalFraction.pair(zone, 1), let minutes = DecimalFraction.pair(zone, 4), hours < 24,
                minutes < 60
            else { return nil }
            offset = (hours * 3_600 + minutes * 60) * (zone[0] == UInt8(ascii: "-") ? -1 : 1)
        }
        let days = Int64(date.daysSinceEpoch2000) + 10_957
        self.init(
            seconds: days * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offset), nanoseconds: nanoseconds)
    }
}

extension Timestamp: FieldValue {
    /// Reads RFC 3339.
    public init(from reader: inout JSONReader) throws(RPCError) {
        guard let value = Timestamp(rfc3339: try reader.string()) else {
            throw reader.fault("expected a moment of RFC 3339", reason: "expected_timestamp")
        }
        self = value
    }
    /// Writes RFC 3339.
    public func write(to writer: inout JSONWriter) { writer.string(description) }
}
