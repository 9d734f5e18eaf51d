import Contracts
import Foundation
import Queue

/// How the queue is shown to an operator.
extension Desk {
    func showStatistics(_ statistics: [MethodStatistics]) {
        if invocation.wantsJSON {
            answer(
                statistics.map { method in
                    .object([
                        ("method", .string(method.method)), ("served", .bool(method.isServed)),
                        ("paused", .bool(method.isPaused)), ("ready", .number(String(method.ready))),
                        ("scheduled", .number(String(method.scheduled))),
                        ("blocked", .number(String(method.blocked))), ("running", .number(String(method.running))),
                        ("dead", .number(String(method.dead))),
                        ("oldestReadyMs", method.oldestReadyMilliseconds.map { .number(String($0)) } ?? .null),
                    ])
                })
            return
        }
        var table = Table(
            ["method", "served", "ready", "scheduled", "blocked", "running", "dead", "oldest"],
            numeric: Set(2...7))
        for method in statistics {
            let served = method.isPaused ? "paused" : method.isServed ? "yes" : "no"
            table.add(
                [method.method, served]
                    + [method.ready, method.scheduled, method.blocked, method.running, method.dead].map(Figures.count)
                    + [method.oldestReadyMilliseconds.map { "\(Figures.count($0)) ms" } ?? ""])
        }
        table.lines().forEach { terminal.print($0) }
    }

    func showCalls(_ calls: [CallSummary]) {
        if invocation.wantsJSON {
            answer(
                calls.map { call in
                    .object([
                        ("call", .string(String(call.id))), ("method", .string(call.method)),
                        ("caller", .string(call.caller)), ("state", .string(call.state)),
                        ("attempt", .number(String(call.attempt))),
                        ("status", call.status.map { .string($0.name) } ?? .null),
                        ("message", call.message.map(JSONValue.string) ?? .null),
                        ("madeAt", .string(QueueDesk.moment(call.madeAt))),
                        ("dueAt", call.dueAt.map { .string(QueueDesk.moment($0)) } ?? .null),
                    ])
                })
            return
        }
        var table = Table(["call", "made", "method", "caller", "state", "attempt", "status"], numeric: [0, 5])
        for call in calls {
            table.add([
                String(call.id), QueueDesk.moment(call.madeAt), call.method, call.caller, call.state,
                String(call.attempt),
                call.status?.name ?? "",
            ])
        }
        table.lines().forEach { terminal.print($0) }
        for call in calls {
            if let message = call.message, !message.isEmpty { terminal.print("  \(call.id): \(said(message))") }
        }
    }

    /// The message of a call in the person's language.
    private func said(_ message: String) -> String {
        SentenceWords.words(SentenceWords.recognised(message))(invocation.language)
    }

    /// The tree of calls, each with when it was made after the root, how long it waited and how long it ran.
    func showTrace(_ calls: [TracedCall]) {
        if invocation.wantsJSON {
            answer(calls.map(\.json))
            return
        }
        let root = calls.first?.madeAt ?? 0
        for call in calls {
            let indent = String(repeating: "  ", count: call.depth)
            var line = "\(indent)\(call.id) \(call.method) (\(call.caller)) +\((call.madeAt - root) / 1000) ms"
            if let started = call.startedAt { line += ", waited \((started - call.madeAt) / 1000) ms" }
            if let started = call.startedAt, let finished = call.finishedAt {
                line += ", ran \((finished - started) / 1000) ms"
            }
            line += ": \(call.status?.name ?? "unfinished")"
            if let attempt = call.attempt, attempt > 1 { line += ", attempt \(attempt)" }
            if let message = call.message, !message.isEmpty { line += ": \(said(message))" }
            terminal.print(line)
        }
    }
}

extension TracedCall {
    fileprivate var json: JSONValue {
        .object([
            ("call", .string(String(id))), ("depth", .number(String(depth))), ("method", .string(method)),
            ("caller", .string(caller)), ("madeAt", .string(QueueDesk.moment(madeAt))),
            ("waitedMs", startedAt.map { .number(String(($0 - madeAt) / 1000)) } ?? .null),
            ("ranMs", runMilliseconds.map { .number(String($0)) } ?? .null),
            ("attempt", attempt.map { .number(String($0)) } ?? .null),
            ("status", status.map { .string($0.name) } ?? .null), ("message", message.map(JSONValue.string) ?? .null),
        ])
    }

    private var runMilliseconds: Int64? {
        guard let startedAt, let finishedAt else { return nil }
        return (finishedAt - startedAt) / 1000
    }
}
