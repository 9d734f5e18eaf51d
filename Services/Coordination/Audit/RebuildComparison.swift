import Postgres

extension LedgerRebuild {
    /// Where the ledger's tables do not say what the journal says.
    func differences(from transaction: borrowing Transaction) async throws -> [String] {
        var problems: [String] = []
        compare(
            "line", try await transaction.query(StoredLines()),
            lines.map { id, line in
                ["\(id)", line.code] + line.dimensions + ["\(line.control)"] + line.accounts.map { "\($0)" }
            }, &problems)
        compare(
            "hold", try await transaction.query(StoredHolds()),
            holds.map { key, hold in
                ["\(key.line)", key.document] + hold.held[2...].map { "\($0)" } + [hold.expires.map { "\($0)" }]
            }, &problems)
        compare(
            "document", try await transaction.query(StoredDocuments()), owners.map { [$0, "\($1)"] }, &problems)
        compare(
            "limit", try await transaction.query(StoredLimits()),
            limits.map { id, limit in
                ["\(id)", limit.code] + limit.dimensions + ["\(limit.ceiling)", "\(used(limit))"]
            }, &problems)
        compare(
            "line of a limit", try await transaction.query(StoredLimitLines()),
            limits.flatMap { id, limit in limit.lines.map { ["\(id)", "\($0)"] } }, &problems)
        compare(
            "fiscal year", try await transaction.query(StoredYears()),
            years.map { ["\($0)", "\($1.state)", $1.sealedThrough.map { "\($0)" }] }, &problems)
        compare(
            "scheme", try await transaction.query(StoredSchemes()), schemes.map { [$0] + $1 }, &problems)
        for (id, line) in lines where line.accounts.reduce(0, &+) != 0 {
            problems.append("line \(id) is not conserved")
        }
        return problems
    }

    private func compare(
        _ what: String, _ stored: [[String?]], _ rebuilt: [[String?]], _ problems: inout [String]
    ) {
        let (stored, rebuilt) = (Set(stored), Set(rebuilt))
        func name(_ row: [String?]) -> String { row.prefix(2).map { $0 ?? "" }.joined(separator: " ") }
        for row in stored.subtracting(rebuilt).prefix(50) {
            problems.append("\(what) \(name(row)): stored otherwise than the journal says")
        }
        for row in rebuilt.subtracting(stored).prefix(50) {
            problems.append("\(what) \(name(row)): not stored as the journal says")
        }
    }
}
