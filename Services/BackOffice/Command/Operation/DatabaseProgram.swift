import Foundation
import Postgres

/// PostgreSQL's own programs, run for a backup or a restore.
struct DatabaseProgram: Sendable {
    private let path: String
    private let name: String

    /// The newest one of this name: Debian keeps them off the path, one directory for each version.
    init(_ name: String, environment: [String: String]) throws(Failure) {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let places =
            versions.compactMap { Int($0) }.sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" } + [
                "/usr/local/pgsql/bin"
            ]
            + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }) else {
            throw Failure(
                Text("is not installed on this machine", es: "no está instalado en esta máquina"), at: name,
                remedy: Text(
                    "install PostgreSQL's client programs: deploy/setup does",
                    es: "instale los programas cliente de PostgreSQL: deploy/setup lo hace"))
        }
        path = "\(place)/\(name)"
        self.name = name
    }

    /// Runs it on a database to its end. The password goes by the environment: everybody can list arguments.
    func run(
        _ arguments: [String], on configuration: ConnectionConfiguration, environment: [String: String]
    ) async throws(Failure) {
        var address = configuration
        address["password"] = nil
        var environment = environment
        if let password = configuration["password"] { environment["PGPASSWORD"] = password }
        let child = try ChildProcess(
            .init(path: path, arguments: arguments + ["--dbname", address.text], environment: environment))
        for await event in child.events {
            guard case .ended(let status) = event, status != 0 else { continue }
            throw Failure(
                Text(
                    "failed with status \(status); its message above says why",
                    es: "falló con el estado \(status); su mensaje de arriba dice por qué"), at: name)
        }
    }
}
