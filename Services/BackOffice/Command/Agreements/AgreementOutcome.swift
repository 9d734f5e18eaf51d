import Contracts

/// What an act came to, in words.
struct AgreementOutcome {
    private let action: CoordinationV1.AgreementAction
    private let reply: CoordinationV1.AgreementReply

    init(_ action: CoordinationV1.AgreementAction, _ reply: CoordinationV1.AgreementReply) {
        self.action = action
        self.reply = reply
    }

    /// What was done.
    func lines(_ language: Language) -> [String] {
        let name = "\(reply.agreement) v\(reply.version)"
        guard reply.done else { return waiting(name).map { [$0(language)] } ?? [] }
        let done =
            switch action {
            case .sign: Text("\(name) signed; it is \(reply.state)", es: "\(name) firmado; está \(state.spanish)")
            case .activate: Text("in force; \(name) binds", es: "en vigor; \(name) obliga")
            case .override: Text("the override is signed", es: "la excepción está firmada")
            case .withdraw:
                Text(
                    "your signature is taken back; \(name) is \(reply.state)",
                    es: "su firma está retirada; \(name) está \(state.spanish)")
            case .suspend, .resume, .end, .unspecified:
                Text("\(name) is \(reply.state)", es: "\(name) está \(state.spanish)")
            }
        let lapsed =
            signing(language)
            + reply.lapsedConditions.map { "  \(Text("lapsed", es: "no se cumple")(language)): \($0)" }
        return [done(language)] + lapsed
    }

    /// After a signature: who still has to sign, or what comes next.
    private func signing(_ language: Language) -> [String] {
        guard action == .sign else { return [] }
        guard reply.missingSignatures.isEmpty else {
            return ["  \(Text("still to sign", es: "faltan por firmar")(language)): \(missing(language))"]
        }
        return [
            Text(
                "  every party has signed; 'puente agreement activate \(reply.agreement)' puts it in force",
                es: "  cada parte ha firmado; 'puente agreement activate \(reply.agreement)' lo pone en vigor")(
                    language)
        ]
    }

    /// An act whose signature is kept and that waits for others; nil for those that fail instead.
    private func waiting(_ name: String) -> Text? {
        let (missing, faltan) = (missing(.english), missing(.spanish))
        return switch action {
        case .end:
            Text(
                "signed; \(name) ends when these sign too: \(missing)",
                es: "firmado; \(name) termina cuando firmen también: \(faltan)")
        case .suspend:
            Text(
                "signed; \(name) is suspended when one party has its quorum; still to sign: \(missing)",
                es: "firmado; \(name) se suspende cuando una parte tiene su quórum; faltan: \(faltan)")
        case .resume:
            Text(
                "signed; the condition holds again when these sign too: \(missing)",
                es: "firmado; la condición vuelve a cumplirse cuando firmen también: \(faltan)")
        case .sign, .activate, .override, .withdraw, .unspecified: nil
        }
    }

    private func missing(_ language: Language) -> String {
        reply.missingSignatures.map { $0.words(language) }.joined(separator: ", ")
    }

    /// Why nothing was done, where that is so.
    var failure: Failure? {
        if reply.done || waiting("") != nil { return nil }
        if !reply.missingSignatures.isEmpty {
            return Failure(
                Text(
                    "not in force: the quorum of these has not signed version \(reply.version): \(missing(.english))",
                    es:
                        "no está en vigor: falta el quórum de firmas de la versión \(reply.version): \(missing(.spanish))"
                ),
                at: reply.agreement,
                remedy: Text(
                    "their deciding members sign with 'puente agreement sign \(reply.agreement)'; then activate again",
                    es:
                        "sus miembros con decisión firman con 'puente agreement sign \(reply.agreement)'; luego active otra vez"
                ))
        }
        let lines = reply.shortfalls.map { row in
            row.shortfallMinor > 0
                ? "  \(row.line): \(row.code), \(BudgetAmount.text(Int128(row.shortfallMinor), row.currency))"
                : "  \(row.line): \(row.code)"
        }.joined(separator: "\n")
        return Failure(
            Text(
                "not in force: these lines lack money for their earmark\n\(lines)",
                es: "no está en vigor: a estas líneas les falta dinero para su asignación\n\(lines)"),
            at: reply.agreement,
            remedy: Text(
                "appropriate what is missing with 'puente budget appropriate', or free it; then activate again",
                es: "asigne lo que falta con 'puente budget appropriate', o libérelo; luego active otra vez"))
    }

    private var state: Text { Self.name(ofState: reply.state) }

    /// A state as people say it.
    static func name(ofState state: String) -> Text {
        switch state {
        case "proposed": Text("proposed", es: "propuesto")
        case "active": Text("active", es: "vigente")
        case "suspended": Text("suspended", es: "suspendido")
        default: Text("ended", es: "terminado")
        }
    }
}

extension CoordinationV1.MissingSignatures {
    /// For instance `FONCODES (luis)`, or `MIDIS (1 of ana, beto)` where not all of them need to sign.
    func words(_ language: Language) -> String {
        let names = members.joined(separator: ", ")
        guard Int(missing) < members.count else { return "\(institution) (\(names))" }
        return "\(institution) (\(missing) \(Text("of", es: "de")(language)) \(names))"
    }
}
