import Contracts
import Postgres
import TestSupport
import Testing
import Vocabulary

@testable import BackOffice

/// A command that names no programme means the only one of its kind; where there is a choice, the person has it.
@Suite struct ChosenProgrammeTests {
    @Test(arguments: ProgrammeKind.allCases) func theOnlyOneOfItsKindIsMeant(kind: ProgrammeKind) throws {
        #expect(try Desk.only(of: ["cash"], kind) == "cash")
    }

    @Test func severalAreNamedInBothLanguages() {
        let failure = #expect(throws: Failure.self) { try Desk.only(of: ["cash", "school"], .conditionalTransfer) }
        #expect(
            failure?.lines(in: .english)
                == ["--programme: several could be meant: cash, school", "  → say which one: --programme cash"])
        #expect(
            failure?.lines(in: .spanish) == [
                "--programme: podría ser cualquiera de estos: cash, school", "  → diga cuál: --programme cash",
            ])
    }

    @Test func whereNoneIsLoadedTheFileIsAskedFor() {
        let failure = #expect(throws: Failure.self) { try Desk.only(of: [], .productiveProject) }
        #expect(
            failure?.lines(in: .english) == [
                "--programme: no programme that runs projects is loaded",
                "  → load its file: puente programme load FILE",
            ])
        #expect(
            failure?.lines(in: .spanish).first == "--programme: no hay cargado un programa que hace proyectos")
    }

    @Test func onlyProgrammesOfTheKindAreChosenFrom() async throws {
        try await withDatabase { database in
            let pool = database.pool(size: 1)
            try await pool.script(
                """
                INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by) VALUES
                    ('gardens', 1, 'productive_project', '{}', 'test'),
                    ('cash', 1, 'conditional_transfer', '{}', 'test'),
                    ('cash', 2, 'conditional_transfer', '{}', 'test')
                """)
            await pool.close()
            let person = ConnectionPool(try await database.person("ana"), size: 1)
            #expect(try await person.query(ProgrammesOfKind(kind: .conditionalTransfer)) == ["cash"])
            #expect(try await person.query(ProgrammesOfKind(kind: .productiveProject)) == ["gardens"])
            await person.close()
        }
    }
}
