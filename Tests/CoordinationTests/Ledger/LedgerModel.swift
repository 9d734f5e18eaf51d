import Contracts
import CoordinationDomain
import Vocabulary

/// The ledger as a person would explain it: one posting after the other, on plain dictionaries. The database's
/// set-based functions must give the same answers.
struct LedgerModel {
    struct Hold: Equatable {
        /// Amounts by stage; 0 and 1 are not used.
        var held: [Int64] = Array(repeating: 0, count: 7)
        var expires: Int32?
    }

    struct Line: Equatable {
        var year: Int32
        var currency: String
        var skipsReserved = false
        var skipsOrdered = false
        /// Whether accruals that are not paid stay payable when the year is sealed, as orders always do.
        var leavesAccrualsPayable = false
        var control: Int16 = 0
        var accounts: [Int64] = Array(repeating: 0, count: 7)
        var holds: [String: Hold] = [:]
    }

    struct Leg: Equatable {
        var line: String
        var document: String
        var from: Int
        var to: Int
    }

    struct Stored {
        var posting: CoordinationV1.Posting
        var code: PostingCode
        var shortfall: Int64
        var legs: [Leg]
        var amount: Int64
        var businessDate: Int32
    }

    struct Limit {
        var lines: Set<String>
        var ceiling: Int64
        var used: Int64
    }

    /// Money of a line that an agreement binds.
    struct Earmark {
        var agreement: String
        var prefix: String
        var isSuspended = false
    }

    struct Year {
        var state: Int16 = 1
        var sealedThrough: Int32?
    }

    struct Answer: Equatable {
        var code: String
        var shortfall: Int64
        var replayed: Bool
    }

    struct Entry {
        var leg: Leg
        var amount: Int64
        var businessDate: Int32
    }

    var today: Int32
    var lines: [String: Line] = [:]
    var years: [Int32: Year] = [:]
    var limits: [String: Limit] = [:]
    /// By line.
    var earmarks: [String: [Earmark]] = [:]
    var stored: [String: Stored] = [:]
    var reversed: Set<String> = []
    var journal: [Entry] = []
    /// Whose each document is: who opened it.
    var owners: [String: String] = [:]
    /// The first day on which each line had money.
    var firstMoney: [String: Int32] = [:]

    /// The accounts of a line from the journal alone, as of a date, from its first entries only.
    func accounts(of line: String, asOf date: Int32?, known entries: Int) -> [Int64] {
        var accounts: [Int64] = Array(repeating: 0, count: 7)
        for entry in journal.prefix(entries) where entry.leg.line == line {
            if let date, entry.businessDate > date { continue }
            accounts[entry.leg.from] -= entry.amount
            accounts[entry.leg.to] += entry.amount
        }
        return accounts
    }

    /// Posts a batch and says what became of each posting; an act of the ledger itself is anybody's.
    mutating func post(_ request: CoordinationV1.PostRequest, isOwnAct: Bool = false) -> [Answer] {
        let mode = request.mode
        let owner = isOwnAct ? Self.ledger : Self.owner(LedgerScenario.actor(of: request))
        var codes: [PostingCode?] = []
        var shortfalls: [Int64] = []
        var replayed: [Bool] = []
        for index in request.postings.indices {
            let (code, shortfall, known) = judge(request, index, owner)
            codes.append(code)
            shortfalls.append(shortfall)
            replayed.append(known)
        }
        let groups = request.postings.indices.map { index -> Int in
            switch mode {
            case .unspecified, .atomic: return 0
            case .continue: return index
            case .perGroup:
                let group = request.postings[index].group
                return group.isEmpty ? index : request.postings.firstIndex { $0.group == group }!
            }
        }
        for group in Set(groups).sorted() {
            let members = groups.indices.filter { groups[$0] == group }
            let before = self
            var failed = members.contains { codes[$0] != nil && codes[$0] != .posted }
            let open = members.filter { codes[$0] == nil }
            for index in open {
                if let (code, shortfall) = charge(request.postings[index], owner) {
                    codes[index] = code
                    shortfalls[index] = shortfall
                    failed = true
                }
            }
            guard failed else { continue }
            self = before
            for index in open where codes[index] == nil {
                codes[index] = .groupRefused
            }
        }
        let remembers = request.rememberRefusals || (mode != .atomic && mode != .unspecified)
        for (index, posting) in request.postings.enumerated() where remembers && !replayed[index] {
            guard let code = codes[index], code.isRemembered else { continue }
            stored[posting.postingId] = Stored(
                posting: posting, code: code, shortfall: shortfalls[index], legs: [], amount: 0, businessDate: 0)
        }
        return request.postings.indices.map {
            Answer(code: (codes[$0] ?? .posted).rawValue, shortfall: shortfalls[$0], replayed: replayed[$0])
        }
    }

