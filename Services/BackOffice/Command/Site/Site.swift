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
    /// Whether this is a copy for trying a restore, whose files must never reach the bank.
    let isRehearsal: Bool

    /// The name of the private server's database.
    static let databaseName = "puente"

    /// The site that the options and the environment name.
    init(_ invocation: Invocation) throws {
        stateDirectory = Self.stateDirectory(invocation)
        isRehearsal = Rehearsal.isOne(stateDirectory)
        if let url = invocation.environment["DATABASE_URL"], !url.isEmpty {
            guard !isRehearsal else { throw Rehearsal.notWithAddress(stateDirectory) }
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
        // libpq would prefer PGPASSWORD to the file, and that is somebody else's.
        configuration["password"] = PasswordFile(path: PrivateDatabase.passwordFile(in: stateDirectory))
            .password(user: configuration.user ?? "", host: configuration["host"] ?? "")
        administrator = configuration
    }

    /// Where the private database lives or would live, as an absolute path.
    static func stateDirectory(_ invocation: Invocation) -> String {
        let given = invocation[CommonOptions.state] ?? invocation.environment["PUENTE_STATE"] ?? ".puente"
        return URL(fileURLWithPath: given).standardizedFileURL.path
    }

    /// A person as the site knows them.
    struct Person: Sendable {
        let name: String
        let configuration: ConnectionConfiguration
        /// Whether the site keeps their password, so that whoever can read its files can be this person.
        let isStored: Bool

        /// The same, with the password from the person's own file or none.
        var withoutStoredPassword: ConnectionConfiguration {
            var copy = configuration
            copy["password"] = nil
            copy["passfile"] = nil
            return copy
        }
    }

    /// Who is at work: the name after `--as`, on every site. No decision is taken in the name of an administrator.
    func person(_ invocation: Invocation) throws(Failure) -> Person {
        guard let name = invocation[CommonOptions.person] ?? invocation.environment["PUENTE_OPERATOR"], !name.isEmpty
        else {
            throw Failure(
                Text("you have not said who you are", es: "no ha dicho quién es"), at: "--as",
                remedy: Text(
                    "add --as NAME; 'puente operator list' shows the names, 'puente operator add NAME' makes one",
                    es:
                        "agregue --as NOMBRE; 'puente operator list' muestra los nombres, 'puente operator add NOMBRE' crea uno"
                ))
        }
        return try person(named: name, invocation)
    }

    /// A person by name.
    func person(named name: String, _ invocation: Invocation) throws(Failure) -> Person {
        guard Roles.isFit(name) else { throw nobody(name) }
        var configuration = administrator.with(
            user: name, applicationName: "puente \(invocation.path.dropFirst().joined(separator: " "))")
        if isPrivate { configuration["passfile"] = nil }
        if let password = passwords.password(user: name, host: host) {
            configuration["password"] = password
            return Person(name: name, configuration: configuration, isStored: true)
        }
        return Person(name: name, configuration: configuration, isStored: false)
    }

    /// What somebody reads who would act as no person.
    func nobody(_ name: String) -> Failure {
        Failure(
            Text(
                "is no person of the programme: administrators, services and the owner decide nothing",
                es: "no es una persona del programa: administradores, servicios y el dueño no deciden nada"), at: name,
            remedy: Text(
                "use an operator's name after --as; 'puente operator list' shows them",
                es: "use el nombre de un operador después de --as; 'puente operator list' los muestra"))
    }

    /// The passwords that the site keeps.
    var passwords: PasswordFile { PasswordFile(path: PrivateDatabase.passwordFile(in: stateDirectory)) }

    /// The database as `user` reaches it, with the password that Puente keeps for them, if it does.
    private func configuration(user: String, application: String) -> ConnectionConfiguration {
        var configuration = administrator.with(user: user, applicationName: application)
        if passwords.holds(user: user, host: host) { configuration["passfile"] = passwords.path }
        return configuration
    }

    /// The server's host as the password file names it.
    var host: String { administrator["host"] ?? administrator["hostaddr"] ?? "localhost" }

    /// The database as a service of this site reaches it.
    func service(_ service: String, inherited: [String: String]) -> ConnectionConfiguration {
        var configuration = configuration(user: "puente_\(service)", application: "puente-\(service)")
        if !isPrivate, let word = inherited["PUENTE_\(service.uppercased())_PASSWORD"], !word.isEmpty {
            configuration["password"] = word
        } else if let word = passwords.password(user: "puente_\(service)", host: host) {
            configuration["password"] = word
        }
        return configuration
    }

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
        environment["PUENTE_STATE"] = stateDirectory
        // A rehearsal's files stay with it, whatever the live site's environment says.
        if isRehearsal || environment["PUENTE_BANK_FILES"] == nil {
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
