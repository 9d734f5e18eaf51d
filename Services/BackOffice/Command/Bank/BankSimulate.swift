import BankSimulation

extension Command {
    private static let bankFiles = CommandOption<String>.text(
        "files", "DIR", Text("Directory of pain.001 files", es: "Directorio de archivos pain.001"), required: true)
    private static let bankOut = CommandOption<String>.text(
        "out", "DIR", Text("Directory for the answers", es: "Directorio para las respuestas"), required: true)
    private static let bankSeed = CommandOption<Int64>.integer(
        "seed", "S", Text("Decides which payment meets which fate; 1", es: "Decide qué pasa con cada pago; 1"))
    private static let rejectedShare = share("rejected", Text("Share rejected; 2%", es: "Parte rechazada; 2%"))
    private static let lateShare = share("late", Text("Share answered later; 1%", es: "Parte respondida después; 1%"))
    private static let returnedShare = share(
        "returned", Text("Share paid, then returned; 0.5%", es: "Parte pagada y luego devuelta; 0.5%"))
    private static let silentShare = share("silent", Text("Share never answered; 0", es: "Parte nunca respondida; 0"))
    private static let oddThings = CommandOption<Bool>.flag(
        "odd",
        Text(
            "Also parts that come back, charges, second bookings; with --late 0, batches in one sum",
            es: "También devoluciones parciales, gastos, asientos dobles; con --late 0, lotes en una suma"))
    private static let closedAccounts = CommandOption<String>.text(
        "closed", "FILE", Text("Accounts that are closed", es: "Cuentas que están cerradas"))

    private static func share(_ name: String, _ help: Text) -> CommandOption<Share> {
        CommandOption<Share>(name: name, placeholder: "SHARE", help: help, isRequired: false) {
            text throws(UnfitValue) in
            guard let share = Share(text) else {
                throw UnfitValue(expected: Text("a share such as 2% or 0.02", es: "una parte como 2% o 0.02"))
            }
            return share
        }
    }

    static let bankSimulate = Command(
        "simulate",
        Text(
            "Answers bank files as a bank would; the services know nothing of it",
            es: "Responde a los archivos como lo haría un banco; los servicios no saben nada de ello"),
        example: "puente bank simulate --files .puente/bank --out answers --seed 1",
        options: [
            bankFiles, bankOut, bankSeed, rejectedShare, lateShare, returnedShare, silentShare, oddThings,
            closedAccounts,
        ]
    ) { invocation in
        var options = BankSimulation.Options(
            files: try invocation.required(bankFiles), out: try invocation.required(bankOut),
            seed: UInt64(invocation[bankSeed] ?? 1), odd: invocation[oddThings] ?? false,
            closed: invocation[closedAccounts])
        if let share = invocation[rejectedShare] { options.rejected = share }
        if let share = invocation[lateShare] { options.late = share }
        if let share = invocation[returnedShare] { options.returned = share }
        if let share = invocation[silentShare] { options.silent = share }
        let summary: BankSimulation.Summary
        do {
            summary = try BankSimulation.run(options)
        } catch let error as BankSimulationError {
            throw Failure(Text(error.description, es: error.description), at: options.files)
        }
        let rejected = summary.rejected.values.reduce(0, +)
        let terminal = invocation.terminal
        if invocation.wantsJSON {
            terminal.print(
                "{\"transactions\":\"\(summary.transactions)\",\"paid\":\"\(summary.paid)\","
                    + "\"rejected\":\"\(rejected)\",\"late\":\"\(summary.late)\",\"returned\":\"\(summary.returned)\","
                    + "\"silent\":\"\(summary.silent)\",\"odd\":\"\(summary.odd)\"}")
            return
        }
        let counts = [summary.transactions, summary.paid, rejected, summary.late, summary.returned, summary.silent]
            .map(Figures.count)
        terminal.print(
            Text(
                "\(counts[0]) transactions: \(counts[1]) paid, \(counts[2]) rejected, \(counts[3]) paid late, "
                    + "\(counts[4]) returned, \(counts[5]) unanswered",
                es: "\(counts[0]) transacciones: \(counts[1]) pagadas, \(counts[2]) rechazadas, "
                    + "\(counts[3]) pagadas tarde, \(counts[4]) devueltas, \(counts[5]) sin respuesta"))
        (summary.answers + summary.lateAnswers + summary.returns + summary.oddAnswers).forEach { terminal.print($0) }
        if summary.odd > 0 {
            let odd = Figures.count(summary.odd)
            terminal.print(
                Text(
                    "\(odd) odd things: after importing the others, import the files …_odd and see puente bank odd",
                    es:
                        "\(odd) cosas extrañas: después de importar los demás, importe los archivos …_odd y vea puente bank odd"
                ))
        }
    }
}
