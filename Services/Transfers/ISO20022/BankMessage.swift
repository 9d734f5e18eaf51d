import Vocabulary

/// What a bank's message says, in the order in which it says it.
public enum BankEvent: Sendable, Equatable {
    /// The message's head; always first.
    case head(BankMessageHead)
    /// One transaction, or one entry of an account without transactions.
    case transaction(ReportedTransaction)
    /// An entry whose transactions do not say themselves that they add up to it, after them.
    case entry(ReportedEntry)
    /// A batch of payments that was booked in one sum, without its transactions.
    case batch(ReportedBatch)
    /// The account that a statement or notification is about, after its entries.
    case report(ReportedAccount)
    /// The status of a payment block, after its transactions.
    case paymentBlock(ReportedGroup)
    /// The status of the original file, after everything in it.
    case group(ReportedGroup)
}

/// Which message it is, and its identifier.
public struct BankMessageHead: Sendable, Equatable {
    /// The messages that are read.
    public enum Kind: String, Sendable, CaseIterable {
        /// A payment status report.
        case pain002 = "pain.002"
        /// A statement of an account.
        case camt053 = "camt.053"
        /// A notification of debits and credits.
        case camt054 = "camt.054"
    }

    /// The message.
    public var kind: Kind
    /// Its version, for instance `001.10`.
    public var version: String
    /// The identifier that the bank gave it.
    public var messageID: String
    /// When it was made, as it says.
    public var createdAt: String
    /// Which page of the message it is, as it says; 1 where it does not.
    public var page: Int64 = 1
    /// The bank that sent a status report, where it says so.
    public var servicer = ""

    /// The head of a message.
    public init(kind: Kind, version: String, messageID: String, createdAt: String) {
        self.kind = kind
        self.version = version
        self.messageID = messageID
        self.createdAt = createdAt
    }
}

/// A status of pain.002.
public enum PaymentStatus: Sendable, Equatable, Hashable {
    /// Received, or checked only in part: nothing is decided.
    case received
    /// Accepted for execution.
    case accepted
    /// Some transactions accepted, others not.
    case partlyAccepted
    /// Rejected or cancelled.
    case rejected
    /// Undecided.
    case pending
    /// A code that is not known here.
    case other(String)

    /// From a code of the external code sets `ExternalPaymentGroupStatus1Code` and
    /// `ExternalPaymentTransactionStatus1Code`.
    public init(code: String) {
        switch code {
        case "RCVD", "ACTC", "PATC": self = .received
        case "ACCP", "ACSP", "ACSC", "ACCC", "ACWC", "ACWP", "ACFC", "ACIS", "ACPD": self = .accepted
        case "PART": self = .partlyAccepted
        case "RJCT", "CANC": self = .rejected
        case "PDNG", "PRES", "BLCK": self = .pending
        default: self = .other(code)
        }
    }
}

/// The references under which a bank reports a transaction; each only where the bank gives it.
public struct TransactionReferences: Sendable, Equatable {
    /// The original file.
    public var messageID: String?
    /// The original payment block.
    public var paymentInformationID: String?
    /// The payer's reference for its bank.
    public var instructionID: String?
    /// The payer's reference end to end.
    public var endToEndID: String?
    /// The unique reference.
    public var uetr: UETR?
    /// The bank's own reference.
    public var servicerReference: String?

    /// No references.
    public init() {}

    /// Whether it names a transaction of the payer's.
    public var namesTransaction: Bool { uetr != nil || endToEndID != nil || instructionID != nil }
}

/// One transaction as the bank reports it.
public struct ReportedTransaction: Sendable, Equatable {
    /// What the bank says about it.
    public enum Fact: Sendable, Equatable {
        /// Its status (pain.002).
        case status(PaymentStatus)
        /// Booked to the debit of the payer's account.
        case debited
        /// Booked to the credit of the payer's account: a return or a reversal.
        case credited
        /// On the account, not booked.
        case notBooked
    }

