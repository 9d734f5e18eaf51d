import Contracts
import Foundation
import Queue

/// What a person says about an act on others' calls.
enum SteeringOptions {
    static let isInternal = CommandOption<Bool>.flag(
        "internal",
        Text(
            "Also calls that services made: their work then stands still or is done again",
            es: "También las llamadas que hicieron los servicios: su trabajo queda parado o se repite"))
    static let reason = CommandOption<String>.text(
        "reason", "TEXT",
        Text("Why; kept in 'puente queue log'", es: "Por qué; queda en 'puente queue log'"))

    /// What the line says; a reason belongs to every act on the services' own calls.
    static func intent(of invocation: Invocation) throws -> Intent {
        let intent = Intent(isInternal: invocation[isInternal], reason: invocation[reason])
        if intent.isInternal, (intent.reason ?? "").allSatisfy(\.isWhitespace) {
            throw Failure(
                Text("--internal needs a --reason", es: "--internal necesita un --reason"),
                remedy: Text(
                    "say why the services' own calls are meant; it is kept with your name",
                    es: "diga por qué se trata de las llamadas de los servicios; queda con su nombre"))
        }
        return intent
    }
}

/// What was done to the queue, and what it allows.
extension Command {
    private static let logLimit = CommandOption<Int64>.integer(
        "limit", "N", Text("At most so many; 50", es: "A lo más tantas; 50"), in: 1...10_000)
    private static let logCall = CommandOption<Int64>.integer(
        "call", "CALL", Text("Only what was done to this call", es: "Solo lo hecho a esta llamada"), in: 1...Int64.max)

    static let queueLog = Command(
        "log",
        Text(
            "Shows who retried, discarded, cancelled, paused or kept what, and why",
            es: "Muestra quién reintentó, descartó, canceló, pausó o guardó qué, y por qué"),
        example: "puente queue log --as ana", options: [logCall, logLimit]
    ) { invocation in
        try await QueueDesk.open(invocation) { operations, desk in
            desk.showSteering(
                try await operations.steering(of: invocation[logCall], limit: Int(invocation[logLimit] ?? 50)))
        }
    }

    static let queueLimits = Command(
        "limits", Text("Shows what the queue allows", es: "Muestra lo que la cola permite"),
        example: "puente queue limits --as ana"
    ) { invocation in
        try await QueueDesk.open(invocation) { operations, desk in
            desk.showLimits(try await operations.limits())
        }
    }
}

extension Desk {
    fileprivate func showSteering(_ acts: [SteeringAct]) {
        if invocation.wantsJSON {
            answer(
                acts.map { act in
                    .object([
                        ("at", .string(QueueDesk.moment(act.actedAt))), ("by", .string(act.actor)),
                        ("act", .string(act.act)), ("call", act.call.map { .string(String($0)) } ?? .null),
                        ("subject", .string(act.subject)), ("reason", act.reason.map(JSONValue.string) ?? .null),
                    ])
                })
            return
        }
        for act in acts {
            let call = act.call.map { Text("call \($0)", es: "llamada \($0)")(invocation.language) }
            let words = [QueueDesk.moment(act.actedAt), act.actor, QueueWords.act(act.act)(invocation.language), call]
            printLong((words.compactMap(\.self) + [act.subject].filter { !$0.isEmpty }).joined(separator: "  "))
            if let reason = act.reason, !reason.isEmpty { printLong("    \(reason)") }
        }
    }

    fileprivate func showLimits(_ limits: [QueueLimit]) {
        if invocation.wantsJSON {
            answer(
                limits.map { limit in
                    .object([
                        ("name", .string(limit.name)), ("method", .string(limit.method)),
                        ("value", .number(String(limit.value))),
                    ])
                })
            return
        }
        for limit in limits { printLong(limit.line(invocation.language)) }
    }
}

extension QueueLimit {
    fileprivate var line: Text {
        let figure = Figures.count(value)
        return switch name {
        case "kept_days":
            Text("finished calls are kept for \(figure) days", es: "las terminadas se guardan \(figure) días")
        case "days_ahead":
            Text(
                "a call is made at most \(figure) days ahead",
                es: "una llamada se hace con \(figure) días de anticipación a lo más")
        case "key_bytes":
            Text(
                "keys of order and idempotency: at most \(figure) bytes",
                es: "claves de orden y de idempotencia: a lo más \(figure) bytes")
        case "message_characters":
            Text(
                "messages of outcomes are cut at \(figure) characters",
                es: "los mensajes de resultados se cortan en \(figure) caracteres")
        case "request_bytes":
            Text(
                "request of \(method): at most \(figure) bytes", es: "petición de \(method): a lo más \(figure) bytes")
        default: Text("\(name) \(method): \(figure)", es: "\(name) \(method): \(figure)")
        }
    }
}
