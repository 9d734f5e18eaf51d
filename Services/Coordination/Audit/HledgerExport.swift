import Postgres
import Vocabulary

/// Writes the journal for hledger: every transfer as a balanced transaction in the order of its business date, with
/// every account and commodity declared, so that `hledger check --strict ordereddates` accepts it.
public struct HledgerExport: Sendable {
    private let pool: ConnectionPool

    /// Reads through connections that may read the ledger.
    public init(_ pool: ConnectionPool) {
        self.pool = pool
    }

    /// Hands the file's text out piece by piece.
    public func write(_ output: (String) throws -> Void) async throws {
        try await pool.transaction(isolation: .snapshot) { transaction in
            var lines: [Int32: ExportedLines.Row] = [:]
            for line in try await transaction.query(ExportedLines()) { lines[line.id] = line }
            for currency in Set(lines.values.map(\.currency)).sorted() {
                try output("commodity \(Self.amount(100_000, currency))\n")
            }
            for line in lines.values.sorted(by: { $0.code < $1.code }) {
                for stage in Self.stages { try output("account \(stage):\(line.code)\n") }
            }
            _ = try await transaction.copyOut(Self.query) { row in
                let (id, amount) = (try row.int32(2), try row.int64(3))
                guard let line = lines[id] else { return }
                let money = Self.amount(amount, line.currency)
                let from = Self.stages[Int(try row.int16(4))]
                let to = Self.stages[Int(try row.int16(5))]
                let words = Self.plain(try row.string(8))
                let document = Self.plain(try row.string(7))
                try output(
                    """

                    \(try row.string(0)) (\(Self.plain(try row.string(6)))) \(words)
                        ; batch: \(try row.int64(1)), document: \(document)
                        \(to):\(line.code)  \(money)
                        \(from):\(line.code)  -\(money)

                    """)
            }
        }
    }

    private static let stages = ["appropriated", "available", "reserved", "committed", "accrued", "ordered", "paid"]

    private static let query = """
        COPY (
            SELECT t.business_date::text, t.batch_id, t.line_id, t.amount, t.from_stage, t.to_stage, t.posting_id,
                t.document, t.description
            FROM coordination.budget_transfer t ORDER BY t.business_date, t.batch_id, t.ordinal
        ) TO STDOUT (FORMAT binary)
        """

    /// Minor units with the currency's digits. Where it has none a point follows, so that it is no thousands' mark.
    static func amount(_ minorUnits: Int64, _ currency: String) -> String {
        let digits = Currency(code: currency)?.fractionDigits ?? 0
        return "\(currency) \(ExactDecimal.text(minorUnits, fractionDigits: digits))\(digits == 0 ? "." : "")"
    }

    /// Text without the characters that mean something to hledger.
    private static func plain(_ text: String) -> String {
        String(text.map { ";()|,".contains($0) ? "." : $0 })
    }
}
