/// A record whose end was found.
struct ScannedRecord {
    /// Number of fields.
    var count = 0
    /// Lines it covers, its own end included.
    var lines = 1
    /// First byte after it.
    var next = 0
    var holdsHighBytes = false
    var isEscaped = false
    /// Nothing stands on its line.
    var isBlank = false
    var fault: CSVFault?
}

extension CSVReader {
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// How a field ended.
    private enum FieldEnd {
        case comma, record, unknown
    }

    /// Finds the end of the next record and the extents of its fields; nil when its end has not arrived.
    mutating func scan(isFinal: Bool) throws(CSVFault) -> ScannedRecord? {
        guard start < end else { return nil }
        var record = ScannedRecord()
        var position = start
        var high: UInt8 = 0
        while true {
            if record.count == extentCapacity { growExtents() }
            let fieldEnd: FieldEnd
            if position < end, buffer[position] == Self.quote {
                fieldEnd = try scanQuoted(&position, &record, &high, isFinal)
            } else {
                fieldEnd = scanPlain(&position, &record, &high, isFinal)
            }
            switch fieldEnd {
            case .comma: continue
            case .unknown: return nil
            case .record:
                record.next = position
                record.holdsHighBytes = high >= 0x80
                return record
            }
        }
    }

    /// A field without quotes. Bytes above the comma's, which are most, take the short way.
    private mutating func scanPlain(
        _ position: inout Int, _ record: inout ScannedRecord, _ high: inout UInt8, _ isFinal: Bool
    ) -> FieldEnd {
        let first = position
        let bytes = buffer
        let end = end
        var index = first
        var seen = high
        while index < end {
            let byte = bytes[index]
            if byte > Self.comma {
                seen |= byte
                index += 1
                continue
            }
            if byte == Self.comma || byte == Self.lineFeed { break }
            if byte == 0, record.fault == nil {
                record.fault = fault(.nulCharacter, at: index, field: record.count)
            } else if byte == Self.carriageReturn, index + 1 < end, bytes[index + 1] != Self.lineFeed,
                record.fault == nil
            {
                record.fault = fault(.bareCarriageReturn, at: index, field: record.count)
            }
            index += 1
        }
        high = seen
        if index == end, !isFinal { return .unknown }
        let isComma = index < end && bytes[index] == Self.comma
        var last = index
        if !isComma, last > first, bytes[last - 1] == Self.carriageReturn { last -= 1 }
        record.isBlank = !isComma && record.count == 0 && last == first
        addField(first, last - first, isEscaped: false, &record)
        position = min(index + 1, end)
        return isComma ? .comma : .record
    }

    /// A field that begins with a quote; `position` is on it.
    private mutating func scanQuoted(
        _ position: inout Int, _ record: inout ScannedRecord, _ high: inout UInt8, _ isFinal: Bool
    ) throws(CSVFault) -> FieldEnd {
        let opening = position
        let bytes = buffer
        var index = opening + 1
        var isEscaped = false
        while true {
            guard index < end else {
                guard isFinal else { return .unknown }
                throw fault(.unterminatedQuote, at: opening, field: record.count)
            }
            let byte = bytes[index]
            if byte == Self.quote {
                if index + 1 == end, !isFinal { return .unknown }
                guard index + 1 < end, bytes[index + 1] == Self.quote else { break }
                isEscaped = true
                index += 1
            } else if byte == Self.lineFeed {
                record.lines += 1
            } else if byte == 0, record.fault == nil {
                record.fault = fault(.nulCharacter, at: index, field: record.count)
            }
            high |= byte
            index += 1
        }
        addField(opening + 1, index - opening - 1, isEscaped: isEscaped, &record)
        return skipToFieldEnd(from: index + 1, &position, &record, isFinal)
    }

    /// Passes the comma or the line's end after a closing quote.
    private func skipToFieldEnd(
        from index: Int, _ position: inout Int, _ record: inout ScannedRecord, _ isFinal: Bool
    ) -> FieldEnd {
        var index = index
        while index < end, buffer[index] != Self.comma, buffer[index] != Self.lineFeed {
            let isLast = index + 1 == end || buffer[index + 1] == Self.lineFeed
            let endsLine = buffer[index] == Self.carriageReturn && isLast
            if !endsLine, record.fault == nil {
                record.fault = fault(.textAfterQuote, at: index, field: record.count - 1)
            }
            index += 1
        }
        if index == end, !isFinal { return .unknown }
        let isComma = index < end && buffer[index] == Self.comma
        position = min(index + 1, end)
        return isComma ? .comma : .record
    }

    private mutating func addField(_ start: Int, _ count: Int, isEscaped: Bool, _ record: inout ScannedRecord) {
        (extents + record.count).initialize(to: CSVRow.Extent(start: start, count: count, isEscaped: isEscaped))
        record.count += 1
        if isEscaped { record.isEscaped = true }
    }

    private mutating func growExtents() {
        let larger = UnsafeMutablePointer<CSVRow.Extent>.allocate(capacity: extentCapacity * 2)
        larger.moveInitialize(from: extents, count: extentCapacity)
        extents.deallocate()
        extents = larger
        extentCapacity *= 2
    }

    /// A fault at a byte of the record that begins at `start`, with its line and its column there.
    func fault(_ kind: CSVFault.Kind, at position: Int, field: Int) -> CSVFault {
        var faultLine = line
        var lineStart = start
        for index in start..<position where buffer[index] == Self.lineFeed {
            faultLine += 1
            lineStart = index + 1
        }
        return CSVFault(kind, line: faultLine, column: position - lineStart + 1, field: field)
    }
}
