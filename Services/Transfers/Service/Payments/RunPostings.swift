import Contracts
import Crypto
import LedgerConversation

/// What a run asks of the ledger, as the scheme of each line has the stages: what is still missing of its need, or what is
/// still held of what it gives back. Nothing here asks; it says what would be asked.
struct RunPostings {
    let run: PaymentRun
    let lines: [RunLine]

    /// What `lines` lack where nothing is reserved and money must only be there: line and minor units.
    var shortfalls: [(line: String, minor: Int64)] {
        lines.filter { $0.skipsReserved && !$0.isUnlimited }.compactMap { line in
            let lacking = line.amountMinor - line.committedMinor - line.availableMinor
            return lacking > 0 ? (line.line, lacking) : nil
        }
    }

    /// The reservation; nil when the run holds all that it needs, or no line has a reservation.
    func reservation(generation: Int32) -> LedgerRequest? {
        request(
            "reserve", generation,
            lines.filter { !$0.skipsReserved }.map {
                ("RESERVE", .reserve, "", $0.line, $0.amountMinor - $0.reservedMinor)
            })
    }

    /// Commitment, accrual and order; nil when the run has all of them.
    func order(generation: Int32) -> LedgerRequest? {
        request(
            "order", generation,
            lines.map { ("COMMIT", .commit, "", $0.line, $0.amountMinor - $0.committedMinor) }
                + lines.map { ("ACCRUE", .accrue, "", $0.line, $0.amountMinor - $0.accruedMinor) }
                + lines.filter { !$0.skipsOrdered }
                .map { ("ORDER", .order, "", $0.line, $0.amountMinor - $0.orderedMinor) })
    }

    /// Everything that the ledger holds for the run and has not paid; nil when it holds nothing.
    func release(generation: Int32) -> LedgerRequest? {
        request(
            "release", generation,
            lines.flatMap { line in
                [
                    ("RELEASE-RESERVED", .release, "reserved", line.line, line.reservedMinor - line.committedMinor),
                    ("RELEASE-COMMITTED", .release, "committed", line.line, line.committedMinor - line.accruedMinor),
                    ("RELEASE-ACCRUED", .release, "accrued", line.line, line.accruedMinor - line.orderedMinor),
                    ("RELEASE-ORDERED", .release, "ordered", line.line, line.orderedMinor - line.paidMinor),
                ]
            })
    }

    private func request(
        _ purpose: String, _ generation: Int32,
        _ steps: [(step: String, kind: CoordinationV1.PostingKind, stage: String, line: String, minor: Int64)]
    ) -> LedgerRequest? {
        let postings = steps.filter { $0.minor > 0 }.map { step in
            CoordinationV1.Posting(
                postingId: BoundedIdentifier.make("\(run.document)/\(step.step)-\(generation)/\(step.line)"),
                kind: step.kind, line: step.line, amountMinor: step.minor, document: run.document, stage: step.stage,
                description: "\(run.programme) \(run.cycle)", currency: run.currency)
        }
        guard !postings.isEmpty else { return nil }
        return LedgerRequest(
            requestId: "\(run.document)/\(purpose)-\(generation)", document: run.document, purpose: purpose,
            generation: generation, postings: postings)
    }
}
