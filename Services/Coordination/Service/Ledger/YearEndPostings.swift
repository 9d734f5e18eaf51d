import Contracts
import CoordinationDomain

/// What is posted at the end of a year, so that each hold is treated as its scheme says.
struct YearEndPostings {
    let year: Int32
    /// The call, which makes the identifiers unique.
    let callId: Int64

    /// The postings of one hold, in their order. What stays payable needs none.
    func postings(_ row: YearEnd.Row, _ index: Int) -> [CoordinationV1.Posting] {
        let hold = row.hold
        switch hold.treatment {
        case .unspecified, .payable: return []
        case .lapse: return [undo(hold, index)]
        case .carryOver:
            var posting = self.posting(.carryOver, hold, "\(index)")
            posting.stage = hold.stage
            posting.targetLine = hold.targetLine
            return [posting]
        case .chargeNextYear:
            var postings = [undo(hold, index)]
            if !row.targetSkipsReserved { postings.append(again(.reserve, hold, "\(index)/reserve")) }
            if hold.stage == BudgetStage.committed.name { postings.append(again(.commit, hold, "\(index)/commit")) }
            return postings
        }
    }

    /// Makes the hold available in the year that ends.
    private func undo(_ hold: CoordinationV1.YearEndHold, _ index: Int) -> CoordinationV1.Posting {
        let isReservation = hold.stage == BudgetStage.reserved.name
        var posting = self.posting(isReservation ? .expire : .release, hold, "\(index)")
        posting.stage = isReservation ? "" : hold.stage
        return posting
    }

    /// Makes the hold again in the next year's line.
    private func again(
        _ kind: CoordinationV1.PostingKind, _ hold: CoordinationV1.YearEndHold, _ name: String
    ) -> CoordinationV1.Posting {
        var posting = self.posting(kind, hold, name)
        posting.line = hold.targetLine
        return posting
    }

    private func posting(
        _ kind: CoordinationV1.PostingKind, _ hold: CoordinationV1.YearEndHold, _ name: String
    ) -> CoordinationV1.Posting {
        .init(
            postingId: "year/\(year)/\(callId)/\(name)", kind: kind, line: hold.line,
            amountMinor: hold.amountMinor, document: hold.document, description: "end of \(year)",
            currency: hold.currency)
    }
}
