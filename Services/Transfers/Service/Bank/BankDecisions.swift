import Contracts
import Postgres

/// What the bank said about one household's order in a cycle, as decisions for a person to read.
struct ListBankDecisions: Statement {
    typealias Row = TransfersV1.Decision
    static let sql = """
        SELECT message.kind, message.message_id, event.event, event.code, event.reason, event.amount_minor,
            event.booked_on::text, event.line, reopened.handling
        FROM transfers.payment_event AS event
        JOIN transfers.bank_message AS message USING (message_number)
        LEFT JOIN transfers.entitlement_reopened AS reopened
            ON reopened.household_id = event.household_id AND reopened.cycle_id = event.cycle_id
            AND reopened.order_number = event.order_number
            AND reopened.message_number = event.message_number AND reopened.cause = event.event
        WHERE event.household_id = $1 AND event.cycle_id = $2
        ORDER BY event.order_number, event.message_number, event.line
        """
    var cycleId: Int32
    var householdId: Int64
    func bind(into parameters: inout Parameters) {
        parameters.add(householdId)
        parameters.add(cycleId)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.Decision {
        var reasons: [TransfersV1.DecisionReason] = []
        if let reason = try row.stringOrNil(4) {
            reasons.append(.init(code: "bank_reason", values: ["reason": reason]))
        }
        if let handling = try row.stringOrNil(8) { reasons.append(.init(code: "reopened_\(handling)")) }
        if try row.string(2) == "check" { reasons.append(.init(code: "bank_duplicate")) }
        var message = [
            "kind": try row.string(0), "message": try row.string(1), "line": "\(try row.int32(7))",
        ]
        message["booked_on"] = try row.stringOrNil(6)
        return TransfersV1.Decision(
            kind: "bank", code: try row.string(3), outcome: try row.string(2),
            amountMinor: try row.int64OrNil(5) ?? 0, reasons: reasons,
            facts: [.init(code: "bank_message", values: message)])
    }
}
