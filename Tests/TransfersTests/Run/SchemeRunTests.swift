import Contracts
import Foundation
import Queue
import Testing

/// A cycle runs to its bank files on lines of every scheme that is shipped, and on the ledger's own.
@Suite struct SchemeRunTests {
    private func load(_ scheme: String, _ fixture: RunFixture) async throws {
        guard scheme != "standard" else { return }
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../deploy/programmes/\(scheme)/budget_scheme.json")
        let definition = try CoordinationV1.BudgetScheme(json: [UInt8](Data(contentsOf: path)))
        _ = try await fixture.ana.call(CoordinationV1.Budget.loadScheme, definition, RunFixture.patient)
    }

    @Test(arguments: ["standard", "peru", "colombia", "mexico", "paraguay"])
    func aCycleIsPaidOnLinesOfTheScheme(scheme: String) async throws {
        try await withRun(households: 64) { fixture in
            try await load(scheme, fixture)
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024, scheme: scheme, minor: 0)
            _ = try await fixture.startRun()
            // Without money it waits, whether the scheme reserves or only looks what is available.
            let short = try await fixture.wait(for: "awaiting_budget")
            #expect(short.obstacles.map(\.shortfallMinor).reduce(0, +) == short.totalMinor, "\(short.obstacles)")
            #expect(Set(short.obstacles.map(\.kind)) == [scheme == "mexico" ? "budget_short" : "ledger"])
            try await fixture.openLines(year: 2024, scheme: scheme)
            try await fixture.resume()
            let ready = try await fixture.wait(for: "awaiting_approval")
            #expect(try await fixture.number(RunFixture.bound) == (scheme == "mexico" ? 0 : ready.totalMinor))
            _ = try await fixture.approve(ready)
            let sent = try await fixture.wait(for: "sent")
            let reached = ["colombia", "paraguay"].contains(scheme) ? "accrued" : "ordered"
            #expect(
                try await fixture.number("SELECT sum(\(reached)) FROM coordination.budget_line_v1") == sent.totalMinor)
            #expect(try await fixture.number(RunFixture.bound) == sent.totalMinor)
        }
    }

    @Test(arguments: ["standard", "colombia", "mexico"])
    func anApprovedRunOfTheSchemeIsTakenBack(scheme: String) async throws {
        try await withRun(households: 64) { fixture in
            try await load(scheme, fixture)
            _ = try await fixture.openCycle()
            try await fixture.openLines(year: 2024, scheme: scheme)
            _ = try await fixture.startRun()
            let ready = try await fixture.wait(for: "awaiting_approval")
            try await fixture.pause(TransfersV1.Payments.runChunk.name)
            _ = try await fixture.approve(ready)
            try await fixture.wait(until: fixture.waiting(TransfersV1.Payments.runChunk.name), is: 2)
            try await fixture.withdraw()
            _ = try await fixture.wait(for: "withdrawn")
            #expect(try await fixture.number(RunFixture.bound) == 0)
            #expect(
                try await fixture.number("SELECT sum(appropriated - available) FROM coordination.budget_line_v1") == 0)
        }
    }
}
