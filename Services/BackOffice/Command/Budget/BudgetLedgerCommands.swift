import Contracts

/// Further commands of `puente budget`.
extension Command {
    static let budgetLedgerCommands: [Command] = postingCommands + readingCommands + evidenceCommands + yearCommands
}

extension Table {
    /// The rows as an array of JSON objects, named by the header.
    func json() -> String {
        let objects = cells.map { row in
            JSONValue.object(zip(names, row).map { (name: $0, value: .string($1)) })
        }
        return String(decoding: JSONValue.array(objects).json(), as: UTF8.self)
    }
}
