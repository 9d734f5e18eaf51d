import Vocabulary

/// The totals and balances that a statement or notification declares, against its entries.
struct AccountTotals {
    /// A balance while it is read.
    struct Balance {
        var code = ""
        var amount: Money?
        var isCredit = true

        /// Below zero when it is a debit.
        var signedMinor: Int64? { amount.map { isCredit ? $0.minorUnits : -$0.minorUnits } }
    }

    /// One declared total and what was counted for it.
    struct Total {
        var declaredCount: Int64?
        var declaredSum: String?
        var listed = RunningSum()

        func verify(_ name: String, line: Int) throws(MessageRefusal) {
            if let declaredCount, declaredCount != listed.count {
                throw MessageRefusal(
                    .totalsDiffer, line: line,
                    ["what": name, "declared": String(declaredCount), "found": String(listed.count)])
            }
            guard let declaredSum else { return }
            let isRight: Bool
            if listed.count == 0 {
                isRight = !declaredSum.contains { ("1"..."9").contains($0) }
            } else if let sum = listed.total {
                isRight = ExactDecimal.units(declaredSum, fractionDigits: sum.currency.fractionDigits) == sum.minorUnits
            } else {
                return
            }
            guard isRight else {
                throw MessageRefusal(
                    .totalsDiffer, line: line,
                    [
                        "what": name, "declared": String(declaredSum.prefix(30)),
                        "found": listed.total?.number ?? "0",
                    ])
            }
        }
    }

    var balance = Balance()
    var all = Total()
    var credits = Total()
    var debits = Total()
    private var opening: [Balance] = []
    private var closing: [Balance] = []
    private var bookedCredits = RunningSum()
    private var bookedDebits = RunningSum()

    /// An account has an opening and a closing balance, perhaps one per day and by availability.
    private static let mostBalances = 1000

    mutating func endBalance(_ line: Int) throws(MessageRefusal) {
        guard opening.count + closing.count <= Self.mostBalances else {
            throw MessageRefusal(.tooLarge, line: line, ["what": "Bal", "limit": String(Self.mostBalances)])
        }
        switch balance.code {
        case "OPBD", "PRCD": opening.append(balance)
        case "CLBD": closing.append(balance)
        default: break
        }
    }

    mutating func add(_ amount: Money, isCredit: Bool, isBooked: Bool, line: Int) {
        all.listed.add(amount)
        if isCredit { credits.listed.add(amount) } else { debits.listed.add(amount) }
        guard isBooked else { return }
        if isCredit { bookedCredits.add(amount) } else { bookedDebits.add(amount) }
    }

    func verify(isOnePage: Bool, line: Int) throws(MessageRefusal) {
        try all.verify("TtlNtries", line: line)
        try credits.verify("TtlCdtNtries", line: line)
        try debits.verify("TtlDbtNtries", line: line)
        if isOnePage { try verifyBalances(line) }
    }

    /// Opening balance and booked entries make the closing balance, where each is given once and all are in one
    /// currency.
    private func verifyBalances(_ line: Int) throws(MessageRefusal) {
        guard opening.count == 1, closing.count == 1, let currency = opening[0].amount?.currency,
            closing[0].amount?.currency == currency, let start = opening[0].signedMinor,
            let end = closing[0].signedMinor
        else { return }
        func sum(_ booked: RunningSum) -> Int64? {
            guard booked.count > 0 else { return 0 }
            guard let total = booked.total, total.currency == currency else { return nil }
            return total.minorUnits
        }
        guard let creditsMinor = sum(bookedCredits), let debitsMinor = sum(bookedDebits) else { return }
        let (added, first) = start.addingReportingOverflow(creditsMinor)
        let (result, second) = added.subtractingReportingOverflow(debitsMinor)
        guard !first, !second, result == end else {
            throw MessageRefusal(
                .totalsDiffer, line: line,
                [
                    "what": "Bal/CLBD", "declared": Money(minorUnits: end, currency: currency).number,
                    "found": first || second ? "" : Money(minorUnits: result, currency: currency).number,
                ])
        }
    }
}
