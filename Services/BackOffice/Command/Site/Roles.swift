import Foundation
import Postgres

/// Makes the roles of people, and gives roles their passwords.
struct Roles: Sendable {
    let pool: ConnectionPool
    let passwords: PasswordFile
    let host: String
    private let site: Site

    /// An operator as the database knows them.
    struct Operator: Sendable, Equatable {
        let name: String
        let mayLogIn: Bool
    }

    init(site: Site, pool: ConnectionPool) {
        self.pool = pool
        passwords = site.passwords
        host = site.host
        self.site = site
    }

    /// Whether `name` can be an operator's: it must not look like a role of the system.
    static func isFit(_ name: String) -> Bool {
        let letters = Set("abcdefghijklmnopqrstuvwxyz")
        let others = letters.union("0123456789_.")
        return (2...40).contains(name.count) && name.first.map(letters.contains) == true
            && name.allSatisfy(others.contains) && !name.hasPrefix("pg_") && !name.hasPrefix("puente")
            && name != "postgres"
    }

    /// Makes an operator. With `chosen`, the person's own password, which the site does not keep; otherwise with a random one
    /// that the site keeps for them. It is kept before the role is made: a role whose password is lost helps nobody.
    func addOperator(_ name: String, chosen: String? = nil) async throws {
        if let chosen {
            try await make(name, password: chosen)
            return
        }
        let held = passwords.password(user: name, host: host)
        let word = held ?? PasswordFile.randomWord()
        if held == nil { try passwords.append(.init(host: host, user: name, password: word)) }
        do {
            try await make(name, password: word)
        } catch {
            if held == nil { try? passwords.remove(user: name, host: host) }
            throw error
        }
    }

    private func make(_ name: String, password: String) async throws {
        do {
            try await run(ChangeRole.makeOperator, name: name, password: password)
        } catch let error as PostgresError where error.sqlState == "42710" {
            throw Failure(
                Text("this operator is there already", es: "este operador ya existe"), at: name,
                remedy: Text(
                    "'puente operator password \(name)' changes the password, with --reset if it is lost",
                    es: "'puente operator password \(name)' cambia la contraseña, con --reset si se perdió"))
        }
    }

    /// Gives an operator another password, as administrator: the one they chose, or a random one that the site keeps.
    func resetPassword(ofOperator name: String, chosen: String?) async throws {
        guard try await operators().contains(where: { $0.name == name }) else {
            throw Failure(
                Text("no operator of this name", es: "no hay un operador de este nombre"), at: name,
                remedy: Text(
                    "'puente operator list' shows the names", es: "'puente operator list' muestra los nombres"))
        }
        let word = chosen ?? PasswordFile.randomWord()
        try await run(ChangeRole.setPassword, name: name, password: word)
        try passwords.remove(user: name, host: host)
        if chosen == nil { try passwords.append(.init(host: host, user: name, password: word)) }
    }

    /// Changes the password of the person who is logged in.
    static func changeOwnPassword(_ name: String, to word: String, _ pool: ConnectionPool) async throws {
        try await run(ChangeRole.setPassword, name: name, password: word, pool)
    }

    /// Makes sure that a service can log in. Nothing is changed where it can; a role that has no password gets one; a role that
    /// has another is left alone, because another site of the same server may be at work with it.
    func letIn(_ service: String, isNew: Bool, environment: [String: String]) async throws {
        let role = "puente_\(service)"
        guard await LoginRefusal.attempt(site.service(service, inherited: environment)) != nil else { return }
        let isWithout = try await hasNoPassword(role) ?? isNew
        if isWithout {
            let held = site.service(service, inherited: environment)["password"]
            let word = held ?? PasswordFile.randomWord()
            if held == nil { try passwords.append(.init(host: host, user: role, password: word)) }
            let change = isNew ? ChangeRole.setPassword : ChangeRole.setFirstPassword
            try await run(change, name: role, password: word)
        }
        guard let refusal = await LoginRefusal.attempt(site.service(service, inherited: environment)) else { return }
        throw Failure(
            Text("cannot log in: \(refusal.text.english)", es: "no puede entrar: \(refusal.text.spanish)"), at: role,
            remedy: isWithout ? nil : Self.ownPassword(of: role, service: service))
    }

