import Contracts
import Foundation
import ISO20022
import Postgres
import TransfersDomain

/// The orders of forgotten files, gathered from their bytes.
enum RecoveredOrders {
    /// A file whose transactions are not payments of the cycle.
    private struct NotOurs: Error {}

    /// Gathers the orders of files in the staging table, chunk by file; false when one of them is not wholly the cycle's.
    static func stage(
        _ names: [String], key: String, directory: String, _ transaction: borrowing Transaction
    ) async throws -> Bool {
        do {
            _ = try await transaction.savepoint { transaction in
                try await transaction.copyIn(
                    """
                    COPY transfers.staged_recovered_order (
                        household_id, amount_minor, uetr, order_number, chunk, end_to_end_id, bank_bic, holder_name,
                        account_number)
                    FROM STDIN (FORMAT binary)
                    """
                ) { writer in
                    for (chunk, name) in names.enumerated() {
                        let copied = try copy("\(directory)/\(name)", key: key, chunk: Int32(chunk), into: &writer)
                        guard copied else { throw NotOurs() }
                    }
                }
            }
            return true
        } catch is NotOurs {
            return false
        }
    }

    private static func copy(
        _ path: String, key: String, chunk: Int32, into writer: inout CopyWriter
    ) throws -> Bool {
        let read = try WrittenFile(path: path) { (transfer: CreditTransfer) throws in
            guard let reference = PaymentReference(transfer.endToEndID), reference.paymentKey == key,
                let uetr = transfer.uetr.flatMap({ UUID(uuidString: $0.description) })
            else { throw NotOurs() }
            writer.startRow(columns: 9)
            writer.add(reference.household)
            writer.add(transfer.amount.minorUnits)
            writer.add(uetr)
            writer.add(reference.orderNumber)
            writer.add(chunk)
            writer.add(transfer.endToEndID)
            writer.add(transfer.creditorBIC)
            writer.add(transfer.creditorName)
            writer.add(transfer.creditorAccount)
        }
        return read?.isWhole == true
    }
}

/// What stands in the way of taking up the staged orders, in households.
struct CheckRecoveredOrders: Statement {
    struct Row: Sendable {
        /// Households that have this order already.
        var alreadyOrdered: Int64
        /// Households whose last order is not open again.
        var previousOpen: Int64
        /// Households whose order before is forgotten too.
        var previousForgotten: Int64
        /// Households that the registry does not know.
        var householdUnknown: Int64
        /// Households that are paid again.
        var repeated: Int64
    }
    static let sql = """
        SELECT
            count(*) FILTER (WHERE last.number >= staged.order_number),
            count(*) FILTER (WHERE last.number BETWEEN 1 AND staged.order_number - 1 AND NOT EXISTS (
                SELECT FROM transfers.entitlement_reopened AS open
                WHERE open.household_id = staged.household_id AND open.cycle_id = $1
                    AND open.order_number = last.number AND NOT open.given_back)),
            count(*) FILTER (WHERE last.number < staged.order_number - 1),
            count(*) FILTER (WHERE household.household_id IS NULL),
            count(*) FILTER (WHERE staged.order_number > 1)
        FROM transfers.staged_recovered_order AS staged
        LEFT JOIN coordination.household_v1 AS household ON household.household_id = staged.household_id
        CROSS JOIN LATERAL (
            SELECT \(OrderNumbers.last(household: "staged.household_id", cycle: "$1")) AS number OFFSET 0
        ) AS last
        """
    var cycleId: Int32
    func bind(into parameters: inout Parameters) { parameters.add(cycleId) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            alreadyOrdered: try row.int64(0), previousOpen: try row.int64(1), previousForgotten: try row.int64(2),
            householdUnknown: try row.int64(3), repeated: try row.int64(4))
    }
}
