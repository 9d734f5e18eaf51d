import Contracts
import Postgres

/// The figures that must agree when a cycle is done, side by side.
struct ControlTotals {
    let status: TransfersV1.RunStatus
    let reconciliation: TransfersV1.Reconciliation
    let programmes: [ProgrammeStages]

    /// Two figures that must be equal.
    struct Check {
        let name: Text
        let left: Int64
        let right: Int64
        let isMoney: Bool
        var agrees: Bool { left == right }
    }

    var checks: [Check] {
        let transactions = status.files.reduce(Int64(0)) { $0 + Int64($1.transactions) }
        let written = status.files.reduce(Int64(0)) { $0 + $1.totalMinor }
        let answered =
            reconciliation.paidMinor + reconciliation.rejectedMinor + reconciliation.returnedMinor
            + reconciliation.openMinor
        return [
            Check(
                name: Text(
                    "households to be paid = transactions in the files",
                    es: "hogares por pagar = transacciones en los archivos"),
                left: status.payableHouseholds, right: transactions, isMoney: false),
            Check(
                name: Text("entitlements = amount in the files", es: "derechos = importe en los archivos"),
                left: status.totalMinor, right: written, isMoney: true),
            Check(
                name: Text(
                    "ordered = paid + rejected + returned + open",
                    es: "ordenado = pagado + rechazado + devuelto + abierto"),
                left: reconciliation.orderedMinor, right: answered, isMoney: true),
            Check(
                name: Text(
                    "paid by the bank = paid in the ledger", es: "pagado por el banco = pagado en el presupuesto"),
                left: reconciliation.paidMinor, right: reconciliation.ledgerPaidMinor, isMoney: true),
        ]
    }

    func lines(in language: Language) -> [String] {
        let currency = status.currency
        var table = Table(
            [Text("control", es: "control")(language), "", "", ""], numeric: [1, 2])
        for check in checks {
            let figure = { (value: Int64) in check.isMoney ? Figures.money(value, currency) : Figures.count(value) }
            let verdict = check.agrees ? Text("agrees", es: "coincide") : Text("DIFFERS", es: "DIFIERE")
            table.add([check.name(language), figure(check.left), figure(check.right), verdict(language)])
        }
        var stages = Table(
            [Text("budget of", es: "presupuesto de")(language)] + BudgetStageNames.all, numeric: Set(1...7))
        for programme in programmes {
            stages.add([programme.code] + programme.amounts.map { Figures.money($0, "") })
        }
        return table.lines() + [""] + stages.lines()
    }
}

/// A programme's budget lines, summed.
struct ProgrammeStages: Sendable {
    let code: String
    let amounts: [Int64]
}

struct StagesByProgramme: Statement {
    static let sql = """
        SELECT programme, sum(appropriated)::bigint, sum(available)::bigint, sum(reserved)::bigint,
            sum(committed)::bigint, sum(accrued)::bigint, sum(ordered)::bigint, sum(paid)::bigint
        FROM coordination.budget_line_v1 GROUP BY programme ORDER BY programme
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> ProgrammeStages {
        var amounts: [Int64] = []
        for column in 1...7 { amounts.append(try row.int64(column)) }
        return ProgrammeStages(code: try row.string(0), amounts: amounts)
    }
}

extension Command {
    private static let anyCycle = CommandOption<String>.text(
        "cycle", "CODE", Text("The cycle, for instance 2024-4", es: "El ciclo, por ejemplo 2024-4"))

    static let paymentsTotals = Command(
        "totals",
        Text(
            "Shows the control totals of a run side by side; refuses when any two differ",
            es: "Muestra los totales de control de una corrida lado a lado; falla si dos difieren"),
        example: "puente payments totals --cycle 2024-4 --as ana",
        arguments: [
            Argument(
                "RUN",
                Text("The run; without it, the latest of --cycle", es: "La corrida; si no, la última de --cycle"),
                .optional)
        ], options: [anyCycle, CycleOptions.programme]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let request = try invocation.namedRun()
            let status = try await desk.call(TransfersV1.Payments.status, request)
            let reconciliation = try await desk.reconcile(.init(runId: status.runId))
            let totals = ControlTotals(
                status: status, reconciliation: reconciliation,
                programmes: try await desk.pool.query(StagesByProgramme()))
            desk.show(reconciliation) { totals.lines(in: desk.language) }
            try await desk.noticeOverlap(programme: status.programme, cycle: status.cycle)
            if let wrong = totals.checks.first(where: { !$0.agrees }) {
                throw Failure(
                    Text("does not hold: \(wrong.name.english)", es: "no se cumple: \(wrong.name.spanish)"),
                    at: status.runId)
            }
        }
    }
}
