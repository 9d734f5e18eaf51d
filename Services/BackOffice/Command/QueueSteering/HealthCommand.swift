import Contracts
import Queue

/// Whether anybody serves what is called.
extension Command {
    private static let healthWatch = CommandOption<Bool>.flag(
        "watch", Text("Goes on, with a line for every change", es: "Sigue, con una línea por cada cambio"))

    static let queueHealth = Command(
        "health",
        Text(
            "Shows whether services and methods are served: serving, not_serving or unknown",
            es: "Muestra si se atienden servicios y métodos: serving, not_serving o unknown"),
        example: "puente queue health transfers --watch --as ana",
        arguments: [
            Argument(
                "NAME",
                Text(
                    "A method, or a service such as transfers; all if missing",
                    es: "Un método o servicio; todos si falta"),
                .optional)
        ], options: [healthWatch]
    ) { invocation in
        let name = invocation.arguments.first
        try await QueueDesk.open(invocation) { operations, desk in
            if invocation[healthWatch] {
                for try await changes in operations.watchHealth(of: name) { desk.showHealth(changes) }
                return
            }
            let health = try await operations.healths(of: name)
            desk.showHealth(health)
            // A script may ask with the exit status alone.
            if let name, health.contains(where: { $0.name == name && $0.health != .serving }) {
                throw Failure(Text("is not served", es: "no se atiende"), at: name)
            }
        }
    }
}

extension Desk {
    fileprivate func showHealth(_ entries: [NamedHealth]) {
        for entry in entries {
            answer(
                [("name", .string(entry.name)), ("health", .string(entry.health.rawValue))],
                Text("\(entry.name): \(entry.health.rawValue)", es: "\(entry.name): \(entry.health.rawValue)"))
        }
    }
}
