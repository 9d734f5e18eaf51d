import ISO20022
import Testing

private func report(
    version: String = "001.10", group: String = "<GrpSts>PART</GrpSts>", counts: String = "", block: String = "",
    transactions: String
) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.\(version)"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>BK-1</MsgId><CreDtTm>2024-09-10T12:00:00Z</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>PUENTE-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
    <OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>600.00</OrgnlCtrlSum>\(group)\(counts)</OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>PUENTE-1-1</OrgnlPmtInfId>\(block)
    \(transactions)
    </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
    """
}

private func transaction(_ number: Int, _ status: String, reason: String? = nil, amount: String = "200.00") -> String {
    let uetr = "0f0e0d0c-0b0a-4908-8706-05040302010\(number)"
    let why = reason.map { "<StsRsnInf><Rsn><Cd>\($0)</Cd></Rsn></StsRsnInf>" } ?? ""
    return """
        <TxInfAndSts><OrgnlEndToEndId>E2E-\(number)</OrgnlEndToEndId><OrgnlUETR>\(uetr)</OrgnlUETR>\(status)\(why)\
        <OrgnlTxRef><Amt><InstdAmt Ccy="PEN">\(amount)</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>
        """
}

private func counts(_ count: Int, _ status: String, sum: String) -> String {
    "<NbOfTxsPerSts><DtldNbOfTxs>\(count)</DtldNbOfTxs><DtldSts>\(status)</DtldSts>"
        + "<DtldCtrlSum>\(sum)</DtldCtrlSum></NbOfTxsPerSts>"
}

private let accepted = "<TxSts>ACSP</TxSts>"
private let rejected = "<TxSts>RJCT</TxSts>"

@Test func aStatusReportGivesEachTransactionWithItsReferencesReasonAndAmount() throws {
    let events = try events(
        report(
            counts: counts(1, "ACSP", sum: "200.00") + counts(1, "RJCT", sum: "200.0"),
            transactions: transaction(1, accepted) + transaction(2, rejected, reason: "AC04")))
    #expect(
        events.first
            == .head(
                BankMessageHead(
                    kind: .pain002, version: "001.10", messageID: "BK-1", createdAt: "2024-09-10T12:00:00Z")))
    let transactions = events.transactions
    #expect(transactions.map(\.fact) == [.status(.accepted), .status(.rejected)])
    #expect(transactions.map(\.reasonCode) == [nil, "AC04"])
    #expect(transactions[1].references.endToEndID == "E2E-2")
    #expect(transactions[1].references.uetr == UETR("0f0e0d0c-0b0a-4908-8706-050403020102"))
    #expect(transactions[1].references.messageID == "PUENTE-1")
    #expect(transactions[1].references.paymentInformationID == "PUENTE-1-1")
    #expect(transactions[1].amount == money(20_000))
    guard case .group(let group) = events.last else {
        Issue.record("no group status at the end")
        return
    }
    #expect(group.status == .partlyAccepted)
    #expect(group.originalTransactions == 3)
    #expect(group.originalControlSum == "600.00")
    #expect(group.listedTransactions == 2)
}

@Test func aTransactionWithoutAStatusHasThatOfItsBlock() throws {
    let events = try events(
        report(
            version: "001.03", block: "<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>",
            transactions: "<TxInfAndSts><OrgnlEndToEndId>E2E-1</OrgnlEndToEndId></TxInfAndSts>"))
    #expect(events.transactions.map(\.fact) == [.status(.rejected)])
    #expect(events.transactions.map(\.reasonCode) == ["AM04"])
}

@Test func aStatusReportInTinyPiecesSaysTheSame() throws {
    let document = Array(report(transactions: transaction(1, accepted) + transaction(2, rejected)).utf8)
    #expect(try events(document, piece: 7) == events(document))
}

@Test func aStatusReportWhoseCountsDoNotAddUpIsRefusedWithItsLine() {
    let document = report(
        counts: counts(2, "ACSP", sum: "400.00"), transactions: transaction(1, accepted))
    #expect(refusal(document)?.reason == .totalsDiffer)
    #expect(refusal(document)?.line == 5)
}

@Test func aStatusReportWhoseSumsDoNotAddUpIsRefused() {
    let document = report(counts: counts(1, "ACSP", sum: "200.01"), transactions: transaction(1, accepted))
    #expect(refusal(document)?.reason == .totalsDiffer)
}

@Test func rejectionsThatAreCountedButNotListedAreRefused() {
    let document = report(
        counts: counts(1, "ACSP", sum: "200.00") + counts(1, "RJCT", sum: "200.00"),
        transactions: transaction(1, accepted))
    #expect(refusal(document)?.reason == .totalsDiffer)
}

@Test func moreTransactionsThanTheOriginalHasAreRefused() {
    let document = report(transactions: (1...4).map { transaction($0, accepted) }.joined())
    #expect(refusal(document)?.reason == .totalsDiffer)
}

@Test func valuesThatAreNotOfTheirTypeAreRefused() {
    #expect(refusal(report(transactions: transaction(1, accepted, amount: "2,00")))?.reason == .invalidValue)
    #expect(refusal(report(transactions: transaction(1, accepted, amount: "0.001")))?.reason == .invalidValue)
    #expect(refusal(report(transactions: transaction(1, accepted, amount: "-1")))?.reason == .invalidValue)
    let long = String(repeating: "x", count: 36)
    let document = report(transactions: "<TxInfAndSts><OrgnlEndToEndId>\(long)</OrgnlEndToEndId></TxInfAndSts>")
    #expect(refusal(document)?.reason == .invalidValue)
    #expect(refusal(report(transactions: "<TxInfAndSts>\(accepted)</TxInfAndSts>"))?.reason == .missingElement)
    #expect(
        refusal(report(transactions: transaction(1, accepted, amount: "1.00").replacing("PEN", with: "XXX")))
            == MessageRefusal(
                .unknownCurrency, line: 7, ["currency": "XXX", "element": "OrgnlTxRef/Amt/InstdAmt"]))
}

@Test func aLineThatNamesNothingAddsNothingToItsBlocksStatus() throws {
    // As some banks do, with the sum of the whole block in one nameless line.
    let nameless =
        "<TxInfAndSts><OrgnlTxRef><Amt><InstdAmt Ccy=\"PEN\">600.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>"
    let events = try events(
        report(group: "<GrpSts>ACCP</GrpSts>", block: "<PmtInfSts>ACCP</PmtInfSts>", transactions: nameless))
    #expect(events.transactions.isEmpty)
    guard case .paymentBlock(let block) = events[1], case .group(let group) = events[2] else {
        Issue.record("neither block nor group")
        return
    }
    #expect(block.status == .accepted && block.listedTransactions == 0)
    #expect(group.status == .accepted && group.listedTransactions == 0)
}
