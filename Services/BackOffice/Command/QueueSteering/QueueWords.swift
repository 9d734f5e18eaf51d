import Contracts
import Queue

/// Words for what the queue says in codes.
enum QueueWords {
    /// Whether a method is served.
    static func served(_ method: MethodStatistics) -> Text {
        if method.isPaused { return Text("paused", es: "pausa") }
        return method.isServed ? Text("yes", es: "sí") : Text("no", es: "no")
    }

    /// Where a call is, by the queue's word for it. The words that `--in` takes stay as they are typed.
    static func state(_ state: String, attempt: Int, status: StatusCode?) -> Text {
        let tries = attempt > 1 ? Text(", attempt \(attempt)", es: ", intento \(attempt)") : Text("", es: "")
        let name = state == "finished" || state == "dead" ? status.map { ": \($0.name)" } ?? "" : ""
        let words =
            switch state {
            case "ready": Text("ready", es: "lista (ready)")
            case "scheduled": Text("scheduled", es: "programada (scheduled)")
            case "blocked": Text("blocked", es: "frenada (blocked)")
            case "running": Text("running", es: "corriendo (running)")
            case "dead": Text("dead", es: "muerta (dead)")
            case "finished": Text("finished", es: "terminada (finished)")
            default: Text(state, es: state)
            }
        return Text(words.english + tries.english + name, es: words.spanish + tries.spanish + name)
    }

    /// What somebody did to the queue.
    static func act(_ act: String) -> Text {
        switch act {
        case "retry": Text("offered again", es: "ofreció otra vez")
        case "discard": Text("discarded", es: "descartó")
        case "cancel": Text("cancelled", es: "canceló")
        case "pause": Text("paused", es: "puso en pausa")
        case "resume": Text("resumed", es: "quitó la pausa")
        case "keep": Text("changed how long calls are kept", es: "cambió cuánto se guardan")
        case "recur": Text("set a recurrence", es: "puso una recurrencia")
        case "end recurrence": Text("ended a recurrence", es: "terminó una recurrencia")
        default: Text(act, es: act)
        }
    }

    /// When a call was made after the first of its tree, how long it waited and ran, and how it ended.
    static func course(of call: TracedCall, since root: Int64) -> Text {
        var parts = [Text("+\((call.madeAt - root) / 1000) ms", es: "+\((call.madeAt - root) / 1000) ms")]
        if let started = call.startedAt {
            let waited = (started - call.madeAt) / 1000
            parts.append(Text("waited \(waited) ms", es: "esperó \(waited) ms"))
        }
        if let started = call.startedAt, let finished = call.finishedAt {
            let ran = (finished - started) / 1000
            parts.append(Text("ran \(ran) ms", es: "corrió \(ran) ms"))
        }
        if let attempt = call.attempt, attempt > 1 {
            parts.append(Text("attempt \(attempt)", es: "intento \(attempt)"))
        }
        let end = call.status.map { Text($0.name, es: $0.name) } ?? Text("unfinished", es: "sin terminar")
        return Text.joined([Text.joined(parts, by: ", "), end], by: ": ")
    }

    /// A time that something took, in the unit that reads best.
    static func duration(_ milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<10_000: "\(milliseconds) ms"
        case ..<600_000: "\(milliseconds / 1000) s"
        case ..<172_800_000: "\(milliseconds / 60_000) min"
        default: "\(milliseconds / 86_400_000) d"
        }
    }
}
