import Contracts
import TransfersDomain

/// What is odd about what the bank said, and what is advised, in words.
struct BankOddityWords {
    let odd: TransfersV1.BankOddity

    private func value(_ name: String) -> String { odd.values.first { $0.name == name }?.value ?? "" }
    private func money(_ minor: String, _ currency: String) -> String {
        Int64(minor).map { Figures.money($0, currency) } ?? "?"
    }
    private var said: String { Figures.money(odd.amountMinor, odd.currency) }
    private var ordered: String { Figures.money(odd.orderedMinor, odd.orderedCurrency) }
    private var between: String { Figures.money(abs(odd.amountMinor - odd.orderedMinor), odd.currency) }

    /// What is odd.
    var what: Text {
        guard let oddity = BankOddity(rawValue: odd.code) else { return Text(odd.code, es: odd.code) }
        switch oddity {
        case .unknownPayment:
            return Text(
                "\(event.english) of a payment that is unknown here", es: "\(event.spanish) de un pago desconocido aquí"
            )
        case .unknownFile:
            return Text(
                "about a payment file that is unknown here: \(value("file"))",
                es: "sobre un archivo de pagos desconocido aquí: \(value("file"))")
        case .fileDiffers:
            let has =
                value("payments").isEmpty ? money(value("payments_minor"), odd.orderedCurrency) : value("payments")
            return Text(
                "says that file \(value("file")) has \(value("declared")); it has \(has)",
                es: "dice que el archivo \(value("file")) tiene \(value("declared")); tiene \(has)")
        case .messageAgain:
            return Text(
                "the message was applied before with other content (file \(value("file")))",
                es: "el mensaje se aplicó antes con otro contenido (archivo \(value("file")))")
        case .directionDiffers:
            return Text(
                "the entry and its details call \(said) a debit and a credit",
                es: "el asiento y sus detalles llaman a \(said) un cargo y un abono")
        case .otherAccount:
            return Text(
                "\(event.english) on account \(value("account")), which is not the payer's",
                es: "\(event.spanish) en la cuenta \(value("account")), que no es la del pagador")
        case .bookingDate:
            let day = odd.bookedOn.isEmpty ? "?" : odd.bookedOn
            return Text(
                "booked on a day that cannot be: \(day)", es: "asentado en un día que no puede ser: \(day)")
        case .currencyDiffers:
            return Text("\(said) instead of \(ordered)", es: "\(said) en lugar de \(ordered)")
        case .amountDiffers:
            return Text(
                "\(event.english) for \(said); ordered were \(ordered)",
                es: "\(event.spanish) por \(said); se ordenaron \(ordered)")
        case .paidMore:
            return Text(
                "paid \(said), \(between) more than ordered", es: "pagado \(said), \(between) más de lo ordenado")
        case .paidLess:
            return Text(
                "paid \(said), \(between) less than ordered", es: "pagado \(said), \(between) menos de lo ordenado")
        case .returnedPart:
            return Text("came back in part: \(said) of \(ordered)", es: "volvió en parte: \(said) de \(ordered)")
        case .returnedLessFees:
            return Text(
                "came back less charges: \(said) of \(ordered)", es: "volvió menos gastos: \(said) de \(ordered)")
        case .returnedMore:
            return Text("came back with \(between) more than ordered", es: "volvió con \(between) más de lo ordenado")
        case .entryDiffers:
            let booked = money(value("entry_minor"), value("entry_currency"))
            return Text(
                "the payments of an entry of \(booked) do not add up to it",
                es: "los pagos de un asiento de \(booked) no suman ese importe")
        case .batchDiffers:
            let (all, sum) = (value("payments"), money(value("payments_minor"), odd.orderedCurrency))
            let (rest, restSum) = (value("unpaid"), money(value("unpaid_minor"), odd.orderedCurrency))
            return Text(
                "batch of \(said) for file \(value("file")), which has \(all) payments of \(sum) (unpaid \(rest): \(restSum))",
                es:
                    "lote de \(said) por el archivo \(value("file")), que tiene \(all) pagos por \(sum) (sin pagar \(rest): \(restSum))"
            )
        case .bookedTwice: return again(Text("booked a second time", es: "asentado por segunda vez"))
        case .returnedTwice: return again(Text("came back a second time", es: "volvió por segunda vez"))
        case .returnedOfTwo:
            return Text(
                "\(said) came back of a payment that was booked twice",
                es: "volvieron \(said) de un pago asentado dos veces")
        case .statusTwice:
            return Text("accepted and rejected in one message", es: "aceptado y rechazado en un mensaje")
        case .rejectedAfterPaid: return Text("rejected, after it was paid", es: "rechazado, después de pagado")
        case .rejectedAfterReturned: return Text("rejected, after it came back", es: "rechazado, después de devuelto")
        case .paidAfterRejected: return Text("paid, after it was rejected", es: "pagado, después de rechazado")
        case .returnedAfterRejected:
            return Text(
                "came back, after it was rejected or withdrawn", es: "volvió, después de rechazado o retirado")
        case .acceptedAfterWithdrawn:
            return Text("accepted, after it was withdrawn", es: "aceptado, después de retirado")
        case .paidAfterWithdrawn: return Text("paid, after it was withdrawn", es: "pagado, después de retirado")
        }
    }