    /// Line of the file at which it ends.
    public var line: Int
    /// How to find it.
    public var references = TransactionReferences()
    /// What the bank says about it.
    public var fact: Fact
    /// The status' code, or the entry's.
    public var statusCode = ""
    /// Why, by `ExternalStatusReason1Code` or `ExternalReturnReason1Code`, or the bank's own.
    public var reasonCode: String?
    /// The amount that is booked, or that a status is about, where the bank gives it.
    public var amount: Money?
    /// The amount that was instructed, where a booking gives it.
    public var instructed: Money?
    /// Whether charges were taken from what is booked.
    public var hasCharges = false
    /// Day of the booking as the bank writes it.
    public var bookingDate: String?
    /// Whether the entry and its details call it a debit and a credit.
    public var isContradictory = false
    /// Which statement or notification of the message, from 1; 0 in a status report.
    public var report: Int32 = 0
    /// Which entry of the message, from 1; 0 in a status report.
    public var entry: Int32 = 0

    init(line: Int, fact: Fact) {
        self.line = line
        self.fact = fact
    }
}

/// An entry whose transactions must be added up by whoever knows what they are.
public struct ReportedEntry: Sendable, Equatable {
    /// Line of the file at which it ends.
    public var line: Int
    /// Which entry of the message, from 1.
    public var entry: Int32
    /// What was booked.
    public var amount: Money
    /// Transactions below it.
    public var transactions: Int64
}

/// A batch of payments that was booked in one sum.
public struct ReportedBatch: Sendable, Equatable {
    /// Line of the file at which it ends.
    public var line: Int
    /// Debited, credited, or not booked.
    public var fact: ReportedTransaction.Fact
    /// The original file, where the bank names it.
    public var messageID: String?
    /// The original payment block, where the bank names it.
    public var paymentInformationID: String?
    /// How many payments, where the bank says so.
    public var transactions: Int64?
    /// Their sum, where the bank gives it apart from what is booked.
    public var sum: Money?
    /// What was booked; nil where an entry has several batches without sums.
    public var amount: Money?
    /// The entry's code.
    public var statusCode: String
    /// Day of the booking as the bank writes it.
    public var bookingDate: String?
    /// The bank's own reference.
    public var servicerReference: String?
    /// Which statement or notification of the message, from 1.
    public var report: Int32
    /// Which entry of the message, from 1.
    public var entry: Int32

    /// A batch.
    public init(
        line: Int, fact: ReportedTransaction.Fact, messageID: String?, paymentInformationID: String?,
        transactions: Int64?, sum: Money?, amount: Money?, statusCode: String, bookingDate: String?,
        servicerReference: String?, report: Int32, entry: Int32
    ) {
        self.line = line
        self.fact = fact
        self.messageID = messageID
        self.paymentInformationID = paymentInformationID
        self.transactions = transactions
        self.sum = sum
        self.amount = amount
        self.statusCode = statusCode
        self.bookingDate = bookingDate
        self.servicerReference = servicerReference
        self.report = report
        self.entry = entry
    }
}

/// The account of one statement or notification.
public struct ReportedAccount: Sendable, Equatable {
    /// Line of the file at which the statement ends.
    public var line: Int
    /// Which statement or notification of the message, from 1.
    public var report: Int32
    /// Its number; empty where none is given.
    public var number = ""
    /// Its currency; empty where none is given.
    public var currency = ""
    /// The bank that keeps it; empty where it is not named.
    public var servicer = ""
}

/// The status of a whole file or payment block.
public struct ReportedGroup: Sendable, Equatable {
    /// Line of the file at which it ends.
    public var line: Int
    /// The original file.
    public var originalMessageID: String
    /// The original payment block; nil for the whole file.
    public var paymentInformationID: String?
    /// The status; nil where none is given.
    public var status: PaymentStatus?
    /// The status' code; empty where none is given.
    public var statusCode: String
    /// Why.
    public var reasonCode: String?
    /// How many transactions the original has, where the bank says so.
    public var originalTransactions: Int64?
    /// The sum of the original as the bank writes it, where it does.
    public var originalControlSum: String?
    /// How many of its transactions this message lists.
    public var listedTransactions: Int64
}
