import Vocabulary

/// Reads a customer credit transfer initiation, pain.001.001.03 and .09, as a bank does.
public final class PaymentInitiationReader {
    /// What the file says, in order.
    public enum Event: Sendable, Equatable {
        /// A payment block begins.
        case block(Block)
        /// A transaction of the block.
        case transaction(CreditTransfer)
        /// The file ends, and its totals agree with its transactions.
        case end(transactions: Int64, sum: Money?)
    }

    /// The head of the file and of a payment block.
    public struct Block: Sendable, Equatable {
        /// Version of the message, for instance `001.09`.
        public var version = ""
        /// The file's identifier.
        public var messageID = ""
        /// When it was made.
        public var createdAt = ""
        /// How many transactions the whole file declares.
        public var transactions: Int64 = 0
        /// Sum of the whole file, as written.
        public var controlSum: String?
        /// The block's identifier.
        public var paymentInformationID = ""
        /// Day on which the bank shall pay, ISO 8601.
        public var executionDate = ""
        /// Who pays.
        public var debtorName = ""
        /// The debtor's account.
        public var debtorAccount = ""
        /// The debtor's bank.
        public var debtorBIC = ""

        /// Nothing yet.
        public init() {}
    }

    private let stream: XMLStream
    private let outbox = Outbox()

    fileprivate final class Outbox {
        var events: [Event] = []
    }

    /// A reader of one file.
    public init(limits: ReadingLimits = ReadingLimits()) {
        let outbox = outbox
        stream = XMLStream(limits: limits) { namespace, line throws(MessageRefusal) in
            let prefix = "urn:iso:std:iso:20022:tech:xsd:pain.001."
            let version = String(namespace.dropFirst(prefix.count))
            guard namespace.hasPrefix(prefix), ["001.03", "001.09"].contains(version) else {
                throw MessageRefusal(.unknownMessage, line: line, ["found": String(namespace.prefix(80))])
            }
            return PaymentInitiationReceiver(version: version) { outbox.events.append($0) }
        }
    }

    /// Reads the next bytes of the file and appends what they say to `events`.
    public func feed(_ bytes: UnsafeRawBufferPointer, into events: inout [Event]) throws(MessageRefusal) {
        try stream.feed(bytes)
        drain(into: &events)
    }

    /// Ends the file and appends what was left to `events`.
    public func finish(into events: inout [Event]) throws(MessageRefusal) {
        try stream.finish()
        drain(into: &events)
    }

    private func drain(into events: inout [Event]) {
        events.append(contentsOf: outbox.events)
        outbox.events.removeAll(keepingCapacity: true)
    }
}

private final class PaymentInitiationReceiver: ElementReceiver {
    private enum Field: String, CaseIterable {
        case messageID = "GrpHdr/MsgId"
        case createdAt = "GrpHdr/CreDtTm"
        case transactions = "GrpHdr/NbOfTxs"
        case controlSum = "GrpHdr/CtrlSum"
        case block = "PmtInf"
        case blockID = "PmtInf/PmtInfId"
        case executionDay = "PmtInf/ReqdExctnDt"
        case executionDate = "PmtInf/ReqdExctnDt/Dt"
        case debtorName = "PmtInf/Dbtr/Nm"
        case debtorIBAN = "PmtInf/DbtrAcct/Id/IBAN"
        case debtorAccount = "PmtInf/DbtrAcct/Id/Othr/Id"
        case debtorBIC = "PmtInf/DbtrAgt/FinInstnId/BIC"
        case debtorBICFI = "PmtInf/DbtrAgt/FinInstnId/BICFI"
        case transaction = "PmtInf/CdtTrfTxInf"
        case instructionID = "PmtInf/CdtTrfTxInf/PmtId/InstrId"
        case endToEndID = "PmtInf/CdtTrfTxInf/PmtId/EndToEndId"
        case uetr = "PmtInf/CdtTrfTxInf/PmtId/UETR"
        case amount = "PmtInf/CdtTrfTxInf/Amt/InstdAmt"
        case creditorBIC = "PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/BIC"
        case creditorBICFI = "PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/BICFI"
        case creditorName = "PmtInf/CdtTrfTxInf/Cdtr/Nm"
        case creditorIBAN = "PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN"
        case creditorAccount = "PmtInf/CdtTrfTxInf/CdtrAcct/Id/Othr/Id"
        case remittance = "PmtInf/CdtTrfTxInf/RmtInf/Ustrd"
    }

