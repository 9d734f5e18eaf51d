import Contracts

/// A reason or a fact of a decision in words. Every code that the service sends is here; a test lists them.
struct ReasonWords {
    let reason: TransfersV1.DecisionReason
    let currency: String

    /// The sentence.
    func words(_ language: Language) -> String { text(language)(language) }

    func value(_ name: String) -> String { reason.values[name] ?? "" }

    private func text(_ language: Language) -> Text {
        affiliation ?? sanction ?? verdict ?? household ?? bank ?? fact(language)
            ?? Text(
                ([reason.code] + reason.values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
                    .joined(separator: ", "),
                es: ([reason.code] + reason.values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
                    .joined(separator: ", "))
    }

    private var affiliation: Text? {
        switch reason.code {
        case "meets_criteria":
            Text("Meets every criterion of the programme.", es: "Cumple todos los criterios del programa.")
        case "poverty_class":
            Text(
                "The registry's poverty class is not among those served: \(served(.english)).",
                es: "La clase de pobreza del padrón no está entre las atendidas: \(served(.spanish)).")
        case "residence":
            Text(
                "Less than \(value("months")) completed months of residence on the cycle's first day.",
                es: "Menos de \(value("months")) meses cumplidos de residencia el primer día del ciclo.")
        case "members":
            Text(
                "No member younger than \(value("years")) years on the cycle's first day, and none pregnant.",
                es: "Ningún integrante menor de \(value("years")) años el primer día del ciclo, ni gestante.")
        case "territory":
            Text(
                "The territory's poverty rate is below \(percent("least_hundredths")).",
                es: "La tasa de pobreza del territorio es menor que \(percent("least_hundredths")).")
        case "kept_by_agreement":
            Text(
                "Stays affiliated by the agreement \(value("agreement")): its transfer does not end before its productive project has started.",
                es:
                    "Sigue afiliado por el acuerdo \(value("agreement")): su transferencia no termina antes de que empiece su proyecto productivo."
            )
        default: nil
        }
    }

    private func served(_ language: Language) -> String {
        value("served").split(separator: " ").map { Self.povertyClass(String($0))(language) }.joined(separator: ", ")
    }

    private var sanction: Text? {
        let cycles = value("cycles").split(separator: " ").joined(separator: ", ")
        let count = value("consecutive")
        let counted = Text(
            "Conditions not met in \(count) cycles in a row (\(cycles))",
            es: "Condiciones no cumplidas en \(count) ciclos seguidos (\(cycles))")
        switch reason.code {
        case "sanction_unpaid":
            return Text(
                "\(counted.english): those were not paid; this one is paid if its conditions are met.",
                es: "\(counted.spanish): esos no se pagaron; este se paga si se cumplen sus condiciones.")
        case "sanction_suspended":
            return Text(
                "\(counted.english): suspended, not paid in this cycle. Once a cycle's conditions are met, the next is paid.",
                es:
                    "\(counted.spanish): suspendido, sin pago en este ciclo. Cuando cumpla las condiciones de un ciclo, se paga el siguiente."
            )
        case "sanction_exit":
            return Text(
                "\(counted.english): out of the programme.", es: "\(counted.spanish): fuera del programa.")
        default: return nil
        }
    }

    private var verdict: Text? {
        let (measured, possible) = (value("measured"), value("possible"))
        return switch reason.code {
        case "threshold_reached":
            Text(
                "Attended \(measured) of \(possible) school days; \(percent("threshold_hundredths")) are required.",
                es: "Asistió \(measured) de \(possible) días de clase; se exige \(percent("threshold_hundredths")).")
        case "below_threshold":
            Text(
                "Attended only \(measured) of \(possible) school days; \(percent("threshold_hundredths")) are required.",
                es:
                    "Asistió solo \(measured) de \(possible) días de clase; se exige \(percent("threshold_hundredths"))."
            )
        case "no_school_days":
            Text(
                "The school reported no school days in the cycle, so there was nothing to attend.",
                es: "La escuela no informó días de clase en el ciclo; no hubo a qué asistir.")
        case "checks_done":
            Text(
                "Had \(measured) checks in the cycle; \(possible) are required.",
                es: "Tuvo \(measured) controles en el ciclo; se exigen \(possible).")
        case "too_few_checks":
            Text(
                "Had only \(measured) checks in the cycle; \(possible) are required.",
                es: "Tuvo solo \(measured) controles en el ciclo; se exigen \(possible).")
        case "missing_not_met":
            Text(
                "Nothing was reported, which counts as not met under these rules.",
                es: "No se informó nada, lo que con estas reglas cuenta como no cumplido.")
        case "missing_met":
            Text(
                "Nothing was reported, which counts as met under these rules.",
                es: "No se informó nada, lo que con estas reglas cuenta como cumplido.")
        case "missing_held":
            Text(
                "Nothing was reported; under these rules the household waits for the evidence.",
                es: "No se informó nada; con estas reglas el hogar espera la evidencia.")
        case "outside_age_range":
            Text("The condition is for members of another age.", es: "La condición es para integrantes de otra edad.")
        case "not_pregnant":
            Text("The condition is for pregnant members.", es: "La condición es para gestantes.")
        default: nil
        }
    }

    func percent(_ name: String) -> String {
        guard let hundredths = Int64(value(name)) else { return value(name) }
        let fraction = hundredths % 100
        let digits = fraction == 0 ? "" : (fraction < 10 ? ".0\(fraction)" : ".\(fraction)")
        return "\(hundredths / 100)\(digits) %"
    }
}
