import Contracts
import CoordinationDomain
import Postgres

/// Makes of what was read what the rules look at.
struct LedgerReading {
    private let rows: LedgerRows
    private var names: BatchNames
    private var state: LedgerState
    /// The lines' places by their numbers in the ledger.
    private var places: [Int64: Int32] = [:]

    private init(_ rows: LedgerRows, _ names: BatchNames) {
        self.rows = rows
        self.names = names
        state = LedgerState(today: rows.today)
    }

    /// The state of the ledger that a batch is judged by.
    static func state(_ rows: LedgerRows, of batch: LedgerBatch) throws(PostgresError) -> LedgerState {
        var reading = LedgerReading(rows, batch.names)
        try reading.addLines()
        try reading.addAccounts()
        reading.addLimits()
        reading.addEarmarks()
        reading.addDocuments()
        try reading.addOriginals()
        reading.state.answers = try rows.earlierAnswers()
        return reading.state
    }

    private mutating func addLines() throws(PostgresError) {
        var years: [Int64: LedgerYear] = [:]
        for row in LedgerRows.rows(rows.years, of: 3) {
            let start = row.startIndex
            guard let kind = FiscalYearState(rawValue: Int16(truncatingIfNeeded: row[start + 1])) else {
                throw PostgresError(decoding: "a fiscal year is in a state that nobody knows")
            }
            years[row[start]] = LedgerYear(
                Int32(truncatingIfNeeded: row[start]), state: kind, sealedThrough: row[start + 2].number)
        }
        state.lines.reserveCapacity(rows.currencies.count)
        for (place, row) in LedgerRows.rows(rows.lines, of: 4).enumerated() {
            let start = row.startIndex
            guard let id = row[start].number, let year = years[row[start + 1]] else {
                state.lines.append(nil)
                continue
            }
            var line = LedgerLine(id: id, currency: rows.currencies[place], year: year)
            line.skipsReserved = row[start + 2] == 1
            line.skipsOrdered = row[start + 3] == 1
            state.lines.append(line)
            places[row[start]] = Int32(place)
        }
        for row in LedgerRows.rows(rows.firstMoney, of: 2) {
            guard let place = places[row[row.startIndex]] else { continue }
            state.lines[Int(place)]?.firstMoney = row[row.startIndex + 1].number
        }
    }

    /// The accounts of the lines that are named, at their places, and after them those of the others.
    private mutating func addAccounts() throws(PostgresError) {
        var starts: [Int64: Int] = Dictionary(minimumCapacity: rows.balances.count / 4)
        for row in LedgerRows.rows(rows.balances, of: 4) { starts[row[row.startIndex]] = row.startIndex }
        func add(_ start: Int, _ accounts: inout LedgerAccounts) throws(PostgresError) -> Int32 {
            guard let control = LedgerControl(rawValue: Int16(truncatingIfNeeded: rows.balances[start + 1])) else {
                throw PostgresError(decoding: "a line has a control level that nobody knows")
            }
            return accounts.addLine(
                id: Int32(truncatingIfNeeded: rows.balances[start]), control: control,
                appropriated: rows.balances[start + 2], available: rows.balances[start + 3])
        }
        for line in state.lines {
            if let line, let start = starts.removeValue(forKey: Int64(line.id)) {
                _ = try add(start, &state.accounts)
            } else {
                state.accounts.addLine(id: 0)
            }
        }
        for (id, start) in starts { places[id] = try add(start, &state.accounts) }
    }

    private mutating func addLimits() {
        guard !rows.limits.isEmpty else { return }
        var lines: [Int64: [Int32]] = [:]
        for row in LedgerRows.rows(rows.limited, of: 2) {
            if let place = places[row[row.startIndex]] { lines[row[row.startIndex + 1], default: []].append(place) }
        }
        for row in LedgerRows.rows(rows.limits, of: 2) {
            state.accounts.addLimit(left: row[row.startIndex + 1], lines: lines[row[row.startIndex]] ?? [])
        }
    }

    private mutating func addEarmarks() {
        state.hasEarmarks = !rows.earmarks.isEmpty
        for (number, row) in LedgerRows.rows(rows.earmarks, of: 2).enumerated() {
            guard let place = places[row[row.startIndex]], Int(place) < state.lines.count else { continue }
            state.lines[Int(place)]?.earmarks.append(
                .init(
                    document: "agreement/" + rows.earmarkTexts[2 * number], prefix: rows.earmarkTexts[2 * number + 1],
                    isSuspended: row[row.startIndex + 1] == 1))
        }
    }

    private mutating func addDocuments() {
        state.documents = names.documents
        state.owners = rows.owners.map { DocumentOwner(rawValue: Int16(truncatingIfNeeded: $0)) }
        state.accounts.addHolds(names.holdLines.count)
        state.lastDays = Array(repeating: nil, count: names.holdLines.count)
        for row in LedgerRows.rows(rows.holds, of: 7) {
            let hold = Int(truncatingIfNeeded: row[row.startIndex]) - 1
            state.accounts.setHold(Int32(hold), row.dropFirst().prefix(5))
            state.lastDays[hold] = row[row.startIndex + 6].number
        }
    }

    /// The postings that are reversed. What they hold that the batch does not name gets places after what it names.
    private mutating func addOriginals() throws(PostgresError) {
        var originals: [String: OriginalPosting] = [:]
        for (number, row) in LedgerRows.rows(rows.originals, of: 12).enumerated() {
            let cells = Array(row)
            guard let kind = CoordinationV1.PostingKind(rawValue: Int32(truncatingIfNeeded: cells[0])),
                let line = places[cells[2]], let from = BudgetStage(rawValue: Int16(truncatingIfNeeded: cells[3])),
                let to = BudgetStage(rawValue: Int16(truncatingIfNeeded: cells[4]))
            else { throw PostgresError(decoding: "a transfer of the journal is one that nobody knows") }
            var move = LedgerMove(line: line, document: -1, hold: -1, from: from, to: to)
            let (posting, document) = (rows.originalTexts[2 * number], rows.originalTexts[2 * number + 1])
            if !document.isEmpty { addHold(document, cells, &move) }
            if originals[posting] == nil {
                originals[posting] = OriginalPosting(
                    kind: kind, amount: cells[1], isReversed: cells[5] == 1, first: move)
            } else {
                originals[posting]?.second = move
            }
        }
        state.originals = names.originals.map { originals[$0] }
    }

    private mutating func addHold(_ document: String, _ cells: [Int64], _ move: inout LedgerMove) {
        move.document = names.document(document)
        if Int(move.document) == state.documents.count {
            state.documents.append(document)
            state.owners.append(DocumentOwner(rawValue: Int16(truncatingIfNeeded: cells[6])))
        }
        move.hold = names.hold(move.line, move.document)
        if Int(move.hold) == state.lastDays.count {
            state.lastDays.append(nil)
            state.accounts.addHolds(1)
            if cells[7] != .min { state.accounts.setHold(move.hold, cells[7...]) }
        }
    }
}

extension Int64 {
    /// A number of 32 bits; nil where it is absent.
    var number: Int32? { self == .min ? nil : Int32(truncatingIfNeeded: self) }
}
