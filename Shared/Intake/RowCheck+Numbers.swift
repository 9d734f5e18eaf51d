import Tabular

extension RowCheck {
    /// A whole number within a range, written in digits alone. Leading zeros are taken.
    @inline(__always)
    public mutating func number(_ row: borrowing CSVRow, _ field: Int, in range: ClosedRange<Int64>) -> Int64 {
        let bytes = row[field]
        guard !bytes.isEmpty, bytes.count <= 18, let value = Self.digits(bytes) else {
            refuseNumber(field, bytes, range)
            return range.lowerBound
        }
        if !range.contains(value) {
            refuse(field, .outOfRange, "is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    /// A national number of a household or a person: 1 to 15 digits, not zero.
    @inline(__always)
    public mutating func nationalNumber(_ row: borrowing CSVRow, _ field: Int) -> Int64 {
        number(row, field, in: 1...999_999_999_999_999)
    }

    /// A percentage with at most two decimals, in hundredths; nil where the field is empty.
    public mutating func percentHundredths(_ row: borrowing CSVRow, _ field: Int) -> Int32? {
        let bytes = row[field]
        if bytes.isEmpty { return nil }
        let value = decimal(field, bytes, decimals: 2, exactly: false)
        if value > 10_000 { refuse(field, .outOfRange, "is not between 0 and 100") }
        return Int32(clamping: value)
    }

    /// An amount in major units with exactly two decimals, in minor units.
    public mutating func amountMinor(_ row: borrowing CSVRow, _ field: Int) -> Int64 {
        let bytes = row[field]
        if bytes.isEmpty { refuse(field, .missing, "is empty") }
        return decimal(field, bytes, decimals: 2, exactly: true)
    }

    private mutating func decimal(
        _ field: Int, _ bytes: UnsafeRawBufferPointer, decimals: Int, exactly: Bool
    ) -> Int64 {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let whole = UnsafeRawBufferPointer(rebasing: parts[0])
        let fraction = parts.count > 1 ? UnsafeRawBufferPointer(rebasing: parts[1]) : nil
        guard parts.count <= 2, !whole.isEmpty, whole.count <= 15, fraction?.isEmpty != true,
            let major = Self.digits(whole), let minor = fraction.map(Self.digits) ?? 0
        else {
            refuseDecimal(field, bytes)
            return 0
        }
        let places = fraction?.count ?? 0
        if places > decimals || (exactly && places != decimals) {
            refuse(
                field, .fractional,
                exactly
                    ? "has \(places) decimals; exactly \(decimals) are expected"
                    : "has \(places) decimals; at most \(decimals) are expected")
            return 0
        }
        let scale: Int64 = decimals == 2 ? 100 : 1
        return major * scale + (places == 1 ? minor * 10 : minor)
    }

    private mutating func refuseDecimal(_ field: Int, _ bytes: UnsafeRawBufferPointer) {
        if bytes.first == UInt8(ascii: "-") {
            refuse(field, .negative, "is below zero")
        } else {
            refuse(field, .notANumber, "is no amount; write digits, a point and two decimals, as in 1200.50")
        }
    }

    private mutating func refuseNumber(
        _ field: Int, _ bytes: UnsafeRawBufferPointer, _ range: ClosedRange<Int64>
    ) {
        let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        let point = bytes.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        if bytes.isEmpty {
            refuse(field, .missing, "is empty")
        } else if bytes[0] == UInt8(ascii: "-"), !rest.isEmpty, Self.digits(rest) != nil {
            refuse(field, .negative, "is below zero")
        } else if Self.digits(bytes) != nil {
            refuse(field, .outOfRange, "is not between \(range.lowerBound) and \(range.upperBound)")
        } else if let point, point > 0, Self.digits(UnsafeRawBufferPointer(rebasing: bytes[..<point])) != nil,
            Self.digits(UnsafeRawBufferPointer(rebasing: bytes[(point + 1)...])) != nil
        {
            refuse(field, .fractional, "is no whole number")
        } else {
            refuse(field, .notANumber, "is no whole number; write digits only")
        }
    }

    /// The number that digits write; nil where a byte is none. Wraps beyond 18 digits: callers bound the length.
    @inline(__always)
    static func digits(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        var value: Int64 = 0
        for byte in bytes {
            let digit = byte &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }
}
