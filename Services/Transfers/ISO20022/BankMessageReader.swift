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
        stream = XMLStream(limits: limits) { namespace in
            Self.receiver(of: namespace, totals: totals) { outbox.events.append($0) }
        }
    }

    private static func receiver(
        of namespace: String, totals: TotalsPolicy, emit: @escaping (BankEvent) -> Void
    ) -> (any ElementReceiver)? {
        let prefix = "urn:iso:std:iso:20022:tech:xsd:"
        guard namespace.hasPrefix(prefix) else { return nil }
        let name = namespace.dropFirst(prefix.count)
        let version = String(name.suffix(6))
        switch name {
        case "pain.002.001.03", "pain.002.001.10":
            return StatusReportReader(version: version, totals: totals, emit: emit)
        case "camt.053.001.02", "camt.053.001.08":
            return AccountReportReader(kind: .camt053, version: version, totals: totals, emit: emit)
        case "camt.054.001.02", "camt.054.001.08":
            return AccountReportReader(kind: .camt054, version: version, totals: totals, emit: emit)
        default: return nil
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
