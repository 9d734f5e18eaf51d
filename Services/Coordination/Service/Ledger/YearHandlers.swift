import Contracts
import CoordinationDomain
import Postgres
import Queue
import Vocabulary

/// Seals days.
struct SealDaysHandler: Handler {
    static let method = CoordinationV1.Budget.sealDays

    func handle(
        _ request: CoordinationV1.SealDaysRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.SealDaysReply {
        guard let through = CalendarDate(iso8601: request.through) else {
            throw RPCError.invalidArgument("`through` is not a date like 2024-08-31")
        }
        return .init(
            changed: try await changeYear(call, request.fiscalYear, nil, sealedThrough: through.daysSinceEpoch2000))
    }
}

/// Previews, closes and seals years. What is done to the holds and the seal are one transaction.
struct CloseYearHandler: Handler {
    static let method = CoordinationV1.Budget.closeYear

    func handle(
        _ request: CoordinationV1.CloseYearRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.CloseYearReply {
        let year = request.fiscalYear
        let before = try await call.transaction.query(YearEnd(year: year))
        switch request.step {
        case .unspecified, .preview:
            return try await reply(false, before, call)
        case .close:
            return try await reply(try await changeYear(call, year, 2), before, call)
        case .seal:
            // Once the year is closing, its holds can only shrink; what is read then is what is moved.
            _ = try await changeYear(call, year, 2)
            // A sealed year stays as its end left it, whatever the scheme says since.
            guard try await call.transaction.queryOne(IsSealed(year: year)) == false else {
                return try await reply(false, before, call)
            }
            let holds = try await call.transaction.query(YearEnd(year: year))
            var planned = try await reply(false, holds, call)
            guard planned.withoutTarget.isEmpty else {
                throw RPCError.failedPrecondition(
                    "these lines have no line of \(year + 1) to go to: "
                        + planned.withoutTarget.joined(separator: ", "))
            }
            try await move(holds, year, call)
            planned.changed = try await changeYear(call, year, 3)
            return planned
        }
    }

    private func move(_ holds: [YearEnd.Row], _ year: Int32, _ call: borrowing CallContext) async throws {
        let plan = YearEndPostings(year: year, callId: call.info.id)
        let postings = holds.enumerated().flatMap { plan.postings($1, $0) }
        guard !postings.isEmpty else { return }
        let rows = try await call.transaction.query(
            PostBatch(
                mode: .atomic, remembersRefusals: false, actor: call.info.caller, callId: call.info.id,
                postings: postings))
        let refused = rows.filter { ![PostingCode.posted, .groupRefused].map(\.rawValue).contains($0.code) }
        guard let first = refused.first else { return }
        var short: [String: Int64] = [:]
        for row in refused where row.shortfall > 0 { short[row.line, default: 0] += row.shortfall }
        guard short.isEmpty else {
            throw RPCError.failedPrecondition(
                "these lines of \(year + 1) have too little available for what is charged to them, in minor units: "
                    + short.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                    + "; appropriate it, then seal again")
        }
        throw RPCError.failedPrecondition("\(first.line) cannot be closed: \(first.code)")
    }

    /// What was, or would be, done, and what is in the way of it.
    private func reply(
        _ changed: Bool, _ rows: [YearEnd.Row], _ call: borrowing CallContext
    ) async throws -> CoordinationV1.CloseYearReply {
        let holds = rows.map(\.hold)
        var orphans: Set<String> = []
        var charged: [String: Int64] = [:]
        for hold in holds {
            switch hold.treatment {
            case .unspecified, .lapse, .payable: continue
            case .carryOver, .chargeNextYear:
                if hold.targetLine.isEmpty {
                    orphans.insert(hold.line)
                } else if hold.treatment == .chargeNextYear {
                    charged[hold.targetLine, default: 0] += hold.amountMinor
                }
            }
        }
        let balances = try await call.transaction.query(LineBalances(lines: charged.keys.sorted()))
        return .init(
            changed: changed, holds: holds, withoutTarget: orphans.sorted(),
            shortfalls: balances.compactMap { line in
                let lacking = (charged[line.line] ?? 0) - line.availableMinor
                return lacking > 0
                    ? .init(
                        code: PostingCode.insufficientAvailable.rawValue, shortfallMinor: lacking, line: line.line)
                    : nil
            })
    }
}

/// Changes a year and says whether anything changed; what is in the way is an error.
private func changeYear(
    _ call: borrowing CallContext, _ year: Int32, _ state: Int16?, sealedThrough: Int32? = nil
) async throws -> Bool {
    let outcome = try await call.transaction.queryOne(
        ChangeYear(
            actor: call.info.caller, callId: call.info.id, year: year, state: state, sealedThrough: sealedThrough))
    switch outcome {
    case "changed": return true
    case "unchanged": return false
    case "unknown_year": throw RPCError.notFound("no budget line has fiscal year \(year)")
    // A year that is further on already is not moved back; asking again for an earlier step changes nothing.
    case "not_reversible": return false
    case "date_not_over": throw RPCError.failedPrecondition("a day can be sealed when it is over")
    case "open_holds": throw RPCError.failedPrecondition("fiscal year \(year) still holds money between its stages")
    default: throw RPCError.internal("the ledger gave an answer that nobody knows")
    }
}