    /// The system's roles that the server has, whatever database made them.
    static func known(_ pool: ConnectionPool) async throws -> Set<String> {
        Set(try await pool.query(ListServiceRoles()))
    }

    /// Nil: this administrator may not know.
    private func hasNoPassword(_ role: String) async throws -> Bool? {
        do {
            return try await pool.queryOne(HasNoPassword(role: role))
        } catch let error as PostgresError where error.sqlState == "42501" {
            return nil
        }
    }

    /// What helps when a role has a password that this site does not know.
    private static func ownPassword(of role: String, service: String) -> Text {
        let variable = "PUENTE_\(service.uppercased())_PASSWORD"
        return Text(
            """
            it has a password that is not known here, and perhaps another site uses it: nothing was changed.
                Give it in \(variable); or, when nobody else uses it, take it away with
                ALTER ROLE \(role) PASSWORD NULL, and start again
            """,
            es: """
                tiene una contraseña que aquí no se conoce, y quizá otro sitio la usa: no se cambió nada.
                    Désela en \(variable); o, si nadie más la usa, quítesela con
                    ALTER ROLE \(role) PASSWORD NULL, y arranque otra vez
                """)
    }

    /// Every operator by name.
    func operators() async throws -> [Operator] { try await pool.query(ListOperators()) }

    private func run(_ script: String, name: String, password: String) async throws {
        try await Self.run(script, name: name, password: password, pool)
    }

    private static func run(
        _ script: String, name: String, password: String, _ pool: ConnectionPool
    ) async throws {
        try await pool.transaction { transaction in
            _ = try await transaction.query(NameRole(name: name, password: password))
            try await transaction.script(script)
        }
    }
}

/// Statements that change a role. They take no parameters, so the name and the password come by settings of the
/// transaction, and format() quotes them.
private enum ChangeRole {
    static let makeOperator = """
        DO $change$
        BEGIN
            EXECUTE format('CREATE ROLE %I LOGIN IN ROLE puente_operator PASSWORD %L',
                current_setting('puente.role'), current_setting('puente.password'));
        END
        $change$
        """
    static let setPassword = """
        DO $change$
        BEGIN
            EXECUTE format('ALTER ROLE %I PASSWORD %L',
                current_setting('puente.role'), current_setting('puente.password'));
        END
        $change$
        """
    /// For a role that has none: of two sites that come at once, the second finds one and leaves it alone.
    static let setFirstPassword = """
        DO $change$
        BEGIN
            IF EXISTS (
                SELECT FROM pg_authid WHERE rolname = current_setting('puente.role') AND rolpassword IS NULL)
            THEN
                EXECUTE format('ALTER ROLE %I PASSWORD %L',
                    current_setting('puente.role'), current_setting('puente.password'));
            END IF;
        END
        $change$
        """
}

/// Whether a role has no password. Only superusers may ask.
private struct HasNoPassword: Statement {
    static let sql = "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = $1"
    let role: String
    func bind(into parameters: inout Parameters) { parameters.add(role) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// The roles of the services that are there.
private struct ListServiceRoles: Statement {
    static let sql = "SELECT rolname::text FROM pg_roles WHERE starts_with(rolname, 'puente_')"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Lays a role's name and password ready for the transaction.
private struct NameRole: Statement {
    typealias Row = Bool
    static let sql = "SELECT set_config('puente.role', $1, true) = $1 AND set_config('puente.password', $2, true) = $2"
    let name: String
    let password: String
    func bind(into parameters: inout Parameters) {
        parameters.add(name)
        parameters.add(password)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// The members of the operators' group.
private struct ListOperators: Statement {
    static let sql = """
        SELECT person.rolname::text, person.rolcanlogin
        FROM pg_auth_members AS membership
        JOIN pg_roles AS crew ON crew.oid = membership.roleid
        JOIN pg_roles AS person ON person.oid = membership.member
        WHERE crew.rolname = 'puente_operator'
        ORDER BY 1
        """
    func bind(into parameters: inout Parameters) {}
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Roles.Operator {
        Roles.Operator(name: try row.string(0), mayLogIn: try row.bool(1))
    }
}
