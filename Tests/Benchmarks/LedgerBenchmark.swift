import Foundation
import Postgres
import TestSupport

/// Batch posting against hand-written SQL, against one transfer per transaction, and against pgbench's TPC-B; what a
/// refusal costs; what evidence costs to check. All on the same durable server in the same run.
enum LedgerBenchmark {
    /// What can be asked for.
    struct Options {
        /// For each rate.
        var seconds = 3.0
        /// Numbers of lines that are posted to.
        var lines = [10, 1000, 100_000]
        /// Leaves of the log that is checked; 0 leaves that part out.
        var leaves = 1_000_000
        /// Transfers in the journal that posting is slowed down by; 0 leaves that part out.
        var journal = 0
        var server: String?
        var only: String?

        init(_ arguments: [String]) {
            func value(_ option: String) -> String? {
                arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
            }
            seconds = value("--seconds").flatMap { Double($0) } ?? seconds
            lines = value("--lines").map { $0.split(separator: ",").compactMap { Int($0) } } ?? lines
            leaves = value("--leaves").flatMap { Int($0) } ?? leaves
            journal = value("--journal").flatMap { Int($0) } ?? journal
            server = value("--server")
            only = value("--only")
        }

        func wants(_ part: String) -> Bool { only.map { $0.split(separator: ",").contains(Substring(part)) } ?? true }
    }

    @Sendable static func run(_ arguments: [String]) async throws {
        let options = Options(arguments)
        var figures = LedgerFigures()
        if let url = options.server {
            try await measure(on: ConnectionConfiguration(url: url), options, &figures)
        } else {
            try await withPrivateServer { try await measure(on: $0.configuration, options, &figures) }
        }
        say("")
        figures.lines.forEach(say)
    }

    private static func measure(
        on server: ConnectionConfiguration, _ options: Options, _ figures: inout LedgerFigures
    ) async throws {
        if options.wants("posting") {
            for count in options.lines {
                let bed = try await LedgerBenchmarkBed(server, lines: count)
                try await comparePosting(bed, options.seconds, &figures)
                try await bed.drop()
            }
        }
        if options.wants("refusal") || options.wants("single") {
            let bed = try await LedgerBenchmarkBed(server, lines: 1000)
            if options.wants("refusal") { try await compareRefusal(bed, &figures) }
            if options.wants("single") { try await compareSingle(bed, options.seconds, &figures) }
            try await bed.drop()
        }
        if options.wants("evidence"), options.leaves > 0 {
            let bed = try await LedgerBenchmarkBed(server, lines: 1000)
            try await bed.measureEvidence(options.leaves, &figures)
            try await bed.drop()
        }
        if options.wants("journal"), options.journal > 0 {
            let bed = try await LedgerBenchmarkBed(server, lines: 1000)
            try await bed.measureJournal(options.journal, options.seconds, &figures)
            try await bed.drop()
        }
    }

    /// Posts with one writer and with four.
    private static func comparePosting(
        _ bed: LedgerBenchmarkBed, _ seconds: Double, _ figures: inout LedgerFigures
    ) async throws {
        for (contestant, label, goal) in [
            (LedgerContestant.ledgerWithLog, "with leaves and numbering", 0.4),
            (LedgerContestant.ledger, "without the log", 0.6),
        ] {
            if contestant == .ledger { try await bed.script(LedgerFloor.withoutLog) }
            for writers in [1, 4] {
                let rates = try await bed.rates([.floor, contestant], writers, seconds)
                figures.add(
                    "\(grouped(Double(bed.lines))) lines, \(writers) writers, \(label)", rate: rates[1],
                    against: "floor", rates[0], atLeast: goal)
            }
        }
    }

    private static func compareRefusal(_ bed: LedgerBenchmarkBed, _ figures: inout LedgerFigures) async throws {
        var times = [0.0, 0.0]
        for round in 0..<6 {
            for (index, contestant) in [LedgerContestant.ledger, .ledgerRefusingOne].enumerated() {
                let time = try await bed.time(contestant, items: 10_000)
                if round > 0 { times[index] += time / 5 }
            }
        }
        figures.add(
            "10,000 items, one of them bad", String(format: "%.0f ms", times[1] * 1000),
            against: String(format: "all good %.0f ms", times[0] * 1000), times[1] / times[0], .atMost(1.5))
    }

    /// Batches, as large as `puente budget --file` sends them and a tenth of it, against transactions of one posting and
    /// TPC-B's.
    private static func compareSingle(
        _ bed: LedgerBenchmarkBed, _ seconds: Double, _ figures: inout LedgerFigures
    ) async throws {
        var others: [(String, Double, Double)] = []
        let byHand = try bed.transactionsPerSecond(of: "SELECT coordination.bench_floor_one(1000)", seconds)
        others.append(("one transfer per transaction by hand, 8 clients", byHand, 5))
        let inLedger = try await bed.rate(.ledger, items: 1, writers: 8, seconds)
        others.append(("one transfer per transaction in the ledger, 8 clients", inLedger, 5))
        others.append(("pgbench TPC-B, 8 clients", try await bed.transactionsPerSecond(seconds), 8))
        for items in [1000, 10_000] {
            let rate = try await bed.rate(.ledgerWithLog, items: items, writers: 1, seconds)
            for (label, other, goal) in others {
                figures.add(
                    "batches of \(grouped(Double(items))) with evidence, 1,000 lines, 1 writer", rate: rate,
                    against: label, other, atLeast: goal)
            }
        }
    }
}
