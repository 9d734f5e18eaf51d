import Postgres
import Vocabulary

extension ProgrammeKind {
    /// What programmes of the kind do, after "that".
    fileprivate var deed: Text {
        switch self {
        case .conditionalTransfer: Text("pays transfers", es: "paga transferencias")
        case .productiveProject: Text("runs projects", es: "hace proyectos")
        }
    }
}

/// The option of commands that are about one programme.
enum ProgrammeOptions {
    static let programme = CommandOption<String>.text(
        "programme", "CODE",
        Text(
            "The programme; needed where several of its kind are loaded",
            es: "El programa; hace falta si hay varios de su tipo"))
}

extension Desk {
    /// The programme that the line names; where it names none, the only one of the kind, and the screen says which.
    func programme(_ kind: ProgrammeKind) async throws -> String {
        if let named = invocation[ProgrammeOptions.programme] { return named }
        let only = try Self.only(of: try await pool.query(ProgrammesOfKind(kind: kind)), kind)
        terminal.notice(
            Text(
                "programme \(only): the only one that \(kind.deed.english)",
                es: "programa \(only): el único que \(kind.deed.spanish)"))
        return only
    }

    /// The only programme among those of a kind.
    ///
    /// - Throws: when there is none, or a choice.
    static func only(of programmes: [String], _ kind: ProgrammeKind) throws(Failure) -> String {
        guard let first = programmes.first else {
            throw Failure(
                Text(
                    "no programme that \(kind.deed.english) is loaded",
                    es: "no hay cargado un programa que \(kind.deed.spanish)"),
                at: "--programme",
                remedy: Text(
                    "load its file: puente programme load FILE",
                    es: "cargue su archivo: puente programme load ARCHIVO"))
        }
        guard programmes.count == 1 else {
            let listed = programmes.joined(separator: ", ")
            throw Failure(
                Text("several could be meant: \(listed)", es: "podría ser cualquiera de estos: \(listed)"),
                at: "--programme",
                remedy: Text("say which one: --programme \(first)", es: "diga cuál: --programme \(first)"))
        }
        return first
    }
}

/// The codes of the programmes of a kind that are in force.
struct ProgrammesOfKind: Statement {
    let kind: ProgrammeKind
    static let sql = """
        SELECT programme FROM coordination.programme_v1 WHERE in_force AND kind = $1 ORDER BY programme
        """
    func bind(into parameters: inout Parameters) { parameters.add(kind.rawValue) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
