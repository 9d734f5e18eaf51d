import Contracts
import CoordinationDomain
import Postgres
import Queue

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

/// Previews, closes and seals years. Lapses, carry-over and the seal are one transaction.
struct CloseYearHandler: Handler {
    static let method = CoordinationV1.Budget.closeYear

    func handle(
        _ request: CoordinationV1.CloseYearRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.CloseYearReply {
        let year = request.fiscalYear
        let before = try await call.transaction.query(YearEnd(year: year))
        switch request.step {
        case .unspecified, .preview:
            return reply(false, before)
        case .close:
            return reply(try await changeYear(call, year, 2), before)
        case .seal:
            // Once the year is closing, its holds can only shrink; what is read then is what is moved.
            _ = try await changeYear(call, year, 2)
            let holds = try await call.transaction.query(YearEnd(year: year))
            let planned = reply(false, holds)
            guard planned.withoutTarget.isEmpty else {
                throw RPCError.failedPrecondition(
                    "these lines have no line of \(year + 1) to carry over to: "
                        + planned.withoutTarget.joined(separator: ", "))
            }
            if !holds.isEmpty { try await move(holds, year, call) }
            return reply(try await changeYear(call, year, 3), holds)
        }
    }

    private func move(
        _ holds: [CoordinationV1.YearEndHold], _ year: Int32, _ call: borrowing CallContext
    ) async throws {
        let postings = holds.enumerated().map { index, hold in
            let lapses = hold.stage == BudgetStage.reserved.name
            return CoordinationV1.Posting(
                postingId: "year-end/\(year)/\(call.info.id)/\(index)", kind: lapses ? .expire : .carryOver,
                line: hold.line, amountMinor: hold.amountMinor, document: hold.document,
                stage: lapses ? "" : hold.stage, description: "end of \(year)", targetLine: hold.targetLine)
        }
        let rows = try await call.transaction.query(
            PostBatch(
                mode: .atomic, remembersRefusals: false, actor: call.info.caller, callId: call.info.id,
                postings: postings))
        if let refused = rows.first(where: { $0.code != PostingCode.posted.rawValue && $0.code != "group_refused" }) {
            throw RPCError.failedPrecondition("\(refused.line) cannot be closed: \(refused.code)")
        }
    }

    private func reply(_ changed: Bool, _ holds: [CoordinationV1.YearEndHold]) -> CoordinationV1.CloseYearReply {
        let orphans = holds.filter { $0.stage != BudgetStage.reserved.name && $0.targetLine.isEmpty }.map(\.line)
        return .init(changed: changed, holds: holds, withoutTarget: Set(orphans).sorted())
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
