import Contracts

extension Command {
    private static let number = Argument(
        "NUMBER", Text("The proposal's number", es: "El número de la propuesta"))
    private static let all = CommandOption<Bool>.flag(
        "all", Text("Those that are decided too", es: "También las decididas"))

    static let paymentsProposals = Command(
        "proposals",
        Text("Lists what waits for a second person", es: "Lista lo que espera a una segunda persona"),
        example: "puente payments proposals --as luis", options: [all]
    ) { invocation in
        try await Desk.open(invocation) { desk in
            let reply = try await desk.call(TransfersV1.Proposals.list, .init(all: invocation[all]))
            desk.show(reply) {
                reply.proposals.isEmpty
                    ? [Text("nothing is proposed", es: "nada está propuesto")(desk.language)]
                    : reply.proposals.flatMap { ProposalReport(proposal: $0, language: desk.language).lines() }
            }
        }
    }

    static let paymentsConfirm = Command(
        "confirm",
        Text(
            "Confirms a proposal of another person, and does it",
            es: "Confirma la propuesta de otra persona, y la ejecuta"),
        example: "puente payments confirm 3 --as luis", arguments: [number]
    ) { invocation in
        try await decide(invocation, confirm: true, reason: "")
    }

    static let paymentsDecline = Command(
        "decline", Text("Declines a proposal, with a reason", es: "Rechaza una propuesta, con un motivo"),
        example: "puente payments decline 3 --reason 'the bank has found the money' --as luis", arguments: [number],
        options: [OpenOptions.reason]
    ) { invocation in
        try await decide(invocation, confirm: false, reason: try invocation.required(OpenOptions.reason))
    }

    private static func decide(_ invocation: Invocation, confirm: Bool, reason: String) async throws {
        guard let number = Int64(invocation.arguments[0]), number > 0 else {
            throw Failure(
                Text("is no proposal's number", es: "no es número de una propuesta"), at: invocation.arguments[0],
                remedy: Text("'puente payments proposals' lists them", es: "'puente payments proposals' las lista"))
        }
        try await Desk.open(invocation) { desk in
            let proposal = try await desk.call(
                TransfersV1.Proposals.decide, .init(number: number, confirm: confirm, reason: reason))
            desk.show(proposal, ProposalReport(proposal: proposal, language: desk.language).lines)
        }
    }

    static let paymentsGiveBack = Command(
        "give-back",
        Text(
            "Proposes that open payments are not made any more",
            es: "Propone que pagos abiertos ya no se hagan"),
        example: "puente payments give-back 1010000000 --cycle 2024-4 --reason 'moved abroad' --as ana",
        arguments: [
            Argument(
                OpenOptions.household,
                Text(
                    "Households, or one of: \(GiveBackCommand.groups.sorted().joined(separator: " "))",
                    es: "Hogares, o uno de: \(GiveBackCommand.groups.sorted().joined(separator: " "))"), .oneOrMore)
        ],
        options: [CycleOptions.cycle, ProgrammeOptions.programme, OpenOptions.reason]
    ) { invocation in
        var request = TransfersV1.ProposalRequest(
            kind: "give_back", cycle: try invocation.required(CycleOptions.cycle))
        if let group = invocation.arguments.first, invocation.arguments.count == 1,
            GiveBackCommand.groups.contains(group)
        {
            request.waitsFor = group
        } else {
            request.households = try OpenOptions.households(invocation.arguments, invocation.path)
        }
        let asked = request
        try await Desk.open(invocation) { desk in
            var request = asked
            request.programme = try await desk.programme(.conditionalTransfer)
            try await propose(request, at: desk)
        }
    }

    static let paymentsRecall = Command(
        "recall",
        Text(
            "Proposes to take a file back that the bank does not have",
            es: "Propone retirar un archivo que el banco no tiene"),
        example: "puente payments recall CASH4F6A21-8C1D33A0B5E7.xml --reason 'wrong day' --as ana",
        arguments: [fileNames], options: [OpenOptions.reason]
    ) { try await proposeForFiles($0, kind: "recall") }

