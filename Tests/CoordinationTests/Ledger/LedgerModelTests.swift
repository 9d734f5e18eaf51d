import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// A ledger and its model, driven side by side.
private struct Twin {
    let pool: ConnectionPool
    var scenario: LedgerScenario
    var model: LedgerModel
    /// After how many entries of the model's journal the log was numbered, and when.
    var known: [(entries: Int, at: Int64)] = []

    init(seed: Int, pool: ConnectionPool, today: Int32) async throws {
        self.pool = pool
        scenario = LedgerScenario(seed: seed, today: today)
        model = LedgerModel(today: today)
        _ = try await pool.query(OpenLines(actor: "test", callId: nil, lines: scenario.lines))
        for line in scenario.lines {
            let skips = line.scheme == "skips_both"
            model.lines[line.line] = .init(
                year: line.fiscalYear, currency: line.currency, skipsReserved: skips, skipsOrdered: skips)
            model.years[line.fiscalYear] = .init()
        }
    }

    func post(_ request: CoordinationV1.PostRequest) async throws -> [LedgerModel.Answer] {
        try await pool.query(
            PostBatch(
                mode: request.mode, remembersRefusals: request.rememberRefusals, actor: "test", callId: nil,
                postings: request.postings)
        ).map { .init(code: $0.code, shortfall: $0.shortfall, replayed: $0.replayed) }
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<20, using: &scenario.random) {
        case 0: try await changeControl()
        case 1: try await changeLimit()
        case 2: try await sealOrClose()
        case 3: try await sequence()
        case 4: try await postConcurrently()
        case 5: try await postAgainAfterALostConnection()
        default:
            let request = scenario.batch()
            let answers = try await post(request)
            let expected = model.post(request)
            try #require(answers == expected, "\(scenario.name) \(request)")
        }
    }

    private mutating func changeControl() async throws {
        let line = scenario.random.pick(scenario.lines).line
        let control = scenario.random.pick([Int16(0), 1, 2])
        // A line that is overdrawn cannot become absolute again.
        if control == 0, model.lines[line]!.accounts[1] < 0 {
            await #expect(throws: PostgresError.self) {
                _ = try await pool.query(SetControl(line: line, control: control))
            }
        } else {
            _ = try await pool.query(SetControl(line: line, control: control))
            model.lines[line]!.control = control
        }
    }

    private mutating func changeLimit() async throws {
        let code = "\(scenario.name)-limit"
        let members = scenario.lines.filter { $0.fiscalYear == scenario.year && $0.currency == "PEN" }.map(\.line)
        let used = members.reduce(Int64(0)) { $0 + model.lines[$1]!.accounts[2...].reduce(0, +) }
        let ceiling = used + Int64.random(in: -20...400, using: &scenario.random)
        let limit = SetLimit(code: code, year: scenario.year, ministry: nil, ceiling: ceiling)
        if ceiling < used {
            await #expect(throws: PostgresError.self) { _ = try await pool.query(limit) }
        } else {
            let stored = try await pool.query(limit)
            #expect(stored == [used])
            model.limits[code] = .init(lines: Set(members), ceiling: ceiling, used: used)
        }
    }

    private mutating func sealOrClose() async throws {
        let year = scenario.random.once(in: 4) ? scenario.year + 1 : scenario.year
        let state = scenario.random.pick([nil, nil, nil, nil, Int16(1), 2, 3])
        let sealed = scenario.random.once(in: 2) ? model.today - Int32.random(in: 1...6, using: &scenario.random) : nil
        let answer = try await pool.query(SetYear(year: year, state: state, sealedThrough: sealed)).first
        var expected = model.years[year]!
        let open = model.lines.values.contains { $0.year == year && $0.accounts[2...5].contains { $0 > 0 } }
        if let state, state < expected.state {
            #expect(answer == "not_reversible")
        } else if state == 3, expected.state < 3, open {
            #expect(answer == "open_holds")
        } else {
            let before = expected
            expected.state = state ?? expected.state
            if let sealed { expected.sealedThrough = max(expected.sealedThrough ?? sealed, sealed) }
            let same = before.state == expected.state && before.sealedThrough == expected.sealedThrough
            #expect(answer == (same ? "unchanged" : "changed"))
            model.years[year] = expected
        }
    }

    private mutating func sequence() async throws {
        let at = try await pool.query(SequenceLog()).first!.at
        known.append((model.journal.count, at))
        try await compareAsOf()
    }

    /// Several batches at once over the same lines: whatever their order was, it was one order.
    private mutating func postConcurrently() async throws {
        let chosen = Array(scenario.lines.map(\.line).dropLast())
        var requests: [CoordinationV1.PostRequest] = []
        for _ in 0..<3 {
            var request = scenario.batch(lines: chosen)
            request.rememberRefusals = true
            requests.append(request)
        }
        let twin = self
        let answers = try await withThrowingTaskGroup(of: (Int, [LedgerModel.Answer]).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { (index, try await twin.post(request)) }
            }
            return try await group.reduce(into: [Int: [LedgerModel.Answer]]()) { $0[$1.0] = $1.1 }
        }
        var order: [(batch: Int64, index: Int)] = []
        for (index, request) in requests.enumerated() {
            let batch = try await pool.query(BatchOfPosting(ids: request.postings.map(\.postingId))).first
            order.append((batch ?? 0, index))
        }
        for (_, index) in order.sorted(by: { $0 < $1 }) {
            let expected = model.post(requests[index])
            try #require(answers[index] == expected, "\(scenario.name) \(requests[index])")
        }
    }

    /// The connection is lost in the middle of a batch; sent again, it has been posted once.
    private mutating func postAgainAfterALostConnection() async throws {
        let request = scenario.batch()
        let twin = self
        let name = "ledger-\(scenario.name)"
        let victim = ConnectionPool(pool.configuration.with(applicationName: name), size: 1)
        let lost = Task {
            try? await victim.query(
                PostBatch(
                    mode: request.mode, remembersRefusals: request.rememberRefusals, actor: "test", callId: nil,
                    postings: request.postings))
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...8000, using: &scenario.random)))
        try await pool.script(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '\(name)'")
        _ = await lost.value
        await victim.close()
        let answers = try await twin.post(request)
        let expected = model.post(request)
        try #require(answers.map(\.code) == expected.map(\.code), "\(scenario.name) \(request)")
        #expect(answers.map(\.shortfall) == expected.map(\.shortfall))
    }

    /// Every balance and every hold equals the model's.
    func compare() async throws {
        let prefix = scenario.name + "-"
        let accounts = try await pool.query(StoredAccounts(prefix: prefix))
        #expect(accounts.count == model.lines.count)
        for (line, stored) in accounts {
            try #require(stored == model.lines[line]!.accounts, "\(line)")
            #expect(stored.reduce(0, +) == 0, "\(line) is not conserved")
        }
        var holds = model.lines.mapValues { $0.holds.filter { $0.value != .init() } }
        for row in try await pool.query(StoredHolds(prefix: prefix)) {
            let hold = LedgerModel.Hold(held: row.held, expires: row.expires)
            let expected = holds[row.line]!.removeValue(forKey: row.document) ?? .init()
            try #require(expected == hold, "\(row)")
        }
        let missing = holds.filter { !$0.value.isEmpty }
        #expect(missing.isEmpty)
    }

    private mutating func compareAsOf() async throws {
        guard let (entries, at) = known.randomElement(using: &scenario.random) else { return }
        let date = model.today - Int32.random(in: 0...7, using: &scenario.random)
        for (line, stored) in try await pool.query(AccountsAsOf(prefix: scenario.name + "-", date: date, known: at)) {
            try #require(stored == model.accounts(of: line, asOf: date, known: entries), "\(line) \(date)")
        }
        let all = try await pool.query(AccountsAsOf(prefix: scenario.name + "-", date: nil, known: nil))
        for (line, stored) in all {
            try #require(stored == model.lines[line]!.accounts, "\(line)")
        }
    }
}

@Test func theLedgerAnswersLikeItsModelForTwoHundredSeeds() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_coordination", size: 4)
        try await pool.script(
            "SELECT coordination.ledger_load_scheme('test', NULL, 'skips_both', ARRAY['a','b','c','d','e','f','g'], true, true)"
        )
        let today = try await pool.query(DatabaseToday()).first!
        for seed in 1...200 {
            var twin = try await Twin(seed: seed, pool: pool, today: today)
            let opening = twin.scenario.opening()
            let answers = try await twin.post(opening)
            let expected = twin.model.post(opening)
            #expect(answers == expected)
            for _ in 0..<12 {
                try await twin.step()
                try await twin.compare()
            }
        }
        await pool.close()
    }
}
