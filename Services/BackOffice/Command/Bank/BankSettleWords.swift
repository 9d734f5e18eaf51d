import Contracts
import TransfersDomain

/// Why something odd cannot be settled so, in words.
enum BankSettleWords {
    /// The words of a refusal; nil for another error.
    static func failure(_ error: RPCError) -> Failure? {
        guard let detail = error.details.first(where: { $0.type == "oddity" }),
            let why = OddityTaking.Refusal(rawValue: detail.reason)
        else { return nil }
        let (what, remedy) = words(for: why)
        return Failure(what, at: detail.subject.isEmpty ? nil : detail.subject, remedy: remedy)
    }

    private static func words(for why: OddityTaking.Refusal) -> (Text, Text) {
        switch why {
        case .nothingToTake:
            (
                Text("there is nothing in it to take", es: "no hay en ello nada que tomar"),
                Text(
                    "--pass it once the bank has answered, with what it said as the reason",
                    es: "déjelo pasar con --pass cuando el banco haya respondido, con su respuesta como razón")
            )
        case .notInThisState:
            (
                Text("the payment's state does not allow it any more", es: "el estado del pago ya no lo permite"),
                Text(
                    "see puente payments explain; if another message told the same, --pass it",
                    es: "vea puente payments explain; si otro mensaje dijo lo mismo, use --pass")
            )
        case .currencyDiffers:
            (
                Text("it is in another currency than was ordered", es: "está en otra moneda que la ordenada"),
                Text("claim it from the bank, then --pass it", es: "reclámelo al banco, luego use --pass")
            )
        case .batchDiffers:
            (
                Text(
                    "count and sum of the batch still are not those of its file",
                    es: "cantidad y suma del lote aún no son las de su archivo"),
                Text(
                    "import the bank's rejections of that file, or ask for the payments one by one",
                    es: "importe los rechazos de ese archivo, o pida los pagos uno por uno")
            )
        case .orderedAgain:
            (
                Text(
                    "the household was ordered the same again: with this payment it is paid twice",
                    es: "al hogar se le ordenó lo mismo otra vez: con este pago cobra dos veces"),
                Text(
                    "claim one of the two from the bank, then --pass it with that reason",
                    es: "reclame al banco uno de los dos, luego use --pass con esa razón")
            )
        case .samePerson:
            (
                Text(
                    "whoever imported the message cannot take money as paid or come back",
                    es: "quien importó el mensaje no puede dar dinero por pagado o devuelto"),
                Text("ask another person to settle it", es: "pida a otra persona que lo resuelva")
            )
        case .settled:
            (
                Text("it is settled already", es: "ya está resuelto"),
                Text("puente bank odd --all shows how", es: "puente bank odd --all muestra cómo")
            )
        }
    }
}
