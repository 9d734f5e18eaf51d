import Contracts
import TestSupport
import Vocabulary

/// Random batches over a few lines of two fiscal years that no other scenario touches.
struct LedgerScenario {
    let name: String
    let year: Int32
    let today: Int32
    /// A day near the end of the first year: dates are drawn around it.
    let base: Int32
    let lines: [CoordinationV1.BudgetLine]
    var random: SeededGenerator
    private var count = 0
    private var used: [CoordinationV1.Posting] = []
    /// What the identifiers of the batch's service begin with.
    private var owner = ""

    init(seed: Int, today: Int32) {
        name = "s\(seed)"
        // Years that are over, so that their days can be posted on: a database has room for 50 scenarios.
        year = Int32(1902 + 2 * ((seed - 1) % 50))
        self.today = today
        base = CalendarDate(year: Int(year), month: 12, day: 28)!.daysSinceEpoch2000
        random = SeededGenerator(seed: seed)
        let (name, year) = (name, year)
        func line(_ number: Int, _ year: Int32, _ currency: String, _ scheme: String) -> CoordinationV1.BudgetLine {
            .init(
                line: "\(name)-L\(number)", fiscalYear: year, fund: "RO", ministry: "M\(number % 2)",
                programme: "juntos",
                territory: "06", currency: currency, scheme: scheme)
        }
        lines = [
            line(1, year, "PEN", ""), line(2, year, "PEN", ""), line(3, year, "PEN", "skips_both"),
            line(4, year, "COP", ""), line(5, year + 1, "PEN", ""),
        ]
    }

    /// Who posts a batch: the service by whose name its last posting is called, or a person.
    static func actor(of request: CoordinationV1.PostRequest) -> String {
        let id = request.postings.last?.postingId ?? ""
        return id.hasPrefix("run/") ? "puente_transfers" : id.hasPrefix("instalment/") ? "puente_projects" : "test"
    }

    /// Money to begin with, so that most of what follows can be posted.
    mutating func opening() -> CoordinationV1.PostRequest {
        let postings = lines.map { line in
            var posting = asked(.appropriate, line.line)
            posting.amountMinor = Int64.random(in: 100...1000, using: &random)
            posting.businessDate = day(line.fiscalYear == year ? -10 : 5)
            return posting
        }
        used += postings
        return .init(mode: .atomic, postings: postings)
    }

    /// The next batch: mostly sensible, often wrong in one way or another.
    mutating func batch(lines chosen: [String]? = nil, byPeople: Bool = false) -> CoordinationV1.PostRequest {
        owner = byPeople ? "" : random.pick(["", "", "", "", "run/", "instalment/"])
        defer { owner = "" }
        let mode = random.pick([CoordinationV1.PostMode.atomic, .continue, .perGroup, .continue, .perGroup])
        let length =
            random.once(in: 6) ? Int.random(in: 10...40, using: &random) : Int.random(in: 1...6, using: &random)
        var postings: [CoordinationV1.Posting] = []
        for _ in 0..<length {
            postings.append(posting(mode, chosen ?? lines.map(\.line)))
        }
        used += postings
        return .init(mode: mode, postings: postings, rememberRefusals: random.once(in: 4))
    }

    /// Money that the scenario's agreement binds from now on: on a line, for documents that begin so.
    mutating func earmark() -> (posting: CoordinationV1.Posting, prefix: String) {
        count += 1
        let line = random.pick(Array(lines.prefix(4)))
        let posting = CoordinationV1.Posting(
            postingId: "agreement/\(name)/\(count)", kind: .reserve, line: line.line,
            amountMinor: Int64.random(in: 1...200, using: &random), document: "agreement/\(name)",
            currency: line.currency)
        return (posting, random.pick(["d", "d1", "d2", "run"]))
    }

    /// What is rare otherwise, one batch after the other: a line is overdrawn without a reason and with one; a posting is
    /// reversed, and again, and its reversal.
    mutating func rarities() -> [CoordinationV1.PostRequest] {
        let line = random.pick(Array(lines.prefix(4))).line
        var (given, plain, excused) = (asked(.appropriate, line), asked(.reserve, line), asked(.reserve, line))
        var (undone, again, back) = (asked(.reverse, line), asked(.reverse, line), asked(.reverse, line))
        (given.amountMinor, plain.amountMinor, excused.amountMinor) = (10, 4000, 4000)
        (plain.document, excused.document, excused.overrideReason) = ("d1-\(name)", "d1-\(name)", "flood")
        (undone.reverses, again.reverses, back.reverses) = (given.postingId, given.postingId, undone.postingId)
        return [[given, plain, excused], [undone], [again, back]].map { .init(mode: .continue, postings: $0) }
    }

