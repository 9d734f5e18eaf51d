import Vocabulary

/// What stands once in a pain.001 file: who pays, from which account, on which day, and the totals.
public struct PaymentInitiation: Sendable, Equatable {
    /// The file's identifier, at most 35 characters.
    public var messageID: String
    /// When it was made, ISO 8601 with zone. Part of the content: the same value gives the same bytes.
    public var createdAt: String
    /// The identifier of its one payment block, at most 35 characters.
    public var paymentInformationID: String
    /// Day on which the bank shall pay, ISO 8601.
    public var executionDate: String
    /// Who sends the file.
    public var initiatingParty: String
    /// Who pays.
    public var debtorName: String
    /// The account that is debited.
    public var debtorAccount: String
    /// The debtor's bank.
    public var debtorBIC: String
    /// The characters that the bank takes in names and remarks.
    public var characterSet: BankCharacterSet
    /// Currency of every transaction.
    public var currency: String
    /// Number of transactions, known before the first is written.
    public var transactions: Int64
    /// Their sum in minor units, known before the first is written.
    public var controlSumMinor: Int64

    /// The head of a file.
    public init(
        messageID: String, createdAt: String, paymentInformationID: String, executionDate: String,
        initiatingParty: String, debtorName: String, debtorAccount: String, debtorBIC: String,
        characterSet: BankCharacterSet, currency: String, transactions: Int64, controlSumMinor: Int64
    ) {
        self.messageID = messageID
        self.createdAt = createdAt
        self.paymentInformationID = paymentInformationID
        self.executionDate = executionDate
        self.initiatingParty = initiatingParty
        self.debtorName = debtorName
        self.debtorAccount = debtorAccount
        self.debtorBIC = debtorBIC
        self.characterSet = characterSet
        self.currency = currency
        self.transactions = transactions
        self.controlSumMinor = controlSumMinor
    }
}

/// One credit transfer as bytes that are only borrowed, for the quick path from a database cursor.
public struct BorrowedCreditTransfer {
    /// The reference that the payer keeps for it, at most 35 characters.
    public var endToEndID: UnsafeRawBufferPointer
    /// Its unique reference, version 4.
    public var uetr: UETR
    /// Minor units, above zero.
    public var amountMinor: Int64
    /// The creditor's bank.
    public var creditorBIC: UnsafeRawBufferPointer
    /// The creditor.
    public var creditorName: UnsafeRawBufferPointer
    /// The creditor's account, at most 34 characters.
    public var creditorAccount: UnsafeRawBufferPointer
    /// What the creditor reads; empty for nothing.
    public var remittance: UnsafeRawBufferPointer

    /// A transfer whose bytes stay valid while it is written.
    public init(
        endToEndID: UnsafeRawBufferPointer, uetr: UETR, amountMinor: Int64, creditorBIC: UnsafeRawBufferPointer,
        creditorName: UnsafeRawBufferPointer, creditorAccount: UnsafeRawBufferPointer,
        remittance: UnsafeRawBufferPointer
    ) {
        self.endToEndID = endToEndID
        self.uetr = uetr
        self.amountMinor = amountMinor
        self.creditorBIC = creditorBIC
        self.creditorName = creditorName
        self.creditorAccount = creditorAccount
        self.remittance = remittance
    }
}

/// One credit transfer.
public struct CreditTransfer: Sendable, Equatable {
    /// The reference that the payer keeps for it.
    public var endToEndID: String
    /// Its unique reference; nil where a file that was read has none.
    public var uetr: UETR?
    /// The payer's reference for the bank alone; nil where there is none.
    public var instructionID: String?
    /// What is paid.
    public var amount: Money
    /// The creditor's bank.
    public var creditorBIC: String
    /// The creditor.
    public var creditorName: String
    /// The creditor's account.
    public var creditorAccount: String
    /// What the creditor reads.
    public var remittance: String

    /// A transfer.
    public init(
        endToEndID: String, uetr: UETR?, instructionID: String? = nil, amount: Money, creditorBIC: String,
        creditorName: String, creditorAccount: String, remittance: String = ""
    ) {
        self.endToEndID = endToEndID
        self.uetr = uetr
        self.instructionID = instructionID
        self.amount = amount
        self.creditorBIC = creditorBIC
        self.creditorName = creditorName
        self.creditorAccount = creditorAccount
        self.remittance = remittance
    }
}

/// Why a message cannot be written. Values are not repeated: they may be personal data.
public enum WritingError: Error, Sendable, Equatable {
    /// A field is not what the message allows. `transaction` counts from 1; 0 is the head.
    case invalidField(name: String, transaction: Int64)
    /// The transactions do not add up to what the head declares.
    case totalsDiffer(declaredTransactions: Int64, transactions: Int64, declaredSumMinor: Int64, sumMinor: Int64)
}
