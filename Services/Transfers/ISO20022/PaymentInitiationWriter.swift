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
        try require(MessageText.isIdentifier(head.messageID, limit: 35), "messageID")
        try require(MessageText.isIdentifier(head.paymentInformationID, limit: 35), "paymentInformationID")
        try require(Array(head.debtorAccount.utf8).withUnsafeBytes(MessageText.isAccountNumber), "debtorAccount")
        try require(isBIC(Array(head.debtorBIC.utf8)), "debtorBIC")
        try require(Currency(code: head.currency) != nil, "currency")
        try require(isISODate(head.executionDate), "executionDate")
        try require(MessageText.isIdentifier(head.createdAt, limit: 35), "createdAt")
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
        try output.text(head.initiatingParty)
        try output.raw("</Nm></InitgPty></GrpHdr>\n<PmtInf><PmtInfId>")
        try output.text(head.paymentInformationID)
        try output.raw("</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>")
        try writeTotals()
        try output.raw("<ReqdExctnDt><Dt>")
        try output.text(head.executionDate)
        try output.raw("</Dt></ReqdExctnDt><Dbtr><Nm>")
        try output.text(head.debtorName)
        try output.raw("</Nm></Dbtr><DbtrAcct><Id><Othr><Id>")
        try output.text(head.debtorAccount)
        try output.raw("</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId><BICFI>")
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
        try require(MessageText.isIdentifier(transfer.endToEndID, limit: 35), "endToEndID")
        try require(transfer.uetr.isVersion4, "uetr")
        // 18 digits in all is what the schema allows.
        try require((1..<1_000_000_000_000_000_000).contains(transfer.amountMinor), "amountMinor")
        try require(isBIC(transfer.creditorBIC), "creditorBIC")
        try require(MessageText.isAccountNumber(transfer.creditorAccount), "creditorAccount")
        let (sum, overflow) = sumMinor.addingReportingOverflow(transfer.amountMinor)
        try require(!overflow, "amountMinor")

        try output.raw("<CdtTrfTxInf><PmtId><EndToEndId>")
        try output.text(transfer.endToEndID, limit: 35)
        try output.raw("</EndToEndId><UETR>")
        try output.uetr(transfer.uetr)
        try output.raw("</UETR>")
        try amountOpening.withUnsafeBytes { try output.checked($0) }
        try output.amount(transfer.amountMinor, fractionDigits: fractionDigits)
        try output.raw("</InstdAmt></Amt><CdtrAgt><FinInstnId><BICFI>")
        try output.checked(transfer.creditorBIC)
        try output.raw("</BICFI></FinInstnId></CdtrAgt><Cdtr><Nm>")
        try output.text(transfer.creditorName, limit: 140)
        try output.raw("</Nm></Cdtr><CdtrAcct><Id><Othr><Id>")
        try output.text(transfer.creditorAccount, limit: 34)
        try output.raw("</Id></Othr></Id></CdtrAcct>")
        if !transfer.remittance.isEmpty {
            try output.raw("<RmtInf><Ustrd>")
            try output.text(transfer.remittance, limit: 140)
            try output.raw("</Ustrd></RmtInf>")
        }
        try output.raw("</CdtTrfTxInf>\n")
        transactions = number
        sumMinor = sum
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

/// Whether the bytes have the shape of `BICFIDec2014Identifier`: eight or eleven capitals and digits, the fifth and
/// sixth being letters.
func isBIC(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
    guard bytes.count == 8 || bytes.count == 11 else { return false }
    for (index, byte) in bytes.enumerated() {
        switch byte {
        case 0x41...0x5A: continue
        case 0x30...0x39 where index != 4 && index != 5: continue
        default: return false
        }
    }
    return true
}

/// Whether the text has the shape `YYYY-MM-DD`.
func isISODate(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 10
        && text.utf8.enumerated().allSatisfy { index, byte in
            index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
        }
}
