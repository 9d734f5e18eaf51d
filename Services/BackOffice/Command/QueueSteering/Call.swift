import Contracts
import Foundation
import Queue

extension Command {
    static let call = Command(
        "call",
        Text(
            "Calls any method with a request in JSON, and prints the answer",
            es: "Llama a cualquier método con una petición en JSON, e imprime la respuesta"),
        example: "puente call puente.transfers.v1.Payments/Status '{\"programme\":\"cash\"}' --as ana",
        arguments: [
            Argument("METHOD", Text("Full name of the method", es: "Nombre completo del método")),
            Argument(
                "JSON",
                Text(
                    "The request; {} if missing, - reads it from standard input",
                    es: "La petición; {} si falta, - la lee de la entrada"), .optional),
        ]
    ) { invocation in
        let method = try QueueDesk.method(invocation.arguments[0])
        var request = invocation.arguments.count > 1 ? Array(invocation.arguments[1].utf8) : Array("{}".utf8)
        if request == Array("-".utf8) { request = try standardInput() }
        let checked = try method.canonicalRequest(request)
        try await Desk.open(invocation) { desk in
            switch method.kind {
            case .serverStreaming:
                for try await event in desk.client.streamJSON(method.name, checked) {
                    switch event {
                    case .message(let message): desk.terminal.print(String(decoding: message, as: UTF8.self))
                    case .restarted:
                        desk.terminal.notice(
                            Text(
                                "the service began anew: what was printed so far is void",
                                es: "el servicio empezó de nuevo: lo impreso hasta aquí no vale"))
                    }
                }
            case .unary, .oneWay:
                let reply = try await desk.client.callJSON(method.name, checked)
                desk.terminal.print(String(decoding: reply, as: UTF8.self))
            }
        }
    }

    /// What stands on standard input.
    private static func standardInput() throws -> [UInt8] {
        do {
            return Array(try FileHandle.standardInput.readToEnd() ?? Data())
        } catch {
            throw Failure(
                Text("standard input cannot be read", es: "no se puede leer la entrada"), at: "-",
                remedy: Text(
                    "give the request as an argument, or through a pipe",
                    es: "dé la petición como argumento, o por una tubería"))
        }
    }
}
