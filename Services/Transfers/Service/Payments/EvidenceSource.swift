import Contracts
import Postgres

/// The evidence of a range of households over the days that a cycle counts, summed by member, in the order of the frozen
/// roll.
///
/// Days that another cycle has are left out by NOT, which the planner takes to refuse few rows: the selections run along the
/// tables' primary keys, and the grouping needs neither a sort nor memory.
enum EvidenceSource {
    /// School days and attendance: household, person, highest level, school days, days attended.
    ///
    /// A month counts in the cycle that counts its first day.
    static func attendance(_ range: ClosedRange<Int64>, _ days: CycleDays, cycleId: Int32) -> SQLText {
        """
        COPY (
            SELECT household_id, person_id, max(level), sum(school_days), sum(days_attended)
            FROM transfers.attendance
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                AND month BETWEEN \(date: days.firstDay.daysSinceEpoch2000) AND \(date: days.lastDay.daysSinceEpoch2000)
                AND NOT month <@ (SELECT shared_days FROM transfers.cycle WHERE cycle_id = \(cycleId))
            GROUP BY household_id, person_id ORDER BY household_id, person_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// Health checks: household, person, growth checks, prenatal checks.
    static func checks(_ range: ClosedRange<Int64>, _ days: CycleDays, cycleId: Int32) -> SQLText {
        """
        COPY (
            SELECT household_id, person_id, count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2)
            FROM transfers.health_check
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                AND checked_on BETWEEN \(date: days.firstDay.daysSinceEpoch2000) AND \(date: days.lastDay.daysSinceEpoch2000)
                AND NOT checked_on <@ (SELECT shared_days FROM transfers.cycle WHERE cycle_id = \(cycleId))
            GROUP BY household_id, person_id ORDER BY household_id, person_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// What a run knew when it decided: household, person, school days, days attended, growth checks, prenatal checks,
    /// level (NULL where no school reported).
    static func frozen(_ range: ClosedRange<Int64>, runNumber: Int32) -> SQLText {
        """
        COPY (
            SELECT household_id, person_id, school_days, days_attended, growth_checks, prenatal_checks, level
            FROM transfers.roll_evidence
            WHERE household_id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND run_number = \(runNumber)
            ORDER BY household_id, person_id
        ) TO STDOUT (FORMAT binary)
        """
    }

    /// The households of the frozen roll: household, whether it has an account, whether it is suspended.
    static func households(_ range: ClosedRange<Int64>, runNumber: Int32) -> SQLText {
        """
        COPY (
            SELECT household_id, account_number IS NOT NULL, suspended FROM transfers.roll_household
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