    /// Moves the posting's money even where it is missing, and says what was missing.
    private mutating func charge(_ posting: CoordinationV1.Posting, _ owner: String) -> (PostingCode, Int64)? {
        let legs = legs(of: posting)
        let amount = amount(of: posting)
        var missing: [(code: PostingCode, shortfall: Int64)] = []
        for leg in legs {
            if leg.from > 0 {
                take(amount, leg, posting).map { missing.append($0) }
            } else {
                lines[leg.line]!.accounts[0] -= amount
            }
            if (leg.from < 2) != (leg.to < 2) {
                for (code, limit) in limits where limit.lines.contains(leg.line) {
                    limits[code]!.used += leg.to >= 2 ? amount : -amount
                    let left = limit.ceiling - limits[code]!.used
                    if leg.to >= 2, left < 0 { missing.append((.limitExceeded, min(amount, -left))) }
                }
            }
            lines[leg.line]!.accounts[leg.to] += amount
            if leg.to > 1 { lines[leg.line]!.holds[leg.document, default: Hold()].held[leg.to] += amount }
        }
        if let first = missing.min(by: { $0.code.rawValue < $1.code.rawValue }) { return first }
        record(posting, legs, amount, owner)
        return nil
    }

    private mutating func take(
        _ amount: Int64, _ leg: Leg, _ posting: CoordinationV1.Posting
    ) -> (code: PostingCode, shortfall: Int64)? {
        lines[leg.line]!.accounts[leg.from] -= amount
        if leg.from > 1 { lines[leg.line]!.holds[leg.document, default: Hold()].held[leg.from] -= amount }
        let line = lines[leg.line]!
        let balance = leg.from == 1 ? line.accounts[1] : line.holds[leg.document]!.held[leg.from]
        guard balance < 0 else { return nil }
        let shortfall = min(amount, -balance)
        switch leg.from {
        case 1 where line.control == 0: return (.insufficientAvailable, shortfall)
        case 1 where line.control == 1 && posting.overrideReason.isEmpty: return (.overrideRequired, shortfall)
        case 1: return nil
        case 2: return (.insufficientReserved, shortfall)
        case 3: return (.insufficientCommitted, shortfall)
        case 4: return (.insufficientAccrued, shortfall)
        case 5: return (.insufficientOrdered, shortfall)
        default: return (.insufficientPaid, shortfall)
        }
    }

    private mutating func record(
        _ posting: CoordinationV1.Posting, _ legs: [Leg], _ amount: Int64, _ owner: String
    ) {
        let date = Self.day(posting.businessDate) ?? today
        for leg in legs {
            journal.append(Entry(leg: leg, amount: amount, businessDate: date))
            if leg.from == 0 { firstMoney[leg.line] = min(firstMoney[leg.line] ?? date, date) }
            if leg.to > 1 {
                owners[leg.document] = owners[leg.document] ?? (owner == Self.ledger ? "coordination" : owner)
            }
            if leg.to > 1, let expires = Self.day(posting.expiresOn) {
                let old = lines[leg.line]!.holds[leg.document]!.expires
                lines[leg.line]!.holds[leg.document]!.expires = max(old ?? expires, expires)
            }
        }
        if posting.kind == .reverse { reversed.insert(posting.reverses) }
        stored[posting.postingId] = Stored(
            posting: posting, code: .posted, shortfall: 0, legs: legs, amount: amount, businessDate: date)
    }

    static func day(_ text: String) -> Int32? {
        CalendarDate(iso8601: text)?.daysSinceEpoch2000
    }
}
