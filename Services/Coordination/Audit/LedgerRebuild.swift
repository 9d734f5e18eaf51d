import Contracts
import Crypto

/// The ledger's state rebuilt from nothing but the journal's entries.
struct LedgerRebuild {
    /// A hold's accounts by stage (0 and 1 unused), and when its reservation lapses.
    struct Hold: Equatable {
        var held = [Int64](repeating: 0, count: 7)
        var expires: Int32?
    }

    struct HoldKey: Hashable {
        var line: Int32
        var document: String
    }

    /// A line as its record opened it, and its accounts.
    struct Line: Equatable {
        var code: String
        var dimensions: [String]
        var control: Int64
        var accounts = [Int64](repeating: 0, count: 7)
    }

    struct Limit: Equatable {
        var code: String
        /// The year, the currency, and the other dimensions, nil for any value.
        var dimensions: [String?]
        var ceiling: Int64
        var lines: Set<Int32>
    }

    struct Year: Equatable {
        var state: Int64 = 1
        var sealedThrough: Int64?
    }

    private(set) var lines: [Int32: Line] = [:]
    private(set) var holds: [HoldKey: Hold] = [:]
    /// Whose each document is, as the ledger numbers them: who opened it.
    private(set) var owners: [String: Int] = [:]
    private(set) var limits: [Int32: Limit] = [:]
    private(set) var years: [Int64: Year] = [:]
    private(set) var schemes: [String: [String]] = [
        "standard": [
            "appropriated", "available", "reserved", "committed", "accrued", "ordered", "paid", "false", "false",
            "the ledger's own names", "1", "2", "2", "4", "the ledger's own rules",
        ]
    ]
    private(set) var transfers: Int64 = 0
    /// What makes no sense in the journal itself.
    private(set) var problems: [String] = []

    mutating func apply(_ entry: JournalEntry) {
        switch entry.content {
        case .transfer(let transfer): apply(transfer, at: entry)
        case .record(let kind, let key, let body): apply(kind, key, body, at: entry)
        }
    }

    private mutating func apply(_ transfer: JournalEntry.Transfer, at entry: JournalEntry) {
        transfers += 1
        guard lines[transfer.line] != nil else {
            return problems.append("batch \(entry.batch), entry \(entry.ordinal): its line was never opened")
        }
        let (from, to) = (Int(transfer.from), Int(transfer.to))
        guard (0...6).contains(from), (0...6).contains(to), transfer.amount > 0 else {
            return problems.append("batch \(entry.batch), entry \(entry.ordinal): not a transfer between stages")
        }
        // A tampered amount may be any number; what does not add up is found, and nothing traps.
        lines[transfer.line]!.accounts[from] &-= transfer.amount
        lines[transfer.line]!.accounts[to] &+= transfer.amount
        guard from > 1 || to > 1 else { return }
        let key = HoldKey(line: transfer.line, document: transfer.document)
        if from > 1 { holds[key, default: Hold()].held[from] &-= transfer.amount }
        if to > 1 {
            holds[key, default: Hold()].held[to] &+= transfer.amount
            if owners[transfer.document] == nil {
                owners[transfer.document] = Self.owner(of: transfer.document, openedBy: entry.postedBy)
            }
            if let expires = transfer.expiresOn {
                holds[key]!.expires = max(holds[key]!.expires ?? expires, expires)
            }
        }
    }

    private mutating func apply(_ kind: String, _ key: String, _ body: String, at entry: JournalEntry) {
        guard let content = try? JSONValue(json: Array(body.utf8)) else {
            return problems.append("batch \(entry.batch), entry \(entry.ordinal): its record cannot be read")
        }
        func text(_ name: String) -> String { content[name]?.text ?? "" }
        func number(_ name: String) -> Int64? { content[name]?.integer }
        switch kind {
        case "line":
            let line = Int32(truncatingIfNeeded: number("line_id") ?? 0)
            let dimensions = ["fund", "ministry", "programme", "territory_code", "currency", "scheme"].map(text)
            lines[line] = Line(
                code: key, dimensions: ["\(number("fiscal_year") ?? 0)"] + dimensions, control: number("control") ?? 0)
            years[number("fiscal_year") ?? 0] = years[number("fiscal_year") ?? 0] ?? Year()
            for limit in numbers(content["limits"]) { limits[limit]?.lines.insert(line) }
        case "control":
            if let line = lines.first(where: { $0.value.code == key })?.key {
                lines[line]!.control = number("control") ?? 0
            }
        case "limit":
            let dimensions = ["currency", "fund", "ministry", "programme", "territory_code"].map { content[$0]?.text }
            years[number("fiscal_year") ?? 0] = years[number("fiscal_year") ?? 0] ?? Year()
            limits[Int32(truncatingIfNeeded: number("limit_id") ?? 0)] = Limit(
                code: key, dimensions: ["\(number("fiscal_year") ?? 0)"] + dimensions, ceiling: number("ceiling") ?? 0,
                lines: Set(numbers(content["lines"])))
        case "year":
            years[Int64(key) ?? 0] = Year(state: number("state") ?? 0, sealedThrough: number("sealed_through"))
        case "scheme":
            let names = ["appropriated", "available", "reserved", "committed", "accrued", "ordered", "paid"].map(text)
            let skips = ["skips_reserved", "skips_ordered"].map { "\(content[$0] == .bool(true))" }
            let yearEnd = ["reserved", "committed", "accrued", "ordered"].map {
                number("\($0)_at_year_end").map { "\($0)" } ?? ""
            }
            schemes[key] = names + skips + [text("source")] + yearEnd + [text("year_end_source")]
        default: break
        }
    }

    private func numbers(_ value: JSONValue?) -> [Int32] {
        guard case .array(let elements) = value else { return [] }
        return elements.compactMap(\.integer).map { Int32(truncatingIfNeeded: $0) }
    }

    /// What is reserved under a limit, from the rebuilt accounts.
    func used(_ limit: Limit) -> Int64 {
        limit.lines.reduce(0) { $0 &+ (lines[$1]?.accounts[2...].reduce(0, &+) ?? 0) }
    }

    /// Agreements' documents are coordination's, whoever signed; the others are their opener's.
    private static func owner(of document: String, openedBy actor: String) -> Int {
        if document.hasPrefix("agreement/") { return 3 }
        return switch actor {
        case "puente_transfers": 1
        case "puente_projects": 2
        case "puente_coordination": 3
        default: 4
        }
    }
}
