import Contracts
import Queue

extension Desk {
    /// Time between two looks at a run.
    private static let lookInterval = Duration.milliseconds(250)

    /// Time that the ledger gets to take in what the bank has just said, and how long an answer may stay the same meanwhile.
    private static let ledgerPatience = (whole: Duration.seconds(60), same: Duration.seconds(5))

    /// Compares orders, bank and ledger. The ledger posts payments by calls of its own: as long as they are on their
    /// way, the comparison is made again; when nothing changes any more, the answer is what it is.
    func reconcile(_ request: TransfersV1.StatusRequest) async throws -> TransfersV1.Reconciliation {
        let progress = Progress(terminal)
        let begin = ContinuousClock.now
        var answer = try await call(TransfersV1.Payments.reconcile, request)
        var changed = ContinuousClock.now
        while answer.unanswered > 0 || answer.ledgerPaidMinor != answer.paidMinor,
            begin.duration(to: .now) < Self.ledgerPatience.whole, changed.duration(to: .now) < Self.ledgerPatience.same
        {
            progress.show(
                stage: Text("waiting for the ledger", es: "esperando al presupuesto")(language),
                detail: Figures.money(answer.ledgerPaidMinor, answer.currency))
            try await Task.sleep(for: Self.lookInterval)
            let next = try await call(TransfersV1.Payments.reconcile, request)
            if next != answer { changed = .now }
            answer = next
        }
        progress.finish()
        return answer
    }

    /// Shows a run; with --watch, follows it first until it stops moving by itself.
    func follow(_ first: TransfersV1.RunStatus, request: TransfersV1.StatusRequest) async throws {
        var status = first
        if invocation[CycleOptions.watch] {
            let progress = Progress(terminal)
            while RunReport(status: status, language: language).isMoving {
                let line = RunReport(status: status, language: language).progressLine
                progress.show(stage: line.stage, detail: line.detail)
                try await Task.sleep(for: Self.lookInterval)
                // A service that is being started again is no reason to stop watching.
                status = try await client.call(
                    TransfersV1.Payments.status, request, CallOptions(waitForReady: true))
            }
            progress.finish()
        }
        let report = RunReport(status: status, language: language)
        show(status, report.lines)
        try await noticeOverlap(programme: status.programme, cycle: status.cycle)
        if !invocation.wantsJSON, let next = report.nextStep() { terminal.notice(next) }
    }

    /// Shows what was found before a run was started; refuses where that kept it from being started.
    func showFindings(_ reply: TransfersV1.RunReply) throws {
        let currency = reply.status?.currency ?? ""
        for finding in reply.findings {
            FindingWords(finding: finding, currency: currency).lines(language).forEach { terminal.notice($0) }
        }
        guard reply.runId.isEmpty else { return }
        let odd = reply.findings.filter { $0.weight == .odd && $0.reason.isEmpty }.map(\.code)
        let isFatal = reply.findings.contains { $0.weight == .fatal }
        throw Failure(
            Text("the run was not started", es: "la corrida no se inició"),
            remedy: isFatal
                ? Text("mend what is said above, then run it again", es: "repare lo dicho arriba y ejecútela otra vez")
                : Text(
                    "if it is right all the same: --accept \(odd.joined(separator: ",")) --reason TEXT",
                    es: "si aun así es correcto: --accept \(odd.joined(separator: ",")) --reason TEXTO"))
    }
}
