import Contracts
import ISO20022

/// Why a bank's file is refused, and what to do, in words.
enum BankRefusalWords {
    /// What became of a file.
    static func outcome(_ outcome: String) -> Text {
        switch outcome {
        case "applied": Text("applied", es: "aplicado")
        case "already_applied": Text("already applied", es: "ya aplicado")
        case "passed_over": Text("nothing of ours", es: "nada nuestro")
        case "refused": Text("refused", es: "rechazado")
        default: Text(outcome, es: outcome)
        }
    }

    /// The words for a refused file.
    static func words(for file: TransfersV1.BankFileResult) -> (what: Text, remedy: Text) {
        func value(_ name: String) -> String { file.values.first { $0.name == name }?.value ?? "" }
        guard let reason = MessageRefusal.Reason(rawValue: file.code) else {
            return (Text(file.code, es: file.code), askForAnother)
        }
        let (what, remedy) = words(for: reason, value)
        guard file.line > 1 || !Self.isAboutTheFile(reason) else { return (what, remedy) }
        return (
            Text("line \(file.line): \(what.english)", es: "línea \(file.line): \(what.spanish)"), remedy
        )
    }

    private static func isAboutTheFile(_ reason: MessageRefusal.Reason) -> Bool {
        switch reason {
        case .empty, .notXML, .notUTF8, .unknownMessage, .unknownVersion, .ownFile, .nothingOfOurs: true
        case .malformed, .doctype, .tooLarge, .severalDocuments, .missingElement, .invalidValue, .unknownCurrency,
            .totalsDiffer:
            false
        }
    }

    private static let askForAnother = Text(
        "ask the bank for a correct file", es: "pida al banco un archivo correcto")
    private static let whatIsRead = Text(
        "read are, as XML in UTF-8: pain.002 (001.03, 001.10), camt.053 and camt.054 (001.02, 001.08)",
        es: "se leen, como XML en UTF-8: pain.002 (001.03, 001.10), camt.053 y camt.054 (001.02, 001.08)")

    private static func words(
        for reason: MessageRefusal.Reason, _ value: (String) -> String
    ) -> (what: Text, remedy: Text) {
        let (found, element) = (value("found"), value("element"))
        switch reason {
        case .empty: return (Text("the file is empty", es: "el archivo está vacío"), askForAnother)
        case .notXML: return (kind(found), whatIsRead)
        case .notUTF8:
            return (Text("the file is written in \(found)", es: "el archivo está escrito en \(found)"), whatIsRead)
        case .malformed:
            return (
                Text(
                    "the XML is cut off or broken (libxml2 error \(value("error")))",
                    es: "el XML está cortado o dañado (error \(value("error")) de libxml2)"),
                Text(
                    "copy the file again, whole; or ask the bank for it again",
                    es: "copie el archivo otra vez, entero; o pídalo otra vez al banco")
            )
        case .doctype:
            return (
                Text(
                    "it holds a document type declaration, which no message of a bank has",
                    es: "contiene una declaración de tipo de documento, que ningún mensaje de un banco tiene"),
                askForAnother
            )
        case .tooLarge:
            return (
                Text(
                    "it has more of \(value("what")) than the limit of \(value("limit"))",
                    es: "tiene más de \(value("what")) que el límite de \(value("limit"))"), askForAnother
            )
        case .unknownMessage:
            return (
                Text(
                    "it is another message: \(found.isEmpty ? "without a namespace" : found)",
                    es: "es otro mensaje: \(found.isEmpty ? "sin espacio de nombres" : found)"), whatIsRead
            )
        case .unknownVersion:
            return (
                Text(
                    "it is \(value("message")) in version \(found); read are \(value("read"))",
                    es: "es \(value("message")) en la versión \(found); se leen \(value("read"))"),
                Text(
                    "ask the bank to send one of these versions",
                    es: "pida al banco que envíe una de estas versiones")
            )
        case .ownFile:
            return (
                Text(
                    "it is a payment file (\(found)), not the bank's answer to one",
                    es: "es un archivo de pagos (\(found)), no la respuesta del banco a uno"),
                Text(
                    "look for the file that the bank sent back: pain.002, camt.053 or camt.054",
                    es: "busque el archivo que el banco devolvió: pain.002, camt.053 o camt.054")
            )
        case .severalDocuments:
            return (
                Text("it holds several documents", es: "contiene varios documentos"),
                Text(
                    "split it, one message in each file, and import them together",
                    es: "divídalo, un mensaje en cada archivo, e impórtelos a la vez")
            )
        case .missingElement: return (Text("\(element) is missing", es: "falta \(element)"), askForAnother)
        case .invalidValue:
            return (
                Text("\(element) does not hold a valid value", es: "\(element) no tiene un valor válido"), askForAnother
            )
        case .unknownCurrency:
            return (
                Text(
                    "\(element) is in '\(value("currency"))', which is no currency of ISO 4217",
                    es: "\(element) está en '\(value("currency"))', que no es una moneda de ISO 4217"), askForAnother
            )
        case .totalsDiffer: return (totals(value), askForAnother)
        case .nothingOfOurs:
            return (
                Text(
                    "it is about no payment that is known here\(about(value("file")))",
                    es: "no trata de ningún pago conocido aquí\(about(value("file")))"),
                Text(
                    "is it for another site? after a restore: puente payments recover",
                    es: "¿es para otro sitio? después de una restauración: puente payments recover")
            )
        }
    }

    private static func about(_ file: String) -> String { file.isEmpty ? "" : " (\(file))" }

    private static func totals(_ value: (String) -> String) -> Text {
        let status = value("status").isEmpty ? "" : " \(value("status"))"
        return Text(
            "its own totals differ: \(value("what"))\(status) says \(value("declared")), it holds \(value("found"))",
            es:
                "sus propios totales difieren: \(value("what"))\(status) dice \(value("declared")), contiene \(value("found"))"
        )
    }

    private static func kind(_ found: String) -> Text {
        switch found {
        case "workbook": Text("it is a workbook, not XML", es: "es un libro de Excel, no XML")
        case "zip": Text("it is a ZIP archive: unpack it first", es: "es un archivo ZIP: descomprímalo primero")
        case "gzip":
            Text("it is compressed (gzip): unpack it first", es: "está comprimido (gzip): descomprímalo primero")
        case "csv": Text("it is a table of text (CSV), not XML", es: "es una tabla de texto (CSV), no XML")
        case "pdf": Text("it is a PDF, not XML", es: "es un PDF, no XML")
        case "json": Text("it is JSON, not XML", es: "es JSON, no XML")
        case "mt940":
            Text(
                "it is an older statement of SWIFT (MT940), not XML",
                es: "es un extracto antiguo de SWIFT (MT940), no XML")
        default: Text("it is no XML", es: "no es XML")
        }
    }
}
