/// Reads a statement or a notification of debits and credits: camt.053 and camt.054, versions 001.02 and 001.08.
final class AccountReportReader: ElementReceiver {
    /// The elements that are looked at. `Report` stands for `Stmt` or `Ntfctn`.
    private enum Field: String, CaseIterable {
        case messageID = "GrpHdr/MsgId"
        case createdAt = "GrpHdr/CreDtTm"
        case pageNumber = "GrpHdr/MsgPgntn/PgNb"
        case lastPage = "GrpHdr/MsgPgntn/LastPgInd"
        case report = "Report"
        case accountIBAN = "Report/Acct/Id/IBAN"
        case accountNumber = "Report/Acct/Id/Othr/Id"
        case accountCurrency = "Report/Acct/Ccy"
        case servicerBIC = "Report/Acct/Svcr/FinInstnId/BIC"
        case servicerBICFI = "Report/Acct/Svcr/FinInstnId/BICFI"
        case balance = "Report/Bal"
        case balanceType = "Report/Bal/Tp/CdOrPrtry/Cd"
        case balanceAmount = "Report/Bal/Amt"
        case balanceDirection = "Report/Bal/CdtDbtInd"
        case entriesCount = "Report/TxsSummry/TtlNtries/NbOfNtries"
        case entriesSum = "Report/TxsSummry/TtlNtries/Sum"
        case creditsCount = "Report/TxsSummry/TtlCdtNtries/NbOfNtries"
        case creditsSum = "Report/TxsSummry/TtlCdtNtries/Sum"
        case debitsCount = "Report/TxsSummry/TtlDbtNtries/NbOfNtries"
        case debitsSum = "Report/TxsSummry/TtlDbtNtries/Sum"
        case entry = "Report/Ntry"
        case entryAmount = "Report/Ntry/Amt"
        case entryDirection = "Report/Ntry/CdtDbtInd"
        case entryReversal = "Report/Ntry/RvslInd"
        case entryStatus = "Report/Ntry/Sts"
        case entryStatusCode = "Report/Ntry/Sts/Cd"
        case bookingDate = "Report/Ntry/BookgDt/Dt"
        case bookingTime = "Report/Ntry/BookgDt/DtTm"
        case entryReference = "Report/Ntry/AcctSvcrRef"
        case entryCharges = "Report/Ntry/Chrgs"
        case details = "Report/Ntry/NtryDtls"
        case batchMessageID = "Report/Ntry/NtryDtls/Btch/MsgId"
        case batchID = "Report/Ntry/NtryDtls/Btch/PmtInfId"
        case batchCount = "Report/Ntry/NtryDtls/Btch/NbOfTxs"
        case batchSum = "Report/Ntry/NtryDtls/Btch/TtlAmt"
        case transaction = "Report/Ntry/NtryDtls/TxDtls"
        case originalMessageID = "Report/Ntry/NtryDtls/TxDtls/Refs/MsgId"
        case originalBlockID = "Report/Ntry/NtryDtls/TxDtls/Refs/PmtInfId"
        case instructionID = "Report/Ntry/NtryDtls/TxDtls/Refs/InstrId"
        case endToEndID = "Report/Ntry/NtryDtls/TxDtls/Refs/EndToEndId"
        case uetr = "Report/Ntry/NtryDtls/TxDtls/Refs/UETR"
        case servicerReference = "Report/Ntry/NtryDtls/TxDtls/Refs/AcctSvcrRef"
        case amount = "Report/Ntry/NtryDtls/TxDtls/Amt"
        case direction = "Report/Ntry/NtryDtls/TxDtls/CdtDbtInd"
        case charges = "Report/Ntry/NtryDtls/TxDtls/Chrgs"
        case transactionAmount = "Report/Ntry/NtryDtls/TxDtls/AmtDtls/TxAmt/Amt"
        case instructedAmount = "Report/Ntry/NtryDtls/TxDtls/AmtDtls/InstdAmt/Amt"
        case returned = "Report/Ntry/NtryDtls/TxDtls/RtrInf"
        case returnReason = "Report/Ntry/NtryDtls/TxDtls/RtrInf/Rsn/Cd"
        case returnOwnReason = "Report/Ntry/NtryDtls/TxDtls/RtrInf/Rsn/Prtry"
    }

