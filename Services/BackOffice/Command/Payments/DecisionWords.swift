import Contracts

/// A decision about a household in words.
struct DecisionWords {
    let decision: TransfersV1.Decision

    /// A head, the reasons, and what they rest on.
    func lines(_ language: Language) -> [String] {
        var head = "\(Self.kind(decision.kind)(language))\(decision.code.isEmpty ? "" : " \(decision.code)"): "
        head += Self.outcome(decision.outcome)(language)
        if decision.personId != 0 { head += " (\(Text("person", es: "persona")(language)) \(decision.personId))" }
        if decision.amountMinor != 0 { head += " \(Figures.money(decision.amountMinor, decision.currency))" }
        if decision.ruleVersion != 0 { head += " [\(Text("rules", es: "reglas")(language)) v\(decision.ruleVersion)]" }
        let reasons = decision.reasons.map {
            "  - " + ReasonWords(reason: $0, currency: decision.currency).words(language)
        }
        var facts = decision.facts.map { ReasonWords(reason: $0, currency: decision.currency).words(language) }
        if let replay = Self.replay(decision.replay) { facts.append(replay(language)) }
        return [head] + reasons + (facts.isEmpty ? [] : ["  = " + facts.joined(separator: " ")])
    }

    private static func kind(_ kind: String) -> Text {
        switch kind {
        case "affiliation": Text("affiliation", es: "afiliación")
        case "verdict": Text("condition", es: "condición")
        case "entitlement": Text("entitlement", es: "derecho")
        case "order": Text("order", es: "orden")
        case "bank": Text("bank", es: "banco")
        default: Text(kind, es: kind)
        }
    }

    private static func outcome(_ outcome: String) -> Text {
        switch outcome {
        case "eligible": Text("affiliated", es: "afiliado")
        case "kept": Text("stays affiliated", es: "sigue afiliado")
        case "not_eligible": Text("not affiliated", es: "no afiliado")
        case "met": Text("met", es: "cumplida")
        case "not_met": Text("not met", es: "no cumplida")
        case "held": Text("waits for evidence", es: "espera evidencia")
        case "exempt": Text("exempt", es: "exenta")
        case "entitled": Text("entitled", es: "con derecho")
        case "payable": Text("to be paid", es: "por pagar")
        case "no_account": Text("without account", es: "sin cuenta")
        case "suspended": Text("suspended", es: "suspendido")
        case "nothing_due": Text("nothing due", es: "sin nada que pagar")
        case "not_on_roll": Text("not on the roll", es: "fuera del padrón")
        case "ordered": Text("ordered", es: "ordenado")
        case "sent": Text("sent to the bank", es: "enviado al banco")
        case "accepted": Text("accepted by the bank", es: "aceptado por el banco")
        case "paid": Text("paid", es: "pagado")
        case "rejected": Text("rejected", es: "rechazado")
        case "returned": Text("returned", es: "devuelto")
        case "withdrawn": Text("withdrawn", es: "retirado")
        case "check": Text("to be looked for", es: "por buscar")
        default: Text(outcome, es: outcome)
        }
    }

    private static func replay(_ replay: String) -> Text? {
        switch replay {
        case "": nil
        case "same": Text("The frozen rules give the same again.", es: "Las reglas fijadas dan otra vez lo mismo.")
        default:
            Text(
                "The frozen rules do NOT give the same again: the stored decision was changed, or the rules were.",
                es: "Las reglas fijadas NO dan otra vez lo mismo: se cambió la decisión guardada, o las reglas.")
        }
    }
}
