import Foundation

/// The benchmarks, by name. Each prints what it measured beside its yardstick.
let benchmarks: [(name: String, about: String, run: @Sendable ([String]) async throws -> Void)] = [
    ("run", "a payment run against hand-written SQL: --households N [--chunk N] [--bank]", RunBenchmark.main),
    (
        "import", "imports of registry and evidence against raw COPY: [--households N] [--server URL]",
        ImportBenchmark.run
    ),
    (
        "ledger",
        "budget posting against hand-written SQL: [--only posting,refusal,single,evidence,journal] [--seconds S] [--lines N,N] [--leaves N] [--journal N] [--server URL]",
        LedgerBenchmark.run
    ),
    (
        "queue", "the job queue against SQL and other queues: [--only floor,drain,…] [--calls N]",
        { try await QueueBenchmark.run(arguments: $0) }
    ),
    (
        "queue-worker", "one worker of that benchmark, in a process of its own",
        { try await QueueBenchmarkWorker.run(arguments: $0) }
    ),
    ("run-service", "one service of that benchmark, in a process of its own", RunBenchmarkService.main),
]

let arguments = Array(CommandLine.arguments.dropFirst())
guard let benchmark = benchmarks.first(where: { $0.name == arguments.first }) else {
    say("usage: puente-bench BENCHMARK [OPTION…]")
    for benchmark in benchmarks { say("  \(benchmark.name)  \(benchmark.about)") }
    exit(2)
}
do {
    try await benchmark.run(Array(arguments.dropFirst()))
} catch {
    say("\(benchmark.name) failed: \(error)")
    exit(1)
}
