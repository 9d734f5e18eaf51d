import Contracts
import ISO20022
import Postgres

/// Keeps that a file was refused.
struct InsertBankRefusal: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.bank_refusal (file_name, sha256, line, code, values, refused_for)
        SELECT $1, $2, $3, $4, coalesce(
            (SELECT jsonb_object_agg(name, value) FROM unnest($5::text[], $6::text[]) AS given (name, value)), '{}'), $7
        """
    var fileName: String
    var sha256: [UInt8]
    var refusal: MessageRefusal
    var refusedFor: String
    func bind(into parameters: inout Parameters) {
        parameters.add(fileName)
        parameters.add(sha256)
        parameters.add(Int32(clamping: refusal.line))
        parameters.add(refusal.reason.rawValue)
        parameters.add(refusal.values.map(\.name))
        parameters.add(refusal.values.map(\.value))
        parameters.add(refusedFor)
    }
}
