import Contracts
import Postgres
import Queue
import TransfersDomain

/// What is different about a supplementary run: it pays what is open again of its cycle, and what had no account before. Its
/// roll is frozen from the registry's present accounts; its amounts are those that were decided, never computed again.
enum SupplementaryRun {
    /// Refuses a supplementary run of a cycle that has nothing to add to, or nothing that can be paid again.
    static func check(cycleId: Int32, hasSentRun: Bool, _ transaction: borrowing Transaction) async throws {
        guard hasSentRun else {
            throw RPCError.failedPrecondition(
                "A supplementary run follows the cycle's main run once its files are written; there is none.",
                details: [ErrorDetail(type: "run", reason: "no_main_run")])
        }
        guard try await transaction.queryOne(HasReadyPayments(cycleId: cycleId)) == true else {
            throw RPCError.failedPrecondition(
                "Nothing of the cycle can be paid again now.",
                details: [ErrorDetail(type: "run", reason: "nothing_ready")])
        }
    }

    /// Freezes the roll and the amounts in one statement.
    static func freeze(_ run: PaymentRun, _ transaction: borrowing Transaction) async throws {
        _ = try await transaction.execute(FreezeOpenRoll(runNumber: run.runNumber, cycleId: run.cycleId))
    }

    /// What a chunk of the frozen roll comes to.
    static func decided(
        _ run: PaymentRun, _ range: ClosedRange<Int64>, _ transaction: borrowing Transaction
    ) async throws -> SumDecided.Row {
        try await transaction.queryOne(SumDecided(runNumber: run.runNumber, range: range))
            ?? SumDecided.Row(payableHouseholds: 0, totalMinor: 0)
    }
}
