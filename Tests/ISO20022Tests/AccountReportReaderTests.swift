import ISO20022
import Testing

private func notification(_ body: String, kind: String = "camt.054", version: String = "001.08") -> String {
    let (root, report) = kind == "camt.054" ? ("BkToCstmrDbtCdtNtfctn", "Ntfctn") : ("BkToCstmrStmt", "Stmt")
    return """
        <?xml version="1.0"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:\(kind).\(version)"><\(root)>
        <GrpHdr><MsgId>BK-2</MsgId><CreDtTm>2024-09-10T18:00:00Z</CreDtTm></GrpHdr>
        <\(report)><Id>BK-2-1</Id><Acct><Id><Othr><Id>1</Id></Othr></Id></Acct>
        \(body)
        </\(report)></\(root)></Document>
        """
}

private func entry(
    _ amount: String, _ direction: String, status: String = "<Sts><Cd>BOOK</Cd></Sts>", reversal: Bool = false,
    details: String = ""
) -> String {
    """
    <Ntry><Amt Ccy="PEN">\(amount)</Amt><CdtDbtInd>\(direction)</CdtDbtInd>\
    \(reversal ? "<RvslInd>true</RvslInd>" : "")\(status)<BookgDt><Dt>2024-09-10</Dt></BookgDt>\
    <NtryDtls>\(details)</NtryDtls></Ntry>
    """
}

private func details(_ number: Int, amount: String? = "200.00", more: String = "") -> String {
    "<TxDtls><Refs><EndToEndId>E2E-\(number)</EndToEndId></Refs>"
        + (amount.map { "<Amt Ccy=\"PEN\">\($0)</Amt>" } ?? "") + more + "</TxDtls>"
}

private let batch =
    "<Btch><PmtInfId>PUENTE-1-1</PmtInfId><NbOfTxs>2</NbOfTxs><TtlAmt Ccy=\"PEN\">400.00</TtlAmt></Btch>"
private let returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"

@Test func aBatchDebitGivesItsTransactionsAsDebited() throws {
    let events = try events(
        notification(entry("400.00", "DBIT", details: batch + details(1) + details(2))))
    #expect(events.transactions.map(\.fact) == [.debited, .debited])
    #expect(events.transactions.map(\.references.endToEndID) == ["E2E-1", "E2E-2"])
    #expect(events.transactions.map(\.references.paymentInformationID) == ["PUENTE-1-1", "PUENTE-1-1"])
    #expect(events.transactions.map(\.bookingDate) == ["2024-09-10", "2024-09-10"])
    #expect(events.transactions.map(\.amount?.minorUnits) == [20_000, 20_000])
}

@Test func aCreditWithAReturnReasonIsCredited() throws {
    let events = try events(notification(entry("200.00", "CRDT", details: details(1, amount: nil, more: returned))))
    #expect(events.transactions.map(\.fact) == [.credited])
    #expect(events.transactions.map(\.reasonCode) == ["AC04"])
    #expect(events.transactions.map(\.amount) == [money(20_000)])
}

@Test func statusesOfBothVersionsAreRead() throws {
    let old = entry("200.00", "DBIT", status: "<Sts>BOOK</Sts>", details: details(1, amount: nil))
    #expect(try events(notification(old, version: "001.02")).transactions.map(\.fact) == [.debited])
    let pending = entry("200.00", "DBIT", status: "<Sts><Cd>PDNG</Cd></Sts>", details: details(1))
    #expect(try events(notification(pending)).transactions.map(\.fact) == [.notBooked])
}

@Test func anEntryWhoseTransactionsDoNotSumToItIsRefused() {
    let document = notification(entry("400.01", "DBIT", details: details(1) + details(2)))
    #expect(refusal(document)?.reason == .totalsDiffer)
    #expect(refusal(document)?.line == 5)
}

@Test func aBatchWithAnotherNumberOfTransactionsIsRefused() {
    #expect(refusal(notification(entry("200.00", "DBIT", details: batch + details(1))))?.reason == .totalsDiffer)
}

