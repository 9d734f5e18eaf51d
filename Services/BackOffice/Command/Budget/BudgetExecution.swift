/// What a budget officer reads of a line, or of many together: the appropriation in force, what reached each stage, what
/// is left. Minor units; wide enough for the sum of any number of lines.
struct BudgetExecution: Sendable, Equatable {
    /// Appropriation in force.
    var appropriated: Int128 = 0
    /// What is left: not reserved (where there is no reservation: not committed).
    var available: Int128 = 0
    /// What reached reserved, committed, accrued, ordered and paid; each includes the later ones.
    var reached: [Int128] = [0, 0, 0, 0, 0]

    static func += (left: inout Self, right: Self) {
        left.appropriated += right.appropriated
        left.available += right.available
        for stage in left.reached.indices { left.reached[stage] += right.reached[stage] }
    }

    /// What is executed, that is accrued, of the appropriation: tenths of a percent, rounded half up; nil without an
    /// appropriation.
    var executedPerMille: Int128? {
        guard appropriated > 0 else { return nil }
        let rounded = Int128((reached[2].magnitude * 2000 / appropriated.magnitude + 1) / 2)
        return reached[2] < 0 ? -rounded : rounded
    }

    /// `43.7 %`, or a dash without an appropriation.
    var executedPercent: String {
        executedPerMille.map { "\($0 / 10).\($0.magnitude % 10) %" } ?? "–"
    }
}

/// A country's names of the stages, and those it does without.
struct StageNames: Sendable, Hashable {
    var scheme: String
    var appropriated: String
    /// Of reserved, committed, accrued, ordered and paid.
    var stages: [String]
    var skipsReserved: Bool
    var skipsOrdered: Bool

    /// Which stages are shown: those that the country has.
    private var shown: [Int] { (0..<5).filter { !($0 == 0 && skipsReserved || $0 == 3 && skipsOrdered) } }

    /// The columns after the first: appropriation, stages, what is left, percent executed.
    func header(_ language: Language) -> [String] {
        [appropriated] + shown.map { stages[$0] }
            + [Text("left", es: "saldo")(language), Text("executed", es: "ejecutado")(language)]
    }

    /// The cells of those columns, in the currency's digits.
    func cells(_ execution: BudgetExecution, _ currency: String) -> [String] {
        ([execution.appropriated] + shown.map { execution.reached[$0] } + [execution.available]).map {
            BudgetAmount.number($0, currency)
        } + [execution.executedPercent]
    }

    /// A table that begins with a column of names and goes on with those columns.
    func table(_ first: String, _ language: Language) -> Table {
        let header = [first] + header(language)
        return Table(header, numeric: Set(1..<header.count))
    }
}
