import Contracts

/// Options of the commands about open payments and proposals.
enum OpenOptions {
    static let optionalCycle = CommandOption<String>.text(
        "cycle", "CODE", Text("The cycle, for instance 2024-4", es: "El ciclo, por ejemplo 2024-4"))
    static let reason = CommandOption<String>.text(
        "reason", "TEXT", Text("Why; it is kept", es: "Por qué; se guarda"), required: true)
    static let household = "HOUSEHOLD"

    /// Numbers of households that stand on the line.
    static func households(_ words: [String], _ path: [String]) throws -> [Int64] {
        try words.map { word in
            guard let number = Int64(word), number > 0 else {
                throw Failure(
                    Text("is no household's number", es: "no es número de un hogar"), at: word,
                    remedy: Text(
                        "'puente payments open --cycle CODE --list' lists them",
                        es: "'puente payments open --cycle CÓDIGO --list' los lista"))
            }
            return number
        }
    }
}

extension Command {
    private static let list = CommandOption<Bool>.flag(
        "list", Text("Names the households too", es: "Nombra también los hogares"))
    private static let limit = CommandOption<Int64>.integer(
        "limit", "N", Text("How many households; 50", es: "Cuántos hogares; 50"), in: 1...10_000)
    private static let after = CommandOption<Int64>.integer(
        "after", "HOUSEHOLD", Text("Households after this one", es: "Hogares después de este"))

    static let paymentsOpen = Command(
        "open",
        Text(
            "Lists what a cycle owes and has not paid, and what helps",
            es: "Lista lo que un ciclo debe y no pagó, y qué ayuda"),
        example: "puente payments open --cycle 2024-4 --as ana",
        options: [CycleOptions.cycle, ProgrammeOptions.programme, list, limit, after]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let cycle = try invocation.required(CycleOptions.cycle)
            let wanted = Int32(invocation[limit] ?? 50)
            let reply = try await desk.call(
                TransfersV1.OpenPayments.list,
                .init(
                    programme: try await desk.programme(.conditionalTransfer), cycle: cycle,
                    limit: invocation[list] || invocation[limit] != nil || invocation.wantsJSON ? wanted : 0,
                    afterHousehold: invocation[after] ?? 0))
            desk.show(reply, OpenReport(reply: reply, cycle: cycle, language: desk.language).lines)
        }
    }

    static let paymentsSettle = Command(
        "settle",
        Text(
            "Says that payments can be made again as they are",
            es: "Declara que pagos pueden hacerse otra vez como están"),
        example: "puente payments settle 1010000000 --cycle 2024-4 --reason 'bank has lifted the block' --as ana",
        arguments: [
            Argument(OpenOptions.household, Text("Numbers of households", es: "Números de hogares"), .oneOrMore)
        ],
        options: [CycleOptions.cycle, ProgrammeOptions.programme, OpenOptions.reason]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let cycle = try invocation.required(CycleOptions.cycle)
            let reply = try await desk.call(
                TransfersV1.OpenPayments.settle,
                .init(
                    programme: try await desk.programme(.conditionalTransfer), cycle: cycle,
                    households: try OpenOptions.households(invocation.arguments, invocation.path),
                    reason: try invocation.required(OpenOptions.reason)))
            let count = Figures.count(reply.settled)
            desk.show(reply) {
                [
                    Text(
                        "\(count) can be paid again: 'puente payments run --cycle \(cycle) --supplementary'",
                        es: "\(count) pueden pagarse otra vez: 'puente payments run --cycle \(cycle) --supplementary'")(
                            desk.language)
                ]
            }
            if !reply.notOpen.isEmpty {
                throw Failure(
                    Text("no failed order is open of these", es: "estos no tienen orden fallida abierta"),
                    at: reply.notOpen.prefix(5).map(String.init).joined(separator: " "))
            }
        }
    }
}

/// Tells open payments to a person.
struct OpenReport {
    let reply: TransfersV1.OpenPaymentsReply
    let cycle: String
    let language: Language

