import CoordinationDomain

extension PostingCode {
    /// Why a posting was refused, for a person; empty where it was not.
    var reason: Text {
        switch self {
        case .posted: Text("", es: "")
        case .invalidPostingId:
            Text("its identifier is empty or too long", es: "su identificador está vacío o es largo")
        case .kindNotAllowed:
            Text("who asked may not post this kind", es: "quien lo pidió no puede hacer este tipo de asiento")
        case .reservedId:
            Text(
                "identifiers that begin so are a service's own; give another --id",
                es: "los identificadores que empiezan así son de un servicio; dé otro --id")
        case .invalidCurrency: Text("its currency is missing", es: "falta su moneda")
        case .postingIdRepeated: Text("its identifier stands twice", es: "su identificador está dos veces")
        case .invalidKind: Text("its kind is unknown", es: "su tipo se desconoce")
        case .invalidAmount:
            Text(
                "its amount must be above zero and at most 10^15 minor units",
                es: "su monto debe ser mayor que cero y a lo más 10^15 unidades menores")
        case .invalidDocument: Text("its document does not fit", es: "su documento no corresponde")
        case .invalidStage: Text("its stage does not fit", es: "su etapa no corresponde")
        case .invalidTarget: Text("its target line does not fit", es: "su línea de destino no corresponde")
        case .invalidReversal: Text("what it reverses does not fit", es: "lo que revierte no corresponde")
        case .invalidGroup: Text("its group does not fit", es: "su grupo no corresponde")
        case .invalidText: Text("a text is too long", es: "un texto es demasiado largo")
        case .invalidDate: Text("a date does not fit", es: "una fecha no corresponde")
        case .postingIdReused: Text("the identifier has other content", es: "el identificador tiene otro contenido")
        case .unknownLine: Text("there was no such line", es: "no había tal línea")
        case .unknownTarget: Text("there was no such target line", es: "no había tal línea de destino")
        case .currencyMismatch:
            Text("the amount is in another currency than the line", es: "el monto está en otra moneda que la línea")
        case .unknownPosting: Text("there was no such posting to reverse", es: "no había tal asiento que revertir")
        case .otherLine: Text("the posting is another line's", es: "el asiento es de otra línea")
        case .notReversible: Text("a reversal is not reversed", es: "una reversión no se revierte")
        case .alreadyReversed: Text("it was reversed before", es: "ya se había revertido")
        case .exceedsPosting: Text("more than the posting's amount", es: "más que el monto del asiento")
        case .documentOfAnother:
            Text(
                "the document belongs to another service or to people; only who opened it posts on it",
                es: "el documento es de otro servicio o de personas; solo quien lo abrió asienta en él")
        case .yearSealed: Text("the year is sealed", es: "el año está cerrado")
        case .yearClosing:
            Text("the year is closing: nothing new is reserved", es: "el año se cierra: no se reserva nada nuevo")
        case .dateSealed: Text("the day is sealed", es: "el día está cerrado")
        case .outsideYear:
            Text(
                "the day lies outside the line's fiscal year; --original-date says to which day it belongs",
                es: "el día está fuera del año fiscal de la línea; --original-date dice a qué día corresponde")
        case .beforeMoney:
            Text("the line had no money yet on that day", es: "la línea aún no tenía dinero ese día")
        case .stageNotUsed: Text("the country has no such stage", es: "el país no tiene esa etapa")
        case .earmarked:
            Text("an agreement binds the money for other documents", es: "un convenio reserva el dinero para otros")
        case .agreementSuspended: Text("the agreement is suspended", es: "el convenio está suspendido")
        case .holdExpired: Text("the reservation had lapsed", es: "la reserva había vencido")
        case .holdNotExpired: Text("the reservation had not lapsed", es: "la reserva no había vencido")
        case .insufficientAvailable: Text("too little is available", es: "hay muy poco disponible")
        case .insufficientReserved: Text("too little is reserved", es: "hay muy poco reservado")
        case .insufficientCommitted: Text("too little is committed", es: "hay muy poco comprometido")
        case .insufficientAccrued: Text("too little is accrued", es: "hay muy poco devengado")
        case .insufficientOrdered: Text("too little is ordered", es: "hay muy poco ordenado")
        case .insufficientPaid: Text("too little is paid", es: "hay muy poco pagado")
        case .limitExceeded: Text("a ceiling would be exceeded", es: "se excedería un tope")
        case .lineBoundExceeded:
            Text("a line holds at most 10^17 minor units", es: "una línea admite a lo más 10^17 unidades menores")
        case .overrideRequired:
            Text("overdrawing the line needs a reason", es: "sobregirar la línea necesita una razón")
        case .groupRefused:
            Text("another posting of its group was refused", es: "se rechazó otro asiento de su grupo")
        }
    }
}
