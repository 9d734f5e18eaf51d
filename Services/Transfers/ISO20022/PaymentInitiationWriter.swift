import Vocabulary

/// Writes a customer credit transfer initiation, pain.001.001.09, transaction by transaction.
///
/// The head carries the totals, so they must be known first; ``finish()`` refuses a file whose transactions do not add
/// up to them. The bytes depend on the values alone.
public struct PaymentInitiationWriter: ~Copyable {
    private var output: XMLByteWriter
    private let head: PaymentInitiation
    private let fractionDigits: Int
    private let amountOpening: [UInt8]
    /// Transactions written so far.
    public private(set) var transactions: Int64 = 0
    /// Their sum in minor units.
    public private(set) var sumMinor: Int64 = 0

    /// Starts a file: checks and writes its head.
    public init(_ head: PaymentInitiation, sink: @escaping XMLByteWriter.Sink) throws {
        self.head = head
        fractionDigits = Currency(code: head.currency)?.fractionDigits ?? 0
        amountOpening = Array("</PmtId><Amt><InstdAmt Ccy=\"\(head.currency)\">".utf8)
        output = XMLByteWriter(sink: sink)
        try Self.check(head)
        try writeHead()
    }

    private static func check(_ head: PaymentInitiation) throws(WritingError) {
        func require(_ holds: Bool, _ name: String) throws(WritingError) {
            guard holds else { throw .invalidField(name: name, transaction: 0) }
        }
        try require(BankText.isReference(head.messageID), "messageID")
        try require(BankText.isReference(head.paymentInformationID), "paymentInformationID")
        try require(!head.characterSet.transliterated(head.initiatingParty).text.isEmpty, "initiatingParty")
        try require(!head.characterSet.transliterated(head.debtorName).text.isEmpty, "debtorName")
        try require(BankText.isAccount(head.debtorAccount), "debtorAccount")
        try require(BankText.isBIC(head.debtorBIC), "debtorBIC")
        try require(Currency(code: head.currency) != nil, "currency")
        try require(isISODate(head.executionDate), "executionDate")
        try require(BankText.isReference(head.createdAt), "createdAt")
        try require(head.transactions > 0, "transactions")
        try require(head.controlSumMinor > 0, "controlSumMinor")
    }

