import Foundation

/// A copy of the system for trying a restore: a state directory of its own, with a private server of its own, marked so
/// that nothing in it is taken for the live system.
struct Rehearsal {
    private static func mark(in directory: String) -> String { "\(directory)/rehearsal" }

    /// Whether a state directory is a rehearsal's.
    static func isOne(_ directory: String) -> Bool { access(mark(in: directory), F_OK) == 0 }

    /// What would lead a program of the rehearsal to the live system.
    private static let addresses = [
        "DATABASE_URL", "PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGPASSFILE",
        "PGSERVICE", "PGSERVICEFILE", "PUENTE_BANK_FILES", "PUENTE_METRICS_DIR", "PUENTE_OPERATOR",
    ]

    /// Makes the state directory of a new rehearsal, below that of the live system; answers the command as it would be typed
    /// there, with nothing in its environment that leads to the live system.
    static func prepare(_ name: String, dump: String, _ invocation: Invocation) throws(Failure) -> Invocation {
        let isFit = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        guard isFit, let first = name.first, first != ".", first != "-", name.count <= 60 else {
            throw Failure(
                Text("cannot be a rehearsal's name", es: "no puede ser el nombre de un ensayo"), at: name,
                remedy: Text(
                    "name it with --into: letters, digits, dots, hyphens",
                    es: "nómbrelo con --into: letras, dígitos, puntos, guiones"))
        }
        let directory = "\(Site.stateDirectory(invocation))/rehearsals/\(name)"
        guard access(directory, F_OK) != 0 else {
            throw Failure(
                Text("there is a rehearsal of this name", es: "ya hay un ensayo con este nombre"), at: directory,
                remedy: Text(
                    "name another with --into, or remove it: \(removal(of: directory))",
                    es: "nombre otro con --into, o bórrelo: \(removal(of: directory))"))
        }
        try Place.makeDirectory(directory, mode: 0o711)
        let file = try DraftFile(mark(in: directory))
        try file.write("a rehearsal of \(URL(fileURLWithPath: dump).lastPathComponent)\n".utf8)
        try file.complete()
        var environment = invocation.environment
        for name in addresses { environment[name] = nil }
        environment["PUENTE_STATE"] = directory
        return invocation.moved(to: directory, environment: environment)
    }

    /// Removes what was made for a rehearsal that did not come about. A server that is still running keeps its files.
    static func abandon(_ copy: Invocation) {
        let directory = Site.stateDirectory(copy)
        guard isOne(directory), !PrivateDatabase.isRunning(in: directory) else { return }
        try? FileManager.default.removeItem(atPath: directory)
    }

    private static func removal(of directory: String) -> String {
        "PUENTE_STATE=\(directory) puente down && rm -r \(directory)"
    }

    /// Says how to look at a rehearsal, and how to be rid of it.
    static func explain(_ copy: Invocation) {
        let directory = Site.stateDirectory(copy)
        if copy.wantsJSON {
            copy.terminal.print("{\"state\":\"\(directory)\"}")
            return
        }
        let removal = removal(of: directory)
        copy.terminal.print(
            Text(
                """
                the copy is in \(directory.asShownPath): a server, passwords and bank files of its own.
                payments are paused there, and nothing of the live system was touched. Look at it:
                  export PUENTE_STATE=\(directory)
                  puente up --detach; puente status; puente operator add NAME
                remove it:
                  \(removal)
                """,
                es: """
                    la copia está en \(directory.asShownPath): servidor, contraseñas y archivos propios.
                    ahí los pagos están en pausa, y nada del sistema vivo fue tocado. Mírela:
                      export PUENTE_STATE=\(directory)
                      puente up --detach; puente status; puente operator add NOMBRE
                    bórrela:
                      \(removal)
                    """))
    }

    /// What somebody reads who has the live database's address set beside a rehearsal's state directory.
    static func notWithAddress(_ directory: String) -> Failure {
        Failure(
            Text(
                "is a rehearsal, and DATABASE_URL names another database",
                es: "es un ensayo, y DATABASE_URL nombra otra base de datos"), at: directory,
            remedy: Text(
                "unset DATABASE_URL to work in the rehearsal, or PUENTE_STATE to leave it",
                es: "quite DATABASE_URL para trabajar en el ensayo, o PUENTE_STATE para salir de él"))
    }
}
