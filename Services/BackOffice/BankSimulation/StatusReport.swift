import ISO20022

/// Writes a payment status report, pain.002.001.10: the file, its blocks, and every transaction of the round.
final class StatusReport {
    private let file: AnswerFile
    private let round: Round
    private let totals: AnswerTotals
    private let fractionDigits: Int
    private var block: Int?

    init(path: String, messageID: String, round: Round, totals: AnswerTotals) throws {
        file = try AnswerFile(path: path)
        self.round = round
        self.totals = totals
        fractionDigits = totals.currency?.fractionDigits ?? 0
        try file.xml.raw(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">
            <CstmrPmtStsRpt>
            <GrpHdr><MsgId>
            """)
        try file.xml.text(messageID)
        try file.xml.raw("</MsgId><CreDtTm>")
        try file.xml.text(totals.head.executionDate)
        try file.xml.raw(round == .late ? "T20:00:00Z" : "T12:00:00Z")
        try file.xml.raw("</CreDtTm></GrpHdr>\n<OrgnlGrpInfAndSts><OrgnlMsgId>")
        try file.xml.text(totals.head.messageID, limit: 35)
        try file.xml.raw("</OrgnlMsgId><OrgnlMsgNmId>pain.001.")
        try file.xml.text(totals.head.version)
        try file.xml.raw("</OrgnlMsgNmId><OrgnlNbOfTxs>")
        try file.xml.count(totals.transactions)
        try file.xml.raw("</OrgnlNbOfTxs>")
        var all = Tally()
        var said = RoundTotals()
        for block in totals.blocks {
            all = all + block.all
            said.accepted = said.accepted + block[round].accepted
            said.rejected = said.rejected + block[round].rejected
        }
        try file.xml.raw("<OrgnlCtrlSum>")
        try file.xml.amount(all.sumMinor, fractionDigits: fractionDigits)
        try file.xml.raw("</OrgnlCtrlSum><GrpSts>")
        try file.xml.text(Self.status(said, of: all))
        try file.xml.raw("</GrpSts>")
        try writeCounts(said)
        try file.xml.raw("</OrgnlGrpInfAndSts>\n")
    }

    private static func status(_ said: RoundTotals, of all: Tally) -> String {
        if said.accepted.count == all.count { return "ACSP" }
        return said.rejected.count == all.count ? "RJCT" : "PART"
    }

    private func writeCounts(_ said: RoundTotals) throws {
        for (code, tally) in [("ACSP", said.accepted), ("RJCT", said.rejected)] where tally.count > 0 {
            try file.xml.raw("<NbOfTxsPerSts><DtldNbOfTxs>")
            try file.xml.count(tally.count)
            try file.xml.raw("</DtldNbOfTxs><DtldSts>")
            try file.xml.text(code)
            try file.xml.raw("</DtldSts><DtldCtrlSum>")
            try file.xml.amount(tally.sumMinor, fractionDigits: fractionDigits)
            try file.xml.raw("</DtldCtrlSum></NbOfTxsPerSts>")
        }
    }

    /// Begins the next payment block.
    func begin(_ id: String) throws {
        try endBlock()
        let index = (block ?? -1) + 1
        block = index
        let totals = totals.blocks[index]
        guard !totals[round].isEmpty else { return }
        try file.xml.raw("<OrgnlPmtInfAndSts><OrgnlPmtInfId>")
        try file.xml.text(id, limit: 35)
        try file.xml.raw("</OrgnlPmtInfId><PmtInfSts>")
        try file.xml.text(Self.status(totals[round], of: totals.all))
        try file.xml.raw("</PmtInfSts>")
        try writeCounts(totals[round])
        try file.xml.raw("\n")
    }

    private func endBlock() throws {
        guard let block, !totals.blocks[block][round].isEmpty else { return }
        try file.xml.raw("</OrgnlPmtInfAndSts>\n")
    }

    /// Reports a transaction: accepted, or rejected with a reason.
    func add(_ transfer: CreditTransfer, reason: String?) throws {
        try file.xml.raw("<TxInfAndSts>")
        if let id = transfer.instructionID {
            try file.xml.raw("<OrgnlInstrId>")
            try file.xml.text(id, limit: 35)
            try file.xml.raw("</OrgnlInstrId>")
        }
        try file.xml.raw("<OrgnlEndToEndId>")
        try file.xml.text(transfer.endToEndID, limit: 35)
        try file.xml.raw("</OrgnlEndToEndId>")
        if let uetr = transfer.uetr {
            try file.xml.raw("<OrgnlUETR>")
            try file.xml.uetr(uetr)
            try file.xml.raw("</OrgnlUETR>")
        }
        if let reason {
            try file.xml.raw("<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>")
            try file.xml.text(reason)
            try file.xml.raw("</Cd></Rsn></StsRsnInf>")
        } else {
            try file.xml.raw("<TxSts>ACSP</TxSts>")
        }
        try file.xml.raw("<OrgnlTxRef><Amt><InstdAmt Ccy=\"")
        try file.xml.text(transfer.amount.currency.code)
        try file.xml.raw("\">")
        try file.xml.amount(transfer.amount.minorUnits, fractionDigits: fractionDigits)
        try file.xml.raw("</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>\n")
    }

    /// Ends the report and gives its path.
    func finish() throws -> String {
        try endBlock()
        try file.xml.raw("</CstmrPmtStsRpt>\n</Document>\n")
        return try file.finish()
    }
}
