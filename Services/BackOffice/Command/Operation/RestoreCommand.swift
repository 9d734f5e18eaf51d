import Foundation
import Glibc

extension Command {
    private static let dump = CommandOption<String>.text(
        "dump", "FILE", Text("The backup", es: "La copia"), required: true)
    private static let rehearse = CommandOption<Bool>.flag(
        "rehearse",
        Text(
            "Into a copy beside the live system, with a server and files of its own",
            es: "En una copia junto al sistema vivo, con servidor y archivos propios"))
    private static let into = CommandOption<String>.text(
        "into", "NAME", Text("The rehearsal's name; the backup's", es: "El nombre del ensayo; el de la copia"))

    static let restore = Command(
        "restore",
        Text(
            "Brings a backup back into an empty database, or rehearses it; payments are paused then",
            es: "Recupera una copia en una base vacía, o lo ensaya; los pagos quedan en pausa"),
        example: "puente restore --rehearse --dump backups/2024-09-16.dump", options: [dump, rehearse, into]
    ) { invocation in
        let path = URL(fileURLWithPath: try invocation.required(dump)).standardizedFileURL.path
        guard FileManager.default.isReadableFile(atPath: path), !Place.isDirectory(path) else {
            throw Failure(Text("there is no such file to read", es: "no hay tal archivo que leer"), at: path)
        }
        if invocation[rehearse] {
            let name = invocation[into] ?? URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            let copy = try Rehearsal.prepare(name, dump: path, invocation)
            do {
                try await Restore(invocation: copy, dump: path, cause: "rehearsal").run()
            } catch {
                Rehearsal.abandon(copy)
                throw error
            }
            Rehearsal.explain(copy)
        } else {
            guard invocation[into] == nil else {
                throw Failure(
                    Text("goes with --rehearse only", es: "va solo con --rehearse"), at: "--into",
                    remedy: Text(
                        "a real restore goes to this site's own database; DATABASE_URL or PUENTE_STATE name another",
                        es: "una recuperación real va a la base de este sitio; DATABASE_URL o PUENTE_STATE nombran otra"
                    ))
            }
            try await Restore(invocation: invocation, dump: path, cause: "restored").run()
            invocation.terminal.notice(
                Text(
                    """
                    restored; payments are paused until a person says go on. Next:
                      puente up --detach          starts it; nothing is paid
                      puente status               says why payments are paused
                      deploy/RESTORE.md           what to compare, and how to go on
                    """,
                    es: """
                        recuperada; los pagos quedan en pausa hasta que una persona diga que sigan. Luego:
                          puente up --detach          la arranca; nada se paga
                          puente status               dice por qué los pagos están en pausa
                          deploy/RESTORE.md           qué comparar y cómo seguir
                        """))
        }
    }
}
