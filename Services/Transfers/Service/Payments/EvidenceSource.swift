import Contracts
import Postgres

/// The evidence of a range of households in a cycle, summed by member, in the order of the frozen roll.
///
/// Both selections run along the tables' primary keys; the grouping needs neither a sort nor memory.
enum EvidenceSource {
    /// School days and attendance: household, person, highest level, school days, days attended.
    ///
    /// A month counts when its first day is not before the month of the cycle's first day, nor after its last day.
    static func attendance(_ range: ClosedRange<Int64>, _ days: CycleDays) -> SQLText {
        """
        COPY (
            SELECT household_id, person_id, max(level), sum(school_days), sum(days_attended)
            FROM transfers.attendance
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                AND month BETWEEN date_trunc('month', \(date: days.firstDay.daysSinceEpoch2000)::timestamp)::date AND \(date: days.lastDay.daysSinceEpoch2000)
            GROUP BY household_id, person_id ORDER BY household_id, person_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// Health checks: household, person, growth checks, prenatal checks.
    static func checks(_ range: ClosedRange<Int64>, _ days: CycleDays) -> SQLText {
        """
        COPY (
            SELECT household_id, person_id, count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2)
            FROM transfers.health_check
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                AND checked_on BETWEEN \(date: days.firstDay.daysSinceEpoch2000) AND \(date: days.lastDay.daysSinceEpoch2000)
            GROUP BY household_id, person_id ORDER BY household_id, person_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// The households of the frozen roll: household, whether it has an account.
    static func households(_ range: ClosedRange<Int64>, runNumber: Int32) -> SQLText {
        """
        COPY (
            SELECT household_id, account_number IS NOT NULL FROM transfers.roll_household
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND run_number = \(runNumber)
            ORDER BY household_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// The members of the frozen roll: household, person, birth date, pregnant.
    static func members(_ range: ClosedRange<Int64>, runNumber: Int32) -> SQLText {
        """
        COPY (
            SELECT household_id, person_id, birth_date, pregnant FROM transfers.roll_member
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND run_number = \(runNumber)
            ORDER BY household_id, person_id
        ) TO STDOUT (FORMAT binary)
        """
    }
}
