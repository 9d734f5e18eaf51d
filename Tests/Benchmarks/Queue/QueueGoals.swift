import Foundation
import Synchronization

/// Figures of one run by name, for the goals that compare them.
final class QueueResults: Sendable {
    private let figures = Mutex<[String: Double]>([:])

    subscript(name: String) -> Double? { figures.withLock { $0[name] } }

    func set(_ name: String, _ value: Double) { figures.withLock { $0[name] = value } }

    /// The best figure of the compared packages under a name of theirs.
    func best(_ name: String) -> Double? {
        QueuePeers.packages.compactMap { self["\($0).\(name)"] }.max()
    }
}

/// What a figure should reach, as a ratio to another figure of the same run.
struct QueueGoal: Sendable {
    enum Bound: Sendable {
        case atLeast(Double)
        case atMost(Double)
    }

    let bound: Bound
    /// What the figure is compared with, in words.
    let yardstick: String
    let ratio: @Sendable (QueueResults) -> Double?

    /// One figure over another.
    static func ratio(_ bound: Bound, _ figure: String, over other: String, _ yardstick: String) -> QueueGoal {
        QueueGoal(bound: bound, yardstick: yardstick) { results in
            guard let figure = results[figure], let other = results[other], other > 0 else { return nil }
            return figure / other
        }
    }

    /// The ratio, the goal, and whether it is reached.
    func verdict(_ results: QueueResults) -> String {
        let (sign, limit) =
            switch bound {
            case .atLeast(let limit): ("≥", limit)
            case .atMost(let limit): ("≤", limit)
            }
        let goal = "\(yardstick) \(sign) \(Self.short(limit))"
        guard let ratio = ratio(results) else { return "\(goal): not measured" }
        let isReached =
            switch bound {
            case .atLeast(let limit): ratio >= limit
            case .atMost(let limit): ratio <= limit
            }
        return "\(Self.short(ratio)) of \(goal): \(isReached ? "reached" : "NOT reached")"
    }

    private static func short(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(format: "%.2f", value)
    }
}
