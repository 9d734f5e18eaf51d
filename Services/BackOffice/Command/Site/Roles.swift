import Foundation
import Postgres

/// Makes the roles of people, and gives roles their passwords.
struct Roles: Sendable {
    let pool: ConnectionPool
    let passwords: PasswordFile
    let host: String

    /// An operator as the database knows them.
    struct Operator: Sendable, Equatable {
        let name: String
        let mayLogIn: Bool
    }

    init(site: Site, pool: ConnectionPool) {
        self.pool = pool
        passwords = PasswordFile(path: PrivateDatabase.passwordFile(in: site.stateDirectory))
        host = site.host
    }

    /// Whether `name` can be an operator's: it must not look like a role of the system.
    static func isFit(_ name: String) -> Bool {
        let letters = Set("abcdefghijklmnopqrstuvwxyz")
        let others = letters.union("0123456789_.")
        return (2...40).contains(name.count) && name.first.map(letters.contains) == true
            && name.allSatisfy(others.contains) && !name.hasPrefix("pg_") && !name.hasPrefix("puente")
            && name != "postgres"
    }

    /// Makes an operator. Returns the password when it could not be put into the password file for them.
    func addOperator(_ name: String) async throws {
        let word = PasswordFile.randomWord()
        do {
            try await run(ChangeRole.makeOperator, name: name, password: word)
        } catch let error as PostgresError where error.sqlState == "42710" {
            throw Failure(Text("this operator is there already", es: "este operador ya existe"), at: name)
        }
        try passwords.append(.init(host: host, user: name, password: word))
    }

    /// Gives a service's role the password of `environment`, or a random one that only the password file knows.
    func setPassword(ofService service: String, environment: [String: String]) async throws {
        let role = "puente_\(service)"
        if let word = environment["PUENTE_\(service.uppercased())_PASSWORD"], !word.isEmpty {
            try await run(ChangeRole.setPassword, name: role, password: word)
        } else if !passwords.holds(user: role, host: host) {
            let word = PasswordFile.randomWord()
            try await run(ChangeRole.setPassword, name: role, password: word)
            try passwords.append(.init(host: host, user: role, password: word))
        }
    }

    /// Every operator by name.
    func operators() async throws -> [Operator] { try await pool.query(ListOperators()) }

    private func run(_ script: String, name: String, password: String) async throws {
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
            EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L',
                current_setting('puente.role'), current_setting('puente.password'));
        END
        $change$
        """
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
