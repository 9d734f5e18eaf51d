import Foundation
import Postgres

/// The deployment that a command talks to: a database given by `DATABASE_URL`, or the private one.
struct Site: Sendable {
    /// Where the private database, the logs and the passwords are.
    let stateDirectory: String
    /// The database as its administrator reaches it.
    let administrator: ConnectionConfiguration
    /// Whether Puente itself runs the server.
    let isPrivate: Bool

    /// The name of the private server's database.
    static let databaseName = "puente"

    /// The site that the options and the environment name.
    init(_ invocation: Invocation) throws {
        stateDirectory = Self.stateDirectory(invocation)
        if let url = invocation.environment["DATABASE_URL"], !url.isEmpty {
            isPrivate = false
            administrator = try ConnectionConfiguration(url: url)
            return
        }
        guard let address = PrivateDatabase.address(in: stateDirectory) else {
            throw Failure(
                Text("there is no private database here", es: "aquí no hay una base de datos privada"),
                at: stateDirectory,
                remedy: Text(
                    "start it with 'puente up --detach', or name another place with --state or DATABASE_URL",
                    es: "arránquela con 'puente up --detach', o nombre otro lugar con --state o DATABASE_URL"))
        }
        isPrivate = true
        var configuration = try ConnectionConfiguration(url: address)
        configuration.database = Self.databaseName
        configuration["passfile"] = PrivateDatabase.passwordFile(in: stateDirectory)
        administrator = configuration
    }

    /// Where the private database lives or would live, as an absolute path.
    static func stateDirectory(_ invocation: Invocation) -> String {
        let given = invocation[CommonOptions.state] ?? invocation.environment["PUENTE_STATE"] ?? ".puente"
        return URL(fileURLWithPath: given).standardizedFileURL.path
    }

    /// The database as the person who types reaches it.
    func person(_ invocation: Invocation) throws(Failure) -> ConnectionConfiguration {
        let name = invocation[CommonOptions.person] ?? invocation.environment["PUENTE_OPERATOR"]
        guard let name else {
            if !isPrivate { return administrator }
            throw Failure(
                Text("you have not said who you are", es: "no ha dicho quién es"), at: "--as",
                remedy: Text(
                    "add --as NAME; 'puente operator list' shows the names, 'puente operator add NAME' makes one",
                    es:
                        "agregue --as NOMBRE; 'puente operator list' muestra los nombres, 'puente operator add NOMBRE' crea uno"
                ))
        }
        var person = configuration(
            user: name, application: "puente \(invocation.path.dropFirst().joined(separator: " "))")
        let kept = PasswordFile(path: PrivateDatabase.passwordFile(in: stateDirectory))
        if let password = kept.password(user: name, host: host) {
            person["password"] = password
        } else if isPrivate {
            throw Failure(
                Text("no operator of this name", es: "no hay un operador de este nombre"), at: name,
                remedy: Text(
                    "'puente operator list' shows the names, 'puente operator add NAME' makes one",
                    es: "'puente operator list' muestra los nombres, 'puente operator add NOMBRE' crea uno"))
        }
        return person
    }

    /// The database as `user` reaches it, with the password that Puente keeps for them, if it does.
    private func configuration(user: String, application: String) -> ConnectionConfiguration {
        var configuration = administrator.with(user: user, applicationName: application)
        let kept = PasswordFile(path: PrivateDatabase.passwordFile(in: stateDirectory))
        if kept.holds(user: user, host: host) { configuration["passfile"] = kept.path }
        return configuration
    }

    /// The server's host as the password file names it.
    var host: String { administrator["host"] ?? administrator["hostaddr"] ?? "localhost" }

    /// What a service's process is told, so that it logs in as its own role.
    func serviceEnvironment(_ service: String, inherited: [String: String]) -> [String: String] {
        var environment = inherited
        environment["DATABASE_URL"] =
            configuration(user: "puente_\(service)", application: "puente-\(service)").text
        // libpq prefers this variable to the password file, and the administrator's is not the service's.
        environment["PGPASSWORD"] = isPrivate ? nil : inherited["PUENTE_\(service.uppercased())_PASSWORD"]
        for name in ["COORDINATION", "TRANSFERS", "PROJECTS", "REPORTING"] {
            environment["PUENTE_\(name)_PASSWORD"] = nil
        }
        environment["PUENTE_SUPERVISED"] = "1"
        if environment["PUENTE_BANK_FILES"] == nil {
            environment["PUENTE_BANK_FILES"] = "\(stateDirectory)/bank"
        }
        // One directory of files, as a collector of text files reads them.
        environment["PUENTE_METRICS_FILE"] =
            "\(inherited["PUENTE_METRICS_DIR"] ?? "\(stateDirectory)/metrics")/\(service).prom"
        return environment
    }
}

extension ConnectionConfiguration {
    /// The keywords as libpq reads them: `host='…' dbname='…'`.
    var text: String {
        keywords.sorted { $0.key < $1.key }.map { key, value in
            let escaped = value.reduce(into: "") { text, character in
                if character == "'" || character == "\\" { text.append("\\") }
                text.append(character)
            }
            return "\(key)='\(escaped)'"
        }.joined(separator: " ")
    }
}