    /// Batches that may be posted at the same time: none repeats an identifier, and every refusal is remembered.
    mutating func concurrentBatches(_ count: Int) -> [CoordinationV1.PostRequest] {
        let chosen = Array(lines.map(\.line).dropLast())
        return (0..<count).map { _ in
            var request = batch(lines: chosen, byPeople: true)
            request.rememberRefusals = true
            return request
        }
    }

    /// Postings on the last sealed day, before it and after it, and corrections of sealed days on open ones.
    mutating func around(_ sealed: Int32) -> CoordinationV1.PostRequest {
        let offset = sealed - base
        var postings: [CoordinationV1.Posting] = []
        for (kind, date, original) in [
            (CoordinationV1.PostingKind.cut, offset, nil), (.cut, offset - 1, nil), (.cut, offset + 1, nil),
            (.reserve, offset + 1, offset - 1), (.release, 1, offset),
        ] as [(CoordinationV1.PostingKind, Int32, Int32?)] {
            var posting = asked(kind, lines[0].line)
            posting.amountMinor = Int64.random(in: 1...60, using: &random)
            posting.document = "d1-\(name)"
            posting.stage = kind == .release ? "reserved" : ""
            posting.businessDate = day(date)
            posting.originalDate = original.map(day) ?? ""
            postings.append(posting)
        }
        used += postings
        return .init(mode: .continue, postings: postings)
    }

    /// Groups over lines that share nothing, in two orders: within each group the postings stand in the same order.
    mutating func independentGroups() -> (CoordinationV1.PostRequest, reordered: CoordinationV1.PostRequest) {
        let kinds: [CoordinationV1.PostingKind] = [.appropriate, .cut, .reserve, .reserve, .commit, .accrue, .pay]
        let chosen = [random.pick(Array(lines[0...2])), lines[3], lines[4]]
        var groups: [[CoordinationV1.Posting]] = []
        for (number, line) in chosen.enumerated() {
            groups.append(
                (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    var posting = asked(random.pick(kinds), line.line)
                    posting.amountMinor = Int64.random(in: 1...200, using: &random)
                    posting.document = random.pick(["d1", "d2"]) + "-\(name)"
                    posting.group = "g\(number)"
                    return posting
                })
        }
        used += groups.flatMap(\.self)
        return (
            .init(mode: .perGroup, postings: interleaved(groups)),
            .init(mode: .perGroup, postings: interleaved(groups.reversed()))
        )
    }

    private mutating func interleaved(_ groups: [[CoordinationV1.Posting]]) -> [CoordinationV1.Posting] {
        var left = groups.filter { !$0.isEmpty }
        var postings: [CoordinationV1.Posting] = []
        while !left.isEmpty {
            let index = Int.random(in: left.indices, using: &random)
            postings.append(left[index].removeFirst())
            if left[index].isEmpty { left.remove(at: index) }
        }
        return postings
    }

