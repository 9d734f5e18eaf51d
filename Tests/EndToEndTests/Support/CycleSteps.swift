import Foundation
import Testing

/// The cycle that every test works on.
enum TestCycle {
    static let code = "2024-4"
}

/// The steps of a cycle, as a person takes them.
extension TestSite {
    /// How a command is told which cycle is meant.
    var cycle: [String] { ["--cycle", TestCycle.code] }

    /// Programmes, registry, budget, an open cycle, and its evidence unless the test wants none.
    func prepareCycle(evidence: Bool = true) async throws {
        let place = Program.root.appendingPathComponent("deploy/programmes/\(programme.country)").path
        try await done("country", "load", "\(place)/country.json", "--as", "ana")
        try await done(
            ["programme", "load"] + programme.definitions.map { "\(place)/\($0).json" } + ["--as", "ana"])
        try await done(
            ["registry", "import"] + files("territories", "households", "members", "accounts") + ["--as", "ana"])
        try await done("budget", "appropriate", "--file", "\(data)/budget.csv", "--as", "ana")
        try await done(
            ["cycle", "open"] + cycle + ["--from", "2024-07-01", "--to", "2024-08-31", "--as", "ana"])
        guard evidence else { return }
        try await done(
            ["evidence", "import"] + files("school_attendance", "health_checks")
                + ["--cycle", TestCycle.code, "--as", "ana"])
    }

    /// Starts the run and, unless told otherwise, follows it until a person has to act.
    func startRun(watching: Bool = true) async throws -> [String: Any] {
        let watch = watching ? ["--watch"] : []
        return try await done(
            ["payments", "run"] + cycle + [
                "--pay-on", "2024-09-16", "--json", "--as", "ana",
                "--accept", "pay_day_past,evidence_missing", "--reason", "the data of a year that is past",
            ] + watch
        ).json()
    }

    /// Approves as the second person, and follows the run to its bank files.
    func approveRun(watching: Bool = true) async throws -> [String: Any] {
        let watch = watching ? ["--watch"] : []
        let total = programme.amount(number(try await runStatus(), "totalMinor"))
        return try await done(
            ["payments", "approve"] + cycle + ["--total", total, "--json", "--as", "luis"] + watch
        ).json()
    }

    /// The state of the latest run.
    func runStatus() async throws -> [String: Any] {
        try await done(["payments", "status"] + cycle + ["--json", "--as", "ana"]).json()
    }

    /// How the answers of the bank and the ledger agree with what was ordered.
    func reconcile() async throws -> [String: Any] {
        try await done(["payments", "reconcile"] + cycle + ["--json", "--as", "luis"]).json()
    }

    /// What the bank answers to every file, imported.
    func takeBankAnswers() async throws {
        let answers = "\(directory)/answers"
        try await done(
            "bank", "simulate", "--files", "\(directory)/bank", "--out", answers, "--closed",
            "\(data)/bank_closed_accounts.csv")
        let names = try FileManager.default.contentsOfDirectory(atPath: answers).sorted()
        try #require(!names.isEmpty)
        try await done(["bank", "import"] + names.map { "\(answers)/\($0)" } + ["--as", "luis"])
    }

    /// Everything that a run decides and that must not depend on what happened on the way.
    func decisions() async throws -> Decisions {
        Decisions(
            orders: try await rows(
                "SELECT household_id, end_to_end_id, uetr, amount_minor FROM transfers.payment_order ORDER BY 1"),
            entitlements: try await rows(
                "SELECT household_id, component, units, amount_minor FROM transfers.entitlement ORDER BY 1, 2"),
            ledger: try await rows(
                """
                SELECT line, appropriated, available, reserved, committed, accrued, ordered, paid
                FROM coordination.budget_line_v1 ORDER BY 1
                """),
            files: try bankFiles())
    }
}

/// See ``TestSite/decisions()``.
struct Decisions: Equatable {
    let orders: [String]
    let entitlements: [String]
    let ledger: [String]
    let files: [String: Data]
}

/// A field of an answer in JSON; proto3 leaves out zeros and empty texts.
func text(_ answer: [String: Any], _ field: String) -> String { answer[field] as? String ?? "" }
/// A 64-bit number of an answer in JSON, which proto3 writes as text.
func number(_ answer: [String: Any], _ field: String) -> Int64 { Int64(text(answer, field)) ?? 0 }
