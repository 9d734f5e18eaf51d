import Contracts
import Postgres

extension Worker {
    /// The worker's and the queue's figures in Prometheus' text format.
    public func metricsText() async throws -> String {
        var text = MetricsText()
        text.add(metrics.counters)
        do {
            text.add(try await claimPool.query(QueueStatistics()))
            if let figures = try await claimPool.queryOne(FetchDatabaseFigures()) {
                text.add(figures, since: metrics.firstFigures(figures))
            }
        } catch let error as PostgresError {
            throw RPCError(refusal: error) ?? error
        }
        return text.text
    }
}

/// What the database knows beyond the queue's depth.
struct DatabaseFigures: Sendable {
    let deadRows: Int64
    let ringBytes: Int64
    let oldestSnapshotTransactions: Int64
    let walBytes: Int64
    let workers: Int64
    let callsMade: Int64
}

/// Writes metric families: each with its help, its type and its samples together.
struct MetricsText {
    private(set) var text = ""

    mutating func add(_ counters: [WorkerMetrics.MethodCounters]) {
        family("puente_queue_calls_total", "counter", "Calls that this process has finished, by status.")
        for method in counters {
            for (code, count) in method.ended.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                sample("puente_queue_calls_total", [("method", method.name), ("code", code.name)], Double(count))
            }
        }
        family("puente_queue_retries_total", "counter", "Attempts of this process that will be repeated.")
        for method in counters {
            sample("puente_queue_retries_total", [("method", method.name)], Double(method.retried))
        }
        family("puente_queue_handler_seconds", "histogram", "Time that handlers took.")
        for method in counters { histogram("puente_queue_handler_seconds", method.name, method.ran) }
        family("puente_queue_wait_seconds", "histogram", "Time from a call being made to its being claimed.")
        for method in counters { histogram("puente_queue_wait_seconds", method.name, method.waited) }
    }

    mutating func add(_ methods: [MethodStatistics]) {
        family("puente_queue_depth", "gauge", "Unfinished and dead calls, by where they are.")
        for method in methods {
            for (state, count) in [
                ("ready", method.ready), ("scheduled", method.scheduled), ("blocked", method.blocked),
                ("running", method.running), ("dead", method.dead),
            ] {
                sample("puente_queue_depth", [("method", method.method), ("state", state)], Double(count))
            }
        }
        family("puente_queue_oldest_ready_seconds", "gauge", "How long the oldest ready call has waited.")
        for method in methods {
            let waited = Double(method.oldestReadyMilliseconds ?? 0) / 1000
            sample("puente_queue_oldest_ready_seconds", [("method", method.method)], waited)
        }
        family("puente_queue_served", "gauge", "Whether a live worker serves the method.")
        for method in methods { sample("puente_queue_served", [("method", method.method)], method.isServed ? 1 : 0) }
    }

    mutating func add(_ figures: DatabaseFigures, since first: DatabaseFigures) {
        for (name, type, help, value) in [
            ("puente_queue_dead_rows", "gauge", "Dead rows of the tables that work moves through.", figures.deadRows),
            ("puente_queue_ring_bytes", "gauge", "Size of the tables that work moves through.", figures.ringBytes),
            (
                "puente_queue_oldest_snapshot_transactions", "gauge",
                "Transactions since the oldest snapshot that some session holds.", figures.oldestSnapshotTransactions
            ),
            ("puente_queue_wal_bytes_total", "counter", "Write-ahead log of the server so far.", figures.walBytes),
            ("puente_queue_workers", "gauge", "Live worker processes.", figures.workers),
            (
                "puente_queue_calls_made_total", "counter", "Calls made in this database so far.",
                figures.callsMade
            ),
        ] {
            family(name, type, help)
            sample(name, [], Double(value))
        }
        family(
            "puente_queue_wal_bytes_per_call", "gauge",
            "Write-ahead log of the server per call made, since this process was first asked; 0 without calls."
        )
        let calls = figures.callsMade - first.callsMade
        sample(
            "puente_queue_wal_bytes_per_call", [],
            calls > 0 ? Double((figures.walBytes - first.walBytes) / calls) : 0)
    }

    private mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let list = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        text += list.isEmpty ? "\(name) \(number)\n" : "\(name){\(list)} \(number)\n"
    }

    private mutating func histogram(_ name: String, _ method: String, _ histogram: WorkerMetrics.Histogram) {
        var cumulated = 0
        for (bound, count) in zip(WorkerMetrics.bounds, histogram.buckets) {
            cumulated += count
            sample(name + "_bucket", [("method", method), ("le", String(bound))], Double(cumulated))
        }
        sample(name + "_bucket", [("method", method), ("le", "+Inf")], Double(histogram.count))
        sample(name + "_sum", [("method", method)], histogram.sum)
        sample(name + "_count", [("method", method)], Double(histogram.count))
    }

    private func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
