import Foundation
import Testing

@testable import BackOffice

/// Nothing in a rehearsal leads to the live system.
@Suite struct RehearsalTests {
    private func invocation(_ environment: [String: String]) -> Invocation {
        Invocation(
            path: ["puente", "restore"], arguments: [], values: [:],
            terminal: Terminal(language: .english, isInteractive: false), environment: environment)
    }

    private func withState(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("live-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    @Test func itsFilesStayWithItWhateverTheEnvironmentNames() throws {
        try withState { live in
            let environment = [
                "PUENTE_STATE": live, "DATABASE_URL": "postgresql://boss@live/puente", "PGPASSWORD": "secret",
                "PUENTE_BANK_FILES": "/live/outbox",
            ]
            let copy = try Rehearsal.prepare("try", dump: "/dumps/a.dump", invocation(environment))
            let directory = "\(live)/rehearsals/try"
            #expect(copy.environment == ["PUENTE_STATE": directory])
            #expect(Site.stateDirectory(copy) == directory)
            try Data("postgresql://puente_admin@127.0.0.1:1\n".utf8).write(
                to: URL(fileURLWithPath: "\(directory)/postgres.url"))
            let site = try Site(copy)
            #expect(site.isRehearsal)
            let told = site.serviceEnvironment("transfers", inherited: environment)
            #expect(told["PUENTE_BANK_FILES"] == "\(directory)/bank")
            #expect(told["PGPASSWORD"] == nil)
            // The live database's address beside a rehearsal's directory is a mistake.
            #expect(throws: Failure.self) {
                _ = try Site(invocation(["PUENTE_STATE": directory, "DATABASE_URL": "postgresql://live/puente"]))
            }
            #expect(throws: Failure.self) {
                _ = try Rehearsal.prepare("try", dump: "/dumps/a.dump", invocation(environment))
            }
        }
    }

    @Test(arguments: ["..", "", "a/b", "-x", "ñ", ".hidden"])
    func itsNameIsAName(name: String) throws {
        try withState { live in
            #expect(throws: Failure.self) {
                _ = try Rehearsal.prepare(name, dump: "/a.dump", invocation(["PUENTE_STATE": live]))
            }
            #expect(!FileManager.default.fileExists(atPath: live))
        }
    }
}