    private func again(_ words: Text) -> Text {
        let before = [value("before"), value("before_reference")].filter { !$0.isEmpty }.joined(separator: ", ")
        guard !before.isEmpty else { return Text("\(words.english): \(said)", es: "\(words.spanish): \(said)") }
        return Text(
            "\(words.english): \(said) (first: \(before))", es: "\(words.spanish): \(said) (la primera: \(before))")
    }

    private var event: Text {
        switch odd.event {
        case "accepted": Text("acceptance", es: "aceptación")
        case "rejected": Text("rejection", es: "rechazo")
        case "paid": Text("payment", es: "pago")
        case "returned": Text("return", es: "devolución")
        default: Text("notice", es: "aviso")
        }
    }

    /// What is advised.
    var advice: Text {
        guard let proposal = BankOddity.Proposal(rawValue: odd.proposal) else { return Text("", es: "") }
        switch proposal {
        case .askBank:
            return Text("ask the bank before anything is taken", es: "pregunte al banco antes de tomar nada")
        case .recover:
            return Text(
                "after a restore: puente payments recover; otherwise ask the bank",
                es: "después de una restauración: puente payments recover; si no, pregunte al banco")
        case .claim:
            return Text(
                "claim from the bank what it took without an order", es: "reclame al banco lo que tomó sin orden")
        case .awaitCredit:
            return Text(
                "the money must come back: wait for the credit, or claim it",
                es: "el dinero debe volver: espere el abono, o reclámelo")
        case .compare:
            return Text(
                "compare the two files; each payment in them was judged by itself",
                es: "compare los dos archivos; cada pago en ellos se juzgó por sí mismo")
        case .letStand:
            return Text(
                "nothing is owed if it cancels another booking: pass it",
                es: "no se debe nada si anula otro asiento: páselo")
        case .takeAsPaid:
            return Text(
                "--take: it is paid, and no longer open to be paid again",
                es: "--take: está pagado, y ya no queda por pagar otra vez")
        case .takeAsReturned:
            return Text(
                "--take: it came back and is open again; what the bank kept stays paid",
                es: "--take: volvió y queda por pagar otra vez; lo que el banco retuvo queda pagado")
        case .takePart:
            return Text(
                "--take: it stays paid, less the part that is back",
                es: "--take: sigue pagado, menos la parte que volvió")
        case .takeStatus:
            return Text("--take: what the bank says of it counts", es: "--take: vale lo que dice el banco")
        case .takeBatch:
            return Text(
                "import the bank's rejections first; then --take, if it fits",
                es: "importe primero los rechazos del banco; luego --take, si cuadra")
        }
    }
}
