import Foundation
import Synchronization

/// Runs `body` again and again from `tasks` tasks; how often a second.
func perSecond(
    tasks: Int, seconds: Int, _ body: @escaping @Sendable (Int) async throws -> Void
) async throws -> Double {
    let began = ContinuousClock.now
    let end = began + .seconds(seconds)
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
        for task in 0..<tasks {
            group.addTask {
                var count = 0
                while ContinuousClock.now < end {
                    try await body(task * 1_000_000 + count)
                    count += 1
                }
                return count
            }
        }
        return try await group.reduce(0, +)
    }
    return Double(total) / queueSeconds(since: began)
}

/// Seconds since a moment.
func queueSeconds(since moment: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - moment) / .seconds(1)
}

/// A rate with thousands separated.
func grouped(_ value: Double) -> String {
    let digits = String(Int64(value.rounded()))
    var result = ""
    for (n, digit) in digits.reversed().enumerated() {
        if n > 0, n % 3 == 0 { result.append(",") }
        result.append(digit)
    }
    return String(result.reversed())
}

/// A time in milliseconds with two decimals.
func milliseconds(_ value: Double) -> String {
    String(format: "%.2f ms", value)
}

/// One figure as a share of another.
func percent(_ part: Double, _ whole: Double) -> String {
    whole > 0 ? "\(Int((part / whole * 100).rounded())) %" : "–"
}

/// Times, and their percentiles.
final class QueueTimes: Sendable {
    private let times = Mutex<[Double]>([])

    func add(_ milliseconds: Double) { times.withLock { $0.append(milliseconds) } }

    /// A percentile in milliseconds.
    private func percentiles(_ shares: [Double]) -> [Double] {
        let sorted = times.withLock { $0.sorted() }
        guard !sorted.isEmpty else { return shares.map { _ in .nan } }
        return shares.map { sorted[min(sorted.count - 1, Int(Double(sorted.count) * $0))] }
    }

    /// p50, p95, p99 as text.
    var summary: String {
        let values = percentiles([0.5, 0.95, 0.99])
        return String(format: "%.2f / %.2f / %.2f ms", values[0], values[1], values[2])
    }

    /// The 99th percentile in milliseconds.
    var p99: Double { percentiles([0.99])[0] }

    /// Notes p50 and p99 under `name`.
    func record(_ name: String, _ results: QueueResults) {
        let values = percentiles([0.5, 0.99])
        results.set("\(name).p50", values[0])
        results.set("\(name).p99", values[1])
    }
}
