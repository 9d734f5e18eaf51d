/// Big-endian integers of two, four or eight bytes.
@usableFromInline
enum Integers {
    @inlinable
    static func widen(_ bytes: UnsafeRawBufferPointer, _ column: Int) throws(PostgresError) -> Int64 {
        switch bytes.count {
        case 8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case 2: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case let count: throw PostgresError(decoding: "column \(column) is not an integer: \(count) bytes")
        }
    }
}

/// The binary form of `numeric`: base-10000 digits, a weight, a sign and a scale.
enum Numeric {
    /// The value, when it is a whole number that fits 64 bits.
    static func int64(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Int64 {
        guard bytes.count >= 8 else { throw PostgresError(decoding: "a numeric value is cut short") }
        func word(_ index: Int) -> UInt16 {
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
        }
        let digits = Int(word(0))
        let weight = Int(Int16(bitPattern: word(1)))
        let sign = word(2)
        guard bytes.count == 8 + digits * 2, sign == 0 || sign == 0x4000 else {
            throw PostgresError(decoding: "a numeric value is not a finite number")
        }
        // Accumulated as a negative number, because Int64.min has no positive counterpart.
        var value: Int64 = 0
        for position in 0..<max(digits, weight + 1) {
            let digit = position < digits ? Int64(word(4 + position)) : 0
            guard position <= weight else {
                if digit != 0 { throw PostgresError(decoding: "a numeric value has a fraction") }
                continue
            }
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, carry) = scaled.subtractingReportingOverflow(digit)
            if overflow || carry { throw PostgresError(decoding: "a numeric value does not fit 64 bits") }
            value = sum
        }
        if sign == 0x4000 { return value }
        guard value != .min else { throw PostgresError(decoding: "a numeric value does not fit 64 bits") }
        return -value
    }
}

/// The binary form of arrays.
@usableFromInline
enum ArrayReader {
    @inlinable
    static func forEach(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        func integer(_ offset: Int) throws(PostgresError) -> Int {
            guard offset + 4 <= bytes.count else { throw PostgresError(decoding: "an array is cut short") }
            return Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
        }
        let dimensions = try integer(0)
        if dimensions == 0 { return }
        guard dimensions == 1 else { throw PostgresError(decoding: "an array has more than one dimension") }
        let count = try integer(12)
        guard count >= 0 else { throw PostgresError(decoding: "an array has a negative length") }
        var offset = 20
        for _ in 0..<count {
            let length = try integer(offset)
            guard length >= 0 else { throw PostgresError(decoding: "an array element is NULL") }
            offset += 4
            guard offset + length <= bytes.count else { throw PostgresError(decoding: "an array is cut short") }
            try body(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
            offset += length
        }
    }

    /// Lends the elements of an array of any dimensions; nil is NULL.
    static func forEachCell(
        _ bytes: UnsafeRawBufferPointer, reserving: (Int) -> Void,
        _ body: (UnsafeRawBufferPointer?) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        func integer(_ offset: Int) throws(PostgresError) -> Int {
            guard offset + 4 <= bytes.count else { throw PostgresError(decoding: "an array is cut short") }
            return Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
        }
        let dimensions = try integer(0)
        guard dimensions > 0 else { return }
        var count = 1
        for dimension in 0..<dimensions {
            let (product, overflow) = count.multipliedReportingOverflow(by: try integer(12 + 8 * dimension))
            guard !overflow, product >= 0 else { throw PostgresError(decoding: "an array has a wrong length") }
            count = product
        }
        var offset = 12 + 8 * dimensions
        guard count <= bytes.count else { throw PostgresError(decoding: "an array is cut short") }
        reserving(count)
        for _ in 0..<count {
            let length = try integer(offset)
            offset += 4
            guard length >= 0 else {
                try body(nil)
                continue
            }
            guard offset + length <= bytes.count else { throw PostgresError(decoding: "an array is cut short") }
            try body(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
            offset += length
        }
    }
}
