/// How many households of which kind each area gets.
///
/// Affiliated households are distributed over the areas in proportion to the real ones. Of them, the share that was really
/// not paid gets a fault. Unless the options say otherwise, of 100 faults 55 are failed attendance, 35 missing evidence
/// and 10 closed accounts, so that what the bank pays in the end is the real share.
struct PopulationPlan: Sendable {
    /// One area's part.
    struct Area: Sendable {
        let figures: AreaFigures
        /// Affiliated households.
        var households = 0
        /// Households of the registry that are not poor, besides.
        var notPoor = 0
        /// Of the affiliated, those with a child who attends too little.
        var failedAttendance = 0
        /// Of the affiliated, those without evidence for a child.
        var missingEvidence = 0
        /// Of the affiliated, those whose account is closed.
        var closedAccounts = 0
        /// Of the affiliated, those that are in the files twice or have a member in two households.
        var duplicates = 0
        /// Of the affiliated, those in a Haku Wiñay project.
        var hakuWinay = 0
    }

    /// Of 10,000 affiliated households, how many that are not poor the registry has besides.
    static let notPoorHundredths = 100
    /// Of 100 faults, those that are missing evidence.
    static let missingEvidenceOf100 = 35
    /// Of 100 faults, those that are closed accounts.
    static let closedAccountsOf100 = 10

    private(set) var areas: [Area]

    init(_ figures: PopulationFigures, _ options: PopulationOptions) throws(PopulationError) {
        let affiliated = figures.areas.map(\.affiliated)
        let total = affiliated.reduce(0, +)
        guard total > 0 else { throw .noHouseholds }
        let households = options.households ?? total
        guard 1...Self.mostHouseholds ~= households else {
            throw .wrongOption(name: "households", reason: "expected 1 to \(Self.mostHouseholds)")
        }
        let shares = [options.failedAttendance, options.missingEvidence, options.closedAccounts].compactMap { $0 }
        guard shares.reduce(0, { $0 + $1.hundredths }) <= 10_000, options.duplicates.hundredths <= 10_000 else {
            throw .wrongOption(name: "shares", reason: "together they are more than 100 percent of the households")
        }
        areas = figures.areas.map { Area(figures: $0) }
        let counts = LargestRemainder.distribute(households, over: affiliated)
        set(\.households, counts)
        set(
            \.notPoor,
            LargestRemainder.distribute(Percent(hundredths: Self.notPoorHundredths).of(households), over: counts))
        set(\.duplicates, LargestRemainder.distribute(options.duplicates.of(households), over: counts))
        planHakuWinay(households: households, affiliated: total)
        planFaults(options, households: households, counts: counts)
    }

    /// As many persons as eight-digit and nine-digit numbers can tell apart.
    static let mostHouseholds = 50_000_000

    private mutating func set(_ count: WritableKeyPath<Area, Int>, _ values: [Int]) {
        for (index, value) in values.enumerated() { areas[index][keyPath: count] = value }
    }

    /// Haku Wiñay in proportion to Juntos. An area gets at most its affiliated households.
    private mutating func planHakuWinay(households: Int, affiliated: Int) {
        let real = areas.map(\.figures.hakuWinay)
        let total = (households * real.reduce(0, +) + affiliated / 2) / affiliated
        let shares = LargestRemainder.distribute(total, over: real)
        for index in areas.indices { areas[index].hakuWinay = min(shares[index], areas[index].households) }
    }

    private mutating func planFaults(_ options: PopulationOptions, households: Int, counts: [Int]) {
        // Expected faults of each area in millionths, so that small areas keep their fractions.
        let expected = zip(areas, counts).map { area, count in
            area.figures.affiliated == 0 ? 0 : count * area.figures.unpaid * 1_000_000 / area.figures.affiliated
        }
        let faults = LargestRemainder.distribute((expected.reduce(0, +) + 500_000) / 1_000_000, over: expected)
        let faultTotal = faults.reduce(0, +)
        let closed = LargestRemainder.distribute(faultTotal * Self.closedAccountsOf100 / 100, over: faults)
        let missing = LargestRemainder.distribute(
            faultTotal * Self.missingEvidenceOf100 / 100, over: zip(faults, closed).map { $0 - $1 })
        for index in areas.indices {
            let rest = faults[index] - closed[index]
            areas[index].closedAccounts = closed[index]
            areas[index].missingEvidence = min(missing[index], rest)
            areas[index].failedAttendance = rest - areas[index].missingEvidence
        }
        func override(_ share: Percent?, _ count: WritableKeyPath<Area, Int>) {
            guard let share else { return }
            set(count, LargestRemainder.distribute(share.of(households), over: counts))
        }
        override(options.failedAttendance, \.failedAttendance)
        override(options.missingEvidence, \.missingEvidence)
        override(options.closedAccounts, \.closedAccounts)
        // Where shares that were asked for meet real ones, an area may have more faults than households.
        for index in areas.indices {
            let area = areas[index]
            areas[index].missingEvidence = min(area.missingEvidence, area.households - area.failedAttendance)
            let left = area.households - area.failedAttendance - areas[index].missingEvidence
            areas[index].closedAccounts = min(area.closedAccounts, left)
        }
    }

    /// Affiliated households of all areas.
    var households: Int { areas.reduce(0) { $0 + $1.households } }
    /// Rows of the registry: affiliated and not poor.
    var registered: Int { areas.reduce(0) { $0 + $1.households + $1.notPoor } }
}
