import Contracts

/// The commands about agreements between institutions.
extension Command {
    private static let code = Argument("CODE", Text("The agreement's code", es: "El código del convenio"))
    private static let file = Argument("FILE", Text("The text as proto3 JSON", es: "El texto como JSON de proto3"))
    private static let reason = CommandOption<String>.text(
        "reason", "TEXT", Text("Why; recorded for ever", es: "Por qué; queda registrado"), required: true)
    private static let condition = CommandOption<Int64>.integer(
        "condition", "N",
        Text(
            "The release condition, from 1; otherwise what the reason says",
            es: "La condición de liberación, desde 1; si no, lo que dice la razón"), in: 1...1_000)
    private static let read = CommandOption<Int64>.integer(
        "version", "N",
        Text("The version that you read; otherwise the latest", es: "La versión leída; si no, la última"),
        in: 1...1_000_000)
    private static let household = CommandOption<Int64>.integer(
        "household", "NUMBER", Text("The household's number", es: "El número del hogar"), in: 1...Int64.max,
        required: true)

    private static let signedActs: KeyValuePairs<String, CoordinationV1.AgreementAction> = [
        "terms": .sign, "suspend": .suspend, "resume": .resume, "end": .end,
    ]
    private static let signed = CommandOption<String>.choice(
        "of", signedActs.map(\.key), Text("What you had signed", es: "Lo que había firmado"), required: true)

    static let agreement = Command(
        "agreement",
        Text("Agreements between institutions, which bind", es: "Convenios entre instituciones, que obligan"),
        example: "puente agreement show cash-and-projects --as ana",
        [
            Command(
                "propose",
                Text(
                    "Proposes an agreement; who proposes is a member of a party",
                    es: "Propone un convenio; quien propone es miembro de una parte"),
                example: "puente agreement propose agreement.json --as ana",
                arguments: [file]
            ) { invocation in
                let terms = try AgreementFile.read(invocation.arguments[0])
                try await Desk.open(invocation) { desk in try await propose(.init(terms: terms), desk) }
            },
            Command(
                "amend",
                Text(
                    "Proposes another text of an agreement in force; the old one stays readable",
                    es: "Propone otro texto de un convenio vigente; el anterior sigue legible"),
                example: "puente agreement amend more_places.json --reason 'more places' --as ana", arguments: [file],
                options: [reason]
            ) { invocation in
                let terms = try AgreementFile.read(invocation.arguments[0])
                let reason = try invocation.required(reason)
                try await Desk.open(invocation) { desk in
                    try await propose(.init(terms: terms, amends: true, reason: reason), desk)
                }
            },
            Command(
                "sign", Text("Signs the proposed text, as yourself", es: "Firma el texto propuesto, como usted mismo"),
                example: "puente agreement sign cash-and-projects --version 1 --as luis", arguments: [code],
                options: [read]
            ) { invocation in
                try await act(.sign, invocation) { $0.version = Int32(invocation[read] ?? 0) }
            },
            Command(
                "activate",
                Text(
                    "Puts the signed text in force and binds its money, or says what is missing",
                    es: "Pone en vigor el texto firmado y compromete su dinero, o dice qué falta"),
                example: "puente agreement activate cash-and-projects --as ana", arguments: [code]
            ) { invocation in
                try await act(.activate, invocation) { _ in }
            },
            Command(
                "suspend",
                Text(
                    "Signs that a release condition has lapsed; one party's quorum stops new commitments",
                    es: "Firma que una condición dejó de cumplirse; el quórum de una parte detiene compromisos nuevos"),
                example: "puente agreement suspend cash-and-projects --condition 1 --reason 'no report' --as ana",
                arguments: [code], options: [condition, reason]
            ) { invocation in
                try await act(.suspend, invocation) { $0.condition = Int32(invocation[condition] ?? 0) }
            },
            Command(
                "resume",
                Text(
                    "Signs that a release condition holds again; it needs every party's quorum",
                    es: "Firma que una condición vuelve a cumplirse; necesita el quórum de cada parte"),
                example: "puente agreement resume cash-and-projects --condition 1 --reason 'report sent' --as ana",
                arguments: [code], options: [condition, reason]
            ) { invocation in
                try await act(.resume, invocation) { $0.condition = Int32(invocation[condition] ?? 0) }
            },
            Command(
                "end",
                Text(
                    "Agrees to end it; it ends when every party agrees with its quorum",
                    es: "Acuerda terminarlo; termina cuando cada parte lo acuerda con su quórum"),
                example: "puente agreement end cash-and-projects --reason 'goals met' --as ana", arguments: [code],
                options: [reason]
            ) { invocation in
                try await act(.end, invocation) { _ in }
            },
            Command(
                "withdraw",
                Text(
                    "Takes your own signature back while it waits for others; it stays in the history",
                    es: "Retira su propia firma mientras espera otras; queda en el historial"),
                example:
                    "puente agreement withdraw cash-and-projects --of suspend --condition 1 --reason 'report came' --as ana",
                arguments: [code], options: [signed, condition, reason]
            ) { invocation in
                let given = try invocation.required(signed)
                let withdrawn = signedActs.first { $0.key == given }?.value ?? .unspecified
                try await act(.withdraw, invocation) {
                    $0.withdraws = withdrawn
                    $0.condition = Int32(invocation[condition] ?? 0)
                }
            },
            Command(
                "override",
                Text(
                    "Signs that a household is served against the agreement's rules",
                    es: "Firma que un hogar se atiende contra las reglas del convenio"),
                example: "puente agreement override cash-and-projects --household 1001 --reason 'flood' --as ana",
                arguments: [code], options: [household, reason]
            ) { invocation in
                let number = try invocation.required(household)
                try await act(.override, invocation) { $0.subject = String(number) }
            },
        ] + agreementReading)

    private static func propose(_ proposal: CoordinationV1.AgreementProposal, _ desk: Desk) async throws {
        let reply = try await desk.call(CoordinationV1.Agreements.propose, proposal)
        desk.show(reply) {
            let name = "\(reply.agreement) v\(reply.version)"
            let line =
                reply.done
                ? Text(
                    "\(name) proposed; 'puente agreement sign \(reply.agreement)' signs it",
                    es: "\(name) propuesto; 'puente agreement sign \(reply.agreement)' lo firma")
                : Text("\(name) unchanged", es: "\(name) sin cambios")
            return [line(desk.language)]
        }
    }

    private static func act(
        _ action: CoordinationV1.AgreementAction, _ invocation: Invocation,
        _ complete: @Sendable (inout CoordinationV1.AgreementAct) -> Void
    ) async throws {
        var act = CoordinationV1.AgreementAct(
            agreement: invocation.arguments[0], action: action, reason: invocation[reason] ?? "")
        complete(&act)
        let request = act
        try await Desk.open(invocation) { desk in
            let reply = try await desk.call(CoordinationV1.Agreements.act, request)
            desk.show(reply) { AgreementOutcome(action, reply).lines(desk.language) }
            if let failure = AgreementOutcome(action, reply).failure { throw failure }
        }
    }
}
