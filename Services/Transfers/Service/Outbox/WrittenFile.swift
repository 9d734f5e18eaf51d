import Contracts
import Crypto
import ISO20022

/// What the bytes of a file in the outbox say, read once, piece by piece.
struct WrittenFile {
    /// SHA-256 of the bytes.
    var digest: [UInt8]
    /// The head; nil when the bytes are no payment initiation.
    var head: PaymentInitiationReader.Block?
    /// Length.
    var byteCount: Int64 = 0
    /// Transactions that were read.
    var transactions: Int64 = 0
    /// Minor units that were read.
    var totalMinor: Int64 = 0
    /// The one currency; empty: none, or several.
    var currency = ""
    /// Whether the whole file was understood and its totals agree with its transactions.
    var isWhole = false

    var sha256: String { Hexadecimal.string(digest) }

    /// Reads the file; nil when there is none, or it is no regular file.
    init?(path: String, each transaction: (CreditTransfer) throws -> Void) rethrows {
        let reader = PaymentInitiationReader()
        var events: [PaymentInitiationReader.Event] = []
        var hash = SHA256()
        var isReadable = true
        self.digest = []
        let wasRead = try Outbox.read(path) { bytes in
            hash.update(bytes)
            byteCount += Int64(bytes.count)
            guard isReadable else { return }
            do { try reader.feed(bytes, into: &events) } catch { isReadable = false }
            try take(&events, transaction)
        }
        guard wasRead else { return nil }
        if isReadable {
            do { try reader.finish(into: &events) } catch { isReadable = false }
            try take(&events, transaction)
        }
        digest = hash.finalize()
        isWhole = isWhole && isReadable && !currency.isEmpty
    }

    /// Reads the file; nil when there is none, or it is no regular file.
    init?(path: String) { self.init(path: path, each: { _ in }) }

    private mutating func take(
        _ events: inout [PaymentInitiationReader.Event], _ each: (CreditTransfer) throws -> Void
    ) rethrows {
        for event in events {
            switch event {
            case .block(let block): head = head ?? block
            case .transaction(let transfer):
                if transactions == 0 { currency = transfer.amount.currency.code }
                if currency != transfer.amount.currency.code { currency = "" }
                transactions += 1
                let (sum, overflow) = totalMinor.addingReportingOverflow(transfer.amount.minorUnits)
                totalMinor = overflow ? .max : sum
                try each(transfer)
            case .end: isWhole = true
            }
        }
        events.removeAll(keepingCapacity: true)
    }
}
