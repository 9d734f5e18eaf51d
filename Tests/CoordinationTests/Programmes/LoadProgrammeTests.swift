import Contracts
import Foundation
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

@Test func aDefinitionBecomesAVersionOnlyWhenItDiffers() async throws {
    try await withDatabase { database in
        try await TestCountry.load(into: database)
        let pool = database.pool(as: "puente_coordination")
        @Sendable func load(
            _ definition: CoordinationV1.ProgrammeDefinition
        ) async throws -> CoordinationV1.LoadProgrammeReply {
            try await pool.transaction { try await LoadProgramme.load(definition, loadedBy: "ana", in: $0) }
        }
        let first = try await load(soundTransfer())
        #expect(first == .init(programme: "juntos", version: 1, changed: true, unverified: ["ladder"]))
        #expect(try await load(soundTransfer()).changed == false)
        var raised = soundTransfer()
        raised.components[0].amountMinor = 25_000
        #expect(try await load(raised) == .init(programme: "juntos", version: 2, changed: true, unverified: ["ladder"]))
        // Going back is a change too: the version in force decides.
        #expect(try await load(soundTransfer()).version == 3)
        #expect(try await load(soundProject()).version == 1)
        let published = try await database.pool(as: "puente_transfers").query(PublishedProgrammes())
        #expect(
            published == [
                "haku_winay 1 productive_project t", "juntos 1 conditional_transfer f",
                "juntos 2 conditional_transfer f", "juntos 3 conditional_transfer t",
            ])
    }
}

@Test func theDefinitionInForceReadsBackAsItWasSent() async throws {
    try await withDatabase { database in
        try await TestCountry.load(into: database)
        let pool = database.pool(as: "puente_coordination")
        _ = try await pool.transaction { try await LoadProgramme.load(soundTransfer(), loadedBy: "ana", in: $0) }
        let stored = try #require(try await pool.queryOne(StoredDefinition()))
        // What it left to the country is filled in: cycles freeze it with the rules.
        var resolved = soundTransfer()
        resolved.payments?.characterSet = .swiftX
        #expect(try CoordinationV1.ProgrammeDefinition(json: stored) == resolved)
    }
}

@Test func aFaultyDefinitionIsRefusedWithEveryFault() async throws {
    try await withDatabase { database in
        try await TestCountry.load(into: database)
        let pool = database.pool(as: "puente_coordination")
        var definition = soundTransfer()
        definition.currency = "soles"
        definition.components[0].amountMinor = -1
        let spoilt = definition
        let error = await #expect(throws: RPCError.self) {
            try await pool.transaction { try await LoadProgramme.load(spoilt, loadedBy: "ana", in: $0) }
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.details.map(\.field) == ["currency", "components[0].amountMinor"])
        let published = try await pool.query(PublishedProgrammes())
        #expect(published == [])
    }
}

@Test func loadsAtTheSameMomentGetDifferentVersions() async throws {
    try await withDatabase { database in
        try await TestCountry.load(into: database)
        let pool = database.pool(as: "puente_coordination", size: 8)
        let versions = try await withThrowingTaskGroup(of: Int32.self) { group in
            for amount in 1...8 {
                group.addTask {
                    var definition = soundTransfer()
                    definition.components[0].amountMinor = Int64(amount)
                    let sent = definition
                    return try await pool.transaction {
                        try await LoadProgramme.load(sent, loadedBy: "ana", in: $0).version
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(versions.sorted() == Array(1...8))
    }
}

private struct PublishedProgrammes: Statement {
    static let sql = """
        SELECT concat_ws(' ', programme, version, kind, in_force) FROM coordination.programme_v1
        ORDER BY programme, version
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

private struct StoredDefinition: Statement {
    static let sql = "SELECT definition FROM coordination.programme"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> [UInt8] { try row.json(0) }
}