@Test(arguments: [
    ("TtlNtries", "2", "200.00"), ("TtlNtries", "1", "200.01"), ("TtlDbtNtries", "1", "0.00"),
    ("TtlCdtNtries", "1", "200.00"),
])
func declaredEntriesThatAreNotThereAreRefused(element: String, count: String, sum: String) {
    let summary =
        "<TxsSummry><\(element)><NbOfNtries>\(count)</NbOfNtries><Sum>\(sum)</Sum></\(element)></TxsSummry>"
    let document = notification(summary + entry("200.00", "DBIT", details: details(1)))
    #expect(refusal(document)?.reason == .totalsDiffer)
}

@Test func balancesMustFollowFromTheEntries() throws {
    func balance(_ code: String, _ amount: String) -> String {
        "<Bal><Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp><Amt Ccy=\"PEN\">\(amount)</Amt>"
            + "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-09-10</Dt></Dt></Bal>"
    }
    func statement(closing: String) -> String {
        notification(
            balance("OPBD", "1000.00") + balance("CLBD", closing)
                + entry("300.00", "DBIT", details: details(1, amount: nil))
                + entry("50.00", "CRDT") + entry("7.00", "CRDT", status: "<Sts><Cd>INFO</Cd></Sts>"),
            kind: "camt.053")
    }
    #expect(try events(statement(closing: "750.00")).transactions.count == 3)
    #expect(refusal(statement(closing: "757.00"))?.reason == .totalsDiffer)
}

@Test func anEntryAndDetailsThatCallItADebitAndACreditAreContradictory() throws {
    let details = [
        details(1, more: returned), details(1, more: "<CdtDbtInd>CRDT</CdtDbtInd>"),
        details(1, more: "<CdtDbtInd>DBIT</CdtDbtInd>"),
    ]
    let found = try details.map { try events(notification(entry("200.00", "DBIT", details: $0))).transactions[0] }
    #expect(found.map(\.isContradictory) == [true, true, false])
}

@Test func aBatchThatIsBookedInOneSumIsOne() throws {
    let events = try events(notification(entry("400.00", "DBIT", details: batch)))
    guard case .batch(let found) = events[1], case .report(let account) = events[2] else {
        Issue.record("neither batch nor account")
        return
    }
    #expect(events.transactions.isEmpty)
    #expect(found.paymentInformationID == "PUENTE-1-1" && found.messageID == nil)
    #expect(found.fact == .debited && found.transactions == 2)
    #expect(found.amount == money(40_000) && found.sum == money(40_000))
    #expect(account.number == "1")
}

@Test func transactionsWithoutAmountsAreLeftToBeAddedUp() throws {
    let events = try events(
        notification(entry("9999.00", "DBIT", details: details(1, amount: nil) + details(2, amount: nil))))
    #expect(events.transactions.map(\.amount) == [nil, nil])
    guard case .entry(let entry) = events[3] else {
        Issue.record("no entry")
        return
    }
    #expect(entry.amount == money(999_900) && entry.transactions == 2 && entry.entry == 1)
}

@Test func anOnlyTransactionIsBookedWithItsEntrysAmountAndKeepsWhatWasInstructed() throws {
    let charges = "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"PEN\">5.00</TtlChrgsAndTaxAmt></Chrgs>"
    let instructed = "<AmtDtls><InstdAmt><Amt Ccy=\"PEN\">200.00</Amt></InstdAmt></AmtDtls>"
    for more in [charges, instructed] {
        let details = details(1, amount: more == charges ? "195.00" : nil, more: more + returned)
        let found = try events(notification(entry("195.00", "CRDT", details: details))).transactions[0]
        #expect(found.amount == money(19_500))
        #expect(found.hasCharges == (more == charges))
        #expect(found.instructed == money(more == charges ? 19_500 : 20_000))
    }
}

@Test func daysThatTheCalendarDoesNotHaveAreHandedOnAsTheyAreWritten() throws {
    let document = notification(entry("200.00", "DBIT", details: details(1))).replacing(
        "2024-09-10<", with: "2024-02-31<")
    #expect(try events(document).transactions.map(\.bookingDate) == ["2024-02-31"])
}

@Test func pagesAreCounted() throws {
    let document = notification(entry("200.00", "DBIT", details: details(1))).replacing(
        "<MsgId>BK-2</MsgId>",
        with: "<MsgId>BK-2</MsgId><MsgPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></MsgPgntn>")
    guard case .head(let head) = try events(document).first else {
        Issue.record("no head")
        return
    }
    #expect(head.page == 2)
}
