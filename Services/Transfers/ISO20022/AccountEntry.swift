import Vocabulary

/// One entry of an account while it is read, with the sums of the transactions below it.
struct AccountEntry {
    let report: Int32
    let entry: Int32
    var amount: Money?
    var isCredit: Bool?
    var isReversal = false
    var hasCharges = false
    var statusCode = ""
    var bookingDate: String?
    var servicerReference: String?
    /// The batch of the details that are read.
    var batch = Batch()
    /// Batches of which no transaction is listed.
    private(set) var sums: [Batch] = []
    /// The transaction that is being read, or the last one read; it is handed on when the next one begins, because
    /// an entry's only transaction may leave its amount to the entry.
    var transaction: ReportedTransaction?
    var transactionIsReturn = false
    /// Whether the transaction's own indicator says credit, where it has one.
    var transactionIsCredit: Bool?
    private(set) var transactions: Int64 = 0
    private var sum = RunningSum()
    private var listed = RunningSum()

    /// What an entry's details say about a batch.
    struct Batch {
        var messageID: String?
        var paymentInformationID: String?
        var count: Int64?
        var sum: Money?
        var isGiven: Bool { messageID != nil || paymentInformationID != nil }
    }

    /// An entry has one batch, or a few; a list of so many more is none that a bank sends.
    private static let mostBatches = 1000

    init(report: Int32, entry: Int32) {
        self.report = report
        self.entry = entry
    }

    var isBooked: Bool { statusCode == "BOOK" }

    var references: TransactionReferences {
        get { transaction?.references ?? TransactionReferences() }
        set { transaction?.references = newValue }
    }

    private var fact: ReportedTransaction.Fact {
        guard isBooked else { return .notBooked }
        return isCredit == true ? .credited : .debited
    }

    mutating func beginDetails() {
        listed = RunningSum()
        batch = Batch()
    }

    mutating func beginTransaction(line: Int) {
        transaction = ReportedTransaction(line: line, fact: fact)
        transaction?.report = report
        transaction?.entry = entry
        transaction?.statusCode = statusCode
        transaction?.bookingDate = bookingDate
        transaction?.hasCharges = hasCharges
        transactionIsReturn = false
        transactionIsCredit = nil
        transactions += 1
    }

    /// Completes the transaction that has just been read.
    mutating func closeTransaction(_ line: Int) {
        transaction?.line = line
        if references.messageID == nil { references.messageID = batch.messageID }
        if references.paymentInformationID == nil { references.paymentInformationID = batch.paymentInformationID }
        if references.servicerReference == nil { references.servicerReference = servicerReference }
        let own = transaction?.amount ?? transaction?.instructed
        sum.add(own)
        listed.add(own)
        let isDebit = isCredit == false
        transaction?.isContradictory =
            isDebit && (transactionIsReturn || isReversal) || transactionIsCredit.map { $0 == isDebit } ?? false
    }

    /// Hands over the last transaction read. Where it is the entry's only one, what is booked is the entry's amount;
    /// what it says itself was before charges, or in another currency.
    mutating func endTransaction(alone whole: Money? = nil) -> ReportedTransaction? {
        guard var last = transaction else { return nil }
        transaction = nil
        last.instructed = last.instructed ?? last.amount
        last.amount = whole ?? last.amount ?? last.instructed
        return last
    }

    /// The entry itself, where neither transactions nor batches stand below it: it names nothing of ours.
    func asTransaction(line: Int) -> ReportedTransaction {
        var own = ReportedTransaction(line: line, fact: fact)
        own.report = report
        own.entry = entry
        own.statusCode = statusCode
        own.amount = amount
        own.bookingDate = bookingDate
        own.references.servicerReference = servicerReference
        return own
    }

    /// The batches that were booked in one sum.
    func asBatches(line: Int) -> [ReportedBatch] {
        sums.map { batch in
            ReportedBatch(
                line: line, fact: fact, messageID: batch.messageID, paymentInformationID: batch.paymentInformationID,
                transactions: batch.count, sum: batch.sum, amount: sums.count == 1 ? amount : batch.sum,
                statusCode: statusCode, bookingDate: bookingDate, servicerReference: servicerReference,
                report: report, entry: entry)
        }
    }

    /// The entry, where what its transactions say does not settle that they add up to it.
    func unsettled(line: Int) -> ReportedEntry? {
        guard transactions > 1, let amount, sum.total != amount else { return nil }
        return ReportedEntry(line: line, entry: entry, amount: amount, transactions: transactions)
    }

    /// A batch must have as many transactions as it declares, and their sum, where it lists them.
    mutating func endDetails(_ line: Int, _ policy: TotalsPolicy) throws(MessageRefusal) {
        guard listed.count > 0 else {
            if batch.isGiven { sums.append(batch) }
            guard sums.count <= Self.mostBatches else {
                throw MessageRefusal(.tooLarge, line: line, ["what": "Btch", "limit": String(Self.mostBatches)])
            }
            return
        }
        guard policy == .verified else { return }
        if let count = batch.count, count != listed.count {
            throw MessageRefusal(
                .totalsDiffer, line: line,
                ["what": "Btch/NbOfTxs", "declared": String(count), "found": String(listed.count)])
        }
        if let declared = batch.sum, let total = listed.total, total.currency == declared.currency, total != declared {
            throw MessageRefusal(
                .totalsDiffer, line: line,
                ["what": "Btch/TtlAmt", "declared": declared.number, "found": total.number])
        }
    }

    /// The transactions of an entry must sum to it, where they have amounts in its currency and no charges are between
    /// them; so must its batches.
    func verifySum(_ line: Int) throws(MessageRefusal) {
        var batches = RunningSum()
        for batch in sums { batches.add(batch.sum) }
        let batchTotal = sums.count > 1 && transactions == 0 ? batches.total : nil
        guard !hasCharges, let amount, let found = batchTotal ?? sum.total, found.currency == amount.currency,
            found != amount
        else { return }
        // The only transaction may say what was instructed, and its entry what is left of it.
        if transactions == 1, transaction?.amount == nil { return }
        throw MessageRefusal(
            .totalsDiffer, line: line, ["what": "Ntry/Amt", "declared": amount.number, "found": found.number])
    }
}
