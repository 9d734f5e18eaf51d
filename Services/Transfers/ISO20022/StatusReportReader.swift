/// Reads a customer payment status report: pain.002.001.03 and .10.
final class StatusReportReader: ElementReceiver {
    /// The elements that are looked at; everything else is skipped.
    private enum Field: String, CaseIterable {
        case messageID = "GrpHdr/MsgId"
        case createdAt = "GrpHdr/CreDtTm"
        case debtorBIC = "GrpHdr/DbtrAgt/FinInstnId/BIC"
        case debtorBICFI = "GrpHdr/DbtrAgt/FinInstnId/BICFI"
        case groupMessageID = "OrgnlGrpInfAndSts/OrgnlMsgId"
        case groupTransactions = "OrgnlGrpInfAndSts/OrgnlNbOfTxs"
        case groupControlSum = "OrgnlGrpInfAndSts/OrgnlCtrlSum"
        case groupStatus = "OrgnlGrpInfAndSts/GrpSts"
        case groupReason = "OrgnlGrpInfAndSts/StsRsnInf/Rsn/Cd"
        case groupOwnReason = "OrgnlGrpInfAndSts/StsRsnInf/Rsn/Prtry"
        case groupPerStatus = "OrgnlGrpInfAndSts/NbOfTxsPerSts"
        case groupPerStatusCount = "OrgnlGrpInfAndSts/NbOfTxsPerSts/DtldNbOfTxs"
        case groupPerStatusCode = "OrgnlGrpInfAndSts/NbOfTxsPerSts/DtldSts"
        case groupPerStatusSum = "OrgnlGrpInfAndSts/NbOfTxsPerSts/DtldCtrlSum"
        case block = "OrgnlPmtInfAndSts"
        case blockID = "OrgnlPmtInfAndSts/OrgnlPmtInfId"
        case blockTransactions = "OrgnlPmtInfAndSts/OrgnlNbOfTxs"
        case blockControlSum = "OrgnlPmtInfAndSts/OrgnlCtrlSum"
        case blockStatus = "OrgnlPmtInfAndSts/PmtInfSts"
        case blockReason = "OrgnlPmtInfAndSts/StsRsnInf/Rsn/Cd"
        case blockOwnReason = "OrgnlPmtInfAndSts/StsRsnInf/Rsn/Prtry"
        case blockPerStatus = "OrgnlPmtInfAndSts/NbOfTxsPerSts"
        case blockPerStatusCount = "OrgnlPmtInfAndSts/NbOfTxsPerSts/DtldNbOfTxs"
        case blockPerStatusCode = "OrgnlPmtInfAndSts/NbOfTxsPerSts/DtldSts"
        case blockPerStatusSum = "OrgnlPmtInfAndSts/NbOfTxsPerSts/DtldCtrlSum"
        case transaction = "OrgnlPmtInfAndSts/TxInfAndSts"
        case instructionID = "OrgnlPmtInfAndSts/TxInfAndSts/OrgnlInstrId"
        case endToEndID = "OrgnlPmtInfAndSts/TxInfAndSts/OrgnlEndToEndId"
        case uetr = "OrgnlPmtInfAndSts/TxInfAndSts/OrgnlUETR"
        case status = "OrgnlPmtInfAndSts/TxInfAndSts/TxSts"
        case reason = "OrgnlPmtInfAndSts/TxInfAndSts/StsRsnInf/Rsn/Cd"
        case ownReason = "OrgnlPmtInfAndSts/TxInfAndSts/StsRsnInf/Rsn/Prtry"
        case acceptedAt = "OrgnlPmtInfAndSts/TxInfAndSts/AccptncDtTm"
        case servicerReference = "OrgnlPmtInfAndSts/TxInfAndSts/AcctSvcrRef"
        case amount = "OrgnlPmtInfAndSts/TxInfAndSts/OrgnlTxRef/Amt/InstdAmt"
    }

    private static let fields = Field.allCases
    private static let elements = ElementTree(Field.self)

    let tree = StatusReportReader.elements
    private let version: String
    private let totals: TotalsPolicy
    private let emit: (BankEvent) -> Void

    private var head: BankMessageHead
    private var headEmitted = false
    private var group = ReportedGroup(line: 0)
    private var groupTotals = StatusTotals()
    private var block: ReportedGroup?
    private var blockTotals = StatusTotals()
    private var transaction = ReportedTransaction(line: 0, fact: .status(.received))

    init(version: String, totals: TotalsPolicy, emit: @escaping (BankEvent) -> Void) {
        self.version = version
        self.totals = totals
        self.emit = emit
        head = BankMessageHead(kind: .pain002, version: version, messageID: "", createdAt: "")
    }

    func opened(_ field: Int, line: Int) throws(MessageRefusal) {
        switch Self.fields[field] {
        case .block:
            try emitHead(line)
            block = ReportedGroup(line: line, originalMessageID: group.originalMessageID)
            blockTotals = StatusTotals()
        case .transaction:
            transaction = ReportedTransaction(line: line, fact: .status(.received))
        default: break
        }
    }

