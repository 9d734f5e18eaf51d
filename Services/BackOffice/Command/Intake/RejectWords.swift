import Intake

/// Why a row of an import was refused, in a person's language.
enum RejectWords {
    /// The row's sentence; where no dictionary has it, what its code means stands before it.
    static func words(_ row: RejectedRow) -> Text {
        guard SentenceWords.spanish[row.sentence.pattern] == nil, let reason = RejectReason(rawValue: row.reason) else {
            return SentenceWords.words(row.sentence)
        }
        return Text(row.message, es: "\(meaning(of: reason).spanish) (\(row.message))")
    }

    /// What a code means.
    static func meaning(of reason: RejectReason) -> Text {
        switch reason {
        case .missing: Text("a value is missing", es: "falta un valor")
        case .fieldCount: Text("too few or too many fields", es: "faltan o sobran campos")
        case .encoding: Text("bytes that are no UTF-8 text", es: "bytes que no son texto UTF-8")
        case .malformed: Text("no CSV", es: "no es CSV")
        case .notANumber: Text("no number", es: "no es un número")
        case .negative: Text("below zero", es: "menor que cero")
        case .fractional: Text("other decimals than are taken", es: "otros decimales que los que se aceptan")
        case .outOfRange: Text("outside its range", es: "fuera de su rango")
        case .impossibleDate: Text("an impossible date", es: "una fecha imposible")
        case .unknownWord: Text("none of the column's words", es: "ninguna de las palabras de la columna")
        case .tooLong: Text("too long", es: "demasiado largo")
        case .badCode: Text("no code", es: "no es un código")
        case .controlCharacter:
            Text("a character that disturbs a screen", es: "un carácter que perturba una pantalla")
        case .formula: Text("begins like a formula", es: "empieza como una fórmula")
        case .scientificNotation: Text("written as a power of ten", es: "escrito como potencia de diez")
        case .lostZeros: Text("leading zeros are lost", es: "se perdieron ceros iniciales")
        case .checkDigits: Text("wrong check digits", es: "dígitos de control errados")
        case .accountForm: Text("no form of the bank's", es: "ninguna forma del banco")
        case .tooMany: Text("too many refused rows", es: "demasiadas filas rechazadas")
        case .emptyFile: Text("no rows", es: "sin filas")
        case .wrongKind: Text("a file of another kind", es: "un archivo de otro tipo")
        case .header: Text("another header", es: "otro encabezado")
        }
    }
}
