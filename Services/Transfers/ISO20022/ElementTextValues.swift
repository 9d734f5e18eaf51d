import Vocabulary

/// The types of ISO 20022 as they are read from an element's text; a fault says which element and line.
extension ElementText {
    /// `Max35Text`, required.
    func identifier(_ element: String) throws(MessageRefusal) -> String {
        guard !bytes.isEmpty, bytes.count <= 140 else { throw invalid(element) }
        let text = string
        guard text.unicodeScalars.count <= 35 else { throw invalid(element) }
        return text
    }

    /// `Max35Text` that refers to something; nil where the text says that there is nothing to refer to.
    func reference(_ element: String) throws(MessageRefusal) -> String? {
        let text = try identifier(element)
        return text == "NOTPROVIDED" ? nil : text
    }

    /// A code of an external code set (`ExternalStatusReason1Code`, …) or one of the bank's own (`Max35Text`).
    func code(_ element: String) throws(MessageRefusal) -> String {
        try identifier(element)
    }

    /// `UUIDv4Identifier`.
    func uetr() throws(MessageRefusal) -> UETR {
        guard let value = UETR(utf8: bytes) else { throw invalid("UETR") }
        return value
    }

    /// `Max15NumericText`.
    func count(_ element: String) throws(MessageRefusal) -> Int64 {
        guard bytes.count <= 15, let value = ExactDecimal.count(bytes) else { throw invalid(element) }
        return value
    }

    /// `ActiveOrHistoricCurrencyAndAmount`: exact, zero or above.
    func amount(_ element: String) throws(MessageRefusal) -> Money {
        guard let known = Currency(code: currency) else {
            throw MessageRefusal(.unknownCurrency, line: line, ["element": element, "currency": currency])
        }
        guard let units = ExactDecimal.units(bytes, fractionDigits: known.fractionDigits), units >= 0 else {
            throw invalid(element)
        }
        return Money(minorUnits: units, currency: known)
    }

    /// `ISODate`, or the date of an `ISODateTime`, as it is written: whether it is a day of the calendar is for whoever
    /// believes it.
    var date: String { String(string.prefix(10)) }

    /// `CreditDebitCode`: whether it is a credit.
    func isCredit(_ element: String) throws(MessageRefusal) -> Bool {
        switch string {
        case "CRDT": return true
        case "DBIT": return false
        default: throw invalid(element)
        }
    }

    /// `TrueFalseIndicator`.
    func flag(_ element: String) throws(MessageRefusal) -> Bool {
        switch string {
        case "true", "1": return true
        case "false", "0": return false
        default: throw invalid(element)
        }
    }

    private func invalid(_ element: String) -> MessageRefusal {
        MessageRefusal(.invalidValue, line: line, ["element": element])
    }
}

extension ExactDecimal {
    /// As ``units(_:fractionDigits:)``, of a string.
    static func units(_ text: String, fractionDigits: Int) -> Int64? {
        var text = text
        return text.withUTF8 { units(UnsafeRawBufferPointer($0), fractionDigits: fractionDigits) }
    }
}
