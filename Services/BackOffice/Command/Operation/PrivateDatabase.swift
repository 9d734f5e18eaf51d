import Foundation

/// The PostgreSQL that Puente keeps for itself below its state directory. `deploy/postgres` does the work.
struct PrivateDatabase: Sendable {
    /// The directory with the data, the address and the passwords.
    let directory: String
    private let script: String

    init(directory: String, installation: Installation) throws(Failure) {
        guard let home = installation.home else {
            throw Failure(
                Text(
                    "there is no deploy/postgres above the program, so no private database can be run",
                    es: "no hay deploy/postgres encima del programa, así que no se puede llevar una base privada"),
                at: installation.programs,
                remedy: Text(
                    "set DATABASE_URL to a server's address, or PUENTE_HOME to the clone's directory",
                    es: "ponga en DATABASE_URL la dirección de un servidor, o en PUENTE_HOME el directorio del clon"))
        }
        self.directory = directory
        script = "\(home)/deploy/postgres"
    }

    /// The file with the passwords, in libpq's format.
    static func passwordFile(in directory: String) -> String { "\(directory)/pgpass" }

    /// The administrator's address, if the server has been made.
    static func address(in directory: String) -> String? {
        (try? String(contentsOfFile: "\(directory)/postgres.url", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts the server, making it at the first start.
    func start() async throws(Failure) { try await run("start") }

    /// Stops the server.
    func stop() async throws(Failure) { try await run("stop") }

    /// Whether the server's first process is alive.
    var isRunning: Bool { Self.isRunning(in: directory) }

    /// Whether the first process of a state directory's server is alive.
    static func isRunning(in directory: String) -> Bool {
        guard let lock = try? String(contentsOfFile: "\(directory)/postgres/postmaster.pid", encoding: .utf8),
            let number = lock.split(separator: "\n").first.flatMap({ pid_t($0) })
        else { return false }
        guard let state = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
            let afterName = state.lastIndex(of: ")")
        else { return false }
        return !state[afterName...].hasPrefix(") Z")
    }

    private func run(_ action: String) async throws(Failure) {
        let child = try ChildProcess(
            .init(
                path: script, arguments: [action, "--dir", directory],
                environment: ProcessInfo.processInfo.environment))
        for await event in child.events {
            if case .ended(let status) = event, status != 0 {
                throw Failure(
                    Text(
                        "the private database did not \(action); the message above says why",
                        es: "la base privada falló en \(action); el mensaje de arriba dice por qué"),
                    at: directory)
            }
        }
    }
}
