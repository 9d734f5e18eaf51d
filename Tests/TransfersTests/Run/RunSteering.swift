import Contracts
import Foundation
import Postgres
import Queue
import Testing

/// What the tests do to a run beside its ordinary way: stopping and losing calls, closing years, other lines.
extension RunFixture {
    /// Stops or resumes the claiming of a method.
    func pause(_ method: String, _ pausing: Bool = true) async throws {
        let service = method.contains("Budget") ? "coordination" : "transfers"
        try await script(
            "UPDATE rpc.method SET paused = \(pausing) WHERE name = '\(method)'; NOTIFY rpc_service_\(service)")
    }

    /// Stops the chunks of every stage as it begins, in the transaction that begins it.
    func pauseAtEachStage() async throws {
        try await script(
            """
            CREATE FUNCTION public.stop_chunks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                UPDATE rpc.method SET paused = true WHERE name = '\(TransfersV1.Payments.runChunk.name)';
                RETURN NULL;
            END $$;
            CREATE TRIGGER stop_chunks AFTER UPDATE OF state ON transfers.payment_run FOR EACH ROW
                WHEN (OLD.state <> NEW.state AND NEW.state IN ('verifying', 'ordering', 'writing'))
                EXECUTE FUNCTION public.stop_chunks()
            """)
    }

    /// Waits until a number is as it should be.
    func wait(until expression: String, is wanted: Int64) async throws {
        var seen: Int64 = 0
        for _ in 0..<600 {
            seen = try await number(expression)
            if seen == wanted { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("\(expression) is \(seen), not \(wanted)")
    }

    /// Waits until the run has come to a state, whatever states it passes, also those in which it could rest.
    func reach(_ state: String) async throws -> TransfersV1.RunStatus {
        try await wait(until: "SELECT count(*) FROM transfers.payment_run WHERE state = '\(state)'", is: 1)
        return try await status()
    }

    /// Calls of a method that wait to be taken.
    func waiting(_ method: String) -> String {
        """
        SELECT count(*) FROM rpc.unfinished AS open JOIN rpc.method AS named USING (method_id)
        WHERE named.name = '\(method)' AND open.state IN ('ready', 'blocked')
        """
    }

    /// Takes every waiting call of a method out of the queue: as if it was cancelled (with `status`), or dropped long ago.
    func lose(_ method: String, status: Int16? = nil) async throws {
        let ended = status.map {
            """
            INSERT INTO rpc.outcome (call_id, attempt, status, message)
            SELECT open.call_id, 1, \($0), 'lost by a test' FROM rpc.unfinished AS open
            JOIN rpc.method AS named USING (method_id) WHERE named.name = '\(method)';
            """
        }
        try await script(
            """
            \(ended ?? "")
            DELETE FROM rpc.ready USING rpc.method AS named
            WHERE ready.method_id = named.method_id AND named.name = '\(method)';
            DELETE FROM rpc.waiting USING rpc.method AS named
            WHERE waiting.method_id = named.method_id AND named.name = '\(method)';
            DELETE FROM rpc.permit USING rpc.method AS named
            WHERE permit.method_id = named.method_id AND named.name = '\(method)';
            DELETE FROM rpc.arrival USING rpc.method AS named
            WHERE arrival.method_id = named.method_id AND named.name = '\(method)';
            """)
    }

    /// Asks the run to go on.
    @discardableResult
    func resume() async throws -> TransfersV1.RunStatus {
        let run = try await status().runId
        return try await ana.call(
            TransfersV1.Payments.resume, TransfersV1.StatusRequest(runId: run), Self.patient)
    }

    /// Takes the run back.
    @discardableResult
    func withdraw(reason: String = "an account was wrong") async throws -> TransfersV1.RunStatus {
        let run = try await status().runId
        return try await ana.call(
            TransfersV1.Payments.withdraw, TransfersV1.WithdrawRequest(runId: run, reason: reason), Self.patient)
    }

    /// Opens lines of a year and scheme for both departments, with money.
    func openLines(
        year: Int32, scheme: String = "standard", currency: String = "PEN", fund: String = "RO",
        minor: Int64 = 10_000_000
    ) async throws {
        let lines = ["01", "06"].map {
            CoordinationV1.BudgetLine(
                line: "\(year)-\(fund)-\(currency)-\($0)", fiscalYear: year, fund: fund, ministry: "MIDIS",
                programme: "juntos", territory: $0, currency: currency, scheme: scheme)
        }
        _ = try await ana.call(
            CoordinationV1.Budget.openLines, CoordinationV1.OpenLinesRequest(lines: lines), Self.patient)
        guard minor > 0 else { return }
        let postings = lines.map {
            CoordinationV1.Posting(
                postingId: "law/\($0.line)", kind: .appropriate, line: $0.line, amountMinor: minor, currency: currency)
        }
        _ = try await ana.call(
            CoordinationV1.Budget.post, CoordinationV1.PostRequest(mode: .atomic, postings: postings), Self.patient)
    }

    /// Closes or seals a year.
    func close(_ year: Int32, _ step: CoordinationV1.CloseYearStep) async throws {
        let request = CoordinationV1.CloseYearRequest(fiscalYear: year, step: step)
        _ = try await ana.call(CoordinationV1.Budget.closeYear, request, Self.patient)
    }

    /// Money that the ledger holds for payment runs and has not paid, of all lines.
    static let bound = """
        SELECT coalesce(sum(reserved - paid), 0) FROM coordination.budget_document_v1 WHERE document LIKE 'run/%'
        """
}

extension RunFixture {
    /// Takes the folder for bank files away: a file stands in its place.
    func hideOutbox(_ isHidden: Bool) async throws {
        if isHidden {
            try FileManager.default.removeItem(atPath: outbox)
            try Data().write(to: URL(fileURLWithPath: outbox))
        } else {
            try FileManager.default.removeItem(atPath: outbox)
            try FileManager.default.createDirectory(atPath: outbox, withIntermediateDirectories: true)
        }
    }

    /// The status once it names an obstacle.
    func statusWithObstacle(_ kind: String) async throws -> TransfersV1.RunStatus {
        var seen = TransfersV1.RunStatus()
        for _ in 0..<600 {
            seen = try await status()
            if seen.obstacles.contains(where: { $0.kind == kind }) { return seen }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw RunWentElsewhere(wanted: kind, seen: seen)
    }
}
