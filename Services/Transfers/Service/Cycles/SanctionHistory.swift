import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// What the ladder of sanctions counts when a cycle is opened: the outcomes of the programme's decided runs so far, the first
/// part of them by the counts that an earlier cycle carries.
///
/// A run counts once it has decided about everybody and until it is withdrawn; one that paid nobody has decided nothing that
/// stands. Cycles opened by an exception do not count: their days are another cycle's too.
struct SanctionHistory: Sendable {
    /// The counted runs, in order of their cycles' days.
    var runs: [Int32]
    /// The cycle whose counts stand for the first of these runs; nil: there is none.
    var base: Int32?
    /// How many of the runs those counts stand for.
    var carried: Int32

    /// Nothing to count.
    static let none = SanctionHistory(runs: [], base: nil, carried: 0)

    /// Consecutive cycles not met of the households of a range; who is not named has none.
    func consecutiveNotMet(
        in range: ClosedRange<Int64>, of cycleId: Int32, _ transaction: borrowing Transaction
    ) async throws -> [Int64: Int32] {
        guard !runs.isEmpty else { return [:] }
        let counts = Counts()
        _ = try await transaction.copyOut(source(range, cycleId).sql) { row in
            let household = try row.int64(0)
            let value = try row.int32(2)
            guard try row.int64(1) > 0 else {
                counts.byHousehold[household] = value
                return
            }
            guard let outcome = HouseholdOutcome(rawValue: Int16(truncatingIfNeeded: value)) else {
                throw PostgresError(decoding: "household_outcome.outcome is unknown")
            }
            let before = counts.byHousehold[household] ?? 0
            let consecutive = SanctionLadder.consecutive(before, after: outcome)
            if consecutive != before { counts.byHousehold[household] = consecutive }
        }
        return counts.byHousehold
    }

    /// What the rows are read into; only the reading task touches it.
    private final class Counts: @unchecked Sendable {
        var byHousehold: [Int64: Int32] = [:]
    }

    /// Household, position (0: a count that is carried), count or outcome; in order of household and time.
    private func source(_ range: ClosedRange<Int64>, _ cycleId: Int32) -> SQLText {
        """
        COPY (
            SELECT household_id, 0::bigint AS position, consecutive_not_met AS value
            FROM transfers.affiliation
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                AND cycle_id = \(base ?? 0) AND consecutive_not_met > 0
            UNION ALL
            SELECT decided.household_id, counted.position, decided.outcome::integer
            FROM transfers.cycle AS cycle
            CROSS JOIN unnest(cycle.counted_runs) WITH ORDINALITY AS counted (run_number, position)
            JOIN transfers.household_outcome AS decided ON decided.run_number = counted.run_number
            WHERE cycle.cycle_id = \(cycleId) AND counted.position > \(carried)
                AND decided.household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
            ORDER BY household_id, position
        ) TO STDOUT (FORMAT binary)
        """
    }
}
