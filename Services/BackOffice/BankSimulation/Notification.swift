import ISO20022

/// Writes a debit or credit notification, camt.054.001.08: one batch debit per payment block and round, or one credit
/// per returned payment.
final class Notification {
    /// What it notifies.
    enum Kind {
        /// The payments booked in a round.
        case debits(Round)
        /// The payments that came back.
        case returns
    }

    private let file: AnswerFile
    private let kind: Kind
    private let totals: AnswerTotals
    private let fractionDigits: Int
    private let messageID: String
    /// Whether a block that is booked whole in this round is booked in one sum, without its payments.
    private let isInOneSum: Bool
    private var block: Int?
    private var entries = 0
    private var blockID = ""
    private var executionDate = ""

    init(path: String, messageID: String, kind: Kind, totals: AnswerTotals, isInOneSum: Bool = false) throws {
        self.isInOneSum = isInOneSum
        file = try AnswerFile(path: path)
        self.kind = kind
        self.totals = totals
        self.messageID = messageID
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
        try file.xml.text(totals.head.executionDate)
        try file.xml.raw(time)
        try file.xml.raw("</CreDtTm></GrpHdr>\n")
    }

    /// When the bank made it: after the statuses of its round, and returns last.
    private var time: StaticString {
        switch kind {
        case .debits(.first): "T18:00:00Z"
        case .debits(.late): "T21:00:00Z"
        case .returns: "T23:00:00Z"
        }
    }

    private func tally(_ block: Int) -> Tally {
        switch kind {
        case .debits(let round): totals.blocks[block][round].booked
        case .returns: totals.blocks[block].returned
        }
    }

    /// Begins the next payment block.
    func begin(_ block: PaymentInitiationReader.Block) throws {
        try endBlock()
        let index = (self.block ?? -1) + 1
        self.block = index
        blockID = block.paymentInformationID
        executionDate = block.executionDate
        let tally = tally(index)
        guard tally.count > 0 else { return }
        try file.xml.raw("<Ntfctn><Id>")
        try file.xml.text(messageID + "-\(index + 1)")
        try file.xml.raw("</Id><CreDtTm>")
        try file.xml.text(executionDate)
        try file.xml.raw(time)
        try file.xml.raw("</CreDtTm><Acct><Id><Othr><Id>")
        try file.xml.text(block.debtorAccount, limit: 34)
        try file.xml.raw("</Id></Othr></Id></Acct><TxsSummry>")
        switch kind {
        case .debits: try writeSummary("<TtlDbtNtries>", entries: 1, tally, "</TtlDbtNtries></TxsSummry>\n")
        case .returns:
            try writeSummary("<TtlCdtNtries>", entries: tally.count, tally, "</TtlCdtNtries></TxsSummry>\n")
        }
        guard case .debits = kind else { return }
        try beginEntry(tally.sumMinor, "DBIT", subfamily: "DMCT")
        try file.xml.raw("<NtryDtls><Btch><MsgId>")
        try file.xml.text(totals.head.messageID, limit: 35)
        try file.xml.raw("</MsgId><PmtInfId>")
        try file.xml.text(blockID, limit: 35)
        try file.xml.raw("</PmtInfId><NbOfTxs>")
        try file.xml.count(tally.count)
        try file.xml.raw("</NbOfTxs><TtlAmt Ccy=\"")
        try writeAmount(tally.sumMinor)
        try file.xml.raw("</TtlAmt><CdtDbtInd>DBIT</CdtDbtInd></Btch>\n")
    }

    private func writeSummary(
        _ opening: StaticString, entries: Int64, _ tally: Tally, _ closing: StaticString
    ) throws {
        try file.xml.raw("<TtlNtries><NbOfNtries>")
        try file.xml.count(entries)
        try file.xml.raw("</NbOfNtries><Sum>")
        try file.xml.amount(tally.sumMinor, fractionDigits: fractionDigits)
        try file.xml.raw("</Sum></TtlNtries>")
        try file.xml.raw(opening)
        try file.xml.raw("<NbOfNtries>")
        try file.xml.count(entries)
        try file.xml.raw("</NbOfNtries><Sum>")
        try file.xml.amount(tally.sumMinor, fractionDigits: fractionDigits)
        try file.xml.raw("</Sum>")
        try file.xml.raw(closing)
    }

    /// The rest of a `Ccy` attribute and the amount after it.
    private func writeAmount(_ minorUnits: Int64) throws {
        try file.xml.text(totals.currency?.code ?? "")
        try file.xml.raw("\">")
        try file.xml.amount(minorUnits, fractionDigits: fractionDigits)
    }

    private func beginEntry(_ minorUnits: Int64, _ direction: String, subfamily: String) throws {
        try file.xml.raw("<Ntry><Amt Ccy=\"")
        try writeAmount(minorUnits)
        try file.xml.raw("</Amt><CdtDbtInd>")
        try file.xml.text(direction)
        try file.xml.raw("</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>")
        try file.xml.text(executionDate)
        entries += 1
        try file.xml.raw("</Dt></BookgDt><AcctSvcrRef>")
        try file.xml.text("\(messageID)-\(entries)")
        try file.xml.raw("</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>")
        try file.xml.text(subfamily)
        try file.xml.raw("</SubFmlyCd></Fmly></Domn></BkTxCd>")
    }

    /// Reports a payment: booked, or sent back with a reason.
    func add(_ transfer: CreditTransfer, reason: String?) throws {
        let direction: StaticString
        switch kind {
        case .debits where isInOneSum && block.map { totals.blocks[$0].isAnsweredAtOnce } == true: return
        case .debits: direction = "</Amt><CdtDbtInd>DBIT</CdtDbtInd>"
        case .returns:
            direction = "</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
            try beginEntry(transfer.amount.minorUnits, "CRDT", subfamily: "RRTN")
            try file.xml.raw("<NtryDtls>")
        }
        try file.xml.raw("<TxDtls><Refs><PmtInfId>")
        try file.xml.text(blockID, limit: 35)
        try file.xml.raw("</PmtInfId>")
        if let id = transfer.instructionID {
            try file.xml.raw("<InstrId>")
            try file.xml.text(id, limit: 35)
            try file.xml.raw("</InstrId>")
        }
        try file.xml.raw("<EndToEndId>")
        try file.xml.text(transfer.endToEndID, limit: 35)
        try file.xml.raw("</EndToEndId>")
        if let uetr = transfer.uetr {
            try file.xml.raw("<UETR>")
            try file.xml.uetr(uetr)
            try file.xml.raw("</UETR>")
        }
        try file.xml.raw("</Refs><Amt Ccy=\"")
        try writeAmount(transfer.amount.minorUnits)
        try file.xml.raw(direction)
        if let reason {
            try file.xml.raw("<RtrInf><Rsn><Cd>")
            try file.xml.text(reason)
            try file.xml.raw("</Cd></Rsn></RtrInf>")
        }
        try file.xml.raw("</TxDtls>")
        if case .returns = kind { try file.xml.raw("</NtryDtls></Ntry>") }
        try file.xml.raw("\n")
    }

    private func endBlock() throws {
        guard let block, tally(block).count > 0 else { return }
        if case .debits = kind { try file.xml.raw("</NtryDtls></Ntry>\n") }
        try file.xml.raw("</Ntfctn>\n")
    }

    /// Ends the notification and gives its path.
    func finish() throws -> String {
        try endBlock()
        try file.xml.raw("</BkToCstmrDbtCdtNtfctn>\n</Document>\n")
        return try file.finish()
    }
}
