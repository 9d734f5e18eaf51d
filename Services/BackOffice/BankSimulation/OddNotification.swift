import ISO20022

/// Writes a notification of what banks sometimes send, camt.054.001.08, about payments that were booked before: a part
/// that came back, a return less charges, a second booking, and a fee that is no payment of ours.
final class OddNotification {
    /// What is odd about a payment.
    enum Kind: CaseIterable {
        case returnedPart
        case returnedLessFees
        case bookedTwice
    }

    private let file: AnswerFile
    private let head: PaymentInitiationReader.Block
    private let currency: String
    private let fractionDigits: Int
    private let messageID: String
    private var isOpen = false
    private(set) var entries: Int64 = 0

    /// One payment in so many is odd.
    private static let every: UInt64 = 50

    init(path: String, messageID: String, totals: AnswerTotals) throws {
        file = try AnswerFile(path: path)
        head = totals.head
        self.messageID = messageID
        currency = totals.currency?.code ?? ""
        fractionDigits = totals.currency?.fractionDigits ?? 0
        try file.xml.raw(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">
            <BkToCstmrDbtCdtNtfctn>
            <GrpHdr><MsgId>
            """)
        try file.xml.text(messageID)
        try file.xml.raw("</MsgId><CreDtTm>")
        try file.xml.text(head.executionDate)
        try file.xml.raw("T23:30:00Z</CreDtTm></GrpHdr>\n")
    }

    /// What is odd about a payment, by the seed; nil for most.
    static func kind(of transfer: CreditTransfer, seed: UInt64) -> Kind? {
        let draw = stableHash(seed &+ 1, transfer.endToEndID) % every
        return draw < UInt64(Kind.allCases.count) ? Kind.allCases[Int(draw)] : nil
    }

    /// Begins the account's notification.
    private func begin() throws {
        guard !isOpen else { return }
        isOpen = true
        try file.xml.raw("<Ntfctn><Id>")
        try file.xml.text(messageID + "-1")
        try file.xml.raw("</Id><CreDtTm>")
        try file.xml.text(head.executionDate)
        try file.xml.raw("T23:30:00Z</CreDtTm><Acct><Id><Othr><Id>")
        try file.xml.text(head.debtorAccount, limit: 34)
        try file.xml.raw("</Id></Othr></Id></Acct>\n")
        // Five of the major unit for keeping the account: none of ours.
        var fee: Int64 = 5
        for _ in 0..<fractionDigits { fee *= 10 }
        try entry(fee, "DBIT")
        try file.xml.raw("</Ntry>\n")
    }

    /// Reports what is odd about a payment.
    func add(_ transfer: CreditTransfer, _ kind: Kind) throws {
        try begin()
        let whole = transfer.amount.minorUnits
        let charges = max(1, whole / 50)
        switch kind {
        case .returnedPart: try entry(max(1, whole / 2), "CRDT")
        case .returnedLessFees: try entry(max(1, whole - charges), "CRDT")
        case .bookedTwice: try entry(whole, "DBIT")
        }
        if kind == .returnedLessFees {
            try file.xml.raw("<Chrgs><TtlChrgsAndTaxAmt Ccy=\"")
            try amount(charges)
            try file.xml.raw("</TtlChrgsAndTaxAmt></Chrgs>")
        }
        try file.xml.raw("<NtryDtls><TxDtls><Refs><EndToEndId>")
        try file.xml.text(transfer.endToEndID, limit: 35)
        try file.xml.raw("</EndToEndId>")
        if let uetr = transfer.uetr {
            try file.xml.raw("<UETR>")
            try file.xml.uetr(uetr)
            try file.xml.raw("</UETR>")
        }
        try file.xml.raw("</Refs>")
        if kind != .bookedTwice { try file.xml.raw("<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>") }
        try file.xml.raw("</TxDtls></NtryDtls></Ntry>\n")
    }

    private func amount(_ minorUnits: Int64) throws {
        try file.xml.text(currency)
        try file.xml.raw("\">")
        try file.xml.amount(minorUnits, fractionDigits: fractionDigits)
    }

    private func entry(_ minorUnits: Int64, _ direction: String) throws {
        entries += 1
        try file.xml.raw("<Ntry><Amt Ccy=\"")
        try amount(minorUnits)
        try file.xml.raw("</Amt><CdtDbtInd>")
        try file.xml.text(direction)
        try file.xml.raw("</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>")
        try file.xml.text(head.executionDate)
        try file.xml.raw("</Dt></BookgDt><AcctSvcrRef>")
        try file.xml.text("\(messageID)-\(entries)")
        try file.xml.raw("</AcctSvcrRef><BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>")
    }

    /// Ends the notification and gives its path.
    func finish() throws -> String {
        try begin()
        try file.xml.raw("</Ntfctn>\n</BkToCstmrDbtCdtNtfctn>\n</Document>\n")
        return try file.finish()
    }
}
