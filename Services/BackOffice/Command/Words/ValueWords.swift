import CoordinationDomain
import Vocabulary

/// Words for the codes that stand as values in sentences.
enum ValueWords {
    /// The kinds of codes that patterns may name.
    static let kinds = [
        "run", "agreement", "proposal", "posting", "stage", "expected", "part", "form", "lapsed", "sentence",
        "steers", "belonging",
    ]

    /// The words of a value of a kind; a value that is none of its codes stays as it is.
    static func words(_ value: String, _ kind: String) -> Text {
        switch kind {
        case "run": RunReport.meaning(of: value)
        case "agreement": AgreementOutcome.name(ofState: value)
        case "proposal": proposal(value)
        case "posting": PostingCode(rawValue: value)?.reason ?? Text(value, es: value)
        case "stage": stage(value)
        case "expected": expected(value)
        case "part": part(value)
        case "form": form(value)
        case "lapsed": Text(value, es: value.replacing("(see the reason)", with: "(vea la razón)"))
        case "sentence": SentenceWords.words(Sentence(foreign: value))
        case "steers": steers(value)
        case "belonging": belonging(value)
        default: Text(value, es: value)
        }
    }

    private static func steers(_ act: String) -> Text {
        switch act {
        case "repeats": Text(act, es: "repite")
        case "cancels": Text(act, es: "cancela")
        case "discards": Text(act, es: "descarta")
        default: Text(act, es: act)
        }
    }

    /// Whose work a call of a service belongs to, and what an act on it would do.
    private static func belonging(_ work: String) -> Text {
        let spanish =
            work
            .replacing(
                ": if that work was asked for again meanwhile, repeating this call does it twice",
                with: ": si ese trabajo se pidió otra vez entretanto, repetir esta llamada lo hace dos veces"
            ).replacing(
                ": without it that work stands still, and what waits for its answer gets none",
                with: ": sin ella ese trabajo se detiene, y lo que espera su respuesta no la recibe"
            ).replacing(" made call ", with: " hizo la llamada ").replacing(" for itself", with: " para sí")
            .replacing(" for ", with: " para ").replacing(" of ", with: " de ").replacing("(call ", with: "(llamada ")
        return Text(work, es: spanish)
    }

    private static func proposal(_ state: String) -> Text {
        switch state {
        case "proposed": Text(state, es: "propuesta")
        case "confirmed": Text(state, es: "confirmada")
        case "declined": Text(state, es: "rechazada")
        default: Text(state, es: state)
        }
    }

    private static func stage(_ name: String) -> Text {
        switch name {
        case "reserved": Text(name, es: "reservado")
        case "committed": Text(name, es: "comprometido")
        case "accrued": Text(name, es: "devengado")
        case "ordered": Text(name, es: "girado")
        case "paid": Text(name, es: "pagado")
        default: Text(name, es: name)
        }
    }

    /// What a reader of JSON expected.
    private static func expected(_ what: String) -> Text {
        switch what {
        case "a comma": Text(what, es: "una coma")
        case "a colon": Text(what, es: "dos puntos")
        case "a value": Text(what, es: "un valor")
        case "a string": Text(what, es: "un texto entre comillas")
        case "a number": Text(what, es: "un número")
        case "an object": Text(what, es: "un objeto")
        case "an array": Text(what, es: "una lista")
        case "true or false": Text(what, es: "true o false")
        case "the end": Text(what, es: "el final")
        case "the string's end": Text(what, es: "el final del texto")
        case "no control character in a string": Text(what, es: "un texto sin caracteres de control")
        default: Text(what, es: what)
        }
    }

    /// A part of a definition whose amount must be above zero.
    private static func part(_ what: String) -> Text {
        if what == "instalment share" { return Text(what, es: "parte de un desembolso") }
        return Text(what, es: what.replacing("cost of module ", with: "costo del módulo "))
    }

    /// Forms of account numbers and of codes.
    private static func form(_ forms: String) -> Text {
        let spanish = forms.replacing("digits and capital letters", with: "dígitos y mayúsculas")
            .replacing("letters, digits and signs", with: "letras, dígitos y signos")
            .replacing("letters and digits", with: "letras y dígitos")
            .replacing(" with check digits", with: " con dígitos de control").replacing(" digits", with: " dígitos")
            .replacing(" to ", with: " a ")
        return Text(forms, es: spanish)
    }
}
