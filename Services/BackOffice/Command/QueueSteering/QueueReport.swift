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
        let language = invocation.language
        var table = Table(
            [
                Text("method", es: "método"), Text("served", es: "activo"), Text("ready", es: "listas"),
                Text("later", es: "luego"), Text("blocked", es: "freno"), Text("runs", es: "corren"),
                Text("dead", es: "muertas"), Text("oldest", es: "espera"),
            ].map { $0(language) }, numeric: Set(2...7))
        var service = ""
        for method in statistics {
            let name = method.method.split(separator: "/", maxSplits: 1).map(String.init)
            let parts = (name.first ?? "").split(separator: ".")
            // The service's part of the names stands once, above its methods.
            let owner = parts.dropLast().joined(separator: ".")
            if owner != service { table.add([owner] + Array(repeating: "", count: 7)) }
            service = owner
            table.add(
                ["  \(parts.last ?? "")/\(name.last ?? "")", QueueWords.served(method)(language)]
                    + [method.ready, method.scheduled, method.blocked, method.running, method.dead].map(Figures.count)
                    + [method.oldestReadyMilliseconds.map(QueueWords.duration) ?? ""])
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
        let language = invocation.language
        for call in calls {
            let caller = Text("by \(call.caller)", es: "de \(call.caller)")(language)
            let state = QueueWords.state(call.state, attempt: call.attempt, status: call.status)(language)
            terminal.print("\(call.id)  \(QueueDesk.moment(call.madeAt))  \(state)")
            printLong("    \(call.method) \(caller)")
            if let dueAt = call.dueAt {
                let moment = QueueDesk.moment(dueAt)
                terminal.print(Text("    due \(moment)", es: "    para \(moment)"))
            }
            if let message = call.message, !message.isEmpty { printLong("    \(said(message))") }
        }
    }

    /// The message of a call in the person's language.
    func said(_ message: String) -> String {
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
            terminal.print("\(indent)\(call.id) \(call.method) (\(call.caller))")
            printLong("\(indent)    \(QueueWords.course(of: call, since: root)(invocation.language))")
            if let message = call.message, !message.isEmpty { printLong("\(indent)    \(said(message))") }
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
