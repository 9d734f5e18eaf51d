import Vocabulary

/// Whether declared totals must agree with what a message lists.
public enum TotalsPolicy: Sendable {
    /// They must; a message in which they do not is refused.
    case verified
    /// They are not looked at.
    case ignored
}

/// The numbers per status that a status report declares, against the transactions that it lists.
struct StatusTotals {
    struct Declaration {
        var code = ""
        var count: Int64 = 0
        var sum: String?
        var line = 0
    }

    private struct Listed {
        var count: Int64 = 0
        var sumMinor: Int64 = 0
        var currency: Currency?
        /// Whether every transaction gave an amount in one currency that could be added up.
        var isSummed = true
    }

    /// The declaration that is being read.
    var open = Declaration()
    private var declared: [Declaration] = []
    private var listed: [String: Listed] = [:]

    /// There are a dozen statuses; a message with so many more is none that a bank sends.
    private static let mostStatuses = 100

    mutating func endDeclaration(_ line: Int) throws(MessageRefusal) {
        open.line = line
        declared.append(open)
        guard declared.count <= Self.mostStatuses else {
            throw MessageRefusal(
                .tooLarge, line: line, ["what": "NbOfTxsPerSts", "limit": String(Self.mostStatuses)])
        }
        open = Declaration()
    }

    mutating func add(_ code: String, _ amount: Money?, _ line: Int) throws(MessageRefusal) {
        guard listed.count <= Self.mostStatuses else {
            throw MessageRefusal(.tooLarge, line: line, ["what": "TxSts", "limit": String(Self.mostStatuses)])
        }
        var sum = listed[code] ?? Listed()
        sum.count += 1
        if let amount, sum.currency == nil || sum.currency == amount.currency {
            sum.currency = amount.currency
            let (total, overflow) = sum.sumMinor.addingReportingOverflow(amount.minorUnits)
            sum.sumMinor = total
            sum.isSummed = sum.isSummed && !overflow
        } else {
            sum.isSummed = false
        }
        listed[code] = sum
    }

    /// Refuses what does not add up. Statuses other than a rejection may be counted without being listed.
    func verify(_ group: ReportedGroup, inherited: PaymentStatus?, line: Int) throws(MessageRefusal) {
        let status = group.status ?? inherited
        for declaration in declared {
            let found = listed[declaration.code] ?? Listed()
            let isSummary =
                found.count == 0
                && (PaymentStatus(code: declaration.code) != .rejected || status == .rejected)
            guard found.count == declaration.count || isSummary else {
                throw Self.refusal(
                    "NbOfTxsPerSts/DtldNbOfTxs", declaration.code, declaration.count, found.count,
                    line: declaration.line)
            }
            guard let text = declaration.sum, found.count > 0, found.isSummed, let currency = found.currency else {
                continue
            }
            guard ExactDecimal.units(text, fractionDigits: currency.fractionDigits) == found.sumMinor else {
                throw MessageRefusal(
                    .totalsDiffer, line: declaration.line,
                    [
                        "what": "NbOfTxsPerSts/DtldCtrlSum", "status": declaration.code,
                        "declared": String(text.prefix(30)),
                        "found": Money(minorUnits: found.sumMinor, currency: currency).number,
                    ])
            }
        }
        if !declared.isEmpty,
            let code = listed.keys.sorted().first(where: { code in
                !declared.contains { $0.code == code }
            })
        {
            throw Self.refusal("NbOfTxsPerSts/DtldNbOfTxs", code, 0, listed[code]?.count ?? 0, line: line)
        }
        if let original = group.originalTransactions {
            let counted = max(declared.reduce(0) { $0 + $1.count }, group.listedTransactions)
            guard counted <= original else {
                throw Self.refusal("OrgnlNbOfTxs", "", original, counted, line: line)
            }
        }
    }

    private static func refusal(
        _ what: String, _ status: String, _ declared: Int64, _ found: Int64, line: Int
    ) -> MessageRefusal {
        MessageRefusal(
            .totalsDiffer, line: line,
            ["what": what, "status": status, "declared": String(declared), "found": String(found)])
    }
}
