import Postgres

/// What is odd about a run's payments and waits for a person.
struct CountOpenOdditiesOfRun: Statement {
    typealias Row = Int64
    static let sql = "SELECT count(*) FROM transfers.bank_oddity WHERE run_number = $1 AND state = 'open'"
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// What of a run's orders is paid beyond, or below, what their states say.
struct SumDifferences: Statement {
    typealias Row = Int64
    static let sql = """
        SELECT coalesce(sum(paid_minor), 0)::bigint FROM transfers.payment_difference WHERE run_number = $1
        """
    var runNumber: Int32
    func bind(into parameters: inout Parameters) { parameters.add(runNumber) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
