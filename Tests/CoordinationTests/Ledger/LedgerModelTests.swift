import Contracts
import CoordinationDomain
import Postgres
import Schema
import TestSupport
import Testing

@testable import CoordinationService

/// Loads the scheme that the scenarios' third line uses.
private let scheme =
    """
    SELECT coordination.ledger_load_scheme('test', NULL, 'skips_both', '{a,b,c,d,e,f,g}', true, true, 'a test',
        '{1,2,4,4}', 'a test')
    """

@Test func theLedgerAnswersLikeItsModelForTwoHundredSeeds() async throws {
    var (refusals, reorderings) = (0, 0)
    var codes: Set<String> = []
    for seeds in [1...50, 51...100, 101...150, 151...200] {
        try await withDatabase { database in
            let pool = database.pool(as: "puente_coordination", size: 4)
            // Agreements come into force and are suspended without what they otherwise need.
            let administrators = database.pool(size: 1)
            try await pool.script(scheme)
            let today = try await pool.query(DatabaseToday()).first!
            for seed in seeds {
                var twin = try await LedgerTwin(seed: seed, pool: pool, today: today)
                twin.administrators = administrators
                try await twin.open()
                for _ in 0..<12 {
                    try await twin.step()
                    try await twin.compare()
                }
                refusals += twin.refusals
                reorderings += twin.reorderings
                codes.formUnion(twin.codes)
            }
            await administrators.close()
            await pool.close()
        }
    }
    #expect(refusals > 50 && reorderings > 50)
    let missing = PostingCode.allCases.map(\.rawValue).filter { !codes.contains($0) }
    #expect(missing == ["line_bound_exceeded"], "codes that no seed gives")
}

@Test(.timeLimit(.minutes(5)))
func whatWasAnsweredStandsAfterTheServerIsKilled() async throws {
    try await withPrivateServer { server in
        let administration = ConnectionPool(server.configuration, size: 1)
        try await administration.script("CREATE DATABASE ledger")
        await administration.close()
        let configuration = server.configuration.with(database: "ledger")
        try await Migrator().migrate(configuration)
        var pool = ConnectionPool(configuration, size: 4)
        try await pool.script(scheme)
        let today = try await pool.query(DatabaseToday()).first!
        var twin = try await LedgerTwin(seed: 201, pool: pool, today: today)
        try await twin.open()
        for _ in 0..<4 {
            let round = twin.scenario.concurrentBatches(100)
            let answered = try await twin.answers(round, interruptedBy: { try await server.kill() })
            await pool.close()
            try await server.restart()
            pool = ConnectionPool(configuration, size: 4)
            twin.pool = pool
            #expect(!answered.isEmpty && answered.count < round.count)
            try await twin.settle(round, answered)
            try await twin.compare()
        }
        await pool.close()
    }
}