    private static let fields = Field.allCases
    private static let elements = ElementTree(Field.self)

    let tree = PaymentInitiationReceiver.elements
    private let emit: (PaymentInitiationReader.Event) -> Void
    private var block = PaymentInitiationReader.Block()
    private var blockEmitted = false
    private var transfer = Transfer()
    private var sum = RunningSum()

    /// A transfer while it is read.
    private struct Transfer {
        var endToEndID = ""
        var uetr: UETR?
        var instructionID: String?
        var amount: Money?
        var creditorBIC = ""
        var creditorName = ""
        var creditorAccount = ""
        var remittance = ""
    }

    init(version: String, emit: @escaping (PaymentInitiationReader.Event) -> Void) {
        self.emit = emit
        block.version = version
    }

    func opened(_ field: Int, line: Int) throws(MessageRefusal) {
        switch Self.fields[field] {
        case .block: blockEmitted = false
        case .transaction:
            transfer = Transfer()
            if !blockEmitted { emit(.block(block)) }
            blockEmitted = true
        default: break
        }
    }

    func closed(_ field: Int, _ text: ElementText) throws(MessageRefusal) {
        switch Self.fields[field] {
        case .messageID: block.messageID = try text.identifier("GrpHdr/MsgId")
        case .createdAt: block.createdAt = text.string
        case .transactions: block.transactions = try text.count("GrpHdr/NbOfTxs")
        case .controlSum: block.controlSum = text.string
        case .blockID: block.paymentInformationID = try text.identifier("PmtInfId")
        case .executionDay: if !text.bytes.isEmpty { block.executionDate = text.date }
        case .executionDate: block.executionDate = text.date
        case .debtorName: block.debtorName = text.string
        case .debtorIBAN, .debtorAccount: block.debtorAccount = text.string
        case .debtorBIC, .debtorBICFI: block.debtorBIC = text.string
        case .instructionID: transfer.instructionID = try text.identifier("InstrId")
        case .endToEndID: transfer.endToEndID = try text.identifier("EndToEndId")
        case .uetr: transfer.uetr = try text.uetr()
        case .amount: transfer.amount = try text.amount("InstdAmt")
        case .creditorBIC, .creditorBICFI: transfer.creditorBIC = text.string
        case .creditorName: transfer.creditorName = text.string
        case .creditorIBAN, .creditorAccount: transfer.creditorAccount = text.string
        case .remittance: transfer.remittance = text.string
        case .transaction:
            guard !transfer.endToEndID.isEmpty, let amount = transfer.amount else {
                throw MessageRefusal(
                    .missingElement, line: text.line,
                    [
                        "element": transfer.endToEndID.isEmpty
                            ? "CdtTrfTxInf/PmtId/EndToEndId" : "CdtTrfTxInf/Amt/InstdAmt"
                    ])
            }
            sum.add(amount)
            emit(
                .transaction(
                    CreditTransfer(
                        endToEndID: transfer.endToEndID, uetr: transfer.uetr, instructionID: transfer.instructionID,
                        amount: amount, creditorBIC: transfer.creditorBIC, creditorName: transfer.creditorName,
                        creditorAccount: transfer.creditorAccount, remittance: transfer.remittance)))
        case .block: break
        }
    }

    func finished(line: Int) throws(MessageRefusal) {
        guard !block.messageID.isEmpty else {
            throw MessageRefusal(.missingElement, line: line, ["element": "GrpHdr/MsgId"])
        }
        guard sum.count == block.transactions else {
            throw MessageRefusal(
                .totalsDiffer, line: line,
                ["what": "GrpHdr/NbOfTxs", "declared": String(block.transactions), "found": String(sum.count)])
        }
        if let declared = block.controlSum, let total = sum.total {
            guard ExactDecimal.units(declared, fractionDigits: total.currency.fractionDigits) == total.minorUnits else {
                throw MessageRefusal(
                    .totalsDiffer, line: line,
                    ["what": "GrpHdr/CtrlSum", "declared": String(declared.prefix(30)), "found": total.number])
            }
        }
        emit(.end(transactions: sum.count, sum: sum.total))
    }
}
