import Contracts

extension Command {
    private static let everything = CommandOption<Bool>.flag(
        "all", Text("Also what was settled", es: "También lo resuelto"))

    static let bankOdd = Command(
        "odd",
        Text(
            "Lists what is odd in what the bank said, with what is advised",
            es: "Lista lo extraño en lo que dijo el banco, con lo que se aconseja"),
        example: "puente bank odd --as ana", options: [everything]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let found = try await desk.call(TransfersV1.Bank.odd, .init(all: invocation[everything] ?? false))
            desk.show(found) { lines(of: found, in: desk.language) }
        }
    }

    private static func lines(of found: TransfersV1.BankOddities, in language: Language) -> [String] {
        var lines = found.oddities.flatMap { self.lines(of: $0, in: language) }
        if found.oddities.isEmpty {
            lines.append(Text("nothing is odd", es: "no hay nada extraño")(language))
        }
        let shown = found.oddities.filter { $0.state == "open" }.count
        if found.open > Int64(shown) {
            let rest = Figures.count(found.open - Int64(shown))
            lines.append(Text("and \(rest) more", es: "y \(rest) más")(language))
        }
        if found.open > 0 {
            lines.append(
                Text(
                    "settle: puente bank settle NUMBER --take|--pass --reason \"…\" --as NAME",
                    es: "resolver: puente bank settle NÚMERO --take|--pass --reason \"…\" --as NOMBRE")(language))
        }
        return lines
    }

    /// One odd thing: its number and what it is, whose, where it stands, and what is advised or was decided.
    static func lines(of odd: TransfersV1.BankOddity, in language: Language) -> [String] {
        let words = BankOddityWords(odd: odd)
        var lines = ["\(odd.number)  \(words.what(language))"]
        var places: [String] = []
        if odd.householdId != 0 {
            let household = Text("household \(odd.householdId)", es: "hogar \(odd.householdId)")
            places.append("\(odd.programme) \(odd.cycle), \(household(language))")
        } else if !odd.cycle.isEmpty {
            places.append("\(odd.programme) \(odd.cycle)")
        }
        let line = Text("line \(odd.line)", es: "línea \(odd.line)")
        places.append("\(odd.kind) \(odd.messageId), \(odd.fileName) \(line(language))")
        if !odd.bookedOn.isEmpty { places.append(odd.bookedOn) }
        lines.append("   " + places.joined(separator: "; "))
        if odd.state == "open" {
            lines.append("   → \(words.advice(language))")
            if odd.canBeTaken {
                lines.append(
                    "     "
                        + Text(
                            "taken by another than \(odd.importedBy), who imported it",
                            es: "lo toma otra persona que \(odd.importedBy), quien lo importó")(language))
            }
        } else {
            let decided =
                odd.decision == "take" ? Text("taken by", es: "tomado por") : Text("passed by", es: "dejado pasar por")
            lines.append("   = \(decided(language)) \(odd.settledBy): \(odd.settledReason)")
        }
        return lines
    }

    private static let take = CommandOption<Bool>.flag(
        "take", Text("Take it as advised", es: "Tomarlo como se aconseja"))
    private static let pass = CommandOption<Bool>.flag(
        "pass", Text("Leave everything as it is", es: "Dejar todo como está"))
    private static let alike = CommandOption<Bool>.flag(
        "alike", Text("Also the same in the same message", es: "También lo mismo en el mismo mensaje"))
    private static let reason = CommandOption<String>.text(
        "reason", "TEXT", Text("Why; it is kept", es: "Por qué; se guarda"), required: true)

    static let bankSettle = Command(
        "settle",
        Text("Settles what is odd, for a reason", es: "Resuelve lo extraño, con una razón"),
        example: "puente bank settle 7 --take --reason \"bank's letter of 3 May\" --as luis",
        arguments: [Argument("NUMBER", Text("From 'puente bank odd'", es: "De 'puente bank odd'"), .oneOrMore)],
        options: [take, pass, alike, reason]
    ) { invocation in
        let (takes, passes) = (invocation[take] ?? false, invocation[pass] ?? false)
        guard takes != passes else {
            throw Failure(Text("say --take or --pass", es: "diga --take o --pass"))
        }
        let numbers = try invocation.arguments.map { text in
            guard let number = Int32(text), number > 0 else {
                throw Failure(
                    Text("is not a number of the list", es: "no es un número de la lista"), at: text,
                    remedy: Text("puente bank odd shows the numbers", es: "puente bank odd muestra los números"))
            }
            return number
        }
        try await Desk.open(invocation) { desk in
            let request = TransfersV1.BankSettleRequest(
                numbers: numbers, decision: takes ? "take" : "pass", reason: try invocation.required(reason),
                alike: invocation[alike] ?? false)
            let settled: TransfersV1.BankOddities
            do {
                settled = try await desk.call(TransfersV1.Bank.settle, request)
            } catch let error as RPCError {
                throw BankSettleWords.failure(error) ?? Failure(describing: error)
            }
            desk.show(settled) { settled.oddities.flatMap { lines(of: $0, in: desk.language) } }
        }
    }
}
