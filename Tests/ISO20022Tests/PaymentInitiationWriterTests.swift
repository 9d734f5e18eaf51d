import ISO20022
import Testing
import Vocabulary

private let head = PaymentInitiation(
    messageID: "PUENTE-1", createdAt: "2024-09-01T08:00:00Z", paymentInformationID: "PUENTE-1-1",
    executionDate: "2024-09-10", initiatingParty: "Programa Juntos", debtorName: "Programa Juntos & Cía",
    debtorAccount: "00-000-123456", debtorBIC: "BANCPEPL",
    characterSet: .unicode, currency: "PEN", transactions: 2, controlSumMinor: 20_005)

private func transfer(_ number: Int, name: String = "Rosa Quispe", amount: Int64 = 20_000) -> CreditTransfer {
    CreditTransfer(
        endToEndID: "E2E-\(number)", uetr: UETR("0f0e0d0c-0b0a-4908-8706-05040302010\(number)"),
        amount: money(amount), creditorBIC: "BANCPEPLXXX", creditorName: name,
        creditorAccount: "04-123-456789", remittance: "Juntos 2024-4")
}

private func write(_ transfers: [CreditTransfer], head: PaymentInitiation = head) throws -> [UInt8] {
    let collected = Collected()
    var writer = try PaymentInitiationWriter(head) { collected.bytes.append(contentsOf: $0) }
    for transfer in transfers { try writer.add(transfer) }
    let count = try writer.finish()
    #expect(count == collected.bytes.count)
    return collected.bytes
}

@Test func aPaymentFileCarriesItsTotalsAndExactAmounts() throws {
    let text = String(decoding: try write([transfer(1), transfer(2, amount: 5)]), as: UTF8.self)
    #expect(text.components(of: "<NbOfTxs>2</NbOfTxs><CtrlSum>200.05</CtrlSum>") == 2)
    #expect(text.contains("<InstdAmt Ccy=\"PEN\">200.00</InstdAmt>"))
    #expect(text.contains("<InstdAmt Ccy=\"PEN\">0.05</InstdAmt>"))
    #expect(text.contains("<UETR>0f0e0d0c-0b0a-4908-8706-050403020101</UETR>"))
    #expect(text.contains("<Nm>Programa Juntos &amp; Cía</Nm>"))
}

@Test func theSamePaymentsGiveTheSameBytes() throws {
    let transfers = [transfer(1), transfer(2, amount: 5)]
    #expect(try write(transfers) == write(transfers))
}

@Test func aPaymentFileIsReadBackAsItWasWritten() throws {
    let transfers = [transfer(1, name: "Ñusta <Ch'aska> \"Ñ\" & Hija"), transfer(2, amount: 5)]
    let bytes = try write(transfers)
    let reader = PaymentInitiationReader()
    var events: [PaymentInitiationReader.Event] = []
    try bytes.withUnsafeBytes { try reader.feed($0, into: &events) }
    try reader.finish(into: &events)
    #expect(events.count == 4)
    #expect(events[1...2] == [.transaction(transfers[0]), .transaction(transfers[1])])
    #expect(events[3] == .end(transactions: 2, sum: money(20_005)))
}

@Test func aPaymentFileThatDoesNotAddUpIsNotFinished() throws {
    #expect(
        throws: WritingError.totalsDiffer(
            declaredTransactions: 2, transactions: 1, declaredSumMinor: 20_005, sumMinor: 20_000)
    ) { try write([transfer(1)]) }
}

@Test func controlCharactersBecomeSpacesAndLongNamesAreCutAtCharacters() throws {
    let long = "\u{1}A\tB\u{85}\u{FEFF}\r\nC" + String(repeating: "ñ", count: 200)
    let text = String(
        decoding: try write([transfer(1, name: long), transfer(2, amount: 5)]), as: UTF8.self)
    let names = text.split(separator: "<Cdtr><Nm>").dropFirst().map { $0.prefix { $0 != "<" } }
    #expect(names[0] == "A B C" + String(repeating: "ñ", count: 135))
    #expect(names[0].unicodeScalars.count == 140)
}

@Test(arguments: ["", "  ", "\u{7}", "\u{202E}"]) func aPayeeWithoutANameIsNotWritten(name: String) throws {
    #expect(throws: WritingError.invalidField(name: "creditorName", transaction: 1)) {
        try write([transfer(1, name: name), transfer(2, amount: 5)])
    }
    var nameless = head
    nameless.debtorName = name
    #expect(throws: WritingError.invalidField(name: "debtorName", transaction: 0)) {
        try write([transfer(1), transfer(2, amount: 5)], head: nameless)
    }
}

