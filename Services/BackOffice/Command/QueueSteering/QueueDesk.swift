import Contracts
import Foundation
import Queue

/// What the commands of the queue share.
enum QueueDesk {
    /// Lends the operator's desk and the queue's operations.
    static func open(
        _ invocation: Invocation, _ body: (QueueOperations, Desk) async throws -> Void
    ) async throws {
        try await Desk.open(invocation) { desk in try await body(QueueOperations(desk.pool), desk) }
    }

    /// A call's number as it was typed.
    static func callNumber(_ text: String) throws -> Int64 {
        guard let number = Int64(text), number > 0 else {
            throw Failure(
                Text("is no call's number", es: "no es número de una llamada"), at: text,
                remedy: Text("'puente queue list' shows the numbers", es: "'puente queue list' muestra los números"))
        }
        return number
    }

    /// The method of the contracts that has this name.
    static func method(_ name: String) throws -> any AnyMethod {
        if let method = AllMethods.all.first(where: { $0.name == name }) { return method }
        let nearest = Suggestion.nearest(to: name, among: AllMethods.all.map(\.name))
        throw Failure(
            Text("there is no such method", es: "no hay tal método"), at: name,
            remedy: nearest.map { Text("did you mean \($0)?", es: "¿quiso decir \($0)?") })
    }

    /// A moment as ISO 8601 writes it, from microseconds since 1970.
    static func moment(_ microseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(microseconds) / 1_000_000).formatted(.iso8601)
    }
}

extension Desk {
    /// One object for programs, one line for people.
    func answer(_ members: [(name: String, value: JSONValue)], _ line: Text) {
        if invocation.wantsJSON {
            terminal.print(String(decoding: JSONValue.object(members).json(), as: UTF8.self))
        } else {
            terminal.print(line)
        }
    }

    /// A line that may be longer than a screen is wide.
    func printLong(_ line: String) { Paragraph.lines(line).forEach { terminal.print($0) } }

    /// A list for programs.
    func answer(_ elements: [JSONValue]) {
        terminal.print(String(decoding: JSONValue.array(elements).json(), as: UTF8.self))
    }

    /// Says that a call was changed, or refuses with the reason why not.
    func confirm(_ wasDone: Bool, _ call: Int64, _ done: Text, otherwise reason: Text) throws {
        guard wasDone else { throw Failure(reason, at: "call \(call)") }
        answer(
            [("call", .string(String(call))), ("done", .bool(true))],
            Text("\(call) \(done.english)", es: "\(call) \(done.spanish)"))
    }

    /// Says how many calls were changed, and how many were not.
    func confirm(_ calls: SteeredCalls, _ done: Text) {
        let count = calls.changed
        answer(
            [("calls", .number(String(count))), ("leftAlone", .number(String(calls.leftAlone)))],
            count == 1
                ? Text("1 call \(done.english)", es: "1 llamada \(done.spanish)")
                : Text(
                    "\(Figures.count(count)) calls \(done.english)",
                    es: "\(Figures.count(count)) llamadas \(done.spanish)")
        )
        guard calls.leftAlone > 0 else { return }
        let left = Figures.count(calls.leftAlone)
        terminal.notice(
            Text(
                "\(left) left alone: calls that services made need --internal and a --reason; a person's call is "
                    + "repeated by that person, and a decision is given again",
                es: "\(left) sin tocar: las llamadas de los servicios necesitan --internal y un --reason; la de una "
                    + "persona la repite esa persona, y una decisión se da de nuevo"))
    }

    /// Says how many methods a pause or its end touched.
    func confirm(methods count: Int) {
        answer(
            [("methods", .number(String(count)))],
            count == 1 ? Text("1 method", es: "1 método") : Text("\(count) methods", es: "\(count) métodos"))
    }
}
