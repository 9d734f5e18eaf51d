import Contracts

extension Command {
    static let paymentsRecover = Command(
        "recover",
        Text(
            "Compares outbox, manifest, ledger and database after a restore, and says what leads on",
            es: "Compara bandeja, manifiesto, presupuesto y base tras una restauración, y dice cómo seguir"),
        example: "puente payments recover --as ana"
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let report = RecoverReport(
                comparison: try await desk.call(TransfersV1.Outbox.compare, .init()), language: desk.language)
            desk.show(report.comparison, report.lines)
            if let failure = report.failure { throw failure }
        }
    }
}

/// Tells the comparison of outbox and database to a person.
struct RecoverReport {
    let comparison: TransfersV1.OutboxComparison
    let language: Language

    func lines() -> [String] {
        var lines = [
            "\(Text("outbox", es: "bandeja")(language)) \(comparison.directory.asShownPath)",
            Text(
                "files that agree: \(Figures.count(comparison.agreeing))",
                es: "archivos que coinciden: \(Figures.count(comparison.agreeing))")(language),
            Self.ledger(comparison)(language),
        ]
        if comparison.unreadableLines > 0 {
            let count = Figures.count(comparison.unreadableLines)
            lines.append(
                Text("lines of MANIFEST not readable: \(count)", es: "líneas de MANIFEST ilegibles: \(count)")(language)
            )
        }
        for file in comparison.files {
            lines += [""] + about(file)
        }
        if comparison.files.isEmpty {
            lines.append(
                Text("the database has forgotten no file", es: "la base no olvidó ningún archivo")(language))
        }
        if comparison.paused {
            lines += [
                "",
                comparison.files.isEmpty
                    ? Text(
                        "payments are paused; next: 'puente payments continue'",
                        es: "los pagos están en pausa; sigue: 'puente payments continue'")(language)
                    : Text(
                        "payments are paused; settle the files above first",
                        es: "los pagos están en pausa; resuelva antes los archivos")(language),
            ]
        }
        return lines
    }

    private func about(_ file: TransfersV1.ComparedFile) -> [String] {
        let entry = file.entry ?? TransfersV1.OutboxEntry()
        var lines = [file.name]
        if !entry.cycle.isEmpty {
            let day = entry.payOn.isEmpty ? "" : ", \(Text("pays on", es: "paga el")(language)) \(entry.payOn)"
            lines.append("  \(entry.programme) \(entry.cycle)\(day)")
        }
        if entry.transactions > 0 {
            lines.append(
                "  \(Text("payments", es: "pagos")(language)) \(Figures.count(entry.transactions)), "
                    + Figures.money(entry.totalMinor, entry.currency))
        }
        if !entry.approvedBy.isEmpty {
            lines.append(
                "  "
                    + Text(
                        "requested by \(entry.requestedBy), approved by \(entry.approvedBy)",
                        es: "pedida por \(entry.requestedBy), aprobada por \(entry.approvedBy)")(language))
        }
        lines.append("  " + RecoverWords.meaning(of: file)(language))
        lines += RecoverWords.commands(for: file).flatMap { "  → \($0)".split(separator: "\n").map(String.init) }
        return lines
    }

    /// What the ledger's log says.
    private static func ledger(_ comparison: TransfersV1.OutboxComparison) -> Text {
        let (then, now) = (Figures.count(comparison.manifestLeaves), Figures.count(comparison.databaseLeaves))
        switch comparison.ledger {
        case "same":
            return Text("ledger: has all it had (\(then) entries)", es: "presupuesto: completo (\(then) asientos)")
        case "behind":
            return Text(
                "ledger: went back from \(then) entries to \(now)",
                es: "presupuesto: volvió de \(then) asientos a \(now)")
        case "differs":
            return Text(
                "ledger: has other entries than when files were written",
                es: "presupuesto: tiene otros asientos que al escribir")
        default: return Text("ledger: the manifest tells nothing", es: "presupuesto: el manifiesto no dice nada")
        }
    }

    /// The refusal that ends the command while something is to be done.
    var failure: Failure? {
        guard !comparison.files.isEmpty else { return nil }
        let count = Figures.count(Int64(comparison.files.count))
        return Failure(
            Text("\(count) files need a decision", es: "\(count) archivos necesitan una decisión"),
            at: comparison.directory.asShownPath)
    }
}

