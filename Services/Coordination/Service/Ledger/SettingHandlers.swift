import Contracts
import Postgres
import Queue
import Vocabulary

/// Changes control levels.
struct SetControlHandler: Handler {
    static let method = CoordinationV1.Budget.setControl

    func handle(
        _ request: CoordinationV1.SetControlRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.SetControlReply {
        guard request.control != .unspecified else { throw RPCError.invalidArgument("say which control level") }
        guard !request.reason.isEmpty else { throw RPCError.invalidArgument("say why the control level changes") }
        let changed = try await call.transaction.query(
            ChangeControl(actor: call.info.caller, callId: call.info.id, request: request))
        return .init(changed: changed.compactMap { $0 })
    }
}

/// Sets ceilings.
struct SetLimitHandler: Handler {
    static let method = CoordinationV1.Budget.setLimit

    func handle(
        _ request: CoordinationV1.SetLimitRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.SetLimitReply {
        guard request.ceilingMinor >= 0 else { throw RPCError.invalidArgument("a ceiling is not negative") }
        guard Currency(code: request.currency) != nil else {
            throw RPCError.invalidArgument("currency: \(request.currency) is no currency of ISO 4217")
        }
        let used = try await call.transaction.queryOne(
            ChangeLimit(actor: call.info.caller, callId: call.info.id, request: request))
        return .init(usedMinor: used ?? 0)
    }
}

/// Loads schemes.
struct LoadSchemeHandler: Handler {
    static let method = CoordinationV1.Budget.loadScheme

    func handle(
        _ request: CoordinationV1.BudgetScheme, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.LoadSchemeReply {
        guard let yearEnd = request.yearEnd else {
            throw RPCError.invalidArgument("yearEnd: say what becomes of each stage at the end of the year")
        }
        let changed = try await call.transaction.queryOne(
            StoreScheme(actor: call.info.caller, callId: call.info.id, scheme: request, yearEnd: yearEnd))
        return .init(changed: changed ?? false)
    }
}

/// Returns lapsed reservations to available.
struct ExpireHandler: Handler {
    static let method = CoordinationV1.Budget.expire

    func handle(
        _ request: CoordinationV1.ExpireRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.PostReply {
        var date: CalendarDate?
        if !request.on.isEmpty {
            date = CalendarDate(iso8601: request.on)
            guard date != nil else { throw RPCError.invalidArgument("`on` is not a date like 2024-08-31") }
        }
        let lapsed = try await call.transaction.query(LapsedHolds(date: date?.daysSinceEpoch2000))
        guard !lapsed.isEmpty else { return .init() }
        let request = CoordinationV1.PostRequest(
            mode: .continue,
            postings: lapsed.enumerated().map { index, hold in
                .init(
                    postingId: "expire/\(call.info.id)/\(index)", kind: .expire, line: hold.line,
                    amountMinor: hold.amount, document: hold.document, description: "reservation lapsed",
                    currency: hold.currency)
            })
        let rows = try await PostBatch(
            mode: .continue, remembersRefusals: false, isOwnAct: true, actor: call.info.caller,
            callId: call.info.id, postings: request.postings
        ).post(in: call.transaction)
        return PostHandler.reply(
            rows, request,
            balances: try await call.transaction.query(LineBalances(lines: Set(lapsed.map(\.line)).sorted())))
    }
}
