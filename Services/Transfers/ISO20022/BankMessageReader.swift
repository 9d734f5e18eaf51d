/// Reads what a bank sends: pain.002.001.03 and .10, camt.053 and camt.054.001.02 and .08.
///
/// Bytes go in as they come and events come out; memory does not grow with the file. A fault throws a
/// ``MessageRefusal``, after which the events already handed out must be thrown away: the file is refused whole.
public final class BankMessageReader {
    private let stream: XMLStream
    private let outbox = Outbox()

    private final class Outbox {
        var events: [BankEvent] = []
    }

    /// A reader of one file.
    public init(limits: ReadingLimits = ReadingLimits(), totals: TotalsPolicy = .verified) {
        let outbox = outbox
        stream = XMLStream(limits: limits) { namespace, line throws(MessageRefusal) in
            try Self.receiver(of: namespace, line: line, totals: totals) { outbox.events.append($0) }
        }
    }

    /// The versions of each message that are read.
    public static let versions: [BankMessageHead.Kind: [String]] = [
        .pain002: ["001.03", "001.10"], .camt053: ["001.02", "001.08"], .camt054: ["001.02", "001.08"],
    ]

    private static func receiver(
        of namespace: String, line: Int, totals: TotalsPolicy, emit: @escaping (BankEvent) -> Void
    ) throws(MessageRefusal) -> any ElementReceiver {
        let prefix = "urn:iso:std:iso:20022:tech:xsd:"
        let found = String(
            (namespace.hasPrefix(prefix) ? namespace.dropFirst(prefix.count) : namespace[...]).prefix(80))
        let (message, version) = (String(found.prefix(8)), String(found.dropFirst(9)))
        guard namespace.hasPrefix(prefix), let kind = BankMessageHead.Kind(rawValue: message) else {
            throw MessageRefusal(message == "pain.001" ? .ownFile : .unknownMessage, line: line, ["found": found])
        }
        let read = versions[kind] ?? []
        guard read.contains(version) else {
            throw MessageRefusal(
                .unknownVersion, line: line,
                ["message": message, "found": version, "read": read.joined(separator: ", ")])
        }
        switch kind {
        case .pain002: return StatusReportReader(version: version, totals: totals, emit: emit)
        case .camt053, .camt054:
            return AccountReportReader(kind: kind, version: version, totals: totals, emit: emit)
        }
    }

    /// The head of the message that begins with these bytes; nil when they do not hold it or are no such message.
    public static func head(ofFileBeginning bytes: [UInt8]) -> BankMessageHead? {
        let reader = BankMessageReader(totals: .ignored)
        var events: [BankEvent] = []
        bytes.withUnsafeBytes { beginning in
            // What follows the head may well be cut off.
            do { try reader.stream.feed(beginning) } catch {}
        }
        reader.drain(into: &events)
        guard case .head(let head) = events.first else { return nil }
        return head
    }

    /// The line that is being read.
    public var line: Int { stream.line }

    /// Reads the next bytes of the file and appends what they say to `events`.
    public func feed(_ bytes: UnsafeRawBufferPointer, into events: inout [BankEvent]) throws(MessageRefusal) {
        try stream.feed(bytes)
        drain(into: &events)
    }

    /// Ends the file: checks that it is complete, and appends what was left to `events`.
    public func finish(into events: inout [BankEvent]) throws(MessageRefusal) {
        try stream.finish()
        drain(into: &events)
    }

    private func drain(into events: inout [BankEvent]) {
        events.append(contentsOf: outbox.events)
        outbox.events.removeAll(keepingCapacity: true)
    }
}
