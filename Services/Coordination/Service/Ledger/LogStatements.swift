import Postgres

/// Stores a signed checkpoint; answers with the one that is kept for its size.
struct KeepCheckpoint: Statement {
    static let sql = "SELECT coordination.ledger_keep_checkpoint($1, $2, $3)"

    var size: Int64
    var note: String
    var keyLine: String

    func bind(into parameters: inout Parameters) {
        parameters.add(size)
        parameters.add(note)
        parameters.add(keyLine)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Gives committed batches their places in the log, unless another session is doing it and this one need not wait.
package struct SequenceBatches: Statement {
    package static let sql = "SELECT coordination.ledger_sequence($1, 10000000, $2), coordination.ledger_log_size()"

    let most: Int32
    let waits: Bool

    package init(most: Int32 = 100_000, waits: Bool = true) {
        self.most = most
        self.waits = waits
    }

    package func bind(into parameters: inout Parameters) {
        parameters.add(most)
        parameters.add(waits)
    }

    package static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (added: Int64, size: Int64) {
        (try row.int64(0), try row.int64(1))
    }
}
