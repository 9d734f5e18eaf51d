import Contracts
import Tabular
import Vocabulary

/// How far a simulation is.
public struct PopulationProgress: Sendable, Equatable {
    /// Households written.
    public let written: Int
    /// Households in all.
    public let total: Int
}

/// What a simulation wrote.
public struct PopulationSummary: Sendable, Equatable {
    /// Affiliated households.
    public internal(set) var households = 0
    /// Households of the registry that are not poor, besides.
    public internal(set) var notPoor = 0
    /// Members of all households.
    public internal(set) var members = 0
    /// Of them children.
    public internal(set) var children = 0
    /// Affiliated households with a child who attends too little.
    public internal(set) var failedAttendance = 0
    /// Affiliated households with evidence missing for a child.
    public internal(set) var missingEvidence = 0
    /// Affiliated households whose account the bank will refuse.
    public internal(set) var closedAccounts = 0
    /// Affiliated households that are in the files twice, or have a member in two households.
    public internal(set) var duplicates = 0
    /// Affiliated households in Haku Wiñay projects.
    public internal(set) var hakuWinay = 0
    /// What the figures contradict.
    public internal(set) var findings: [Finding] = []

    /// Affiliated households that a run pays and the bank accepts.
    public var expectedPaid: Int { households - failedAttendance - missingEvidence - closedAccounts }
}

/// Simulates the files that a ministry would send: registry, evidence, project participants, budget
/// and the agreement between the two programmes.
///
/// Memory does not grow with the population: every household is drawn, written and forgotten.
public enum PopulationSimulation {
    /// Households of one Haku Wiñay project: those of one executing body.
    static let householdsPerProject = 400
    /// Modules of inputs with their weights: households of 400 that had each in one executing body of Huancavelica, as
    /// `deploy/programmes/peru/README.md` cites.
    static let modules: [(code: StaticString, weight: Int)] = [
        ("vegetable", 341), ("guinea_pig", 278), ("hen", 267), ("irrigation", 68),
    ]

    /// Writes the files. The same options give the same bytes.
    public static func run(
        _ options: PopulationOptions, progress: (PopulationProgress) -> Void = { _ in }
    ) throws -> PopulationSummary {
        let figures =
            switch options.figures {
            case .embedded: PopulationFigures.embedded
            case .departments(let file): try PopulationFigures.departments(file: file)
            case .districts(let sizes, let territories):
                try PopulationFigures.districts(sizes: sizes, territories: territories)
            }
        let plan = try PopulationPlan(figures, options)
        let files = try PopulationFiles(directory: options.directory)
        do {
            var run = PopulationRun(plan, options, files)
            try files.write(figures)
            try run.write(progress)
            try files.write(run.need, share: options.budgetShare)
            try files.agreement.write(
                AgreementText(
                    households: run.summary.households, places: run.summary.hakuWinay,
                    appropriated: run.need.hakuWinay.mapValues {
                        BudgetNeed.appropriation(for: $0, share: options.budgetShare)
                    }
                ).text)
            try files.complete()
            run.summary.findings = figures.findings
            return run.summary
        } catch {
            files.abandon()
            throw error
        }
    }
}

/// One simulation while it is written.
struct PopulationRun {
    private let plan: PopulationPlan
    private let seed: UInt64
    private let files: PopulationFiles
    private let writer: HouseholdWriter
    private let numbers: Numbers
    private var ordinal = 0
    /// Households and project participants so far, by department.
    private var sequences: [Int: Int] = [:]
    private var participants: [Int: Int] = [:]
    private var draw = HouseholdDraw()
    private(set) var need = BudgetNeed()
    var summary = PopulationSummary()

    init(_ plan: PopulationPlan, _ options: PopulationOptions, _ files: PopulationFiles) {
        self.plan = plan
        seed = options.seed
        self.files = files
        numbers = Numbers(households: plan.registered)
        writer = HouseholdWriter(files: files, numbers: numbers)
    }

