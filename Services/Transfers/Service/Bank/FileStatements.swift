import Postgres

/// A file that was written, by the identifiers that the bank repeats.
struct SentFile: Sendable {
    var runNumber: Int32
    var cycleId: Int32
    var messageId: String
    var paymentInformationId: String
    var firstHousehold: Int64
    var lastHousehold: Int64
    var transactions: Int64
    var totalMinor: Int64
    var currency: String
}

/// How many payments there are, and their sum.
struct PaymentSum: Sendable, Equatable {
    var count: Int64
    var sumMinor: Int64
}

/// The booking of a batch as the steps take it.
struct StagedBatch: Sendable {
    var line: Int32
    var entry: Int32
    var report: Int32
    var bookedOn: Int32?
    var statusCode: String
    var servicerReference: String?
}
