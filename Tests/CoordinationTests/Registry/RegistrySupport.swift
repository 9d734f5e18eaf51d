import Contracts
import Foundation
import Intake
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// A small registry that imports without a fault: one department with a province, two districts, two households.
enum SmallRegistry {
    static let territories = """
        territory_code,name,level,parent_code,poverty_rate
        060101,Cajamarca,district,0601,
        06,Cajamarca,department,,45.50
        0601,Cajamarca,province,06,38.9
        060102,Asunción,district,0601,71.05

        """
    static let households = """
        household_id,territory_code,poverty_class,residence_since
        1001,060101,extreme_poor,2020-01-15
        1002,060102,poor,2019-12-31

        """
    static let members = """
        person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant
        40000001,1001,Rosa María,Quispe Ñaupari,F,1988-02-29,head,true
        40000002,1001,Luis,"Huamán, Quispe",M,2015-06-30,child,false
        40000003,1002,Ana,Díaz,F,1990-11-02,head,false

        """
    static let accounts = """
        household_id,holder_person_id,bank_bic,account_number
        1001,40000001,BANCPEPL,04001123456
        1002,40000003,BCPLPEPLXXX,00219100000012345754

        """
    static let all = [territories, households, members, accounts]
}

/// A database with a registry import to try out.
struct ImportBench {
    let database: TestDatabase
    let operators: ConnectionPool
    let service: ConnectionPool

    /// Uploads texts and imports them in one call, as the service's own role.
    func run(
        _ files: [String], _ mode: CommonV1.ImportMode = .allOrNothing, acceptedChanges: String = ""
    ) async throws -> (result: CommonV1.ImportResult, rejects: [RejectedRow]) {
        try await run(bytes: files.map { Array($0.utf8) }, mode, acceptedChanges: acceptedChanges)
    }

    /// Uploads files and imports them in one call, as the service's own role.
    func run(
        bytes files: [[UInt8]], _ mode: CommonV1.ImportMode = .allOrNothing, acceptedChanges: String = ""
    ) async throws -> (result: CommonV1.ImportResult, rejects: [RejectedRow]) {
        var uploadIds: [String] = []
        for file in files { uploadIds.append(try await upload(file)) }
        return try await importing(uploadIds, mode, acceptedChanges: acceptedChanges)
    }

    /// Imports uploads.
    func importing(
        _ uploadIds: [String], _ mode: CommonV1.ImportMode, acceptedChanges: String = ""
    ) async throws -> (result: CommonV1.ImportResult, rejects: [RejectedRow]) {
        let request = CommonV1.ImportRequest(
            uploadIds: uploadIds, mode: mode, acceptedChanges: acceptedChanges)
        let result = try await service.transaction { transaction in
            let country = try await CountryInForce.required(in: transaction)
            return try await Importer(RegistryImport.plan(country.forms)).run(
                request, requestedBy: "ana", in: transaction
            ) { _ in }
        }
        var rejects: [RejectedRow] = []
        let importId = try #require(UUID(uuidString: result.importId))
        try await Rejects.forEach(of: importId, in: operators) { row in
            rejects.append(row)
            return .more
        }
        return (result, rejects)
    }

    /// Sends a file.
    func upload(_ bytes: [UInt8]) async throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString).csv")
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        return try await Upload.send(path.path, to: operators).uploadId.uuidString
    }

    /// One number that a query returns.
    func count<S: Statement>(_ statement: S) async throws -> Int64 where S.Row == Int64 {
        try await operators.queryOne(statement) ?? -1
    }
}

/// Runs the body with a new database and pools of the roles that take part.
func withImportBench(
    country: CoordinationV1.CountryDefinition = peru(), _ body: (ImportBench) async throws -> Void
) async throws {
    try await withDatabase { database in
        try await TestCountry.load(country.json(), into: database)
        let bench = ImportBench(
            database: database, operators: database.pool(), service: database.pool(as: "puente_coordination"))
        try await body(bench)
        await bench.operators.close()
        await bench.service.close()
    }
}

/// Everything that the registry's tables hold, as one text to compare.
struct RegistryDigest: Statement {
    static let sql = """
        SELECT concat_ws(E'\\n',
            (SELECT string_agg(t::text, ' ' ORDER BY territory_code) FROM coordination.territory t),
            (SELECT string_agg(h::text, ' ' ORDER BY household_id) FROM coordination.household h),
            (SELECT string_agg(m::text, ' ' ORDER BY person_id) FROM coordination.member m),
            (SELECT string_agg(a::text, ' ' ORDER BY household_id) FROM coordination.account a))
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