    private mutating func posting(_ mode: CoordinationV1.PostMode, _ chosen: [String]) -> CoordinationV1.Posting {
        if chosen.count == lines.count, !used.isEmpty, random.once(in: 12) { return again() }
        let services: [CoordinationV1.PostingKind] = [
            .reserve, .reserve, .reserve, .commit, .commit, .accrue, .accrue, .order, .order, .pay, .return, .return,
            .release, .reverse,
        ]
        let people: [CoordinationV1.PostingKind] = [
            .return, .appropriate, .appropriate, .cut, .reserve, .reserve, .reserve, .reserve, .commit, .commit,
            .commit,
            .accrue, .accrue, .order, .order, .pay, .pay, .release, .reverse, .transfer, .expire, .carryOver,
        ]
        let kinds = owner.isEmpty || random.once(in: 12) ? people : services
        var posting = asked(random.pick(kinds), random.pick(chosen))
        posting.amountMinor = Int64.random(in: 1...(random.once(in: 8) ? 5000 : 120), using: &random)
        posting.document =
            owner.isEmpty || random.once(in: 8)
            ? random.pick(["d1", "d2", "d3", "d1", "d2", "d3", "run/d1", "run-d2"])
            : random.pick(["\(owner)d1", owner == "run/" ? "run-d2" : "project/d2"])
        // Whose a document is holds for all lines; no other scenario has these.
        posting.document += "-\(name)"
        posting.description = random.once(in: 3) ? "añadido nº \(posting.amountMinor)" : ""
        posting.overrideReason = random.once(in: 6) ? "flood" : ""
        posting.group = mode == .perGroup && !random.once(in: 3) ? random.pick(["g1", "g2", "g3"]) : ""
        posting.businessDate = random.once(in: 2) ? day(Int32.random(in: -7...9, using: &random)) : ""
        posting.originalDate = random.once(in: 9) ? day(-Int32.random(in: 3...20, using: &random)) : ""
        switch posting.kind {
        case .appropriate, .cut: posting.document = random.pick(["", "law-1"])
        case .reserve:
            posting.expiresOn =
                random.once(in: 3) ? random.pick([day(Int32.random(in: -4...9, using: &random)), later]) : ""
            posting.sourceDocument =
                random.once(in: 5)
                ? random.pick(["d1-\(name)", "\(owner)d1-\(name)", "agreement/\(name)", "agreement/\(name)"]) : ""
        case .return: posting.stage = random.pick(["accrued", "ordered", "ordered", "paid", "paid", "committed"])
        case .release: posting.stage = random.pick(["reserved", "committed", "accrued", "ordered", "paid"])
        case .reverse:
            posting.document = ""
            let earlier = used.filter { chosen.contains($0.line) }
            guard let original = earlier.randomElement(using: &random) else { break }
            posting.reverses = original.postingId
            (posting.line, posting.currency) = (original.line, original.currency)
            if random.once(in: 8) {
                let other = random.pick(lines)
                (posting.line, posting.currency) = (other.line, other.currency)
            }
            posting.amountMinor = random.pick(
                [0, 0, original.amountMinor, original.amountMinor / 2 + 1, original.amountMinor + 1])
        case .transfer, .carryOver:
            posting.targetLine = random.once(in: 8) ? "nowhere" : random.pick(chosen)
            posting.stage =
                posting.kind == .transfer ? "" : random.pick(["available", "reserved", "committed", "ordered"])
        case .unspecified, .commit, .accrue, .order, .pay, .expire: break
        }
        return random.once(in: 15) ? spoiled(posting) : posting
    }

    /// An identifier that was used before, with the same content or another.
    private mutating func again() -> CoordinationV1.Posting {
        var posting = random.pick(used)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: posting.description += "!"
        case 1 where posting.kind != .reverse: posting.amountMinor += 1
        default: break
        }
        return posting
    }

    private mutating func spoiled(_ posting: CoordinationV1.Posting) -> CoordinationV1.Posting {
        var posting = posting
        switch Int.random(in: 0..<14, using: &random) {
        case 12: posting.description = String(repeating: "x", count: 241)
        case 0: posting.postingId = ""
        case 1: posting.amountMinor = random.pick([0, -5, 1_000_000_000_000_001])
        case 9: posting.currency = random.pick(["", "pen", "SOLES"])
        case 10: posting.currency = "USD"
        case 11: posting.postingId = random.pick(["run/", "instalment/", "agreement/", "year/"]) + posting.postingId
        case 2: posting.line = "nowhere"
        case 3: posting.kind = .unspecified
        case 4: posting.stage = "paid"
        case 5: posting.targetLine = "nowhere"
        case 6: posting.businessDate = CalendarDate(daysSinceEpoch2000: today + 2)!.description
        case 7: posting.document = ""
        default: posting.postingId = String(repeating: "x", count: 65)
        }
        return posting
    }

    /// A posting with an identifier of its own, in the line's currency.
    private mutating func asked(_ kind: CoordinationV1.PostingKind, _ line: String) -> CoordinationV1.Posting {
        count += 1
        return .init(
            postingId: "\(owner)\(name)/\(count)", kind: kind, line: line,
            currency: lines.first { $0.line == line }?.currency ?? "PEN")
    }

    private var later: String { CalendarDate(daysSinceEpoch2000: today + 2)!.description }

    private func day(_ offset: Int32) -> String {
        CalendarDate(daysSinceEpoch2000: base + offset)!.description
    }
}
