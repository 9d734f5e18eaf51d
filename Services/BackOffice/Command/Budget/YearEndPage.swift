import Contracts
import CoordinationDomain

/// What a year's end does to its holds, in words: each hold, the sums, and what stands in the way.
struct YearEndPage {
    let year: Int32
    let step: CoordinationV1.CloseYearStep
    let reply: CoordinationV1.CloseYearReply
    /// The stages' names by line.
    let names: [String: StageNames]

    /// What is shown.
    func lines(_ say: Language) -> [String] {
        var table = Table(
            [
                Text("line", es: "línea")(say), Text("document", es: "documento")(say),
                Text("stage", es: "etapa")(say), Text("amount", es: "monto")(say),
                Text("what becomes of it", es: "qué pasa con él")(say),
            ], numeric: [3])
        for hold in reply.holds {
            let stage = BudgetStage(name: hold.stage).flatMap { names[hold.line]?.stages[Int($0.rawValue) - 2] }
            table.add([
                hold.line, hold.document, stage ?? hold.stage,
                BudgetAmount.text(Int128(hold.amountMinor), hold.currency), fate(of: hold)(say),
            ])
        }
        return (table.isEmpty ? [] : table.lines() + sums(say)) + (failure == nil ? obstacles.map { $0(say) } : [])
            + [outcome(say)]
    }

    /// Why the year did not change although it was asked to; nil where nothing stood in the way.
    var failure: Failure? {
        let stops =
            switch step {
            case .close: !reply.withoutTarget.isEmpty
            case .seal: reply.state != "sealed" && !obstacles.isEmpty
            case .unspecified, .preview, .reopen: false
            }
        guard stops, !reply.changed else { return nil }
        func listed(_ say: Language) -> String { obstacles.map { "\n  " + $0(say) }.joined() }
        return Failure(
            Text(
                "\(year) cannot be \(step == .seal ? "sealed" : "closed"):" + listed(.english),
                es: "\(year) no se puede \(step == .seal ? "sellar" : "cerrar"):" + listed(.spanish)),
            remedy: Text(
                "open or fund the lines of \(year + 1) with 'puente budget appropriate', or release what is not needed with 'puente budget release'; then try again",
                es:
                    "abra o dote las líneas de \(year + 1) con 'puente budget appropriate', o libere lo que no hace falta con 'puente budget release'; luego repita"
            ))
    }

    /// Each treatment's sum in each currency.
    private func sums(_ say: Language) -> [String] {
        var sums: [String: [String: Int128]] = [:]
        for hold in reply.holds {
            sums[Self.kind(of: hold)(say), default: [:]][hold.currency, default: 0] += Int128(hold.amountMinor)
        }
        return sums.sorted { $0.key < $1.key }.map {
            "\(Text("in all", es: "en total")(say)), \($0.key): \(BudgetAmount.text($0.value))"
        }
    }

    private var obstacles: [Text] {
        let orphans = reply.withoutTarget.map { line -> Text in
            let holds = reply.holds.filter { $0.line == line && $0.targetLine.isEmpty && Self.needsTarget($0) }
            let documents = holds.map(\.document).joined(separator: ", ")
            let candidates = holds.first?.candidates ?? []
            guard candidates.isEmpty else {
                let both = candidates.joined(separator: ", ")
                return Text(
                    "\(line): several lines of \(year + 1) fit, \(both); documents \(documents)",
                    es: "\(line): corresponden varias líneas de \(year + 1), \(both); documentos \(documents)")
            }
            return Text(
                "\(line): no line of \(year + 1) has its dimensions; documents \(documents)",
                es: "\(line): ninguna línea de \(year + 1) tiene sus dimensiones; documentos \(documents)")
        }
        return orphans
            + reply.shortfalls.map {
                let short = BudgetAmount.text(Int128($0.shortfallMinor), $0.currency)
                return Text(
                    "\($0.line): \(short) too little available for what is charged to it",
                    es: "\($0.line): faltan \(short) disponibles para lo que se le carga")
            }
    }

    private var outcome: Text {
        switch step {
        case .unspecified, .preview:
            Text(
                "a preview: nothing changed; --step close, then --step seal does it",
                es: "vista previa: nada cambió; --step close y luego --step seal lo hacen")
        case .close, .seal, .reopen:
            reply.changed
                ? Text("\(year) is \(reply.state)", es: "\(year) está \(Self.spanish(reply.state))")
                : Text(
                    "nothing changed: \(year) is \(reply.state)",
                    es: "nada cambió: \(year) está \(Self.spanish(reply.state))")
        }
    }

    private static func spanish(_ state: String) -> String {
        ["open": "abierto", "closing": "en cierre", "sealed": "sellado"][state] ?? state
    }

    private static func needsTarget(_ hold: CoordinationV1.YearEndHold) -> Bool {
        hold.treatment == .carryOver || hold.treatment == .chargeNextYear
    }

    /// What becomes of a hold, without where it goes.
    private static func kind(of hold: CoordinationV1.YearEndHold) -> Text {
        switch hold.treatment {
        case .unspecified: Text("not said", es: "no se dice")
        case .lapse: Text("lapses", es: "se anula")
        case .payable: Text("stays payable", es: "queda por pagar")
        case .carryOver where hold.targetLine.isEmpty, .chargeNextYear where hold.targetLine.isEmpty:
            Text("has nowhere to go", es: "no tiene adónde ir")
        case .carryOver: Text("carried over", es: "pasa al año siguiente")
        case .chargeNextYear: Text("annulled, and charged to the next year", es: "se anula y se carga al siguiente")
        }
    }

    private func fate(of hold: CoordinationV1.YearEndHold) -> Text {
        let target = hold.targetLine
        return switch hold.treatment {
        case .carryOver where !target.isEmpty: Text("carried over to \(target)", es: "pasa a \(target)")
        case .chargeNextYear where !target.isEmpty:
            Text("annulled, and charged to \(target)", es: "se anula y se carga a \(target)")
        default: Self.kind(of: hold)
        }
    }
}
