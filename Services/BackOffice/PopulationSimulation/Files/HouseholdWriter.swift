import Contracts
import Tabular
import Vocabulary

/// Writes one household after another into the files.
struct HouseholdWriter {
    /// Where a household belongs.
    struct Place {
        /// Counted over the whole simulation, from 0.
        let ordinal: Int
        let department: Int
        let territory: String
        /// Counted within the department, from 0.
        let sequence: Int
        let isPoor: Bool
        let fault: Fault
    }

    private let files: PopulationFiles
    private let numbers: Numbers
    /// 2024-07-01 and 2024-08-01 as months.
    private static let months: (StaticString, StaticString) = ("2024-07", "2024-08")

    init(files: PopulationFiles, numbers: Numbers) {
        self.files = files
        self.numbers = numbers
    }

    func write(_ draw: HouseholdDraw, at place: Place, _ random: inout SplitMix64) throws {
        let household = Numbers.household(department: place.department, sequence: place.sequence)
        try write(draw, household: household, place)
        for (index, member) in draw.members.enumerated() {
            try write(member, person: numbers.person(household: place.ordinal, place: index), household: household)
        }
        try writeAccount(draw, household: household, place, &random)
        try writeEvidence(draw, place, &random)
    }

    /// The row of `households.csv`.
    func write(_ draw: HouseholdDraw, household: Int64, _ place: Place) throws {
        files.households.rows.add(household)
        files.households.rows.add(place.territory)
        files.households.rows.add(word: !place.isPoor ? "non_poor" : draw.isExtremePoor ? "extreme_poor" : "poor")
        files.households.rows.add(CalendarDate(daysSinceEpoch2000: draw.residenceSince)!)
        try files.households.rows.endRow()
    }

    /// The row of `members.csv`.
    func write(_ member: Member, person: Int64, household: Int64) throws {
        let given = member.isWoman ? Names.women : Names.men
        files.members.rows.add(person)
        files.members.rows.add(household)
        if member.givenNames.0 == member.givenNames.1 {
            files.members.rows.add(bytes: given[member.givenNames.0].utf8)
        } else {
            files.members.rows.add(given[member.givenNames.0], given[member.givenNames.1])
        }
        files.members.rows.add(Names.surnames[member.surnames.0], Names.surnames[member.surnames.1])
        files.members.rows.add(word: member.isWoman ? "F" : "M")
        files.members.rows.add(member.birthDate)
        switch member.relationship {
        case .head: files.members.rows.add(word: "head")
        case .spouse: files.members.rows.add(word: "spouse")
        case .child: files.members.rows.add(word: "child")
        case .other: files.members.rows.add(word: "other")
        }
        files.members.rows.add(word: member.pregnant ? "true" : "false")
        try files.members.rows.endRow()
    }

    /// The mother holds the account, as Juntos prefers; else the head.
    private func writeAccount(
        _ draw: HouseholdDraw, household: Int64, _ place: Place, _ random: inout SplitMix64
    ) throws {
        let holder = draw.members.prefix(2).firstIndex { $0.isWoman && $0.relationship != .child } ?? 0
        let isStateBank = random.happens(9_700)
        let account =
            isStateBank ? Numbers.account(household: place.ordinal) : Numbers.cci(household: place.ordinal)
        files.accounts.rows.add(household)
        files.accounts.rows.add(numbers.person(household: place.ordinal, place: holder))
        files.accounts.rows.add(word: isStateBank ? "BANCPEPL" : "BCPLPEPL")
        files.accounts.rows.add(bytes: account)
        try files.accounts.rows.endRow()
        if place.fault == .closedAccount {
            files.closedAccounts.rows.add(bytes: account)
            try files.closedAccounts.rows.endRow()
        }
    }

    private func writeEvidence(_ draw: HouseholdDraw, _ place: Place, _ random: inout SplitMix64) throws {
        // The fault is the first child's.
        let faulty = draw.members.firstIndex { $0.relationship == .child }
        for (index, member) in draw.members.enumerated() {
            let isFaulty = index == faulty
            if place.fault == .missingEvidence && isFaulty { continue }
            let person = numbers.person(household: place.ordinal, place: index)
            if member.attendsSchool {
                try writeAttendance(
                    member, person: person, place, fails: place.fault == .failedAttendance && isFaulty, &random)
            }
            if member.needsGrowthCheck {
                try writeChecks("growth", person: person, count: member.ageMonths < 24 ? 2 : 1, place, &random)
            }
            if member.pregnant {
                try writeChecks("prenatal", person: person, count: random.within(1...2), place, &random)
            }
        }
    }

    /// At most four of 33 days missed are 87 %; who fails misses at least ten.
    private func writeAttendance(
        _ member: Member, person: Int64, _ place: Place, fails: Bool, _ random: inout SplitMix64
    ) throws {
        let july = fails ? random.within(5...11) : random.below(3)
        let august = fails ? random.within(5...9) : random.below(3)
        for (month, days, missed) in [
            (Self.months.0, Cycle.julySchoolDays, july), (Self.months.1, Cycle.augustSchoolDays, august),
        ] {
            files.attendance.rows.add(person)
            files.attendance.rows.add(code(place, households: 80))
            files.attendance.rows.add(word: member.ageMonths < 144 ? "primary" : "secondary")
            files.attendance.rows.add(word: month)
            files.attendance.rows.add(days)
            files.attendance.rows.add(days - missed)
            try files.attendance.rows.endRow()
        }
    }

    /// The first check falls into July, the second into August.
    private func writeChecks(
        _ kind: StaticString, person: Int64, count: Int, _ place: Place, _ random: inout SplitMix64
    ) throws {
        for check in 0..<count {
            let day = Cycle.firstDay + Int32(check * 31 + random.below(31))
            files.healthChecks.rows.add(person)
            files.healthChecks.rows.add(code(place, households: 150))
            files.healthChecks.rows.add(word: kind)
            files.healthChecks.rows.add(CalendarDate(daysSinceEpoch2000: day)!)
            try files.healthChecks.rows.endRow()
        }
    }

    /// The code of the school or health post that serves a household: one for so many households of a department.
    private func code(_ place: Place, households: Int) -> Int {
        (place.department + 10) * 100_000 + place.sequence / households
    }
}
