import Contracts
import CoordinationDomain
import Postgres

/// What identifiers were answered before.
extension LedgerRows {
    /// The answers, by the identifiers.
    func earlierAnswers() throws(PostgresError) -> [String: EarlierAnswer] {
        var earlier: [String: EarlierAnswer] = [:]
        for (number, row) in Self.rows(answers, of: 8).enumerated() {
            try Self.add(Array(row), Array(answerTexts[6 * number..<6 * number + 6]), to: &earlier)
        }
        for row in Self.rows(refusals, of: 18) {
            let refused = try Self.refused(Array(row))
            earlier[refused.posting.postingId] = .refused(refused)
        }
        return earlier
    }

    /// Adds a transfer of a posting; its first comes first.
    private static func add(
        _ numbers: [Int64], _ texts: [String], to earlier: inout [String: EarlierAnswer]
    ) throws(PostgresError) {
        guard let kind = CoordinationV1.PostingKind(rawValue: Int32(truncatingIfNeeded: numbers[0])),
            let from = BudgetStage(rawValue: Int16(truncatingIfNeeded: numbers[3]))
        else { throw PostgresError(decoding: "a transfer of the journal is one that nobody knows") }
        let place = PostedPlace(line: Int32(truncatingIfNeeded: numbers[2]), document: texts[1], from: from)
        if case .posted(var before) = earlier[texts[0]] {
            before.second = place
            earlier[texts[0]] = .posted(before)
            return
        }
        var before = PostedBefore(
            kind: kind, amount: numbers[1],
            dates: .init(asked: numbers[5].number, original: numbers[6].number, expires: numbers[7].number),
            first: place)
        (before.reverses, before.group) = (texts[2], texts[3])
        (before.overrideReason, before.description) = (texts[4], texts[5])
        earlier[texts[0]] = .posted(before)
    }

    private static func refused(_ texts: [String]) throws(PostgresError) -> RefusedBefore {
        guard let code = PostingCode(rawValue: texts[1]), let shortfall = Int64(texts[2]),
            let kind = Int32(texts[3]).flatMap({ CoordinationV1.PostingKind(rawValue: $0) }),
            let amount = Int64(texts[5])
        else { throw PostgresError(decoding: "a refusal is remembered that nobody knows") }
        return RefusedBefore(
            code: code, shortfall: shortfall,
            posting: .init(
                postingId: texts[0], kind: kind, line: texts[4], amountMinor: amount, document: texts[7],
                stage: texts[8], reverses: texts[9], description: texts[10], group: texts[11], targetLine: texts[12],
                sourceDocument: texts[13], overrideReason: texts[17], currency: texts[6]),
            dates: .init(asked: Int32(texts[14]), original: Int32(texts[15]), expires: Int32(texts[16])))
    }
}
