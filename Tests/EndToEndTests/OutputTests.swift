import Schema
import Foundation
import Testing

/// Outputs that are full, closed or without a reader end no process by a signal.
@Suite struct OutputTests {
    private func shell(_ line: String, _ program: String) async throws -> Outcome {
        var environment = ProcessInfo.processInfo.environment
        for name in ["DATABASE_URL", "LC_ALL", "LC_MESSAGES"] { environment[name] = nil }
        environment["LANG"] = "C"
        environment["PUENTE_SUPERVISED"] = "1"
        return try await Program.run(
            "/bin/sh", ["-c", line, "\(Program.directory)/\(program)"], environment: environment)
    }

    @Test(arguments: ["\"$0\" --help >/dev/full", "\"$0\" --help >&-"])
    func anAnswerThatCannotBeWrittenIsAFailureAndNoCrash(line: String) async throws {
        let outcome = try await shell(line, "puente")
        #expect(outcome.status == 1)
        #expect(outcome.notices.contains("not all of the answer could be written"))
    }

    @Test func aReaderThatHasGoneEndsNoCommandByASignal() async throws {
        // Whether the reader goes before or after the answer is chance; a signal would be 141.
        let outcome = try await shell("{ \"$0\" --help 2>/dev/null; echo $? >&2; } | :", "puente")
        #expect(["0\n", "1\n"].contains(outcome.notices))
    }

    @Test(arguments: ["\"$0\" status >/dev/full 2>/dev/full", "\"$0\" status >&- 2>&- <&-"])
    func aCommandThatCanSayNothingStillEndsByItself(line: String) async throws {
        #expect(try await shell(line, "puente").status == 1)
    }

    @Test(arguments: ServiceCatalogue.all.map { "puente-\($0)" })
    func aServiceWhoseLogIsFullGoesOnAndStopsWhenItIsAsked(program: String) async throws {
        // Without an address it says so and ends; with one it tries until its supervisor is gone.
        #expect(try await shell("\"$0\" 2>/dev/full", program).status == 2)
        let line = "DATABASE_URL=postgresql://127.0.0.1:1/none PUENTE_LOG_LEVEL=debug \"$0\" 2>/dev/full"
        #expect(try await shell(line, program).status == 0)
    }
}