    private static let fields = Field.allCases
    private static let statements = ElementTree(Field.self, replacing: "Report", by: "Stmt")
    private static let notifications = ElementTree(Field.self, replacing: "Report", by: "Ntfctn")

    let tree: ElementTree
    private let policy: TotalsPolicy
    private let emit: (BankEvent) -> Void

    private var head: BankMessageHead
    private var headEmitted = false
    private var isOnePage = true
    private var totals = AccountTotals()
    private var account = ReportedAccount(line: 0, report: 0)
    private var reports: Int32 = 0
    private var entries: Int32 = 0
    private var entry = AccountEntry(report: 0, entry: 0)

    init(kind: BankMessageHead.Kind, version: String, totals: TotalsPolicy, emit: @escaping (BankEvent) -> Void) {
        tree = kind == .camt053 ? Self.statements : Self.notifications
        policy = totals
        self.emit = emit
        head = BankMessageHead(kind: kind, version: version, messageID: "", createdAt: "")
    }

    func opened(_ field: Int, line: Int) throws(MessageRefusal) {
        switch Self.fields[field] {
        case .report:
            guard !head.messageID.isEmpty else {
                throw MessageRefusal(.missingElement, line: line, ["element": "GrpHdr/MsgId"])
            }
            if !headEmitted { emit(.head(head)) }
            headEmitted = true
            totals = AccountTotals()
            reports += 1
            account = ReportedAccount(line: line, report: reports)
        case .balance: totals.balance = AccountTotals.Balance()
        case .entry:
            guard entries < Int32.max else {
                throw MessageRefusal(.tooLarge, line: line, ["what": "Ntry", "limit": String(Int32.max)])
            }
            entries += 1
            entry = AccountEntry(report: reports, entry: entries)
        case .details: entry.beginDetails()
        case .transaction:
            if let previous = entry.endTransaction() { emit(.transaction(previous)) }
            entry.beginTransaction(line: line)
        case .returned: entry.transactionIsReturn = true
        case .entryCharges: entry.hasCharges = true
        case .charges: entry.transaction?.hasCharges = true
        default: break
        }
    }

