import Contracts
import Vocabulary

/// What was decided about the whole household, what the bank said, and the facts.
extension ReasonWords {
    var household: Text? {
        switch reason.code {
        case "household_payable": Text("The household is paid in this run.", es: "Al hogar se le paga en esta corrida.")
        case "household_not_met":
            Text(
                "Conditions are not met, so nothing is paid.", es: "No se cumplen condiciones, así que nada se paga.")
        case "household_held":
            Text(
                "The household waits for evidence and is not paid in this run.",
                es: "El hogar espera evidencia y no se le paga en esta corrida.")
        case "household_no_account":
            Text(
                "The household is entitled, but the registry knew no account to pay to.",
                es: "El hogar tiene derecho, pero el padrón no conocía cuenta a la cual pagar.")
        case "household_suspended":
            Text(
                "Conditions are met, but the household is suspended: not paid in this cycle, and no longer suspended in the next.",
                es:
                    "Se cumplen las condiciones, pero el hogar está suspendido: sin pago en este ciclo, y ya no suspendido en el siguiente."
            )
        case "household_nothing_due":
            Text(
                "No condition is missed, and no component applies to the household.",
                es: "No se incumple ninguna condición, y ningún componente corresponde al hogar.")
        case "not_on_roll":
            Text(
                "The household was not on the frozen roll of the payment run.",
                es: "El hogar no estaba en el padrón fijado de la corrida de pago.")
        case "units":
            Text(
                "\(value("units")) × \(money("unit_minor")).", es: "\(value("units")) × \(money("unit_minor")).")
        case "ordered":
            Text(
                "Ordered by run \(value("run")), approved by \(value("approved_by")).",
                es: "Ordenado por la corrida \(value("run")), aprobada por \(value("approved_by")).")
        default: nil
        }
    }

    var bank: Text? {
        let open = Text("The entitlement is open again", es: "El derecho está abierto otra vez")
        func reopened(_ english: String, _ spanish: String) -> Text {
            Text("\(open.english): \(english).", es: "\(open.spanish): \(spanish).")
        }
        return switch reason.code {
        case "bank_reason":
            Text("The bank gives the reason \(value("reason")).", es: "El banco da el motivo \(value("reason")).")
        case "bank_duplicate":
            Text(
                "The bank calls it a duplicate: it is looked for, and never sent again.",
                es: "El banco lo llama duplicado: se busca, y no se envía otra vez.")
        case "reopened_repair":
            reopened("first the account or the name is put right", "primero se corrige la cuenta o el nombre")
        case "reopened_terminal":
            reopened("nothing can be paid to this person any more", "a esta persona ya no se le puede pagar")
        case "reopened_payer":
            reopened(
                "the payer's side failed; it can be paid again", "falló el lado del pagador; se puede pagar otra vez")
        case "reopened_check":
            reopened("first the payment is looked for at the bank", "primero se busca el pago en el banco")
        case "reopened_unspecified":
            reopened("the bank does not say why", "el banco no dice por qué")
        default: nil
        }
    }

    func fact(_ language: Language) -> Text? {
        switch reason.code {
        case "household":
            let unknown = Text("unknown", es: "desconocido")
            let yes = value("pregnant") == "yes" ? Text("yes", es: "sí") : Text("no", es: "no")
            let birth = value("youngest_birth").isEmpty ? unknown(language) : value("youngest_birth")
            let rate = value("territory_hundredths").isEmpty ? unknown(language) : percent("territory_hundredths")
            let poverty = Self.povertyClass(value("class"))
            return Text(
                "Class \(poverty.english); resident since \(value("residence_since")); youngest member born \(birth); pregnant member: \(yes.english); territory's poverty rate: \(rate).",
                es:
                    "Clase \(poverty.spanish); reside desde \(value("residence_since")); integrante más joven nacido \(birth); gestante: \(yes.spanish); tasa de pobreza del territorio: \(rate)."
            )
        case "order":
            let identifiers = "EndToEndId \(value("end_to_end_id")); UETR \(value("uetr"))."
            return Text(identifiers, es: identifiers)
        case "bank_message":
            let booked = value("booked_on")
            return Text(
                "\(value("kind")) message \(value("message")), line \(value("line"))\(booked.isEmpty ? "" : ", booked on \(booked)").",
                es:
                    "mensaje \(value("kind")) \(value("message")), línea \(value("line"))\(booked.isEmpty ? "" : ", contabilizado el \(booked)")."
            )
        default: return nil
        }
    }

    /// A poverty class as people say it.
    static func povertyClass(_ name: String) -> Text {
        switch PovertyClass(name: name) {
        case .extremePoor: Text("extreme poor", es: "pobre extremo")
        case .poor: Text("poor", es: "pobre")
        case .nonPoor: Text("not poor", es: "no pobre")
        case nil: Text(name, es: name)
        }
    }

    private func money(_ name: String) -> String {
        Int64(value(name)).map { Figures.money($0, currency) } ?? value(name)
    }
}
