import Contracts

/// What was found before a run was started, in words. Every code that the service sends is here; a test lists them.
struct FindingWords {
    /// The codes that are known, for a test.
    static let codes = [
        "pay_day_past", "evidence_missing", "evidence_low", "accounts_changed", "payer_invalid", "account_unwritable",
        "name_unwritable", "name_lost",
        "name_transliterated", "line_missing", "lines_several", "line_other_currency", "budget_short",
    ]

    let finding: TransfersV1.RunFinding
    let currency: String

    /// The sentence, with the first examples.
    func lines(_ language: Language) -> [String] {
        var head = what(language)
        if !finding.reason.isEmpty {
            let signed = Text(
                "accepted by \(finding.signedBy): \(finding.reason)",
                es: "aceptado por \(finding.signedBy): \(finding.reason)")
            head += " [\(signed(language))]"
        } else if finding.weight == .odd {
            head += " [--accept \(finding.code)]"
        }
        return ["- " + head] + finding.examples.prefix(20).map { "    \($0)" }
    }

    private func value(_ name: String) -> String { finding.values[name] ?? "" }

    private func money(_ name: String) -> String { Figures.money(Int64(value(name)) ?? 0, currency) }

    private var what: Text {
        switch finding.code {
        case "pay_day_past":
            Text(
                "the day of payment \(value("pay_on")) is past: today is \(value("today"))",
                es: "el día de pago \(value("pay_on")) ya pasó: hoy es \(value("today"))")
        case "evidence_missing":
            Text(
                "there is no evidence for the cycle's days: almost nobody would be paid",
                es: "no hay evidencia de los días del ciclo: casi nadie cobraría")
        case "evidence_low":
            Text(
                "only about \(value("households")) of \(value("affiliated")) affiliated households have evidence, \(value("percent")) %; the run before had \(value("previous_percent")) %",
                es:
                    "solo unos \(value("households")) de \(value("affiliated")) hogares afiliados tienen evidencia, \(value("percent")) %; la corrida anterior tenía \(value("previous_percent")) %"
            )
        case "accounts_changed":
            Text(
                "\(value("households")) households are paid to another account than by the run of \(value("previous_cycle"))",
                es:
                    "\(value("households")) hogares cobran en otra cuenta que en la corrida de \(value("previous_cycle"))"
            )
        case "payer_invalid":
            Text(
                "the bank file could not be written: \(value("field")) of the programme's payer is not valid",
                es:
                    "el archivo para el banco no se podría escribir: \(value("field")) del pagador del programa no es válido"
            )
        case "account_unwritable":
            Text(
                "\(value("households")) payees have a bank or an account that cannot be written in a bank file:",
                es:
                    "\(value("households")) titulares tienen banco o cuenta que no se puede escribir en un archivo para el banco:"
            )
        case "name_unwritable":
            Text(
                "nothing of \(value("households")) names can be sent to the bank:",
                es: "de \(value("households")) nombres nada se puede enviar al banco:")
        case "name_lost":
            Text(
                "\(value("households")) names lose characters that the bank refuses; it is sent instead:",
                es: "\(value("households")) nombres pierden caracteres que el banco rechaza; se envía en su lugar:")
        case "name_transliterated":
            Text(
                "\(value("households")) names have characters that the bank refuses; it is sent instead:",
                es: "\(value("households")) nombres tienen caracteres que el banco rechaza; se envía en su lugar:")
        case "line_missing", "lines_several", "line_other_currency", "budget_short":
            ObstacleWords(
                kind: finding.code, detail: value("territory"), lines: finding.examples,
                shortfallMinor: Int64(value("shortfall_minor")) ?? 0, currency: currency, dimensions: finding.values
            ).what
        default: Text(finding.code, es: finding.code)
        }
    }
}
