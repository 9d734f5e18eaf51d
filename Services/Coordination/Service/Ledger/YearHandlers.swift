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

/// Previews, closes, seals and reopens years. What is done to the holds and the seal are one transaction. What has nowhere
/// to go is an answer, and nothing changes.
struct CloseYearHandler: Handler {
    static let method = CoordinationV1.Budget.closeYear

    func handle(
        _ request: CoordinationV1.CloseYearRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.CloseYearReply {
        let year = request.fiscalYear
        guard let state = try await call.transaction.queryOne(YearState(year: year)) else {
            throw RPCError.notFound("no budget line has fiscal year \(year)")
        }
        var reply = try await plan(year, call)
        reply.state = state
        switch request.step {
        case .unspecified, .preview: return reply
        case .reopen:
            guard state != "sealed" else { throw RPCError.failedPrecondition("fiscal year \(year) is sealed") }
            reply.changed = try await changeYear(call, year, 1)
        case .close:
            guard reply.withoutTarget.isEmpty else { return reply }
            reply.changed = try await changeYear(call, year, 2)
        case .seal:
            // A sealed year stays as its end left it, whatever the scheme says since.
            guard state != "sealed", !reply.hasObstacle else { return reply }
            // Once the year is closing, its holds can only shrink; what is read then is what is moved.
            _ = try await changeYear(call, year, 2)
            reply = try await plan(year, call)
            guard !reply.hasObstacle else { throw RPCError.aborted("the year's holds changed meanwhile; try again") }
            try await move(year, call)
            reply.changed = try await changeYear(call, year, 3)
        }
        reply.state = try await call.transaction.queryOne(YearState(year: year)) ?? state
        return reply
    }

    private func move(_ year: Int32, _ call: borrowing CallContext) async throws {
        let plan = YearEndPostings(year: year, callId: call.info.id)
        let holds = try await call.transaction.query(YearEnd(year: year))
        let postings = holds.enumerated().flatMap { plan.postings($1, $0) }
        guard !postings.isEmpty else { return }
        let rows = try await PostBatch(
            mode: .atomic, remembersRefusals: false, isOwnAct: true, actor: call.info.caller,
            callId: call.info.id, postings: postings
        ).post(in: call.transaction)
        let settled = [PostingCode.posted, .groupRefused].map(\.rawValue)
        guard let refused = rows.first(where: { !settled.contains($0.code) }) else { return }
        // The next year's lines are not locked by this year's: what was there may be gone.
        if refused.shortfall > 0 { throw RPCError.aborted("\(refused.line) changed meanwhile; try again") }
        throw RPCError.failedPrecondition("\(refused.line) cannot be closed: \(refused.code)")
    }

    /// What would be done, and what is in the way of it.
    private func plan(_ year: Int32, _ call: borrowing CallContext) async throws -> CoordinationV1.CloseYearReply {
        let holds = try await call.transaction.query(YearEnd(year: year)).map(\.hold)
        var orphans: Set<String> = []
        var charged: [String: Int128] = [:]
        for hold in holds {
            switch hold.treatment {
            case .unspecified, .lapse, .payable: continue
            case .carryOver, .chargeNextYear:
                if hold.targetLine.isEmpty {
                    orphans.insert(hold.line)
                } else if hold.treatment == .chargeNextYear {
                    charged[hold.targetLine, default: 0] += Int128(hold.amountMinor)
                }
            }
        }
        let balances = try await call.transaction.query(LineBalances(lines: charged.keys.sorted()))
        return .init(
            holds: holds, withoutTarget: orphans.sorted(),
            shortfalls: balances.compactMap { line in
                let lacking = (charged[line.line] ?? 0) - Int128(line.availableMinor)
                guard lacking > 0 else { return nil }
                return .init(
                    code: PostingCode.insufficientAvailable.rawValue, shortfallMinor: Int64(clamping: lacking),
                    line: line.line, currency: line.currency)
            })
    }
}

extension CoordinationV1.CloseYearReply {
    /// Whether anything stands in the way of sealing.
    var hasObstacle: Bool { !withoutTarget.isEmpty || !shortfalls.isEmpty }
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
