import Foundation
import Glibc

extension Command {
    private static let out = CommandOption<String>.text(
        "out", "FILE", Text("Where the backup goes; a new file", es: "Adónde va la copia; un archivo nuevo"),
        required: true)

    static let backup = Command(
        "backup",
        Text(
            "Copies the whole database into one file, while everything runs",
            es: "Copia toda la base de datos en un archivo, con todo en marcha"),
        example: "puente backup --out backups/2024-09-16.dump", options: [out]
    ) { invocation in
        let site = try Site(invocation)
        let path = try invocation.required(out)
        guard access(path, F_OK) != 0 else {
            throw Failure(
                Text("is there already", es: "ya existe"), at: path,
                remedy: Text(
                    "name another file after --out; a backup never replaces one",
                    es: "nombre otro archivo después de --out; una copia nunca reemplaza a otra"))
        }
        let program = try DatabaseProgram("pg_dump", environment: invocation.environment)
        // Everything about every person is in it.
        let draft = try DraftFile(path, mode: 0o600)
        try await program.run(
            ["--format=custom", "--no-password", "--file", draft.draft], on: site.administrator,
            environment: invocation.environment)
        try draft.complete()
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) ?? 0
        if invocation.wantsJSON {
            invocation.terminal.print("{\"bytes\":\(size)}")
        } else {
            invocation.terminal.print(
                Text(
                    "\(path.asShownPath): \(Figures.count(size)) bytes",
                    es: "\(path.asShownPath): \(Figures.count(size)) bytes"))
            invocation.terminal.notice(
                Text(
                    "try it: puente restore --rehearse --dump \(path.asShownPath)",
                    es: "pruébela: puente restore --rehearse --dump \(path.asShownPath)"))
        }
    }
}
