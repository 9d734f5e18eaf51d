import Vocabulary

/// Adds amounts up as long as each is given and all are in one currency.
struct RunningSum {
    private(set) var count: Int64 = 0
    private var minorUnits: Int64 = 0
    private var currency: Currency?
    private var isWhole = true

    /// The sum; nil when it cannot be had.
    var total: Money? {
        guard isWhole, let currency else { return nil }
        return Money(minorUnits: minorUnits, currency: currency)
    }

    mutating func add(_ amount: Money?) {
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