/// Words and commands for each state of a compared file.
enum RecoverWords {
    static func meaning(of file: TransfersV1.ComparedFile) -> Text {
        let households = Figures.count(file.households)
        return switch file.state {
        case "missing": Text("known, and not in the outbox", es: "conocido, y no está en la bandeja")
        case "altered": Text("its bytes were changed", es: "sus bytes fueron cambiados")
        case "unreadable": Text("cannot be read", es: "no puede leerse")
        case "recall_unfinished":
            Text("was moved to recalled/, not yet withdrawn", es: "se movió a recalled/, aún no retirado")
        case "same_again":
            Text(
                "forgotten; its run (\(file.runState)) writes the same file again",
                es: "olvidado; su corrida (\(file.runState)) escribe el mismo otra vez")
        case "other_run":
            Text(
                "forgotten; the run (\(file.runState)) would pay otherwise",
                es: "olvidado; la corrida (\(file.runState)) pagaría distinto")
        case "run_moves":
            Text(
                "forgotten; a run of its cycle is on its way: look again",
                es: "olvidado; una corrida avanza: mire otra vez")
        case "run_or_take_up":
            Text("forgotten; run again with the same day, or take up", es: "olvidado; corra con el mismo día, o recoja")
        case "take_up": Text("forgotten; take it up, by two persons", es: "olvidado; recójalo, por dos personas")
        case "cycle_missing": Text("forgotten, and so is its cycle", es: "olvidado, y también su ciclo")
        case "cycle_days_differ":
            Text("forgotten; the cycle has other days here", es: "olvidado; el ciclo tiene aquí otros días")
        case "previous_open":
            Text(
                "forgotten; import the bank's answers first (\(households) wait)",
                es: "olvidado; importe antes respuestas del banco (\(households))")
        case "earlier_file":
            Text("forgotten; an earlier file comes first", es: "olvidado; antes va un archivo anterior")
        case "already_ordered":
            Text(
                "\(households) of its payments are in another file too",
                es: "\(households) de sus pagos están también en otro archivo")
        case "household_unknown":
            Text(
                "forgotten; the registry lacks \(households) of its households",
                es: "olvidado; al padrón le faltan \(households) de sus hogares")
        case "lost":
            Text(
                "announced, forgotten and not there: ask the bank",
                es: "anunciado, olvidado y no está: pregunte al banco")
        case "foreign": Text("is none of ours, or cannot be read", es: "no es nuestro, o no puede leerse")
        case "proposed": Text("waits for a second person", es: "espera a una segunda persona")
        default: Text(file.state, es: file.state)
        }
    }

    /// The commands that lead on, each as it can be typed; a long one goes on in a second line.
    static func commands(for file: TransfersV1.ComparedFile) -> [String] {
        let entry = file.entry ?? TransfersV1.OutboxEntry()
        let programme = entry.programme.isEmpty ? "" : " \\\n      --programme \(entry.programme)"
        let run = "puente payments run --cycle \(entry.cycle) --pay-on \(entry.payOn)\(programme)"
        let takeUp = "puente payments take-up \(file.name) --reason …"
        return switch file.state {
        case "missing": ["puente payments files --write-again"]
        case "recall_unfinished":
            file.proposal == 0
                ? ["puente payments recall \(file.name) --reason …"] : ["puente payments confirm \(file.proposal)"]
        case "same_again":
            file.runState == "awaiting_approval"
                ? ["puente payments approve \(file.runId)"] : ["puente payments resume \(file.runId)"]
        case "other_run": ["puente payments withdraw \(file.runId) --reason …", takeUp]
        case "run_moves": ["puente payments status \(file.runId)"]
        case "run_or_take_up": [run, takeUp]
        case "take_up": [takeUp]
        case "cycle_missing":
            ["puente cycle open --cycle \(entry.cycle) --from \(entry.firstDay) --to \(entry.lastDay)\(programme)"]
        case "cycle_days_differ": ["puente cycle close --cycle \(entry.cycle)\(programme)"]
        case "previous_open": ["puente bank import FILE"]
        case "earlier_file": ["puente payments recover"]
        case "already_ordered": ["puente bank import FILE"]
        case "household_unknown": ["puente registry import FILE"]
        case "lost": ["puente payments never-sent \(file.name) --reason …"]
        case "proposed": ["puente payments confirm \(file.proposal)"]
        default: []
        }
    }
}