    /// What is waited for.
    static func meaning(of code: String) -> Text {
        switch code {
        case "ready": Text("nothing: can be paid", es: "nada: puede pagarse")
        case "repair": Text("account or name to be put right", es: "corregir cuenta o nombre")
        case "terminal": Text("a decision: cannot be paid so", es: "una decisión: no puede pagarse así")
        case "check": Text("a look: bank says paid twice", es: "revisión: banco dice duplicado")
        case "account_missing": Text("an account", es: "una cuenta")
        case "being_paid": Text("the bank, paid again", es: "el banco, pagado otra vez")
        case "bank_answer": Text("the bank's answer", es: "la respuesta del banco")
        case "odd": Text("a decision about bank entries", es: "decisión sobre apuntes del banco")
        case "held": Text("evidence; nothing is owed yet", es: "evidencia; aún no se debe")
        case "undecided": Text("the cycle's run, forgotten", es: "la corrida del ciclo, olvidada")
        case "given_back": Text("given back, no longer owed", es: "renunciado, ya no se debe")
        default: Text(code, es: code)
        }
    }

    /// The command that helps.
    private func help(_ code: String) -> String? {
        switch code {
        case "ready": "puente payments run --cycle \(cycle) --supplementary --pay-on DAY"
        case "repair", "account_missing": "puente registry import accounts.csv"
        case "terminal", "check":
            "puente payments settle HOUSEHOLD --cycle \(cycle) --reason …"
        case "being_paid", "bank_answer": "puente bank import FILE"
        case "odd": "puente bank odd"
        case "held": "puente evidence import FILE --cycle …"
        case "undecided": "puente payments run --cycle \(cycle) --pay-on DAY"
        default: nil
        }
    }

    func lines() -> [String] {
        guard !reply.groups.isEmpty else {
            return [Text("nothing is open in this cycle", es: "nada está abierto en este ciclo")(language)]
        }
        var table = Table(
            [
                Text("waits for", es: "espera")(language), Text("households", es: "hogares")(language),
                Text("amount", es: "importe")(language),
            ], numeric: [1, 2])
        for group in reply.groups {
            table.add([
                Self.meaning(of: group.waitsFor)(language), Figures.count(group.households),
                group.totalMinor == 0 ? "" : Figures.money(group.totalMinor, reply.currency),
            ])
        }
        return table.lines() + helps + households + proposals
    }

    /// One line of help for each thing that is waited for.
    private var helps: [String] {
        let lines = reply.groups.compactMap { group in
            help(group.waitsFor).map { "  \(Self.meaning(of: group.waitsFor)(language))\n    → \($0)" }
        }
        let owed = reply.groups.contains { GiveBackCommand.groups.contains($0.waitsFor) }
        let giveBack =
            owed
            ? [
                Text(
                    "  what shall not be paid any more, by two persons\n",
                    es: "  lo que ya no se pagará, por dos personas\n")(language)
                    + "    → puente payments give-back HOUSEHOLD --cycle \(cycle) --reason …"
            ] : []
        return lines.isEmpty ? [] : [""] + (lines + giveBack).flatMap { $0.split(separator: "\n").map(String.init) }
    }

    private var households: [String] {
        guard !reply.payments.isEmpty else { return [] }
        var table = Table(
            [
                Text("household", es: "hogar")(language), Text("order", es: "orden")(language),
                Text("amount", es: "importe")(language), Text("because", es: "porque")(language),
                Text("waits for", es: "espera")(language),
            ], numeric: [0, 1, 2])
        for payment in reply.payments {
            let code = payment.reason.isEmpty ? "" : " \(payment.reason)"
            table.add([
                String(payment.householdId), payment.orderNumber == 0 ? "-" : String(payment.orderNumber),
                Figures.money(payment.amountMinor, ""), Self.cause(payment.cause)(language) + code,
                Self.meaning(of: payment.waitsFor)(language),
            ])
        }
        return [""] + table.lines()
    }

    private static func cause(_ code: String) -> Text {
        switch code {
        case "rejected": Text("rejected", es: "rechazado")
        case "returned": Text("returned", es: "devuelto")
        case "withdrawn": Text("recalled", es: "retirado")
        case "no_account": Text("no account", es: "sin cuenta")
        default: Text(code, es: code)
        }
    }

    private var proposals: [String] {
        reply.proposals.isEmpty
            ? [] : [""] + reply.proposals.flatMap { ProposalReport(proposal: $0, language: language).lines() }
    }
}