    mutating func write(_ progress: (PopulationProgress) -> Void) throws {
        let total = plan.registered
        for area in plan.areas {
            // Codes have digits only: the readers of figures have checked that.
            let territory = UInt64(area.figures.code) ?? 0
            let department = Int(area.figures.department) ?? 0
            let spreads = [618, 755, 450].map { Spread(count: area.households, ratio: $0, seed: seed ^ territory) }
            for index in 0..<area.households + area.notPoor {
                let isPoor = index < area.households
                var random = SplitMix64(seed: seed, territory: territory, sequence: index)
                let fault = isPoor ? self.fault(area, place: spreads[0].place(of: index)) : .none
                draw.draw(&random, fault: fault)
                let place = HouseholdWriter.Place(
                    ordinal: ordinal, department: department, territory: area.figures.code,
                    sequence: sequences[department, default: 0], isPoor: isPoor, fault: fault)
                try writer.write(draw, at: place, &random)
                if isPoor {
                    need.add(draw.members, department: department)
                    if spreads[1].place(of: index) < area.hakuWinay { try participate(place, &random) }
                    if spreads[2].place(of: index) < area.duplicates { try duplicate(place) }
                }
                count(fault, isPoor: isPoor)
                sequences[department, default: 0] += 1
                ordinal += 1
                if ordinal % 4_096 == 0 { progress(PopulationProgress(written: ordinal, total: total)) }
            }
        }
        progress(PopulationProgress(written: ordinal, total: total))
    }

    private func fault(_ area: PopulationPlan.Area, place: Int) -> Fault {
        if place < area.failedAttendance { return .failedAttendance }
        if place < area.failedAttendance + area.missingEvidence { return .missingEvidence }
        if place < area.failedAttendance + area.missingEvidence + area.closedAccounts { return .closedAccount }
        return .none
    }

    private mutating func count(_ fault: Fault, isPoor: Bool) {
        if isPoor { summary.households += 1 } else { summary.notPoor += 1 }
        summary.members += draw.members.count
        summary.children += draw.members.count { $0.relationship == .child }
        switch fault {
        case .none: break
        case .failedAttendance: summary.failedAttendance += 1
        case .missingEvidence: summary.missingEvidence += 1
        case .closedAccount: summary.closedAccounts += 1
        }
    }

    /// A row of `project_participants.csv`: the household's main module.
    private mutating func participate(_ place: HouseholdWriter.Place, _ random: inout SplitMix64) throws {
        let number = participants[place.department, default: 0]
        participants[place.department] = number + 1
        need.hakuWinay[place.department, default: 0] += BudgetNeed.project
        let project = number / PopulationSimulation.householdsPerProject + 1
        let department = String(place.territory.prefix(2))
        files.participants.rows.add("HW-\(Cycle.fiscalYear)-\(department)-\(String(1_000 + project).dropFirst())")
        files.participants.rows.add(Numbers.household(department: place.department, sequence: place.sequence))
        var left = random.below(PopulationSimulation.modules.reduce(0) { $0 + $1.weight })
        var module = 0
        while left >= PopulationSimulation.modules[module].weight {
            left -= PopulationSimulation.modules[module].weight
            module += 1
        }
        files.participants.rows.add(word: PopulationSimulation.modules[module].code)
        files.participants.rows.add(CalendarDate(year: 2024, month: random.within(1...6), day: random.within(1...28))!)
        try files.participants.rows.endRow()
        summary.hakuWinay += 1
    }

    /// Repeats the household's row, or, every other time, its head's as a member of a household that is there too.
    private mutating func duplicate(_ place: HouseholdWriter.Place) throws {
        let household = Numbers.household(department: place.department, sequence: place.sequence)
        if summary.duplicates % 2 == 0 || place.sequence == 0 {
            try writer.write(draw, household: household, place)
        } else {
            let person = numbers.person(household: place.ordinal, place: 0)
            try writer.write(draw.members[0], person: person, household: household - 1)
        }
        summary.duplicates += 1
    }
}
