import Contracts
import Foundation
import Queue
import TestSupport

/// What each move does. Each answers in a few words what came of it.
extension Adversary {
    func play(_ move: Move) async throws -> String {
        switch move {
        case .open(let cycle): try await open(cycle)
        case .openOverlapping(let cycle): try await openOverlapping(cycle)
        case .appropriate(let line, let percent): try await appropriate(line, percent, cut: false)
        case .cut(let line, let percent): try await appropriate(line, percent, cut: true)
        case .importAccounts(let first, let count): try await importAccounts(first, count)
        case .importLateEvidence(let cycle): try await importLateEvidence(cycle)
        case .run(let cycle, let isSupplementary, let accepts, let person):
            try await run(cycle, isSupplementary: isSupplementary, accepts: accepts, by: person)
        case .review(let cycle): try await review(cycle)
        case .approve(let cycle, let isStale, let person): try await approve(cycle, isStale: isStale, by: person)
        case .refuse(let cycle, let person): try await refuse(cycle, by: person)
        case .withdraw(let cycle): try await withdraw(cycle)
        case .resume(let cycle): try await resume(cycle)
        case .reconcile(let cycle): try await reconcile(cycle)
        case .advance(let cycle): try await advance(cycle)
        case .bankTakesUp: try bankTakesUp()
        case .bankWorks: bankWorks()
        case .deliver(let message, let times): try await deliver(message, times: times)
        case .deliverMutilated(let message): try await deliverMutilated(message)
        case .settleOddities: try await settleOddities()
        case .giveBack(let cycle): try await giveBack(cycle)
        case .cancelCall(let among): try await cancelCall(among: among)
        case .retryDead: try await retryDead()
        case .discardDead: try await discardDead()
        case .year(let step): try await year(step)
        case .pausePayments: try await pausePayments()
        case .continuePayments: try await continuePayments()
        case .cutConnections(let service): try await cut(service)
        case .kill(let service): try await kill(service)
        case .stop(let service): try await stop(service)
        case .start(let service): start(service)
        case .snapshot: try await snapshot()
        case .restore: try await restore()
        case .wait: try await wait()
        }
    }

    // MARK: Cycles, money, imports

    func open(_ cycle: Int) async throws -> String {
        let named = AdversaryModel.cycles[cycle]
        let request = TransfersV1.OpenCycleRequest(
            programme: "juntos", cycle: named.code, firstDay: named.first, lastDay: named.last)
        var last = TransfersV1.OpenCycleProgress()
        for try await seen in site.client(.ana).stream(TransfersV1.Cycles.open, request, site.options(.transfers)) {
            last = seen
        }
        return last.done ? "open" : "not open"
    }

    /// The same days under another code, where the cycle is open.
    private func openOverlapping(_ cycle: Int) async throws -> String {
        let named = AdversaryModel.cycles[cycle]
        let open = try await site.number(
            "SELECT count(*) FROM transfers.cycle WHERE code = '\(named.code)' AND state <> 'void'")
        guard open > 0 else { return "the cycle is not open" }
        let request = TransfersV1.OpenCycleRequest(
            programme: "juntos", cycle: "\(named.code)b", firstDay: named.last, lastDay: named.last)
        var last = TransfersV1.OpenCycleProgress()
        for try await seen in site.client(.beto).stream(TransfersV1.Cycles.open, request, site.options(.transfers)) {
            last = seen
        }
        guard !last.done else { throw Violation("a period was opened twice") }
        return "not open"
    }

    private func appropriate(_ index: Int, _ percent: Int, cut: Bool) async throws -> String {
        try await post(index, minor: AdversaryModel.cycleMinor * Int64(percent) / 100, cut: cut)
    }

    func post(_ index: Int, minor: Int64, cut: Bool = false) async throws -> String {
        let posting = CoordinationV1.Posting(
            postingId: "law/\(fresh())", kind: cut ? .cut : .appropriate, line: model.lines[index].line,
            amountMinor: minor,
            currency: model.currency)
        let reply = try await call(
            .ana, CoordinationV1.Budget.post, .init(mode: .atomic, postings: [posting]), .coordination)
        return reply.results.map(\.code).joined(separator: ", ")
    }

    func importAccounts(_ first: Int, _ count: Int) async throws -> String {
        try await site.watcher.script(AdversaryModel.accounts(first: first, count: count, digit: fresh() % 10))
        for index in first..<(first + count) where index % 8 == RunPopulation.Case.noAccount.rawValue {
            if index <= AdversaryModel.households { model.hasAccount.insert(index) }
        }
        return "done"
    }

    private func importLateEvidence(_ cycle: Int) async throws -> String {
        try await site.watcher.script(AdversaryModel.lateEvidence(cycle))
        model.hasLateEvidence.insert(cycle)
        return "done"
    }

    private func year(_ step: Move.YearStep) async throws -> String {
        let asked: CoordinationV1.CloseYearStep =
            switch step {
            case .preview: .preview
            case .close: .close
            case .reopen: .reopen
            case .seal: .seal
            }
        let reply = try await call(
            .ana, CoordinationV1.Budget.closeYear, .init(fiscalYear: 2024, step: asked), .coordination)
        return "\(reply.state)\(reply.changed ? ", changed" : "")"
    }

    // MARK: The services and the site

    private func cut(_ service: Move.Service) async throws -> String {
        try await site.cut(service)
        return "done"
    }

    /// The service is started again at once, as its supervisor does.
    private func kill(_ service: Move.Service) async throws -> String {
        await site.kill(service)
        site.start(service)
        return "done"
    }

    private func stop(_ service: Move.Service) async throws -> String {
        await site.stop(service)
        return "done"
    }

    private func start(_ service: Move.Service) -> String {
        site.start(service)
        return "done"
    }

    func wait() async throws -> String {
        try await site.quiet()
        return "done"
    }

    private func pausePayments() async throws -> String {
        let pause = try await call(.ana, TransfersV1.Payments.pause, .init(reason: "a look"))
        return "event \(pause.event)"
    }

    func continuePayments() async throws -> String {
        let event = try await site.number("SELECT event FROM transfers.payment_pause WHERE paused")
        guard event > 0 else { return "not paused" }
        _ = try await call(.beto, TransfersV1.Payments.continue, .init(reason: "compared", seenEvent: event))
        return "done"
    }
}