    private mutating func writeHead() throws {
        try output.raw(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
            <CstmrCdtTrfInitn>
            <GrpHdr><MsgId>
            """)
        try output.text(head.messageID)
        try output.raw("</MsgId><CreDtTm>")
        try output.text(head.createdAt)
        try output.raw("</CreDtTm>")
        try writeTotals()
        try output.raw("<InitgPty><Nm>")
        try output.text(head.initiatingParty, in: head.characterSet)
        try output.raw("</Nm></InitgPty></GrpHdr>\n<PmtInf><PmtInfId>")
        try output.text(head.paymentInformationID)
        try output.raw("</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>")
        try writeTotals()
        try output.raw("<ReqdExctnDt><Dt>")
        try output.text(head.executionDate)
        try output.raw("</Dt></ReqdExctnDt><Dbtr><Nm>")
        try output.text(head.debtorName, in: head.characterSet)
        try output.raw("</Nm></Dbtr><DbtrAcct>")
        var account = head.debtorAccount
        try account.withUTF8 { try writeAccount(UnsafeRawBufferPointer($0)) }
        try output.raw("</DbtrAcct><DbtrAgt><FinInstnId><BICFI>")
        try output.text(head.debtorBIC)
        try output.raw("</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>\n")
    }

    private mutating func writeTotals() throws {
        try output.raw("<NbOfTxs>")
        try output.count(head.transactions)
        try output.raw("</NbOfTxs><CtrlSum>")
        try output.amount(head.controlSumMinor, fractionDigits: fractionDigits)
        try output.raw("</CtrlSum>")
    }

    /// Writes one transaction.
    public mutating func add(_ transfer: BorrowedCreditTransfer) throws {
        let number = transactions + 1
        func require(_ holds: Bool, _ name: String) throws(WritingError) {
            guard holds else { throw .invalidField(name: name, transaction: number) }
        }
        try require(BankText.isReference(transfer.endToEndID), "endToEndID")
        try require(transfer.uetr.isVersion4, "uetr")
        // 18 digits in all is what the schema allows.
        try require((1..<1_000_000_000_000_000_000).contains(transfer.amountMinor), "amountMinor")
        try require(BankText.isBIC(transfer.creditorBIC), "creditorBIC")
        try require(BankText.isAccount(transfer.creditorAccount), "creditorAccount")
        let (sum, overflow) = sumMinor.addingReportingOverflow(transfer.amountMinor)
        try require(!overflow, "amountMinor")

        try output.raw("<CdtTrfTxInf><PmtId><EndToEndId>")
        try output.text(transfer.endToEndID, limit: BankText.longestReference)
        try output.raw("</EndToEndId><UETR>")
        try output.uetr(transfer.uetr)
        try output.raw("</UETR>")
        try amountOpening.withUnsafeBytes { try output.checked($0) }
        try output.amount(transfer.amountMinor, fractionDigits: fractionDigits)
        try output.raw("</InstdAmt></Amt><CdtrAgt><FinInstnId><BICFI>")
        try output.checked(transfer.creditorBIC)
        try output.raw("</BICFI></FinInstnId></CdtrAgt><Cdtr><Nm>")
        let nameEnd = output.position
        try output.text(transfer.creditorName, limit: BankText.longestName, in: head.characterSet)
        try require(output.position > nameEnd, "creditorName")
        try output.raw("</Nm></Cdtr><CdtrAcct>")
        try writeAccount(transfer.creditorAccount)
        try output.raw("</CdtrAcct>")
        if !transfer.remittance.isEmpty {
            try output.raw("<RmtInf><Ustrd>")
            try output.text(transfer.remittance, limit: BankText.longestName, in: head.characterSet)
            try output.raw("</Ustrd></RmtInf>")
        }
        try output.raw("</CdtTrfTxInf>\n")
        transactions = number
        sumMinor = sum
    }

    /// An IBAN has an element of its own.
    private mutating func writeAccount(_ account: UnsafeRawBufferPointer) throws {
        if CheckDigits.iban.hold(account) {
            try output.raw("<Id><IBAN>")
            try output.checked(account)
            try output.raw("</IBAN></Id>")
        } else {
            try output.raw("<Id><Othr><Id>")
            try output.text(account, limit: BankText.longestAccount)
            try output.raw("</Id></Othr></Id>")
        }
    }

    /// Writes one transaction. Its currency must be the file's, and its reference must be there.
    public mutating func add(_ transfer: CreditTransfer) throws {
        let number = transactions + 1
        guard transfer.amount.currency.code == head.currency else {
            throw WritingError.invalidField(name: "currency", transaction: number)
        }
        guard let uetr = transfer.uetr else { throw WritingError.invalidField(name: "uetr", transaction: number) }
        let fields = [
            transfer.endToEndID, transfer.creditorBIC, transfer.creditorName, transfer.creditorAccount,
            transfer.remittance,
        ].map { Array($0.utf8) }
        try fields[0].withUnsafeBytes { endToEndID in
            try fields[1].withUnsafeBytes { bic in
                try fields[2].withUnsafeBytes { name in
                    try fields[3].withUnsafeBytes { account in
                        try fields[4].withUnsafeBytes { remittance in
                            try add(
                                BorrowedCreditTransfer(
                                    endToEndID: endToEndID, uetr: uetr, amountMinor: transfer.amount.minorUnits,
                                    creditorBIC: bic, creditorName: name, creditorAccount: account,
                                    remittance: remittance))
                        }
                    }
                }
            }
        }
    }

    /// Ends the file and says how many bytes it has.
    public consuming func finish() throws -> Int {
        guard transactions == head.transactions, sumMinor == head.controlSumMinor else {
            throw WritingError.totalsDiffer(
                declaredTransactions: head.transactions, transactions: transactions,
                declaredSumMinor: head.controlSumMinor, sumMinor: sumMinor)
        }
        try output.raw("</PmtInf>\n</CstmrCdtTrfInitn>\n</Document>\n")
        try output.flush()
        return output.bytesWritten
    }
}

}

/// Whether the text has the shape `YYYY-MM-DD`.
func isISODate(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 10
        && text.utf8.enumerated().allSatisfy { index, byte in
            index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
        }
}
