import Contracts
import Foundation
import Queue

/// What an operator does with calls that failed for good: one by its number, or all that a filter names.
extension Command {
    private static let deadAll = CommandOption<Bool>.flag(
        "all",
        Text("All dead calls that the other options name", es: "Todas las muertas que nombran las otras opciones"))
    private static let deadMethod = CommandOption<String>.text(
        "method", "NAME", Text("With --all: of this method", es: "Con --all: de este método"))
    private static let deadStatus = CommandOption<String>.choice(
        "status", StatusCode.allCases.filter { $0 != .ok }.map(\.name),
        Text("With --all: that ended so", es: "Con --all: que terminaron así"))
    private static let deadLimit = CommandOption<Int64>.integer(
        "limit", "N",
        Text("With --all: at most so many, the oldest first", es: "Con --all: a lo más tantas, primero las viejas"),
        in: 1...1_000_000_000)
    private static let deadNumber = Argument(
        "CALL", Text("The call's number", es: "El número de la llamada"), .optional)

    static let retryDead = Command(
        "retry",
        Text(
            "Offers dead calls again: your own, and with --internal those of services",
            es: "Ofrece otra vez llamadas muertas: las suyas, y con --internal las de los servicios"),
        example: "puente queue retry --all --method puente.transfers.v1.Bank/Import --status UNAVAILABLE --as ana",
        arguments: [deadNumber],
        options: [deadAll, deadMethod, deadStatus, deadLimit, SteeringOptions.isInternal, SteeringOptions.reason]
    ) { invocation in
        try await steer(
            invocation, one: Text("offered again", es: "ofrecida otra vez"),
            every: Text("offered again", es: "ofrecidas otra vez"), { try await $0.retry($1, $2) },
            { try await $0.retryAll($1, $2) })
    }

    static let discardDead = Command(
        "discard",
        Text(
            "Takes dead calls off the list; their outcomes stay",
            es: "Quita llamadas muertas de la lista; sus resultados quedan"),
        example: "puente queue discard 1234 --as ana", arguments: [deadNumber],
        options: [deadAll, deadMethod, deadStatus, deadLimit, SteeringOptions.isInternal, SteeringOptions.reason]
    ) { invocation in
        try await steer(
            invocation, one: Text("discarded", es: "descartada"), every: Text("discarded", es: "descartadas"),
            { try await $0.discard($1, $2) }, { try await $0.discardAll($1, $2) })
    }

    /// Does to the calls that the line names what one of two operations does, and says so.
    private static func steer(
        _ invocation: Invocation, one: Text, every: Text,
        _ steerOne: (QueueOperations, Int64, Intent) async throws -> Bool,
        _ steerEvery: (QueueOperations, DeadFilter, Intent) async throws -> SteeredCalls
    ) async throws {
        let calls = try deadCalls(invocation)
        let intent = try SteeringOptions.intent(of: invocation)
        try await QueueDesk.open(invocation) { operations, desk in
            switch calls {
            case .one(let id):
                try desk.confirm(
                    try await steerOne(operations, id, intent), id, one,
                    otherwise: Text("is not dead", es: "no está muerta"))
            case .every(let filter):
                let steered = try await steerEvery(operations, filter, intent)
                desk.confirm(steered, steered.changed == 1 ? one : every)
            }
        }
    }

    private enum DeadCalls {
        case one(Int64)
        case every(DeadFilter)
    }

    /// Either a number or `--all` must be given, so that no slip of the hand touches every call.
    private static func deadCalls(_ invocation: Invocation) throws -> DeadCalls {
        let filtered = invocation[deadMethod] != nil || invocation[deadStatus] != nil || invocation[deadLimit] != nil
        switch (invocation.arguments.first, invocation[deadAll]) {
        case (let number?, false) where !filtered: return .one(try QueueDesk.callNumber(number))
        case (nil, true):
            return .every(
                DeadFilter(
                    method: invocation[deadMethod],
                    status: invocation[deadStatus].flatMap { name in StatusCode.allCases.first { $0.name == name } },
                    limit: invocation[deadLimit] ?? .max))
        case (nil, false):
            throw Failure(
                Text("say which dead calls", es: "diga qué llamadas muertas"),
                remedy: Text(
                    "give a call's number, or --all with --method and --status; 'puente queue dead' lists them",
                    es: "dé el número de una llamada, o --all con --method y --status; 'puente queue dead' las muestra")
            )
        case (let number?, _):
            throw Failure(
                Text(
                    "a call's number goes with no --all, --method, --status or --limit",
                    es: "el número de una llamada no va con --all, --method, --status ni --limit"), at: number)
        }
    }
}
