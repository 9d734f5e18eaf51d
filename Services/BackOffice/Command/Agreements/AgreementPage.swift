import Contracts
import CoordinationDomain
import Vocabulary

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
            let signed = found.signatures.filter { $0.party == party.institution }.map { signature in
                let end = signature.act == "end" ? Text(" (to end)", es: " (terminar)")(say) : ""
                return "\(signature.by) \(signature.at)\(end)"
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
        let reserved = ReservedPlaces.count(
            places: terms.reservedPlaces, shareHundredths: terms.reservedShareHundredths, of: terms.places)
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
            let filled = Figures.count(min(row.target, reserved))
            lines.append(
                Text(
                    "  \(row.programme): \(filled) filled; target population \(row.target), others \(row.others), by override \(row.overridden), refused \(row.refused)",
                    es:
                        "  \(row.programme): \(filled) llenos; población objetivo \(row.target), otros \(row.others), por excepción \(row.overridden), rechazados \(row.refused)"
                )(say))
            if row.refusedAtStart > 0 || row.startedByOverride > 0 {
                let (refused, started) = (row.refusedAtStart, row.startedByOverride)
                lines.append(
                    Text(
                        "  \(row.programme): at the start of their project \(refused) refused, \(started) by override",
                        es: "  \(row.programme): al empezar su proyecto \(refused) rechazados, \(started) por excepción"
                    )(say))
            }
        }
        if terms.unitCostMinor > 0, !terms.earmarks.isEmpty {
            let bound = terms.earmarks.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
            let paid = BudgetAmount.number(bound / Int128(terms.unitCostMinor), "")
            let cost = Figures.money(terms.unitCostMinor, terms.currency)
            lines.append(
                Text(
                    "  the earmarks pay \(paid) places at \(cost)",
                    es: "  las asignaciones pagan \(paid) lugares a \(cost)")(
                        say))
        }
        return lines
    }

    private func conditions(_ say: Language) -> [String] {
        ["", Text("release conditions:", es: "condiciones de liberación:")(say)]
            + found.conditions.map { row in
                let holds = row.holds ? Text("holds", es: "se cumple") : Text("has lapsed", es: "no se cumple")
                let who = row.by.isEmpty ? "" : " (\(row.by): \(row.reason))"
                return "  \(row.number) \(holds(say)): \(row.body)\(who)"
            } + motions(say)
    }

    /// What some have signed about a condition, and who still has to.
    private func motions(_ say: Language) -> [String] {
        found.motions.compactMap { row in
            guard found.inForce == found.version else { return nil }
            let signers = row.signers
            let resumes = row.kind == "resume"
            let missing =
                resumes
                ? terms.missingSignatures(signedBy: Set(signers))
                : terms.missingSignaturesToSuspend(signedBy: Set(signers))
            let what = resumes ? Text("holds again", es: "vuelve a cumplirse") : Text("has lapsed", es: "no se cumple")
            let by = signers.joined(separator: ", ")
            let left = missing.map { $0.words(say) }.joined(separator: ", ")
            return Text(
                "  \(row.condition) \(what.english): signed by \(by); still to sign: \(left)",
                es: "  \(row.condition) \(what.spanish): firmado por \(by); faltan por firmar: \(left)")(say)
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
            let currency = row?.currency ?? terms.currency
            func amount(_ minor: Int64?) -> String { minor.map { Figures.money($0, currency) } ?? "" }
            table.add([
                earmark.line, earmark.institution, "\(earmark.documentPrefix)…",
                Figures.money(earmark.amountMinor, currency), amount(row?.drawn), amount(row?.remaining),
                amount(row?.returned), amount(row?.paid),
            ])
        }
        return [""] + table.lines()
    }
}
