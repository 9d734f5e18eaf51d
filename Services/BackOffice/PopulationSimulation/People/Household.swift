import Contracts
import Vocabulary

/// What is wrong with a household's evidence or account.
enum Fault: Sendable {
    case none
    case failedAttendance
    case missingEvidence
    case closedAccount
}

/// A member of a simulated household.
struct Member: Sendable {
    enum Relationship: Sendable {
        case head
        case spouse
        case child
        case other
    }

    var relationship: Relationship
    var isWoman: Bool
    /// Days since 2000-01-01.
    var birthDay: Int32
    var pregnant = false
    /// Indices into the lists of names.
    var givenNames: (Int, Int)
    var surnames: (Int, Int)

    var birthDate: CalendarDate { CalendarDate(daysSinceEpoch2000: birthDay)! }
    /// Whole months on the cycle's first day.
    var ageMonths: Int { birthDate.ageInMonths(on: Cycle.first) }
    /// Whether attendance is checked: 6 to 16 years.
    var attendsSchool: Bool { 72..<204 ~= ageMonths }
    /// Whether growth is checked: under 5 years.
    var needsGrowthCheck: Bool { 0..<60 ~= ageMonths }
}

/// Draws a household from its own random numbers.
struct HouseholdDraw {
    private(set) var members: [Member] = []
    private(set) var residenceSince: Int32 = 0
    private(set) var isExtremePoor = false

    /// Of 100 households, how many have 0, 1, … 6 children: 2.5 on average.
    private static let childrenOf100 = [1, 23, 32, 24, 12, 6, 2]

    /// Draws the next household. A fault in evidence needs a child that evidence is due for: the first.
    mutating func draw(_ random: inout SplitMix64, fault: Fault) {
        members.removeAll(keepingCapacity: true)
        isExtremePoor = random.happens(4_000)
        // 2005-01-01 to 2023-12-31: longer than the six months of residence that the programme asks for.
        residenceSince = Int32(random.within(1_827...8_765))
        var children: [Int] = (0..<childCount(&random, fault)).map { _ in random.below(Cycle.youngestAdultDays) }
        switch fault {
        case .none, .closedAccount: break
        case .failedAttendance: children[0] = random.within(2_203...6_198)
        case .missingEvidence:
            children[0] = random.happens(7_000) ? random.within(2_203...6_198) : random.within(1...1_814)
        }
        let oldest = children.max() ?? 365
        addAdults(&random, oldestChildDays: oldest, expecting: children.isEmpty)
        addChildren(children, &random)
        if random.happens(800) { addGrandparent(&random) }
    }

    private func childCount(_ random: inout SplitMix64, _ fault: Fault) -> Int {
        var left = random.below(100)
        var count = 0
        while left >= Self.childrenOf100[count] {
            left -= Self.childrenOf100[count]
            count += 1
        }
        switch fault {
        case .failedAttendance, .missingEvidence: return max(1, count)
        case .none, .closedAccount: return count
        }
    }

    /// The head, and in seven of ten households a spouse. A household without children expects one.
    private mutating func addAdults(_ random: inout SplitMix64, oldestChildDays: Int, expecting: Bool) {
        let headIsWoman = random.happens(4_500)
        let hasSpouse = random.happens(7_000) || (expecting && !headIsWoman)
        let age = min(oldestChildDays + random.within(17...27) * 365 + random.below(365), 64 * 365)
        let spouseAge = max(17 * 365, age + random.within(-1_400...1_400))
        var head = adult(.head, isWoman: headIsWoman, ageDays: age, &random)
        head.pregnant = headIsWoman && age < 45 * 365 && (expecting || random.happens(400))
        members.append(head)
        guard hasSpouse else { return }
        var spouse = adult(.spouse, isWoman: !headIsWoman, ageDays: spouseAge, &random)
        spouse.pregnant = spouse.isWoman && spouseAge < 45 * 365 && (expecting || random.happens(400))
        members.append(spouse)
    }

    /// Children bear their father's first surname and their mother's; a single parent's are both theirs.
    private mutating func addChildren(_ ages: [Int], _ random: inout SplitMix64) {
        let head = members[0]
        var surnames = head.surnames
        if members.count > 1 {
            let (father, mother) = head.isWoman ? (members[1], head) : (head, members[1])
            surnames = (father.surnames.0, mother.surnames.0)
        }
        for age in ages {
            let isWoman = random.happens(4_900)
            members.append(
                Member(
                    relationship: .child, isWoman: isWoman, birthDay: Cycle.firstDay - Int32(age),
                    givenNames: givenNames(isWoman, &random), surnames: surnames))
        }
    }

    private mutating func addGrandparent(_ random: inout SplitMix64) {
        let age = Int(Cycle.firstDay - members[0].birthDay) + random.within(18...26) * 365
        let isWoman = random.happens(6_500)
        members.append(adult(.other, isWoman: isWoman, ageDays: age, &random))
    }

    private func adult(
        _ relationship: Member.Relationship, isWoman: Bool, ageDays: Int, _ random: inout SplitMix64
    ) -> Member {
        Member(
            relationship: relationship, isWoman: isWoman, birthDay: Cycle.firstDay - Int32(ageDays),
            givenNames: givenNames(isWoman, &random),
            surnames: (random.below(Names.surnames.count), random.below(Names.surnames.count)))
    }

    private func givenNames(_ isWoman: Bool, _ random: inout SplitMix64) -> (Int, Int) {
        let count = (isWoman ? Names.women : Names.men).count
        return (random.below(count), random.below(count))
    }
}
