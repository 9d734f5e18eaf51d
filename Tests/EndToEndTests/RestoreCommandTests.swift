import Foundation
import Testing

/// Backups, rehearsals and restores with real processes: what is tried beside the live system harms nothing.
@Suite(.serialized) struct RestoreCommandTests {
    private let passwords = """
        SELECT rolname, rolpassword FROM pg_authid WHERE starts_with(rolname, 'puente_') ORDER BY 1
        """

    private func states(_ outcome: Outcome) throws -> [String: String] {
        try outcome.json().compactMapValues { $0 as? String }
    }

    @Test(.timeLimit(.minutes(5))) func aRehearsalIsASystemOfItsOwnWithPaymentsPaused() async throws {
        try await TestSite.with(households: 20) { site in
            let dump = "\(site.directory)/before.dump"
            try await site.done("backup", "--out", dump)
            #expect(try await site.refused("backup", "--out", dump).contains("is there already"))
            let before = try await site.rows(passwords)
            let live = "\(site.directory)/bank"
            let made = try await site.puente(
                ["restore", "--rehearse", "--dump", dump, "--into", "try-1"], ["PUENTE_BANK_FILES": live])
            #expect(made.status == 0, "\(made.notices)")
            let copy = "\(site.directory)/rehearsals/try-1"
            #expect(made.output.contains("export PUENTE_STATE=\(copy)"))

            // The live system's outbox stays in the environment, as it may when a person types the next line.
            let there: [String: String?] = ["PUENTE_STATE": copy, "PUENTE_BANK_FILES": live]
            let up = try await site.puente(["up", "--detach"], there)
            #expect(up.status == 0, "\(up.notices)")
            let seen = try states(try await site.puente(["status", "--json"], there))
            #expect(seen["payments"] == "paused: rehearsal")
            #expect(seen["transfers"] == "serving")
            let address = try await site.puente(["status"], ["PUENTE_STATE": copy, "DATABASE_URL": "postgresql://x"])
            #expect(address.status == 1 && address.notices.contains("is a rehearsal"))
            #expect(try await site.puente(["down"], there).status == 0)

            let after = try states(try await site.done("status", "--json"))
            #expect(after.filter { $0.key != "database" && $0.key != "payments" }.values.allSatisfy { $0 == "serving" })
            #expect(after["payments"] == "running")
            #expect(try await site.rows(passwords) == before)
        }
    }

    @Test(.timeLimit(.minutes(5))) func aSecondSiteOfTheServerLeavesThePasswordsAloneAndSaysWhy() async throws {
        try await TestSite.with(households: 20) { site in
            let before = try await site.rows(passwords)
            try await site.script("CREATE DATABASE beside")
            let administrator = try site.administrator()
            let address = "postgresql://\(administrator.user ?? "")@127.0.0.1:\(administrator["port"] ?? "")/beside"
            // Of the passwords, the second site knows the administrator's only.
            let known = "\(site.directory)/administrator"
            let lines = try String(contentsOfFile: "\(site.directory)/pgpass", encoding: .utf8).split(separator: "\n")
            let line = try #require(lines.first { $0.contains(":\(administrator.user ?? ""):") })
            #expect(
                FileManager.default.createFile(
                    atPath: known, contents: Data("\(line)\n".utf8), attributes: [.posixPermissions: 0o600]))
            let began = ContinuousClock.now
            let second = try await site.puente(
                ["up", "--detach"],
                [
                    "DATABASE_URL": address, "PUENTE_STATE": "\(site.directory)/second",
                    "PGPASSFILE": known,
                ])
            #expect(second.status == 1)
            #expect(second.notices.contains("puente_coordination: cannot log in"), "\(second.notices)")
            #expect(ContinuousClock.now - began < .seconds(30))
            #expect(try await site.rows(passwords) == before)
            #expect(try states(try await site.done("status", "--json"))["coordination"] == "serving")

            // A service whose password somebody changed: status says so, and `up` gives no other.
            try await site.script(
                """
                ALTER ROLE puente_projects PASSWORD 'changed by somebody';
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'puente_projects'
                """)
            let changed = try await site.rows(passwords)
            var seen: [String: String] = [:]
            while seen["projects"] != "cannot log in" {
                seen = try states(try await site.puente(["status", "--json"]))
            }
            let up = try await site.puente(["up", "--detach"])
            #expect(up.status == 1 && up.notices.contains("puente_projects: cannot log in"), "\(up.notices)")
            #expect(try await site.rows(passwords) == changed)
            try await site.script("ALTER ROLE puente_projects PASSWORD NULL")
            let mended = try await site.puente(["up", "--detach"])
            #expect(mended.status == 0, "\(mended.notices)")
            #expect(try states(try await site.done("status", "--json"))["projects"] == "serving")
        }
    }

    @Test(.timeLimit(.minutes(5))) func aRestoredSystemPaysNothingUntilAPersonSaysGoOn() async throws {
        try await TestSite.with(households: 20) { site in
            let dump = "\(site.directory)/before.dump"
            try await site.done("backup", "--out", dump)
            #expect(try await site.refused("restore", "--dump", dump).contains("puente up is running here already"))
            let place = "\(site.directory)/new"
            let there: [String: String?] = ["PUENTE_STATE": place]
            let restored = try await site.puente(["restore", "--dump", dump], there)
            #expect(restored.status == 0, "\(restored.notices)")
            let again = try await site.puente(["restore", "--dump", dump], there)
            #expect(again.status == 1 && again.notices.contains("the database is not empty"), "\(again.notices)")

            #expect(try await site.puente(["up", "--detach"], there).status == 0)
            let paused = try states(try await site.puente(["status", "--json"], there))
            #expect(paused["payments"] == "paused: restored")
            #expect(try await site.puente(["operator", "add", "ana"], there).status == 0)
            let unsaid = try await site.puente(["payments", "continue", "--reason", "compared"], there)
            #expect(unsaid.status == 1 && unsaid.notices.contains("you have not said who you are"))
            let going = try await site.puente(
                ["payments", "continue", "--reason", "compared with the bank", "--as", "ana"], there)
            #expect(going.status == 0 && going.notices.contains("from before.dump"), "\(going.notices)")
            #expect(try states(try await site.puente(["status", "--json"], there))["payments"] == "running")

            // A process that is halted hears nothing; it is ended all the same.
            let holder = try #require(
                pid_t(
                    try String(contentsOfFile: "\(place)/up.lock", encoding: .utf8)
                        .trimmingCharacters(in: .whitespacesAndNewlines)))
            kill(holder, SIGSTOP)
            #expect(try await site.puente(["down"], there).status == 0)
            #expect(try await site.puente(["down"], there).notices == "nothing else was running\n")
        }
    }
}
