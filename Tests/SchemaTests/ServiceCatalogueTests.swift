import Foundation
import Schema
import TestSupport
import Testing

/// Every service of the list is everywhere where a service must be, and nothing else lists them.
@Suite struct ServiceCatalogueTests {
    private func path(_ path: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../\(path)")
            .standardizedFileURL.path
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: self.path(path), encoding: .utf8)
    }

    @Test(arguments: ServiceCatalogue.all)
    func aServiceIsBuiltAndDeployed(service: String) throws {
        let package = try text("Package.swift")
        #expect(package.contains("\"puente-\(service)\", targets: [\"puente-\(service)\"]"))
        let compose = try text("docker-compose.yml")
        #expect(compose.contains("\n  \(service):\n"))
        #expect(compose.contains("command: [\"puente-\(service)\"]"))
        let password = "PUENTE_\(service.uppercased())_PASSWORD"
        #expect(compose.components(separatedBy: "\(password):?").count == 3, "for the migration and for itself")
    }

    @Test func scriptsReadTheOneList() throws {
        let printed = try runProgram(path("deploy/services"), [])
        #expect(printed.status == 0)
        #expect(printed.output.split(separator: "\n").map(String.init) == ServiceCatalogue.all)
        for script in ["deploy/Dockerfile", "deploy/secrets", "deploy/demo", "deploy/test", "deploy/compose"] {
            #expect(try text(script).contains("/services"), "\(script) does not ask for the list")
            for service in ServiceCatalogue.all {
                #expect(try !text(script).contains("puente-\(service)"), "\(script) lists \(service) itself")
            }
        }
    }

    @Test func theContainersAreAsTheirScriptWritesThem() throws {
        let written = try runProgram(path("deploy/compose"), [])
        #expect(written.status == 0)
        #expect(try written.output == text("docker-compose.yml"), "run: deploy/compose >docker-compose.yml")
    }

    @Test func itsRoleIsOneOfTheServicesAndNobodyElseIs() async throws {
        try await withDatabase { database in
            let pool = database.pool(size: 1)
            let members = try await pool.texts(
                of: """
                    SELECT named.rolname, rpc.is_service(named.rolname), rpc.is_person(named.rolname), named.rolcanlogin
                    FROM pg_auth_members AS given JOIN pg_roles AS named ON named.oid = given.member
                    WHERE given.roleid = (SELECT oid FROM pg_roles WHERE rolname = 'puente_service') ORDER BY 1
                    """)
            #expect(members == ServiceCatalogue.all.map { "(\(ServiceCatalogue.role(of: $0)),t,f,t)" }.sorted())
            let others = try await pool.texts(
                of: """
                    SELECT rolname FROM pg_roles WHERE rpc.is_service(rolname)
                        AND NOT pg_has_role(oid, 'puente_service', 'member')
                    """)
            #expect(others.isEmpty)
            await pool.close()
        }
    }
}
