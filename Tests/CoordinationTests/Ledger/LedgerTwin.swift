import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// A ledger and its model, driven side by side.
struct LedgerTwin {
    var pool: ConnectionPool
    /// May put agreements in force and suspend them without signatures; nil where nobody does.
    var administrators: ConnectionPool?
    var scenario: LedgerScenario
    var model: LedgerModel
    /// After how many entries of the model's journal the log was numbered, and when.
    var known: [(entries: Int, at: Int64)] = []
    /// How many batches were refused as a whole and seen to leave nothing behind.
    var refusals = 0
    /// The codes that were given.
    var codes: Set<String> = []
    /// How many groups were posted in two orders.
    var reorderings = 0

    init(seed: Int, pool: ConnectionPool, today: Int32) async throws {
        self.pool = pool
        scenario = LedgerScenario(seed: seed, today: today)
        model = LedgerModel(today: today)
        try await pool.openLines(scenario.lines)
        for line in scenario.lines {
            let skips = line.scheme == "skips_both"
            model.lines[line.line] = .init(
                year: line.fiscalYear, currency: line.currency, skipsReserved: skips, skipsOrdered: skips,
                leavesAccrualsPayable: skips)
            model.years[line.fiscalYear] = .init()
        }
    }

    func post(_ request: CoordinationV1.PostRequest) async throws -> [LedgerModel.Answer] {
        try await pool.post(PostBatch(request)).map { .init($0) }
    }

    /// Gives the lines money to begin with.
    mutating func open() async throws {
        let opening = scenario.opening()
        let answers = try await post(opening)
        let expected = model.post(opening)
        #expect(answers == expected)
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<25, using: &scenario.random) {
        case 0: try await changeControl()
        case 1: try await changeLimit()
        case 2: try await sealOrClose()
        case 3: try await sequence()
        case 4: try await postConcurrently()
        case 5: try await postAgainAfterALostConnection()
        case 6: try await sealTwiceAndPostAround()
        case 7: try await reorderIndependentGroups()
        case 8, 9, 10: try await changeAgreement()
        case 11: try await changeControl()
        case 12: try await postRarities()
        default: try await postOne(scenario.batch())
        }
    }

    /// Posts a batch here and there. One that is refused as a whole and not remembered leaves every byte as it was.
    private mutating func postOne(_ request: CoordinationV1.PostRequest) async throws {
        let before = try await pool.query(ScenarioRows(scenario))
        let answers = try await post(request)
        let expected = model.post(request)
        try #require(answers == expected, "\(scenario.name) \(request)")
        codes.formUnion(answers.map(\.code))
        if !expected.contains(where: { $0.code == "posted" && !$0.replayed }), request.mode == .atomic,
            !request.rememberRefusals
        {
            refusals += 1
            let after = try await pool.query(ScenarioRows(scenario))
            try #require(after == before, "a refused batch left something behind: \(request)")
        }
    }

    /// On a line that may be overdrawn by who says why.
    private mutating func postRarities() async throws {
        let requests = scenario.rarities()
        let line = requests[0].postings[0].line
        _ = try await pool.query(SetControl(line: line, control: 1))
        model.lines[line]!.control = 1
        for request in requests { try await postOne(request) }
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
        let sealed =
            scenario.random.once(in: 2) ? scenario.base - Int32.random(in: 1...6, using: &scenario.random) : nil
        let answer = try await pool.query(SetYear(year: year, state: state, sealedThrough: sealed)).first
        var expected = model.years[year]!
        let open = model.lines.values.contains { line in
            line.year == year
                && (line.accounts[2...3].contains { $0 > 0 } || line.accounts[4] > 0 && !line.leavesAccrualsPayable)
        }
        if let state, expected.state == 3, state < 3 {
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

    /// Seals days, seals them again, and posts on the days around the last of them.
    private mutating func sealTwiceAndPostAround() async throws {
        let year = scenario.year
        let sealed = max(
            model.years[year]!.sealedThrough ?? Int32.min,
            scenario.base - Int32.random(in: 2...5, using: &scenario.random))
        _ = try await pool.query(SetYear(year: year, state: nil, sealedThrough: sealed))
        let again = try await pool.query(SetYear(year: year, state: nil, sealedThrough: sealed))
        #expect(again == ["unchanged"])
        model.years[year]!.sealedThrough = sealed
        let request = scenario.around(sealed)
        let answers = try await post(request)
        let expected = model.post(request)
        try #require(answers == expected, "\(scenario.name) \(request)")
        codes.formUnion(answers.map(\.code))
        let dates = Set(answers.prefix(2).map(\.code))
        #expect(dates.isSubset(of: ["date_sealed", "year_sealed"]), "days up to the sealed one are closed")
    }

    /// Groups that share nothing are answered the same in whatever order they stand in the batch.
    private mutating func reorderIndependentGroups() async throws {
        let (request, reordered) = scenario.independentGroups()
        let scenario = scenario
        var other = TakenBack()
        do {
            try await pool.transaction { transaction in
                throw TakenBack(
                    answers: try await PostBatch(reordered).post(in: transaction),
                    rows: try await transaction.query(ScenarioState(scenario)))
            }
        } catch let taken as TakenBack {
            other = taken
        }
        let answers = try await pool.post(PostBatch(request))
        let expected = model.post(request)
        try #require(answers.map { .init($0) } == expected, "\(scenario.name) \(request)")
        codes.formUnion(answers.map(\.code))
        func byId(_ rows: [PostBatch.Row]) -> [String: LedgerModel.Answer] {
            Dictionary(uniqueKeysWithValues: rows.map { ($0.postingId, .init($0)) })
        }
        try #require(byId(answers) == byId(other.answers), "\(reordered)")
        let after = try await pool.query(ScenarioState(scenario))
        try #require(after == other.rows, "\(reordered)")
        reorderings += 1
    }

    private mutating func sequence() async throws {
        let at = try await pool.query(SequenceLog()).first!.at
        known.append((model.journal.count, at))
        try await compareAsOf()
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
        let broken = try await pool.query(BrokenSums(prefix: prefix))
        try #require(broken == [])
    }

    private mutating func compareAsOf() async throws {
        guard let (entries, at) = known.randomElement(using: &scenario.random) else { return }
        let date = scenario.base + Int32.random(in: -8...10, using: &scenario.random)
        for (line, stored) in try await pool.query(AccountsAsOf(prefix: scenario.name + "-", date: date, known: at)) {
            try #require(stored == model.accounts(of: line, asOf: date, known: entries), "\(line) \(date)")
        }
        let all = try await pool.query(AccountsAsOf(prefix: scenario.name + "-", date: nil, known: nil))
        for (line, stored) in all {
            try #require(stored == model.lines[line]!.accounts, "\(line)")
        }
    }
}

/// Thrown to take a posting back; carries what it did.
private struct TakenBack: Error {
    var answers: [PostBatch.Row] = []
    var rows: [String] = []
}

extension PostBatch {
    /// A request as a test posts it.
    init(_ request: CoordinationV1.PostRequest) {
        self.init(
            mode: request.mode, remembersRefusals: request.rememberRefusals,
            actor: LedgerScenario.actor(of: request), callId: nil, postings: request.postings)
    }
}

extension LedgerModel.Answer {
    init(_ row: PostBatch.Row) {
        self.init(code: row.code, shortfall: row.shortfall, replayed: row.replayed)
    }
}
