import Contracts
import Foundation
import Queue

extension Command {
    private static let queueState = CommandOption<String>.choice(
        "state-of-call", ["ready", "scheduled", "blocked", "running", "dead", "finished"],
        Text("Only calls in this state", es: "Solo llamadas en este estado"))
    private static let queueMethod = CommandOption<String>.text(
        "method", "NAME", Text("Only calls of this method", es: "Solo llamadas de este método"))
    private static let queueLimit = CommandOption<Int64>.integer(
        "limit", "N", Text("At most so many; 50", es: "A lo más tantas; 50"), in: 1...10_000)
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
                try await steer(invocation) { operations, desk in
                    desk.showStatistics(try await operations.statistics())
                }
            },
            Command(
                "list", Text("Lists calls, newest first", es: "Lista llamadas, primero las más nuevas"),
                example: "puente queue list --state-of-call running --as ana",
                options: [queueState, queueMethod, queueLimit]
            ) { invocation in
                try await steer(invocation) { operations, desk in
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
                try await steer(invocation) { operations, desk in
                    desk.showCalls(
                        try await operations.list(
                            state: "dead", method: invocation[queueMethod], limit: Int(invocation[queueLimit] ?? 50)))
                }
            },
            Command(
                "show", Text("Shows everything about a call", es: "Muestra todo sobre una llamada"),
                example: "puente queue show 1234 --as ana", arguments: [callID]
            ) { invocation in
                let id = try callNumber(invocation)
                try await steer(invocation) { operations, desk in
                    desk.terminal.print(String(decoding: try await operations.show(id), as: UTF8.self))
                }
            },
            Command(
                "trace",
                Text(
                    "Shows the tree of calls that a call belongs to", es: "Muestra el árbol de llamadas de una llamada"),
                example: "puente queue trace 1234 --as ana", arguments: [callID]
            ) { invocation in
                let id = try callNumber(invocation)
                try await steer(invocation) { operations, desk in desk.showTrace(try await operations.trace(id)) }
            },
            Command(
                "retry", Text("Offers a dead call again", es: "Ofrece otra vez una llamada muerta"),
                example: "puente queue retry 1234 --as ana", arguments: [callID]
            ) { invocation in
                let id = try callNumber(invocation)
                try await steer(invocation) { operations, desk in
                    try desk.confirm(
                        try await operations.retry(id), id, Text("offered again", es: "ofrecida otra vez"),
                        otherwise: Text("is not dead", es: "no está muerta"))
                }
            },
            Command(
                "discard", Text("Takes a dead call off the list", es: "Quita una llamada muerta de la lista"),
                example: "puente queue discard 1234 --as ana", arguments: [callID]
            ) { invocation in
                let id = try callNumber(invocation)
                try await steer(invocation) { operations, desk in
                    try desk.confirm(
                        try await operations.discard(id), id, Text("discarded", es: "descartada"),
                        otherwise: Text("is not dead", es: "no está muerta"))
                }
            },
            Command(
                "cancel",
                Text(
                    "Cancels a call and the calls made on its behalf", es: "Cancela una llamada y las hechas por ella"),
                example: "puente queue cancel 1234 --as ana", arguments: [callID]
            ) { invocation in
                let id = try callNumber(invocation)
                try await steer(invocation) { operations, desk in
                    try desk.confirm(
                        try await operations.cancel(id), id, Text("cancelled", es: "cancelada"),
                        otherwise: Text("had finished already", es: "ya había terminado"))
                }
            },
            Command(
                "pause",
                Text("Stops the claiming of a method or service", es: "Detiene la toma de un método o servicio"),
                example: "puente queue pause transfers --as ana", arguments: [target]
            ) { invocation in
                try await steer(invocation) { operations, desk in
                    try desk.confirm(methods: try await operations.pause(invocation.arguments[0]))
                }
            },
            Command(
                "resume", Text("Undoes a pause", es: "Deshace una pausa"),
                example: "puente queue resume transfers --as ana",
                arguments: [target]
            ) { invocation in
                try await steer(invocation) { operations, desk in
                    try desk.confirm(methods: try await operations.resume(invocation.arguments[0]))
                }
            },
        ])

    private static func steer(
        _ invocation: Invocation, _ body: (QueueOperations, Desk) async throws -> Void
    ) async throws {
        try await Desk.open(invocation) { desk in try await body(QueueOperations(desk.pool), desk) }
    }

    private static func callNumber(_ invocation: Invocation) throws -> Int64 {
        guard let number = Int64(invocation.arguments[0]), number > 0 else {
            throw Failure(
                Text("is no call's number", es: "no es número de una llamada"), at: invocation.arguments[0],
                remedy: Text("'puente queue list' shows the numbers", es: "'puente queue list' muestra los números"))
        }
        return number
    }
}