    func closed(_ field: Int, _ text: ElementText) throws(MessageRefusal) {
        switch Self.fields[field] {
        case .messageID: head.messageID = try text.identifier("GrpHdr/MsgId")
        case .createdAt: head.createdAt = text.string
        case .debtorBIC, .debtorBICFI: head.servicer = text.string
        case .groupMessageID: group.originalMessageID = try text.identifier("OrgnlMsgId")
        case .groupTransactions: group.originalTransactions = try text.count("OrgnlNbOfTxs")
        case .groupControlSum: group.originalControlSum = text.string
        case .groupStatus: group.set(try text.code("GrpSts"))
        case .groupReason, .groupOwnReason:
            if group.reasonCode == nil { group.reasonCode = try text.code("StsRsnInf/Rsn") }
        case .groupPerStatusCount: groupTotals.open.count = try text.count("DtldNbOfTxs")
        case .groupPerStatusCode: groupTotals.open.code = try text.code("DtldSts")
        case .groupPerStatusSum: groupTotals.open.sum = text.string
        case .blockPerStatusCount: blockTotals.open.count = try text.count("DtldNbOfTxs")
        case .blockPerStatusCode: blockTotals.open.code = try text.code("DtldSts")
        case .blockPerStatusSum: blockTotals.open.sum = text.string
        case .groupPerStatus: try groupTotals.endDeclaration(text.line)
        case .blockPerStatus: try blockTotals.endDeclaration(text.line)
        case .blockID: block?.paymentInformationID = try text.identifier("OrgnlPmtInfId")
        case .blockTransactions: block?.originalTransactions = try text.count("OrgnlNbOfTxs")
        case .blockControlSum: block?.originalControlSum = text.string
        case .blockStatus: block?.set(try text.code("PmtInfSts"))
        case .blockReason, .blockOwnReason:
            if block?.reasonCode == nil { block?.reasonCode = try text.code("StsRsnInf/Rsn") }
        case .instructionID: transaction.references.instructionID = try text.reference("OrgnlInstrId")
        case .endToEndID: transaction.references.endToEndID = try text.reference("OrgnlEndToEndId")
        case .uetr: transaction.references.uetr = try text.uetr()
        case .status: transaction.statusCode = try text.code("TxSts")
        case .reason, .ownReason:
            if transaction.reasonCode == nil { transaction.reasonCode = try text.code("StsRsnInf/Rsn") }
        case .acceptedAt: transaction.bookingDate = text.date
        case .servicerReference: transaction.references.servicerReference = text.string
        case .amount: transaction.amount = try text.amount("OrgnlTxRef/Amt/InstdAmt")
        case .transaction: try endTransaction(text.line)
        case .block: try endBlock(text.line)
        }
    }

    private func emitHead(_ line: Int) throws(MessageRefusal) {
        guard !headEmitted else { return }
        guard !head.messageID.isEmpty else {
            throw MessageRefusal(.missingElement, line: line, ["element": "GrpHdr/MsgId"])
        }
        guard !group.originalMessageID.isEmpty else {
            throw MessageRefusal(.missingElement, line: line, ["element": "OrgnlGrpInfAndSts/OrgnlMsgId"])
        }
        headEmitted = true
        emit(.head(head))
    }

    private func endTransaction(_ line: Int) throws(MessageRefusal) {
        guard transaction.references.namesTransaction else {
            // A line that names nothing adds nothing to its block's status, and must not say another.
            let whole = [block?.statusCode, group.statusCode].compactMap { $0 }.first { !$0.isEmpty } ?? ""
            guard transaction.statusCode.isEmpty || transaction.statusCode == whole else {
                throw MessageRefusal(.missingElement, line: line, ["element": "TxInfAndSts/OrgnlEndToEndId"])
            }
            return
        }
        transaction.line = line
        transaction.references.messageID = group.originalMessageID
        transaction.references.paymentInformationID = block?.paymentInformationID
        if transaction.statusCode.isEmpty {
            // Without a status of its own, a transaction has that of its block or file.
            transaction.statusCode =
                [block?.statusCode, group.statusCode].compactMap { $0 }.first { !$0.isEmpty } ?? ""
            transaction.reasonCode = transaction.reasonCode ?? block?.reasonCode ?? group.reasonCode
        }
        guard !transaction.statusCode.isEmpty else {
            throw MessageRefusal(.missingElement, line: line, ["element": "TxInfAndSts/TxSts"])
        }
        transaction.fact = .status(PaymentStatus(code: transaction.statusCode))
        group.listedTransactions += 1
        block?.listedTransactions += 1
        try groupTotals.add(transaction.statusCode, transaction.amount, line)
        try blockTotals.add(transaction.statusCode, transaction.amount, line)
        emit(.transaction(transaction))
    }

    private func endBlock(_ line: Int) throws(MessageRefusal) {
        guard var block else { return }
        guard block.paymentInformationID != nil else {
            throw MessageRefusal(.missingElement, line: line, ["element": "OrgnlPmtInfAndSts/OrgnlPmtInfId"])
        }
        block.line = line
        if totals == .verified { try blockTotals.verify(block, inherited: group.status, line: line) }
        emit(.paymentBlock(block))
        self.block = nil
    }

    func finished(line: Int) throws(MessageRefusal) {
        try emitHead(line)
        group.line = line
        if totals == .verified { try groupTotals.verify(group, inherited: nil, line: line) }
        emit(.group(group))
    }
}

extension ReportedGroup {
    fileprivate init(line: Int, originalMessageID: String = "") {
        self.init(
            line: line, originalMessageID: originalMessageID, paymentInformationID: nil, status: nil, statusCode: "",
            reasonCode: nil, originalTransactions: nil, originalControlSum: nil, listedTransactions: 0)
    }

    fileprivate mutating func set(_ code: String) {
        statusCode = code
        status = PaymentStatus(code: statusCode)
    }
}