@Test func namesAreWrittenAsTheBanksCharacterSetAllows() throws {
    var strict = head
    strict.characterSet = .swiftX
    let name = "/Ñusta <Ch'aska> \u{1F600} Muñoz//Pérez & Hija"
    let text = String(
        decoding: try write([transfer(1, name: name), transfer(2, amount: 5)], head: strict), as: UTF8.self)
    #expect(text.contains("<Cdtr><Nm>Nusta Ch&apos;aska Munoz/Perez + Hija</Nm></Cdtr>"))
    #expect(text.contains("<Nm>Programa Juntos + Cia</Nm>"))
}

@Test func anIBANHasItsOwnElement() throws {
    var abroad = transfer(1)
    abroad.creditorAccount = "GB82WEST12345698765432"
    let text = String(decoding: try write([abroad, transfer(2, amount: 5)]), as: UTF8.self)
    #expect(text.contains("<CdtrAcct><Id><IBAN>GB82WEST12345698765432</IBAN></Id></CdtrAcct>"))
    #expect(text.contains("<Id><Othr><Id>04-123-456789</Id></Othr></Id>"))
}

@Test(arguments: ["", "a//b", "/a", "x_y", "ñ", String(repeating: "a", count: 36)])
func anIdentifierThatABankCouldChangeIsRefused(identifier: String) throws {
    var bad = transfer(1)
    bad.endToEndID = identifier
    #expect(throws: WritingError.invalidField(name: "endToEndID", transaction: 1)) { try write([bad]) }
}

@Test func anAccountNumberKeepsItsOwnShapeAndIsEscaped() throws {
    var odd = transfer(1)
    odd.creditorAccount = "/04_123<&>"
    let text = String(decoding: try write([odd, transfer(2, amount: 5)]), as: UTF8.self)
    #expect(text.contains("<Id>/04_123&lt;&amp;&gt;</Id>"))
    for account in ["", "0 4", "ñ", String(repeating: "1", count: 35)] {
        odd.creditorAccount = account
        #expect(throws: WritingError.invalidField(name: "creditorAccount", transaction: 1)) { try write([odd]) }
    }
}

@Test func anAmountThatIsNotAboveZeroIsRefused() throws {
    for amount in [0, -1, Int64.max] {
        #expect(throws: WritingError.invalidField(name: "amountMinor", transaction: 1)) {
            try write([transfer(1, amount: amount)])
        }
    }
}

@Test func currenciesHaveTheirOwnNumberOfDigits() throws {
    let clp = try #require(Currency(code: "CLP"))
    var pesos = head
    pesos.currency = "CLP"
    var transfers = [transfer(1), transfer(2, amount: 5)]
    for index in transfers.indices { transfers[index].amount.currency = clp }
    let text = String(decoding: try write(transfers, head: pesos), as: UTF8.self)
    #expect(text.contains("<InstdAmt Ccy=\"CLP\">20000</InstdAmt>"))
    #expect(text.contains("<CtrlSum>20005</CtrlSum>"))
}

@Test(.needsReferenceData) func paymentFilesAreValidByTheSchema() throws {
    let name = "\u{0}\u{B}Ñandú <&>'\" 名前 \u{1F600} \u{FFFE}" + String(repeating: "é", count: 150)
    let bytes = try write([transfer(1, name: name), transfer(2, amount: 5)])
    #expect(try xmllint(bytes, schema: "pain.001.001.09.xsd") == "")
}

@Test func aReferenceKeepsItsTextAndItsVersion() throws {
    let uetr = UETR(high: 0xFFFF_FFFF_FFFF_FFFF, low: 0xFFFF_FFFF_FFFF_FFFF)
    #expect(!uetr.isVersion4)
    #expect(uetr.asVersion4.isVersion4)
    #expect(uetr.asVersion4.description == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    #expect(UETR(uetr.asVersion4.description.uppercased()) == uetr.asVersion4)
    #expect(UETR("ffffffff-ffff-4fff-bfff-fffffffffff") == nil)
    #expect(UETR("ffffffffffff-4fff-bfff-ffffffffffff-") == nil)
}

extension String {
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
