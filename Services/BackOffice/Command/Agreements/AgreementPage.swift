import Contracts
import CoordinationDomain

/// An agreement as a person reads it.
struct AgreementPage {
    private let found: ShowAgreement.Row
    private let terms: CoordinationV1.AgreementTerms
    private let money: [AgreementMoney.Row]
    private let history: [[String]]

    init(
        _ found: ShowAgreement.Row, terms: CoordinationV1.AgreementTerms, money: [AgreementMoney.Row],
        history: [[String]]
    ) {
        self.found = found
        self.terms = terms
        self.money = money
        self.history = history
    }

    /// The lines to show.
    func lines(_ say: Language) -> [String] {
        var lines = heading(say) + parties(say) + places(say)
        if !found.conditions.isEmpty || !found.motions.isEmpty { lines += conditions(say) }
        if !terms.earmarks.isEmpty { lines += earmarks(say) }
        var table = Table(
            [
                Text("when (UTC)", es: "cuándo (UTC)")(say), Text("act", es: "acto")(say),
                Text("version", es: "versión")(say), Text("by", es: "por")(say), Text("call", es: "llamada")(say),
                Text("reason", es: "razón")(say),
            ], numeric: [2])
        history.forEach { table.add($0) }
        return lines + [""] + table.lines()
    }

    private func heading(_ say: Language) -> [String] {
        let architecture = terms.architecture ?? .init()
        let joined = Text(
            "\(architecture.programmes) programmes, \(architecture.severalInstitutions ? "several institutions" : "one institution"), \(architecture.intended ? "intended" : "not intended")",
            es:
                "\(architecture.programmes) programas, \(architecture.severalInstitutions ? "varias instituciones" : "una institución"), \(architecture.intended ? "intencional" : "no intencional")"
        )
        let standing =
            found.inForce == found.version
            ? Text("in force", es: "en vigor")
            : Text("not in force", es: "no en vigor")
        let sequence =
            switch terms.sequencing {
            case .unspecified: Text("none", es: "ninguna")
            case .projectBeforeTransferEnds:
                Text(
                    "a transfer does not end before the project has started",
                    es: "una transferencia no termina antes de que empiece el proyecto")
            case .projectDuringTransfer:
                Text(
                    "a project starts only while the household receives transfers",
                    es: "un proyecto empieza solo mientras el hogar recibe transferencias")
            }
        var lines = [
            "\(terms.agreement): \(terms.title)",
            "\(Text("state", es: "estado")(say)): \(AgreementOutcome.name(ofState: found.state)(say)); \(Text("version", es: "versión")(say)) \(found.version) (\(standing(say))), \(found.proposedBy) \(found.proposedAt)",
            "\(Text("days", es: "días")(say)): \(terms.firstDay) – \(terms.lastDay)",
            "\(Text("programmes", es: "programas")(say)): \(terms.programmes.joined(separator: ", ")) (\(joined(say)))",
            "\(Text("sequence", es: "secuencia")(say)): \(sequence(say))",
            "\(Text("target population", es: "población objetivo")(say)): \(terms.targetPopulation)",
        ]
        let adapted = Text("adapted, which nothing here checks", es: "adaptado, lo que nada aquí verifica")(say)
        lines += terms.adaptedRequirements.map { "  \(adapted): \($0)" }
        return lines
    }

    private func parties(_ say: Language) -> [String] {
        var table = Table([
            Text("party", es: "parte")(say), Text("quorum", es: "quórum")(say),
            Text("may decide", es: "pueden decidir")(say), Text("informed", es: "informados")(say),
            Text("signed", es: "firmaron")(say),
        ])
        for party in terms.parties {
            let signed = found.signatures.compactMap { row -> String? in
                let parts = row.split(separator: "|", omittingEmptySubsequences: false)
                guard parts.count == 4, parts[1] == party.institution else { return nil }
                let end = parts[0] == "end" ? Text(" (to end)", es: " (terminar)")(say) : ""
                return "\(parts[2]) \(parts[3])\(end)"
            }
            table.add([
                party.institution, String(party.quorum),
                party.members.filter(\.decides).map(\.`operator`).joined(separator: ", "),
                party.members.filter { !$0.decides }.map(\.`operator`).joined(separator: ", "),
                signed.joined(separator: ", "),
            ])
        }
        return [""] + table.lines()
    }

