import Contracts
import Postgres
import TransfersDomain

/// The decisions about a range of households.
struct AffiliationChunk: Sendable {
    /// One decision, with the facts that it rests on.
    struct Row: Sendable {
        var householdId: Int64
        var facts: HouseholdFacts
        var refusals: Refusals
    }

    /// In order of household.
    var rows: [Row] = []
    /// How many are affiliated.
    var affiliated: Int64 = 0

    /// Reads the registry and decides.
    static func read(
        _ transaction: borrowing Transaction, range: ClosedRange<Int64>, eligibility: EligibilityRule,
        firstDay: CalendarDate
    ) async throws -> AffiliationChunk {
        let decided = Decisions()
        _ = try await transaction.copyOut(source(range, firstDay).sql) { row in
            guard let povertyClass = PovertyClass(rawValue: try row.int16(1)) else {
                throw PostgresError(decoding: "household_v1.poverty_class is unknown")
            }
            let facts = HouseholdFacts(
                povertyClass: povertyClass, residenceSince: try CalendarDate(stored: try row.date(2)),
                youngestBirth: try CalendarDate(stored: try row.dateOrNil(3)),
                anyPregnant: try row.bool(4),
                territoryPovertyHundredths: try row.int32OrNil(5))
            let refusals = eligibility.refusals(of: facts, on: firstDay)
            decided.chunk.rows.append(Row(householdId: try row.int64(0), facts: facts, refusals: refusals))
            if refusals.isEmpty { decided.chunk.affiliated += 1 }
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

    /// Stores the decisions.
    func store(_ transaction: borrowing Transaction, cycleId: Int32) async throws {
        let rows = rows
        _ = try await transaction.copyIn(
            """
            COPY transfers.affiliation (
                household_id, cycle_id, refusals, poverty_class, territory_poverty_hundredths, residence_since,
                youngest_birth, any_pregnant)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for row in rows {
                writer.startRow(columns: 8)
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
            }
        }
    }
}
