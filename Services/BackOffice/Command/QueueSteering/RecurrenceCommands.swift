import Contracts
import Foundation
import Queue

/// Calls that the queue makes again and again.
extension Command {
    private static let recurrenceName = Argument(
        "NAME", Text("The recurrence's name", es: "El nombre de la recurrencia"))

    static let recurrences = Command(
        "recur",
        Text("Calls made again and again, on the database's clock", es: "Llamadas repetidas, con el reloj de la base"),
        example: "puente queue recur list --as ana",
        [
            Command(
                "list", Text("Lists the recurring calls", es: "Lista las llamadas repetidas"),
                example: "puente queue recur list --as ana"
            ) { invocation in
                try await QueueDesk.open(invocation) { operations, desk in
                    desk.showRecurrences(try await operations.recurrences())
                }
            },
            Command(
                "set",
                Text(
                    "Makes a call at every time that a cron expression names (UTC)",
                    es: "Hace una llamada cada vez que dice una expresión cron (UTC)"),
                example:
                    "puente queue recur set nightly '0 3 * * *' puente.coordination.v1.Budget/Expire '{}' --as ana",
                arguments: [
                    recurrenceName,
                    Argument(
                        "CRON",
                        Text(
                            "minute hour day month weekday: '*/15 8-18 * * 1-5'",
                            es: "minuto hora día mes día-de-semana: '*/15 8-18 * * 1-5'")),
                    Argument("METHOD", Text("Full name of the method", es: "Nombre completo del método")),
                    Argument("JSON", Text("The request; {} if missing", es: "La petición; {} si falta"), .optional),
                ]
            ) { invocation in
                let words = invocation.arguments
                let method = try QueueDesk.method(words[2])
                let request = try method.canonicalRequest(Array((words.count > 3 ? words[3] : "{}").utf8))
                try await QueueDesk.open(invocation) { operations, desk in
                    let first = try await operations.recurJSON(words[0], words[1], method.name, request)
                    desk.answer(
                        [("name", .string(words[0])), ("firstAt", .string(QueueDesk.moment(first)))],
                        Text(
                            "\(words[0]): first at \(QueueDesk.moment(first))",
                            es: "\(words[0]): primero a las \(QueueDesk.moment(first))"))
                }
            },
            Command(
                "remove", Text("Ends a recurring call", es: "Termina una llamada repetida"),
                example: "puente queue recur remove nightly --as ana", arguments: [recurrenceName],
                options: [SteeringOptions.isInternal, SteeringOptions.reason]
            ) { invocation in
                let name = invocation.arguments[0]
                let intent = try SteeringOptions.intent(of: invocation)
                try await QueueDesk.open(invocation) { operations, desk in
                    guard try await operations.endRecurrence(name, intent) else {
                        throw Failure(
                            Text("there is no such recurrence of yours", es: "no hay tal recurrencia suya"), at: name,
                            remedy: Text(
                                "'puente queue recur list' shows them", es: "'puente queue recur list' las muestra"))
                    }
                    desk.answer(
                        [("name", .string(name)), ("removed", .bool(true))],
                        Text("\(name): removed", es: "\(name): quitada"))
                }
            },
        ])
}

extension Desk {
    fileprivate func showRecurrences(_ recurrences: [Recurrence]) {
        if invocation.wantsJSON {
            answer(
                recurrences.map { entry in
                    .object([
                        ("name", .string(entry.name)), ("cron", .string(entry.cron)),
                        ("method", .string(entry.method)), ("caller", .string(entry.caller)),
                        ("nextAt", .string(QueueDesk.moment(entry.nextAt))),
                        ("trouble", entry.trouble.map(JSONValue.string) ?? .null),
                    ])
                })
            return
        }
        for entry in recurrences {
            let next = QueueDesk.moment(entry.nextAt)
            printLong(
                Text(
                    "\(entry.name)  '\(entry.cron)' UTC, next \(next)",
                    es: "\(entry.name)  '\(entry.cron)' UTC, próxima \(next)")(invocation.language))
            printLong(
                Text("    \(entry.method) by \(entry.caller)", es: "    \(entry.method) de \(entry.caller)")(
                    invocation.language))
            if let trouble = entry.trouble { printLong("    \(said(trouble))") }
        }
    }
}
