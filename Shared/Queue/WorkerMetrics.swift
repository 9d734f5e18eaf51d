import Contracts
import Postgres
import Synchronization

/// What a worker counts about its calls, in the terms of Prometheus.
final class WorkerMetrics: Sendable {
    /// Upper bounds of the histograms' buckets, in seconds.
    static let bounds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
    ]

    struct Histogram {
        var buckets = [Int](repeating: 0, count: WorkerMetrics.bounds.count)
        var sum = 0.0
        var count = 0

        mutating func add(_ seconds: Double) {
            if let place = WorkerMetrics.bounds.firstIndex(where: { seconds <= $0 }) { buckets[place] += 1 }
            sum += seconds
            count += 1
        }
    }

    struct MethodCounters {
        var name = ""
        var ended: [StatusCode: Int] = [:]
        var retried = 0
        var ran = Histogram()
        var waited = Histogram()
        /// Moving average of the handler's time, seconds.
        var average: Double?
    }

    private let methods = Mutex<[Int16: MethodCounters]>([:])
    private let first = Mutex<DatabaseFigures?>(nil)

    /// The first figures that were read in this process: these, the first time.
    func firstFigures(_ figures: DatabaseFigures) -> DatabaseFigures {
        first.withLock { first in
            let kept = first ?? figures
            first = kept
            return kept
        }
    }

    /// Whether the method's handlers have lately been so quick that it pays to claim ahead.
    func isQuick(_ method: Int16) -> Bool {
        methods.withLock { ($0[method]?.average ?? 1) < 0.02 }
    }

    func ran(_ call: ClaimedCall, for duration: Duration) {
        let seconds = duration / .seconds(1)
        methods.withLock { methods in
            methods[call.method, default: MethodCounters()].ran.add(seconds)
            methods[call.method, default: MethodCounters()].waited.add(Double(call.waitedMilliseconds) / 1000)
            let average = methods[call.method]?.average ?? seconds
            methods[call.method]?.average = average * 0.9 + seconds * 0.1
        }
    }

    func ended(_ method: Int16, _ name: String, _ code: StatusCode) {
        methods.withLock { methods in
            methods[method, default: MethodCounters()].name = name
            methods[method]?.ended[code, default: 0] += 1
        }
    }

    func retried(_ method: Int16, _ name: String) {
        methods.withLock { methods in
            methods[method, default: MethodCounters()].name = name
            methods[method]?.retried += 1
        }
    }

    var counters: [MethodCounters] {
        methods.withLock { $0.values.filter { !$0.name.isEmpty }.sorted { $0.name < $1.name } }
    }
}
