import Contracts
import Postgres

/// The figures that must agree when a cycle is done, side by side.
struct ControlTotals {
    let status: TransfersV1.RunStatus
    /// The run's files as they were read from the disk now: what was not read does not count.
    let files: TransfersV1.FilesReply
    let reconciliation: TransfersV1.Reconciliation
    let programmes: [ProgrammeStages]
    var money = BoundMoney()

    /// Two figures that must be equal.
    struct Check {
        let name: Text
        let left: Int64
        let right: Int64
        let isMoney: Bool
        var agrees: Bool { left == right }
    }

    var checks: [Check] {
        let transactions = files.files.reduce(Int64(0)) { $0 + $1.readTransactions }
        let written = files.files.reduce(Int64(0)) { $0 + $1.readTotalMinor }
        let altered = files.files.filter { !["there", "recalled", "written_again"].contains($0.state) }.count
        let answered =
            reconciliation.paidMinor + reconciliation.rejectedMinor + reconciliation.returnedMinor
            + reconciliation.withdrawnMinor + reconciliation.openMinor
        return [
            Check(
                name: Text("to be paid = read in the files", es: "por pagar = leído en los archivos"),
                left: status.payableHouseholds, right: transactions, isMoney: false),
            Check(
                name: Text("entitlements = read in the files", es: "derechos = leído en los archivos"),
                left: status.totalMinor, right: written, isMoney: true),
            Check(
                name: Text("files missing or altered", es: "archivos que faltan o cambiaron"),
                left: 0, right: Int64(altered), isMoney: false),
            Check(
                name: Text("ordered = sum of all answers + open", es: "ordenado = suma de respuestas + abierto"),
                left: reconciliation.orderedMinor, right: answered, isMoney: true),
            Check(
                name: Text("paid: bank = ledger", es: "pagado: banco = presupuesto"),
                left: reconciliation.paidMinor, right: reconciliation.ledgerPaidMinor, isMoney: true),
            Check(
                name: Text("open = held in the ledger", es: "abierto = retenido en el presupuesto"),
                left: reconciliation.openMinor, right: reconciliation.ledgerHeldMinor, isMoney: true),
            money.check,
        ]
    }

    func lines(in language: Language) -> [String] {
        let currency = status.currency
        var table = Table([Text("control", es: "control")(language), currency, currency, ""], numeric: [1, 2])
        for check in checks {
            // The code stands in the head of the column.
            let figure = { (value: Int64) in
                check.isMoney
                    ? Figures.money(value, currency).replacing(" \(currency)", with: "") : Figures.count(value)
            }
            let verdict = check.agrees ? Text("agrees", es: "coincide") : Text("DIFFERS", es: "DIFIERE")
            table.add([check.name(language), figure(check.left), figure(check.right), verdict(language)])
        }
        return table.lines() + programmes.flatMap { stages($0, language) }
    }

    /// A programme's lines of one year and currency: years and currencies are never added together.
    private func stages(_ programme: ProgrammeStages, _ language: Language) -> [String] {
        var table = Table(
            [
                Text(
                    "budget of \(programme.code) \(programme.year)",
                    es: "presupuesto de \(programme.code) \(programme.year)")(
                        language), programme.currency,
            ], numeric: [1])
        for (name, amount) in zip(BudgetStageNames.all, programme.amounts) {
            table.add([name, Figures.money(amount, programme.currency)])
        }
        return [""] + table.lines()
    }
}

/// A programme's budget lines of one fiscal year and currency, summed.
struct ProgrammeStages: Sendable {
    let code: String
    let year: Int64
    let currency: String
    let amounts: [Int64]
}

/// What every programme's lines of a year came to, stage by stage.
struct StagesByProgramme: Statement {
    static let sql = """
        SELECT programme, fiscal_year::bigint, currency, sum(appropriated)::bigint, sum(available)::bigint, sum(reserved)::bigint,
            sum(committed)::bigint, sum(accrued)::bigint, sum(ordered)::bigint, sum(paid)::bigint
        FROM coordination.budget_line_v1 GROUP BY programme, fiscal_year, currency ORDER BY programme, fiscal_year, currency
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> ProgrammeStages {
        var amounts: [Int64] = []
        for column in 3...9 { amounts.append(try row.int64(column)) }
        return ProgrammeStages(
            code: try row.string(0), year: try row.int64(1), currency: try row.string(2), amounts: amounts)
    }
}

extension Command {
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
        ], options: [OpenOptions.optionalCycle, ProgrammeOptions.programme]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let request = try await desk.namedRun()
            let status = try await desk.call(TransfersV1.Payments.status, request)
            let reconciliation = try await desk.reconcile(.init(runId: status.runId))
            let totals = ControlTotals(
                status: status, files: try await desk.call(TransfersV1.Outbox.files, .init(runId: status.runId)),
                reconciliation: reconciliation,
                programmes: try await desk.pool.query(StagesByProgramme()),
                money: try await desk.pool.queryOne(
                    FindBoundMoney(programme: status.programme, currency: status.currency)) ?? BoundMoney())
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
