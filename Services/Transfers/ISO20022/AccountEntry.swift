/// One entry of an account while it is read, with the sums of the transactions below it.
struct AccountEntry {
    var amount: Amount?
    var isCredit: Bool?
    var isReversal = false
    var statusCode = ""
    var bookingDate: String?
    var servicerReference: String?
    var batchMessageID: String?
    var batchID: String?
    var batchCount: Int64?
    var batchSum: Amount?
    /// The transaction that is being read, or the last one read; it is handed on when the next one begins, because
    /// an entry's only transaction may leave its amount to the entry.
    var transaction: ReportedTransaction?
    var transactionIsReturn = false
    private(set) var transactions: Int64 = 0
    private var sum = RunningSum()
    private var batch = RunningSum()

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
        batch = RunningSum()
        (batchMessageID, batchID, batchCount, batchSum) = (nil, nil, nil, nil)
    }

    mutating func beginTransaction(line: Int) {
        transaction = ReportedTransaction(line: line, fact: fact)
        transaction?.statusCode = statusCode
        transaction?.bookingDate = bookingDate
        transactionIsReturn = false
        transactions += 1
    }

    /// Completes the transaction that has just been read.
    mutating func closeTransaction(_ line: Int) throws(MessageRefusal) {
        transaction?.line = line
        if references.messageID == nil { references.messageID = batchMessageID }
        if references.paymentInformationID == nil { references.paymentInformationID = batchID }
        if references.servicerReference == nil { references.servicerReference = servicerReference }
        sum.add(transaction?.amount)
        batch.add(transaction?.amount)
        if isBooked, isCredit == false, transactionIsReturn || isReversal, references.namesTransaction {
            throw MessageRefusal(.invalidValue, line: line, "a debit that says it is a return or a reversal")
        }
    }

    /// Hands over the last transaction read, with the entry's amount where it is alone and has none.
    mutating func endTransaction(alone amount: Amount? = nil) -> ReportedTransaction? {
        guard var last = transaction else { return nil }
        transaction = nil
        last.amount = last.amount ?? amount
        return last
    }

    /// The entry itself, where no transactions stand below it.
    func asTransaction(line: Int) -> ReportedTransaction {
        var own = ReportedTransaction(line: line, fact: fact)
        own.statusCode = statusCode
        own.amount = amount
        own.bookingDate = bookingDate
        own.references.messageID = batchMessageID
        own.references.paymentInformationID = batchID
        own.references.servicerReference = servicerReference
        return own
    }

    /// A batch must have as many transactions as it declares, and their sum, where it lists them.
    func verifyBatch(_ line: Int) throws(MessageRefusal) {
        guard batch.count > 0 else { return }
        if let batchCount, batchCount != batch.count {
            throw MessageRefusal(
                .totalsDiffer, line: line, "a batch declares \(batchCount) transactions and lists \(batch.count)")
        }
        if let batchSum, let listed = batch.total, listed.currency == batchSum.currency, listed != batchSum {
            throw MessageRefusal(.totalsDiffer, line: line, "the sum of a batch does not add up")
        }
    }

    /// The transactions of an entry must sum to it, where they have amounts in its currency.
    func verifySum(_ line: Int) throws(MessageRefusal) {
        guard let amount, let listed = sum.total, listed.currency == amount.currency, listed != amount else { return }
        throw MessageRefusal(.totalsDiffer, line: line, "the transactions of an entry do not add up to its amount")
    }
}

/// Adds amounts up as long as each is given and all are in one currency.
struct RunningSum {
    private(set) var count: Int64 = 0
    private var minorUnits: Int64 = 0
    private var currency: String?
    private var isWhole = true

    /// The sum; nil when it cannot be had.
    var total: Amount? {
        guard isWhole, let currency else { return nil }
        return Amount(minorUnits: minorUnits, currency: currency)
    }

    mutating func add(_ amount: Amount?) {
        count += 1
        guard let amount, currency == nil || currency == amount.currency else {
            isWhole = false
            return
        }
        currency = amount.currency
        let (sum, overflow) = minorUnits.addingReportingOverflow(amount.minorUnits)
        minorUnits = sum
        isWhole = isWhole && !overflow
    }
}
