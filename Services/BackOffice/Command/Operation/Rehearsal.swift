import Foundation

/// A copy of the system for trying a restore: a state directory of its own, with a private server of its own, marked so
/// that nothing in it is taken for the live system.
struct Rehearsal {
    private static func mark(in directory: String) -> String { "\(directory)/rehearsal" }

    /// Whether a state directory is a rehearsal's.
    static func isOne(_ directory: String) -> Bool { access(mark(in: directory), F_OK) == 0 }

    /// Marks a state directory.
    static func mark(_ directory: String, dump: String) throws(Failure) {
        let file = try DraftFile(mark(in: directory))
        try file.write("a rehearsal of \(dump)\n".utf8)
        try file.complete()
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