    private func places(_ say: Language) -> [String] {
        let share = Int64(terms.places) * Int64(terms.reservedShareHundredths)
        let reserved = max(Int64(terms.reservedPlaces), (share + 9_999) / 10_000)
        guard reserved > 0 || terms.places > 0 else { return [] }
        var lines = [
            "",
            Text(
                "places: \(Figures.count(reserved)) reserved"
                    + (terms.places > 0 ? " of \(Figures.count(Int64(terms.places)))" : ""),
                es: "lugares: \(Figures.count(reserved)) reservados"
                    + (terms.places > 0 ? " de \(Figures.count(Int64(terms.places)))" : ""))(
                    say),
        ]
        for row in found.places {
            let parts = row.split(separator: "|").map(String.init)
            guard parts.count == 7, let target = Int64(parts[1]) else { continue }
            lines.append(
                Text(
                    "  \(parts[0]): \(Figures.count(min(target, reserved))) filled; target population \(parts[1]), others \(parts[2]), by override \(parts[3]), refused \(parts[4])",
                    es:
                        "  \(parts[0]): \(Figures.count(min(target, reserved))) llenos; población objetivo \(parts[1]), otros \(parts[2]), por excepción \(parts[3]), rechazados \(parts[4])"
                )(say))
            if parts[5] != "0" || parts[6] != "0" {
                lines.append(
                    Text(
                        "  \(parts[0]): at the start of their project \(parts[5]) refused, \(parts[6]) by override",
                        es: "  \(parts[0]): al empezar su proyecto \(parts[5]) rechazados, \(parts[6]) por excepción")(
                            say))
            }
        }
        if terms.unitCostMinor > 0, !terms.earmarks.isEmpty {
            let paid =
                terms.earmarks.map(\.amountMinor).reduce(0) { $0.addingReportingOverflow($1).partialValue }
                / terms.unitCostMinor
            lines.append(
                Text(
                    "  the earmarks pay \(Figures.count(paid)) places at \(Figures.money(terms.unitCostMinor, ""))",
                    es:
                        "  las asignaciones pagan \(Figures.count(paid)) lugares a \(Figures.money(terms.unitCostMinor, ""))"
                )(say))
        }
        return lines
    }

    private func conditions(_ say: Language) -> [String] {
        ["", Text("release conditions:", es: "condiciones de liberación:")(say)]
            + found.conditions.map { row in
                let parts = row.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false)
                let holds =
                    parts[1] == "true" ? Text("holds", es: "se cumple") : Text("has lapsed", es: "no se cumple")
                let who = parts[3].isEmpty ? "" : " (\(parts[3]): \(parts[4]))"
                return "  \(parts[0]) \(holds(say)): \(parts[2])\(who)"
            } + motions(say)
    }

    /// What some have signed about a condition, and who still has to.
    private func motions(_ say: Language) -> [String] {
        found.motions.compactMap { row in
            let parts = row.split(separator: "|", omittingEmptySubsequences: false)
            guard parts.count == 3, found.inForce == found.version else { return nil }
            let signers = parts[2].split(separator: ",").map(String.init)
            let resumes = parts[0] == "resume"
            let missing =
                resumes
                ? terms.missingSignatures(signedBy: Set(signers))
                : terms.missingSignaturesToSuspend(signedBy: Set(signers))
            let what = resumes ? Text("holds again", es: "vuelve a cumplirse") : Text("has lapsed", es: "no se cumple")
            let by = signers.joined(separator: ", ")
            let left = missing.map { $0.words(say) }.joined(separator: ", ")
            return Text(
                "  \(parts[1]) \(what.english): signed by \(by); still to sign: \(left)",
                es: "  \(parts[1]) \(what.spanish): firmado por \(by); faltan por firmar: \(left)")(say)
        }
    }

    private func earmarks(_ say: Language) -> [String] {
        var table = Table(
            [
                Text("line", es: "línea")(say), Text("party", es: "parte")(say),
                Text("documents", es: "documentos")(say), Text("earmarked", es: "asignado")(say),
                Text("drawn", es: "utilizado")(say), Text("left", es: "queda")(say),
                Text("returned", es: "devuelto")(say), Text("paid", es: "pagado")(say),
            ], numeric: [3, 4, 5, 6, 7])
        let bound = Dictionary(money.map { ($0.line, $0) }) { first, _ in first }
        for earmark in terms.earmarks {
            let row = found.inForce == found.version ? bound[earmark.line] : nil
            func amount(_ minor: Int64?) -> String { minor.map { Figures.money($0, row?.currency ?? "") } ?? "" }
            table.add([
                earmark.line, earmark.institution, "\(earmark.documentPrefix)…",
                Figures.money(earmark.amountMinor, row?.currency ?? ""), amount(row?.drawn), amount(row?.remaining),
                amount(row?.returned), amount(row?.paid),
            ])
        }
        return [""] + table.lines()
    }
}
