import Contracts
import Foundation
import Queue

/// How the queue is shown to an operator.
extension Desk {
    func showStatistics(_ statistics: [MethodStatistics]) {
        if invocation.wantsJSON {
            let items = statistics.map { method in
                "{\"method\":\"\(method.method)\",\"served\":\(method.isServed),\"paused\":\(method.isPaused),"
                    + "\"ready\":\(method.ready),\"scheduled\":\(method.scheduled),\"blocked\":\(method.blocked),"
                    + "\"running\":\(method.running),\"dead\":\(method.dead)}"
            }
            terminal.print("[" + items.joined(separator: ",") + "]")
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
            let items = calls.map { call in
                "{\"call\":\"\(call.id)\",\"method\":\"\(call.method)\",\"caller\":\"\(call.caller)\","
                    + "\"state\":\"\(call.state)\",\"attempt\":\(call.attempt),"
                    + "\"status\":\(call.status.map { "\"\($0.name)\"" } ?? "null"),"
                    + "\"madeAt\":\"\(Self.moment(call.madeAt))\"}"
            }
            terminal.print("[" + items.joined(separator: ",") + "]")
            return
        }
        var table = Table(["call", "made", "method", "caller", "state", "attempt", "status"], numeric: [0, 5])
        for call in calls {
            table.add([
                String(call.id), Self.moment(call.madeAt), call.method, call.caller, call.state, String(call.attempt),
                call.status?.name ?? "",
            ])
        }
        table.lines().forEach { terminal.print($0) }
        for call in calls {
            if let message = call.message, !message.isEmpty { terminal.print("  \(call.id): \(message)") }
        }
    }

    func showTrace(_ calls: [TracedCall]) {
        for call in calls {
            let indent = String(repeating: "  ", count: call.depth)
            var line = "\(indent)\(call.id) \(call.method) (\(call.caller))"
            if let started = call.startedAt { line += " +\((started - call.madeAt) / 1000) ms" }
            if let started = call.startedAt, let finished = call.finishedAt {
                line += ", \((finished - started) / 1000) ms"
            }
            line += ": \(call.status?.name ?? "unfinished")"
            if let attempt = call.attempt, attempt > 1 { line += ", attempt \(attempt)" }
            terminal.print(line)
        }
    }

    /// Says that a call was changed, or refuses with the reason why not.
    func confirm(_ wasDone: Bool, _ call: Int64, _ done: Text, otherwise reason: Text) throws {
        guard wasDone else { throw Failure(reason, at: "call \(call)") }
        terminal.print("\(call) \(done(language))")
    }

    /// Says how many methods a pause or its end touched.
    func confirm(methods count: Int) throws {
        guard count > 0 else {
            throw Failure(
                Text("is neither a method nor a service", es: "no es un método ni un servicio"),
                at: invocation.arguments[0],
                remedy: Text("'puente queue stats' shows the methods", es: "'puente queue stats' muestra los métodos"))
        }
        terminal.print(Text("\(count) methods", es: "\(count) métodos"))
    }

    private static func moment(_ microseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(microseconds) / 1_000_000).formatted(.iso8601)
    }
}