    func closed(_ field: Int, _ text: ElementText) throws(MessageRefusal) {
        switch Self.fields[field] {
        case .messageID: head.messageID = try text.identifier("GrpHdr/MsgId")
        case .createdAt: head.createdAt = text.string
        case .pageNumber:
            head.page = try text.count("MsgPgntn/PgNb")
            isOnePage = isOnePage && head.page == 1
        case .accountIBAN, .accountNumber: account.number = text.string
        case .accountCurrency: account.currency = text.string
        case .servicerBIC, .servicerBICFI: account.servicer = text.string
        case .lastPage: isOnePage = try text.flag("MsgPgntn/LastPgInd") && isOnePage
        case .balanceType: totals.balance.code = text.string
        case .balanceAmount: totals.balance.amount = try text.amount("Bal/Amt")
        case .balanceDirection: totals.balance.isCredit = try text.isCredit("Bal/CdtDbtInd")
        case .balance: try totals.endBalance(text.line)
        case .entriesCount: totals.all.declaredCount = try text.count("TtlNtries/NbOfNtries")
        case .entriesSum: totals.all.declaredSum = text.string
        case .creditsCount: totals.credits.declaredCount = try text.count("TtlCdtNtries/NbOfNtries")
        case .creditsSum: totals.credits.declaredSum = text.string
        case .debitsCount: totals.debits.declaredCount = try text.count("TtlDbtNtries/NbOfNtries")
        case .debitsSum: totals.debits.declaredSum = text.string
        case .entryAmount: entry.amount = try text.amount("Ntry/Amt")
        case .entryDirection: entry.isCredit = try text.isCredit("Ntry/CdtDbtInd")
        case .entryReversal: entry.isReversal = try text.flag("Ntry/RvslInd")
        case .entryStatus: if !text.bytes.isEmpty { entry.statusCode = try text.code("Ntry/Sts") }
        case .entryStatusCode: entry.statusCode = try text.code("Ntry/Sts/Cd")
        case .bookingDate, .bookingTime: entry.bookingDate = text.date
        case .entryReference: entry.servicerReference = text.string
        case .batchMessageID: entry.batch.messageID = try text.reference("Btch/MsgId")
        case .batchID: entry.batch.paymentInformationID = try text.reference("Btch/PmtInfId")
        case .batchCount: entry.batch.count = try text.count("Btch/NbOfTxs")
        case .batchSum: entry.batch.sum = try text.amount("Btch/TtlAmt")
        case .originalMessageID: entry.references.messageID = try text.reference("Refs/MsgId")
        case .originalBlockID: entry.references.paymentInformationID = try text.reference("Refs/PmtInfId")
        case .instructionID: entry.references.instructionID = try text.reference("Refs/InstrId")
        case .endToEndID: entry.references.endToEndID = try text.reference("Refs/EndToEndId")
        case .uetr: entry.references.uetr = try text.uetr()
        case .servicerReference: entry.references.servicerReference = text.string
        case .amount: entry.transaction?.amount = try text.amount("TxDtls/Amt")
        case .transactionAmount:
            let amount = try text.amount("TxDtls/AmtDtls/TxAmt")
            if entry.transaction?.amount == nil { entry.transaction?.amount = amount }
        case .instructedAmount: entry.transaction?.instructed = try text.amount("TxDtls/AmtDtls/InstdAmt")
        case .direction: entry.transactionIsCredit = try text.isCredit("TxDtls/CdtDbtInd")
        case .returnReason, .returnOwnReason: entry.transaction?.reasonCode = try text.code("RtrInf/Rsn")
        case .returned, .entryCharges, .charges: break
        case .transaction: entry.closeTransaction(text.line)
        case .details: try entry.endDetails(text.line, policy)
        case .entry: try endEntry(text.line)
        case .report:
            if policy == .verified { try totals.verify(isOnePage: isOnePage, line: text.line) }
            account.line = text.line
            emit(.report(account))
        }
    }

    private func endEntry(_ line: Int) throws(MessageRefusal) {
        guard let amount = entry.amount, let isCredit = entry.isCredit, !entry.statusCode.isEmpty else {
            let missing = entry.amount == nil ? "Amt" : entry.isCredit == nil ? "CdtDbtInd" : "Sts"
            throw MessageRefusal(.missingElement, line: line, ["element": "Ntry/\(missing)"])
        }
        if policy == .verified { try entry.verifySum(line) }
        totals.add(amount, isCredit: isCredit, isBooked: entry.isBooked, line: line)
        let batches = entry.asBatches(line: line)
        for batch in batches { emit(.batch(batch)) }
        if entry.transactions > 0 {
            if let last = entry.endTransaction(alone: entry.transactions == 1 && batches.isEmpty ? amount : nil) {
                emit(.transaction(last))
            }
            if let unsettled = entry.unsettled(line: line) { emit(.entry(unsettled)) }
        } else if batches.isEmpty {
            emit(.transaction(entry.asTransaction(line: line)))
        }
    }

    func finished(line: Int) throws(MessageRefusal) {
        guard headEmitted else {
            throw MessageRefusal(
                .missingElement, line: line, ["element": head.kind == .camt053 ? "Stmt" : "Ntfctn"])
        }
    }
}