    static let paymentsTakeUp = Command(
        "take-up",
        Text(
            "Proposes to take up files that the database has forgotten",
            es: "Propone recoger archivos que la base olvidó"),
        example: "puente payments take-up CASH4F6A21-8C1D33A0B5E7.xml --reason 'restored to 3 May' --as ana",
        arguments: [fileNames], options: [OpenOptions.reason]
    ) { try await proposeForFiles($0, kind: "take_up") }

    static let paymentsNeverSent = Command(
        "never-sent",
        Text(
            "Proposes that an announced file never reached the bank",
            es: "Propone que un archivo anunciado nunca llegó al banco"),
        example: "puente payments never-sent CASH4F6A21-8C1D33A0B5E7.xml --reason 'bank confirms' --as ana",
        arguments: [fileNames], options: [OpenOptions.reason]
    ) { try await proposeForFiles($0, kind: "never_sent") }

    private static let fileNames = Argument(
        "FILE", Text("Names of files in the outbox", es: "Nombres de archivos de la bandeja"), .oneOrMore)

    private static func proposeForFiles(_ invocation: Invocation, kind: String) async throws {
        let files = invocation.arguments.map { String($0.split(separator: "/").last ?? "") }
        try await Desk.open(invocation) { desk in try await propose(.init(kind: kind, files: files), at: desk) }
    }

    private static func propose(_ request: TransfersV1.ProposalRequest, at desk: Desk) async throws {
        var request = request
        request.reason = try desk.invocation.required(OpenOptions.reason)
        let proposal = try await desk.call(TransfersV1.Proposals.make, request)
        desk.show(proposal, ProposalReport(proposal: proposal, language: desk.language).lines)
    }
}

/// What `give-back` knows of what payments wait for.
enum GiveBackCommand {
    /// What payments can wait for that are given back together.
    static let groups: Set<String> = ["ready", "repair", "terminal", "check", "account_missing"]
}

/// Tells a proposal to a person.
struct ProposalReport {
    let proposal: TransfersV1.Proposal
    let language: Language

    /// What is proposed.
    static func meaning(of kind: String) -> Text {
        switch kind {
        case "give_back": Text("not to pay any more", es: "no pagar más")
        case "recall": Text("to recall from the outbox", es: "retirar de la bandeja")
        case "take_up": Text("to take up from the outbox", es: "recoger de la bandeja")
        case "never_sent": Text("never reached the bank", es: "nunca llegó al banco")
        default: Text(kind, es: kind)
        }
    }

    func lines() -> [String] {
        let request = proposal.request ?? TransfersV1.ProposalRequest()
        let head = Text("proposal", es: "propuesta")(language)
        let place = request.cycle.isEmpty ? "" : " (\(request.programme) \(request.cycle))"
        var lines = [
            "\(head) \(proposal.number): \(Self.meaning(of: request.kind)(language))\(place)",
            "  " + Text("payments", es: "pagos")(language)
                + " \(Figures.count(proposal.households)), \(Figures.money(proposal.totalMinor, proposal.currency))",
        ]
        lines += request.files.map { "  \($0)" }
        lines.append(
            "  "
                + Text(
                    "by \(proposal.proposedBy): \(request.reason)", es: "de \(proposal.proposedBy): \(request.reason)")(
                    language))
        switch proposal.state {
        case "confirmed":
            lines.append(
                "  " + Text("confirmed by \(proposal.decidedBy)", es: "confirmada por \(proposal.decidedBy)")(language))
        case "declined":
            lines.append(
                "  "
                    + Text(
                        "declined by \(proposal.decidedBy): \(proposal.decisionReason)",
                        es: "rechazada por \(proposal.decidedBy): \(proposal.decisionReason)")(language))
        default:
            lines.append(
                "  "
                    + Text(
                        "→ another person: puente payments confirm \(proposal.number)",
                        es: "→ otra persona: puente payments confirm \(proposal.number)")(language))
        }
        lines += proposal.runIds.map { "  → puente payments status \($0)" }
        return lines
    }
}
