import Contracts
import Foundation
import Postgres

/// Why the server lets nobody in under a name. libpq gives a failed login no SQLSTATE, only words: the server's are in
/// English wherever its messages are not translated, and what is not recognised stays as it was said.
enum LoginRefusal: Sendable, Equatable {
    /// It asks for a password, and there was none.
    case passwordMissing
    /// The password is not that of the role; a role that does not exist looks the same.
    case passwordWrong
    /// The role may not log in, or is not there.
    case roleUnfit
    /// Something else: no server, no database, no connection left.
    case other(String)

    init(_ error: PostgresError) {
        let message = error.message
        if message.contains("no password supplied") {
            self = .passwordMissing
        } else if error.sqlState == "28P01" || message.contains("password authentication failed") {
            self = .passwordWrong
        } else if message.contains("is not permitted to log in")
            || (message.contains("role \"") && message.contains("does not exist"))
        {
            self = .roleUnfit
        } else {
            self = .other(message)
        }
    }

    /// What a person reads.
    var text: Text {
        switch self {
        case .passwordMissing: Text("the server asks for a password", es: "el servidor pide una contraseña")
        case .passwordWrong: Text("the password is not accepted", es: "la contraseña no es aceptada")
        case .roleUnfit: Text("the role may not log in", es: "el rol no puede entrar")
        case .other(let message): Text(message, es: message)
        }
    }

    /// Tries to log in once. Nil: it works.
    static func attempt(_ configuration: ConnectionConfiguration) async -> LoginRefusal? {
        let pool = ConnectionPool(configuration.with(applicationName: "puente login"), size: 1)
        do {
            _ = try await pool.queryOne(FindStanding())
            await pool.close()
            return nil
        } catch {
            await pool.close()
            return LoginRefusal(error)
        }
    }

    private init(_ error: any Error) {
        self = (error as? PostgresError).map { LoginRefusal($0) } ?? .other("\(error)")
    }
}

/// The way in for a person: their own role, with their own password.
///
/// The password is the one that the site keeps for them, if it keeps one; otherwise the one in the person's own password
/// file, which libpq reads (`PGPASSFILE`, `~/.pgpass`); otherwise it is asked for at the terminal.
struct Login: Sendable {
    let site: Site
    let person: Site.Person
    let terminal: Terminal

    /// Connections as the person, the first of which has been made.
    func open(size: Int) async throws -> (ConnectionPool, ConnectionConfiguration) {
        do {
            return try await enter(person.configuration, size: size)
        } catch let error as PostgresError {
            let refusal = LoginRefusal(error)
            switch refusal {
            case .passwordWrong where person.isStored:
                // A password of their own has taken the place of the one that is kept here.
                return try await enterOtherwise(size: size)
            case .passwordMissing, .passwordWrong:
                return try await ask(size: size, after: refusal)
            case .roleUnfit: throw nobody
            case .other: throw error
            }
        }
    }

    private func enterOtherwise(size: Int) async throws -> (ConnectionPool, ConnectionConfiguration) {
        do {
            return try await enter(person.withoutStoredPassword, size: size)
        } catch let error as PostgresError {
            return try await ask(size: size, after: LoginRefusal(error))
        }
    }

    private func ask(
        size: Int, after refusal: LoginRefusal
    ) async throws -> (ConnectionPool, ConnectionConfiguration) {
        if site.isPrivate, try await !isKnown() { throw nobody }
        let prompt = Text("password of \(person.name): ", es: "contraseña de \(person.name): ")
        guard refusal == .passwordMissing, let word = TerminalSecret.ask(prompt(terminal.language)) else {
            throw Failure(
                refusal.text, at: person.name,
                remedy: Text(
                    "keep it in your own ~/.pgpass (or PGPASSFILE), or type it at a terminal",
                    es: "guárdela en su propio ~/.pgpass (o PGPASSFILE), o escríbala en una terminal"))
        }
        var configuration = person.withoutStoredPassword
        configuration["password"] = word
        do {
            return try await enter(configuration, size: size)
        } catch let error as PostgresError where LoginRefusal(error) == .passwordWrong {
            throw Failure(LoginRefusal.passwordWrong.text, at: person.name)
        }
    }

    private func enter(
        _ configuration: ConnectionConfiguration, size: Int
    ) async throws -> (ConnectionPool, ConnectionConfiguration) {
        let pool = ConnectionPool(configuration, size: size)
        do {
            guard try await pool.queryOne(FindStanding()) == true else { throw site.nobody(person.name) }
            return (pool, configuration)
        } catch {
            await pool.close()
            throw error
        }
    }

    private func isKnown() async throws -> Bool {
        try await withPool(site) { try await Roles(site: site, pool: $0).operators() }
            .contains { $0.name == person.name }
    }

    private var nobody: Failure {
        Failure(
            Text("no operator of this name", es: "no hay un operador de este nombre"), at: person.name,
            remedy: Text(
                "'puente operator list' shows the names, 'puente operator add NAME' makes one",
                es: "'puente operator list' muestra los nombres, 'puente operator add NOMBRE' crea uno"))
    }
}

/// Whether the session is a person's: no superuser, whom PostgreSQL takes for everybody, no service, not the schema's owner.
private struct FindStanding: Statement {
    static let sql = """
        SELECT NOT me.rolsuper AND NOT EXISTS (
            SELECT FROM pg_roles AS system
            WHERE system.rolname IN ('puente_owner', 'puente_service') AND pg_has_role(me.oid, system.oid, 'member'))
        FROM pg_roles AS me WHERE me.rolname = session_user
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}
