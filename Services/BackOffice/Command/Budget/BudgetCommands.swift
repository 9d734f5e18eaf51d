import Contracts
import Postgres

extension Command {
    static let budget = Command(
        "budget", Text("The shared budget ledger", es: "El presupuesto compartido"),
        example: "puente budget status --as ana",
        [appropriateCommand, statusCommand, documentsCommand] + postingCommands + readingCommands + evidenceCommands
            + yearCommands
            + [proofCommand] + schemeCommands)

    /// The statements of these commands, for checking them against the schema.
    static let budgetStatements: [any Statement.Type] = [
        BudgetLineList.self, BudgetHistory.self, BudgetSchemeList.self, BudgetLimitList.self, BudgetYearList.self,
        StatusNow.self, CurrenciesOfLines.self, KnownAppropriations.self, BudgetDays.self, SamePosting.self,
        DocumentList.self, StatusAsOf.self, StatusTerritories.self, NamesOfLines.self, DatabaseNow.self,
    ]
}

extension Table {
    /// The rows as an array of JSON objects, named by the header.
    func json() -> String {
        let objects = cells.map { row in
            JSONValue.object(zip(names, row).map { (name: $0, value: .string($1)) })
        }
        return String(decoding: JSONValue.array(objects).json(), as: UTF8.self)
    }

    /// Shows the table, as JSON where that was asked for.
    func show(_ desk: Desk) {
        if desk.invocation.wantsJSON {
            desk.terminal.print(json())
        } else {
            lines().forEach { desk.terminal.print($0) }
        }
    }
}
