import Contracts
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// A streaming call whose service dies when it has said everything and done everything, but not committed: it runs again,
/// once in effect, and the command that waits for it sees one answer.
@Suite(.serialized) struct StreamFaultTests {
    @Test(.timeLimit(.minutes(5))) func everyStreamingCommandOutlivesItsService() async throws {
        try await TestSite.with(households: 120) { site in
            let programmes = Program.root.appendingPathComponent("deploy/programmes/peru").path
            try await site.done("country", "load", "\(programmes)/country.json", "--as", "ana")
            try await site.done(
                "programme", "load", "\(programmes)/juntos.json", "\(programmes)/haku_winay.json", "--as", "ana")

            let registry = ["registry", "import"] + site.files("territories", "households", "members", "accounts")
            try await site.outlives("coordination.v1.Registry/Import", registry + ["--as", "ana"])
            #expect(try await site.count("coordination.household") == 121)
            try await site.done("budget", "appropriate", "--file", "\(site.data)/budget.csv", "--as", "ana")

            let participants = ["participants", "import"] + site.files("project_participants") + ["--as", "ana"]
            try await site.outlives("projects.v1.Projects/Import", participants)
            #expect(try await site.count("projects.participant") > 0)

            try await site.outlives(
                "transfers.v1.Cycles/Open",
                [
                    "cycle", "open", "--cycle", TestCycle.code, "--from", "2024-07-01", "--to", "2024-08-31", "--as",
                    "ana",
                ])
            #expect(try await site.count("transfers.cycle") == 1)

            let evidence = ["evidence", "import"] + site.files("school_attendance", "health_checks")
            try await site.outlives(
                "transfers.v1.Evidence/Import", evidence + ["--cycle", TestCycle.code, "--as", "ana"])

            _ = try await site.startRun()
            _ = try await site.approveRun()
            let answers = "\(site.directory)/answers"
            try await site.done("bank", "simulate", "--files", "\(site.directory)/bank", "--out", answers)
            let names = try FileManager.default.contentsOfDirectory(atPath: answers).sorted()
            try await site.outlives(
                "transfers.v1.Bank/Import", ["bank", "import"] + names.map { "\(answers)/\($0)" } + ["--as", "luis"])
            let verdict = try await site.done(
                "payments", "reconcile", "--cycle", TestCycle.code, "--json", "--as", "luis"
            ).json()
            #expect(number(verdict, "paidMinor") > 0)
            #expect(number(verdict, "differenceMinor") == 0)
            #expect(number(verdict, "ledgerPaidMinor") == number(verdict, "paidMinor"))

            let report = ["report", "run", "cycle", "--cycle", TestCycle.code, "--as", "luis", "--out"]
            try await site.outlives("reporting.v1.Reports/Run", report + ["\(site.directory)/killed"])
            try await site.done(report + ["\(site.directory)/whole"])
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(site.directory)/whole")
            where name.hasSuffix(".csv") {
                let files = ["killed", "whole"].map {
                    FileManager.default.contents(atPath: "\(site.directory)/\($0)/\(name)")
                }
                #expect(files[0] != nil && files[0] == files[1], "\(name)")
            }
            #expect(try await site.rows("SELECT call_id FROM rpc.dead").isEmpty)

            let streaming = Set(AllMethods.all.filter { $0.kind == .serverStreaming }.map(\.name))
            let ranAgain = try await site.rows(
                """
                SELECT name FROM rpc.call JOIN rpc.method USING (method_id)
                WHERE (SELECT count(DISTINCT seq >> 32) FROM rpc.message WHERE message.call_id = call.call_id) > 1
                """)
            #expect(Set(ranAgain) == Set(streaming.map { "{\"name\":\"\($0)\"}" }))
        }
    }
}

extension TestSite {
    fileprivate func count(_ table: String) async throws -> Int {
        try await rows("SELECT * FROM \(table)").count
    }

    /// Runs a command whose call's service is killed at the last moment before it commits; the command must end well, and its
    /// call must have run again.
    fileprivate func outlives(_ method: String, _ words: [String]) async throws {
        let pool = ConnectionPool(try administrator(), size: 1)
        let service = String(method.prefix { $0 != "." })
        try await pool.script(
            """
            CREATE FUNCTION public.hold_ending() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (
                    SELECT FROM rpc.call JOIN rpc.method USING (method_id)
                    WHERE call_id = NEW.call_id AND name = 'puente.\(method)')
                THEN
                    PERFORM pg_advisory_xact_lock_shared(770077);
                END IF;
                RETURN NEW;
            END
            $$;
            CREATE TRIGGER hold_ending BEFORE INSERT ON rpc.outcome FOR EACH ROW EXECUTE FUNCTION public.hold_ending()
            """)
        try await pool.script("SELECT pg_advisory_lock(770077)")
        let isOver = Mutex(false)
        async let ended = {
            defer { isOver.withLock { $0 = true } }
            return try await puente(words)
        }()
        // The service has done its work, and waits to say so.
        while try await pool.texts(of: Self.held, as: "q.pid::text").isEmpty {
            guard !isOver.withLock({ $0 }) else { break }
            try await Task.sleep(for: .milliseconds(2))
        }
        let endedEarly = isOver.withLock { $0 }
        try #require(!endedEarly, "\(method) ended before it could be killed")
        try kill(service: service)
        try await pool.script("SELECT pg_terminate_backend(pid) FROM (\(Self.held)) AS held")
        try await pool.script("SELECT pg_advisory_unlock(770077)")
        let outcome = try await ended
        #expect(outcome.status == 0, "\(method): \(outcome.notices)")
        try await pool.script("DROP TRIGGER hold_ending ON rpc.outcome; DROP FUNCTION public.hold_ending()")
        await pool.close()
    }

    private static let held =
        "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 770077 AND NOT granted"
}
