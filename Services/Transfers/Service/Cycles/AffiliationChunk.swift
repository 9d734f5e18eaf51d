import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// The decisions about a range of households.
struct AffiliationChunk: Sendable {
    /// One decision, with the facts that it rests on.
    struct Row: Sendable {
        var householdId: Int64
        var facts: HouseholdFacts
        var refusals: Refusals
        /// The agreement and its version by which the household stays affiliated; nil where that decides nothing.
        var keptBy: String?
        /// Cycles of the programme before this one that were not met, one after the other.
        var consecutiveNotMet: Int32
        /// What follows from them.
        var sanction: Sanction
    }

    /// In order of household.
    var rows: [Row] = []
    /// How many are affiliated.
    var affiliated: Int64 = 0
    /// How many of them are suspended.
    var suspended: Int64 = 0
    /// How many the ladder of sanctions keeps out.
    var exited: Int64 = 0

    /// Reads the registry and decides. `notMet` are the consecutive cycles not met by household.
    static func read(
        _ transaction: borrowing Transaction, range: ClosedRange<Int64>, rules: Rules, firstDay: CalendarDate,
        sequence: SequencedCycle?, notMet: [Int64: Int32]
    ) async throws -> AffiliationChunk {
        let decided = Decisions()
        let source = sequence.map { self.source(range, firstDay, $0) } ?? self.source(range, firstDay)
        _ = try await transaction.copyOut(source.sql) { row in
            guard let povertyClass = PovertyClass(rawValue: try row.int16(1)) else {
                throw PostgresError(decoding: "household_v1.poverty_class is unknown")
            }
            let facts = HouseholdFacts(
                povertyClass: povertyClass, residenceSince: try CalendarDate(stored: try row.date(2)),
                youngestBirth: try CalendarDate(stored: try row.dateOrNil(3)),
                anyPregnant: try row.bool(4),
                territoryPovertyHundredths: try row.int32OrNil(5))
            let householdId = try row.int64(0)
            let consecutive = notMet[householdId] ?? 0
            let sanction = rules.ladder.sanction(after: consecutive)
            let refusals = rules.refusals(of: facts, on: firstDay, sanction: sanction)
            let agreement = sequence == nil ? nil : try row.stringOrNil(6)
            let affiliation = Affiliation(
                refusals: refusals, wasServed: sequence == nil ? false : try row.bool(7),
                awaitsProject: agreement != nil)
            decided.chunk.rows.append(
                Row(
                    householdId: householdId, facts: facts, refusals: refusals,
                    keptBy: affiliation == .kept ? agreement : nil, consecutiveNotMet: consecutive,
                    sanction: sanction))
            if affiliation != .refused {
                decided.chunk.affiliated += 1
                if sanction == .suspended { decided.chunk.suspended += 1 }
            }
            if sanction == .exit { decided.chunk.exited += 1 }
        }
        return decided.chunk
    }

    /// What the rows are read into; only the reading task touches it.
    private final class Decisions: @unchecked Sendable {
        var chunk = AffiliationChunk()
    }

    private static func source(_ range: ClosedRange<Int64>, _ firstDay: CalendarDate) -> SQLText {
        """
        COPY (
            SELECT household.household_id, household.poverty_class, household.residence_since, members.youngest_birth,
                coalesce(members.any_pregnant, false), territory.poverty_rate_hundredths
            FROM coordination.household_v1 AS household
            LEFT JOIN coordination.territory_v1 AS territory USING (territory_code)
            LEFT JOIN (
                SELECT household_id, bool_or(pregnant) AS any_pregnant,
                    max(birth_date) FILTER (WHERE birth_date <= \(date: firstDay.daysSinceEpoch2000)) AS youngest_birth
                FROM coordination.member_v1
                WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                GROUP BY household_id
            ) AS members USING (household_id)
            WHERE household.household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
            ORDER BY household.household_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// The same, with the agreement that asks a household's transfer to go on, where its project has not started, and whether
    /// the cycle before served it.
    private static func source(
        _ range: ClosedRange<Int64>, _ firstDay: CalendarDate, _ sequence: SequencedCycle
    ) -> SQLText {
        """
        COPY (
            SELECT household.household_id, household.poverty_class, household.residence_since, members.youngest_birth,
                coalesce(members.any_pregnant, false), territory.poverty_rate_hundredths, waiting.agreement,
                before.household_id IS NOT NULL
            FROM coordination.household_v1 AS household
            LEFT JOIN coordination.territory_v1 AS territory USING (territory_code)
            LEFT JOIN (
                SELECT household_id, bool_or(pregnant) AS any_pregnant,
                    max(birth_date) FILTER (WHERE birth_date <= \(date: firstDay.daysSinceEpoch2000)) AS youngest_birth
                FROM coordination.member_v1
                WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                GROUP BY household_id
            ) AS members USING (household_id)
            LEFT JOIN (
                SELECT participant.household_id, min(rule.agreement || ', version ' || rule.version) AS agreement
                FROM projects.participant_v1 AS participant
                JOIN coordination.agreement_in_force_v1 AS rule ON rule.programme = participant.programme
                JOIN coordination.agreement_in_force_v1 AS own ON own.agreement = rule.agreement
                JOIN transfers.cycle AS cycle ON cycle.programme = own.programme
                WHERE cycle.cycle_id = \(sequence.cycleId) AND NOT participant.started
                    AND rule.sequencing = 'SEQUENCING_RULE_PROJECT_BEFORE_TRANSFER_ENDS'
                    AND participant.household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                GROUP BY participant.household_id
            ) AS waiting ON waiting.household_id = household.household_id
            LEFT JOIN transfers.affiliation AS before
                ON before.household_id = household.household_id AND before.cycle_id = \(sequence.previousCycleId)
                    AND (before.refusals = 0 OR before.kept_by IS NOT NULL)
            WHERE household.household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
            ORDER BY household.household_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// Stores the decisions.
    func store(_ transaction: borrowing Transaction, cycleId: Int32) async throws {
        let rows = rows
        _ = try await transaction.copyIn(
            """
            COPY transfers.affiliation (
                household_id, cycle_id, refusals, poverty_class, territory_poverty_hundredths, residence_since,
                youngest_birth, any_pregnant, kept_by, consecutive_not_met, sanction)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for row in rows {
                writer.startRow(columns: 11)
                writer.add(row.householdId)
                writer.add(cycleId)
                writer.add(row.refusals.rawValue)
                writer.add(row.facts.povertyClass.rawValue)
                writer.add(row.facts.territoryPovertyHundredths)
                writer.add(date: row.facts.residenceSince.daysSinceEpoch2000)
                if let birth = row.facts.youngestBirth {
                    writer.add(date: birth.daysSinceEpoch2000)
                } else {
                    writer.addNull()
                }
                writer.add(row.facts.anyPregnant)
                writer.add(row.keptBy)
                writer.add(row.consecutiveNotMet)
                writer.add(row.sanction.rawValue)
            }
        }
    }
}
