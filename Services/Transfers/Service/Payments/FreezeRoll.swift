import Contracts
import Postgres
import TransfersDomain

/// Gathers statistics on the fresh roll, so that the chunks are planned with them.
struct AnalyzeRoll: Statement {
    typealias Row = Bool
    static let sql = "SELECT transfers.analyze_roll() IS NULL"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { true }
}
