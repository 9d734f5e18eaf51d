import Contracts
import Foundation
import Queue

extension Command {
    private static let queueState = CommandOption<String>.choice(
        "in", ["ready", "scheduled", "blocked", "running", "dead", "finished"],
        Text("Only calls in this state", es: "Solo llamadas en este estado"))
    private static let queueMethod = CommandOption<String>.text(
        "method", "NAME", Text("Only calls of this method", es: "Solo llamadas de este método"))
    private static let queueLimit = CommandOption<Int64>.integer(
        "limit", "N", Text("At most so many; 50", es: "A lo más tantas; 50"), in: 1...10_000)
    private static let wholePayloads = CommandOption<Bool>.flag(
        "whole", Text("Long requests and replies too, uncut", es: "También peticiones y respuestas largas, sin cortar"))
    private static let callID = Argument("CALL", Text("The call's number", es: "El número de la llamada"))
    private static let target = Argument(
        "NAME", Text("A method, or a service such as transfers", es: "Un método, o un servicio como transfers"))

    static let queue = Command(
        "queue", Text("The job queue, for operators", es: "La cola de trabajos, para operadores"),
        example: "puente queue stats --as ana",
        [
            Command(
                "stats", Text("Shows how deep each method's queue is", es: "Muestra cuánto espera en cada método"),
                example: "puente queue stats --as ana"
            ) { invocation in
                try await QueueDesk.open(invocation) { operations, desk in
                    desk.showStatistics(try await operations.statistics())
                }
            },
            Command(
                "list", Text("Lists calls, newest first", es: "Lista llamadas, primero las más nuevas"),
                example: "puente queue list --in running --as ana",
                options: [queueState, queueMethod, queueLimit]
            ) { invocation in
                try await QueueDesk.open(invocation) { operations, desk in
                    desk.showCalls(
                        try await operations.list(
                            state: invocation[queueState], method: invocation[queueMethod],
                            limit: Int(invocation[queueLimit] ?? 50)))
                }
            },
            Command(
                "dead", Text("Lists the calls that failed for good", es: "Lista las llamadas que fallaron del todo"),
                example: "puente queue dead --as ana", options: [queueMethod, queueLimit]
            ) { invocation in
                try await QueueDesk.open(invocation) { operations, desk in
                    desk.showCalls(
                        try await operations.list(
                            state: "dead", method: invocation[queueMethod], limit: Int(invocation[queueLimit] ?? 50)))
                }
            },
            Command(
                "show", Text("Shows everything about a call", es: "Muestra todo sobre una llamada"),
                example: "puente queue show 1234 --as ana", arguments: [callID], options: [wholePayloads]
            ) { invocation in
                let id = try QueueDesk.callNumber(invocation.arguments[0])
                try await QueueDesk.open(invocation) { operations, desk in
                    let shown = try await operations.show(id, whole: invocation[wholePayloads])
                    desk.terminal.print(String(decoding: shown, as: UTF8.self))
                }
            },
            Command(
                "trace",
                Text(
                    "Shows the tree of calls that a call belongs to", es: "Muestra el árbol de llamadas de una llamada"),
                example: "puente queue trace 1234 --as ana", arguments: [callID]
            ) { invocation in
                let id = try QueueDesk.callNumber(invocation.arguments[0])
                try await QueueDesk.open(invocation) { operations, desk in
                    desk.showTrace(try await operations.trace(id))
                }
            },
            retryDead,
            discardDead,
            Command(
                "cancel",
                Text(
                    "Cancels a call and the calls made on its behalf", es: "Cancela una llamada y las hechas por ella"),
                example: "puente queue cancel 1234 --as ana", arguments: [callID],
                options: [SteeringOptions.isInternal, SteeringOptions.reason]
            ) { invocation in
                let id = try QueueDesk.callNumber(invocation.arguments[0])
                let intent = try SteeringOptions.intent(of: invocation)
                try await QueueDesk.open(invocation) { operations, desk in
                    try desk.confirm(
                        try await operations.cancel(id, intent), id, Text("cancelled", es: "cancelada"),
                        otherwise: Text("had finished already", es: "ya había terminado"))
                }
            },
            Command(
                "pause",
                Text("Stops the claiming of a method or service", es: "Detiene la toma de un método o servicio"),
                example: "puente queue pause transfers --reason 'new bank format' --as ana", arguments: [target],
                options: [SteeringOptions.reason]
            ) { invocation in
                try await QueueDesk.open(invocation) { operations, desk in
                    desk.confirm(
                        methods: try await operations.pause(
                            invocation.arguments[0], reason: invocation[SteeringOptions.reason]))
                }
            },
            Command(
                "resume", Text("Undoes a pause", es: "Deshace una pausa"),
                example: "puente queue resume transfers --as ana",
                arguments: [target], options: [SteeringOptions.reason]
            ) { invocation in
                try await QueueDesk.open(invocation) { operations, desk in
                    desk.confirm(
                        methods: try await operations.resume(
                            invocation.arguments[0], reason: invocation[SteeringOptions.reason]))
                }
            },
            Command(
                "keep",
                Text("Says how many days finished calls are kept", es: "Dice cuántos días se guardan las terminadas"),
                example: "puente queue keep 30 --as ana",
                arguments: [Argument("DAYS", Text("1 to 3650", es: "De 1 a 3650"))], options: [SteeringOptions.reason]
            ) { invocation in
                guard let days = Int(invocation.arguments[0]), (1...3650).contains(days) else {
                    throw Failure(
                        Text("is no number of days from 1 to 3650", es: "no es un número de días de 1 a 3650"),
                        at: invocation.arguments[0])
                }
                try await QueueDesk.open(invocation) { operations, desk in
                    try await operations.keep(days: days, reason: invocation[SteeringOptions.reason])
                    desk.answer(
                        [("days", .number(String(days)))],
                        Text("kept for \(days) days", es: "se guardan \(days) días"))
                }
            },
            queueLog,
            queueLimits,
            recurrences,
            queueHealth,
        ])
}
