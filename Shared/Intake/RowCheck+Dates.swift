import Contracts
import Tabular
import Vocabulary

extension RowCheck {
    /// Days from 2000-01-01 to a day written `2024-07-31`, from 1900 on and, unless allowed, not after today.
    @inline(__always)
    public mutating func date(_ row: borrowing CSVRow, _ field: Int, mayBeAhead: Bool = false) -> Int32 {
        let bytes = row[field]
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.digits(UnsafeRawBufferPointer(rebasing: bytes[0..<4])),
            let month = Self.digits(UnsafeRawBufferPointer(rebasing: bytes[5..<7])),
            let day = Self.digits(UnsafeRawBufferPointer(rebasing: bytes[8..<10]))
        else {
            refuseDate(field, bytes, "2024-07-31")
            return 0
        }
        return days(field, year, month, day, mayBeAhead)
    }

    /// Days from 2000-01-01 to the first day of a month written `2024-07`.
    @inline(__always)
    public mutating func month(_ row: borrowing CSVRow, _ field: Int) -> Int32 {
        let bytes = row[field]
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"),
            let year = Self.digits(UnsafeRawBufferPointer(rebasing: bytes[0..<4])),
            let month = Self.digits(UnsafeRawBufferPointer(rebasing: bytes[5..<7]))
        else {
            refuseDate(field, bytes, "2024-07")
            return 0
        }
        return days(field, year, month, 1, false)
    }

    private mutating func refuseDate(_ field: Int, _ bytes: UnsafeRawBufferPointer, _ example: String) {
        if bytes.isEmpty {
            refuse(field, .missing, "is empty")
        } else {
            refuse(field, .impossibleDate, "is no date; write it as in \(example)")
        }
    }

    private mutating func days(
        _ field: Int, _ year: Int64, _ month: Int64, _ day: Int64, _ mayBeAhead: Bool
    ) -> Int32 {
        guard year >= 1900, let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day)) else {
            refuse(field, .impossibleDate, "is no day of the calendar since 1900")
            return 0
        }
        let days = date.daysSinceEpoch2000
        if !mayBeAhead, days > today { refuse(field, .impossibleDate, "lies in the future") }
        return days
    }
}
