import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import BackOffice

/// Who a command acts for, on a server that an address names.
@Suite struct PersonTests {
    /// What a command said, and how it ended.
    private func type(
        _ words: [String], _ environment: [String: String]
    ) async -> (status: BackOffice.ExitStatus, said: String) {
        let heard = Mutex("")
        let terminal = Terminal(
            language: .english, isInteractive: false,
            sinks: .init(result: { _ in }, notice: { text in heard.withLock { $0 += text } }))
        let status = await CommandRunner.run(words, root: .puente, terminal: terminal, environment: environment)
        return (status, heard.withLock { $0 })
    }

    @Test func nobodyActsWithoutANameAndNoAdministratorUnderTheirs() async throws {
        try await withDatabase { database in
            let address = ["DATABASE_URL": database.configuration.text]
            let nameless = await type(["budget", "status"], address)
            #expect(nameless.status == .refused && nameless.said.contains("you have not said who you are"))
            // A superuser whose name looks like a person's, the services and the owner.
            let boss = "boss_\(database.name.suffix(20))"
            let pool = database.pool(size: 1)
            try await pool.script("CREATE ROLE \(boss) LOGIN SUPERUSER")
            for name in [boss, "postgres", "puente_transfers", "puente_owner", "puente_admin"] {
                let answer = await type(["budget", "status", "--as", name], address)
                #expect(answer.status == .refused && answer.said.contains("is no person of the programme"), "\(name)")
            }
            await pool.close()
            let person = try await database.namedOperator("ana")
            #expect(await type(["budget", "status", "--as", person], address).status == .done)
        }
    }

    @Test func aSiteThatKeepsPasswordsSaysThatItIsForTryingBeforeADecision() async throws {
        try await withDatabase { database in
            let state = FileManager.default.temporaryDirectory.appendingPathComponent("state-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: state) }
            let person = try await database.namedOperator("ana")
            let environment = ["DATABASE_URL": database.configuration.text, "PUENTE_STATE": state]
            let decision = ["payments", "continue", "--reason", "compared", "--as", person]
            let own = await type(decision, environment)
            #expect(own.said == "puente: payments are not paused\n")
            let site = try Site(
                Invocation(
                    path: ["puente"], arguments: [], values: [:],
                    terminal: Terminal(language: .english, isInteractive: false), environment: environment))
            try site.passwords.append(.init(host: site.host, user: person, password: "irrelevant here"))
            let kept = await type(decision, environment)
            #expect(kept.said == "\(Trying.notice.english)\npuente: payments are not paused\n")
            #expect(await type(["budget", "status", "--as", person], environment).said.isEmpty)
            for text in [Trying.notice.english, Trying.notice.spanish] { #expect(text.count <= 80) }
        }
    }
}
