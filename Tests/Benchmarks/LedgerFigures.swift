import Foundation

/// The ledger benchmark's table: each row a measured figure, what it is compared with, and the goal.
struct LedgerFigures {
    /// What is asked of a figure.
    enum Goal {
        case atLeast(Double)
        case atMost(Double)
        /// Only shown.
        case none
    }

    private var rows: [[String]] = []
    private(set) var missed = 0

    /// Adds a figure, and says it at once, because a whole run takes minutes.
    mutating func add(_ what: String, _ measured: String, against yardstick: String, _ value: Double, _ goal: Goal) {
        let text = String(format: "%.2f", value)
        let cells: [String]
        switch goal {
        case .atLeast(let limit):
            cells = [text, String(format: ">= %.2f", limit), value >= limit ? "reached" : "NOT REACHED"]
            missed += value >= limit ? 0 : 1
        case .atMost(let limit):
            cells = [text, String(format: "<= %.2f", limit), value <= limit ? "reached" : "NOT REACHED"]
            missed += value <= limit ? 0 : 1
        case .none: cells = ["", "", ""]
        }
        rows.append([what, measured, yardstick] + cells)
        say(rows[rows.count - 1].filter { !$0.isEmpty }.joined(separator: " | "))
    }

    /// A rate against another.
    mutating func add(_ what: String, rate: Double, against yardstick: String, _ other: Double, atLeast limit: Double) {
        add(
            what, "\(grouped(rate))/s", against: "\(yardstick) \(grouped(other))/s", rate / other, .atLeast(limit))
    }

    /// The table as Markdown.
    var lines: [String] {
        ["| what | measured | yardstick | ratio or value | goal | |", "|---|---|---|---|---|---|"]
            + rows.map { "| " + $0.joined(separator: " | ") + " |" }
            + ["\(rows.count) rows, \(missed) goals not reached"]
    }
}
