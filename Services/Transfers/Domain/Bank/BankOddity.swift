/// What can be odd about one thing that the bank says. What is clear in a message is applied; what is odd waits on a list
/// until a person settles it.
public enum BankOddity: String, Sendable, CaseIterable {
    /// Names a payment in our way of naming them, and there is no such order with the bank.
    case unknownPayment = "unknown_payment"
    /// Names a payment file of ours that is not here.
    case unknownFile = "unknown_file"
    /// Gives another count or sum for a payment file than it has.
    case fileDiffers = "file_differs"
    /// The same message again, with other content.
    case messageAgain = "message_again"
    /// The entry and its details call it a debit and a credit.
    case directionDiffers = "direction_differs"
    /// Is booked on another account than the one that pays.
    case otherAccount = "other_account"
    /// The day of the booking does not exist, or is not between the run's day and today.
    case bookingDate = "booking_date"
    /// Is in another currency than was ordered.
    case currencyDiffers = "currency_differs"
    /// A status about another amount than was ordered.
    case amountDiffers = "amount_differs"
    /// More was paid than was ordered.
    case paidMore = "paid_more"
    /// Less was paid than was ordered.
    case paidLess = "paid_less"
    /// A part came back.
    case returnedPart = "returned_part"
    /// Came back less charges.
    case returnedLessFees = "returned_less_fees"
    /// More came back than was paid.
    case returnedMore = "returned_more"
    /// The orders of an entry do not add up to what was booked.
    case entryDiffers = "entry_differs"
    /// A batch that was booked in one sum is not what its file has, less what was rejected.
    case batchDiffers = "batch_differs"
    /// Booked a second time, under another reference of the bank.
    case bookedTwice = "booked_twice"
    /// Came back a second time, under another reference of the bank.
    case returnedTwice = "returned_twice"
    /// Came back, after it was booked twice: it may be the second booking that is undone.
    case returnedOfTwo = "returned_of_two"
    /// Accepted and rejected in one message.
    case statusTwice = "status_twice"
    /// Rejected, after it was paid.
    case rejectedAfterPaid = "rejected_after_paid"
    /// Rejected, after it came back.
    case rejectedAfterReturned = "rejected_after_returned"
    /// Paid, after it was rejected.
    case paidAfterRejected = "paid_after_rejected"
    /// Came back, after it was rejected or withdrawn.
    case returnedAfterRejected = "returned_after_rejected"
    /// Accepted, after it was taken back.
    case acceptedAfterWithdrawn = "accepted_after_withdrawn"
    /// Paid, after it was taken back.
    case paidAfterWithdrawn = "paid_after_withdrawn"

    /// What a person is advised to do.
    public enum Proposal: String, Sendable, CaseIterable {
        /// Ask the bank; nothing is to be taken before it has answered.
        case askBank = "ask_bank"
        /// See whether the database has forgotten what the bank knows.
        case recover
        /// Claim from the bank what it took without an order.
        case claim
        /// Wait for the credit that must follow.
        case awaitCredit = "await_credit"
        /// Compare with what was applied; each payment in it was judged by itself.
        case compare
        /// Let it stand: it cancels out.
        case letStand = "let_stand"
        /// Take the payment as made.
        case takeAsPaid = "take_as_paid"
        /// Take the payment as come back.
        case takeAsReturned = "take_as_returned"
        /// Keep the part that came back; the payment stays paid.
        case takePart = "take_part"
        /// Take what the bank says of the payment.
        case takeStatus = "take_status"
        /// Take the batch once the rejections are in.
        case takeBatch = "take_batch"
    }

    /// What a person is advised to do.
    public var proposal: Proposal {
        switch self {
        case .unknownPayment, .unknownFile: .recover
        case .messageAgain: .compare
        case .fileDiffers, .directionDiffers, .otherAccount, .bookingDate, .currencyDiffers, .statusTwice,
            .entryDiffers, .acceptedAfterWithdrawn:
            .askBank
        case .amountDiffers: .takeStatus
        case .paidMore, .bookedTwice, .returnedTwice: .claim
        case .paidLess: .takePart
        case .paidAfterRejected, .paidAfterWithdrawn: .takeAsPaid
        case .returnedPart: .takePart
        case .returnedLessFees, .returnedMore: .takeAsReturned
        case .batchDiffers: .takeBatch
        case .returnedOfTwo, .returnedAfterRejected, .rejectedAfterReturned: .letStand
        case .rejectedAfterPaid: .awaitCredit
        }
    }

    /// What taking it does.
    public enum Taking: Sendable, Equatable {
        /// What the bank says happens to the order, as if it had not been odd.
        case event
        /// The order is paid; where less was paid than ordered, the rest counts as come back.
        case payment
        /// A part came back; the order stays paid until all of it has.
        case part
        /// The order came back; charges that were kept stay paid.
        case lessFees
        /// The orders of the batch are paid, where it fits now.
        case batch
    }

    /// What taking it does; nil where there is nothing to take: the list keeps it, with the reason why it was passed.
    public var taking: Taking? {
        switch self {
        case .directionDiffers, .otherAccount, .bookingDate, .entryDiffers, .amountDiffers, .returnedMore: .event
        case .paidMore, .paidLess, .paidAfterRejected, .paidAfterWithdrawn: .payment
        case .returnedPart: .part
        case .returnedLessFees: .lessFees
        case .batchDiffers: .batch
        case .unknownPayment, .unknownFile, .fileDiffers, .messageAgain, .currencyDiffers, .bookedTwice,
            .returnedTwice, .returnedOfTwo, .statusTwice, .rejectedAfterPaid, .rejectedAfterReturned,
            .returnedAfterRejected, .acceptedAfterWithdrawn:
            nil
        }
    }
}
