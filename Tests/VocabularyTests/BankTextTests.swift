import Testing
import Vocabulary

private typealias Sent = BankCharacterSet.Transliteration

@Test func aNameIsSentInTheBanksCharacters() {
    let names: [(String, BankCharacterSet, String, BankCharacterSet.Change)] = [
        ("Rosa Quispe", .swiftX, "Rosa Quispe", .none),
        ("María Núñez Ñaupari", .swiftX, "Maria Nunez Naupari", .folded),
        ("María Núñez Ñaupari", .latin, "María Núñez Ñaupari", .none),
        ("Mun\u{303}oz", .swiftX, "Munoz", .folded),
        ("Ærøskøbing Straße", .swiftX, "AEroskobing Strasse", .folded),
        ("😀 Rosa", .swiftX, "Rosa", .lost), ("😀 Rosa", .latin, "Rosa", .lost), ("😀 Rosa", .unicode, "😀 Rosa", .none),
        ("/Ana", .swiftX, "Ana", .lost), ("//Bea/", .swiftX, "Bea", .lost), ("Ana//Bea", .swiftX, "Ana/Bea", .lost),
        ("Ana / Bea", .swiftX, "Ana / Bea", .none), ("Ana /", .swiftX, "Ana", .lost),
        ("-Ana", .swiftX, "Ana", .lost), (":Ana-Bea", .swiftX, "Ana-Bea", .lost),
        ("  Ana   Bea ", .swiftX, "Ana Bea", .folded), ("Ana\u{A0}Bea", .swiftX, "Ana Bea", .folded),
        ("Ana\u{202E}Bea", .swiftX, "Ana Bea", .lost), ("Ana\u{1B}[2JBea", .swiftX, "Ana (2JBea", .lost),
        ("O’Brien \u{2013} “Ñ” & Hija", .swiftX, "O'Brien - 'N' + Hija", .folded),
        ("名前", .swiftX, "", .lost), ("", .swiftX, "", .none), ("   ", .unicode, "", .folded),
        ("Łukasz Ğül", .swiftX, "Lukasz Gul", .folded), ("Łukasz Ğül", .latin, "Łukasz Ğül", .none),
    ]
    for (name, set, sent, change) in names {
        let result = set.transliterated(name)
        #expect(result.text == sent, "\(name) in \(set)")
        #expect(result.change == change, "\(name) in \(set)")
        // What is sent is sent as it is.
        #expect(set.transliterated(sent).text == sent)
        #expect(set.transliterated(sent).change == .none)
    }
}

@Test func aLongNameIsCutAtACharacterAndSaysSo() {
    let name = String(repeating: "ñ", count: 140)
    #expect(BankCharacterSet.latin.transliterated(name).change == .none)
    let longer = BankCharacterSet.latin.transliterated(name + "a")
    #expect(longer.text == name)
    #expect(longer.change == .lost)
    #expect(BankCharacterSet.swiftX.transliterated("Ana Bea", limit: 4).text == "Ana")
    #expect(BankCharacterSet.swiftX.transliterated("Abc", limit: 2).text == "Ab")
}

@Test func everyCharacterIsSentInTheSetOrNotAtAll() {
    for value in UInt32(0)...0x2FFF {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let sent = BankCharacterSet.swiftX.transliterated("A" + String(scalar) + "B").text
        #expect(sent.utf8.allSatisfy { $0 < 0x7F && $0 >= 0x20 }, "U+\(String(value, radix: 16))")
        #expect(sent.isEmpty || BankText.isReference(sent, limit: 140), "U+\(String(value, radix: 16)): \(sent)")
    }
}

@Test func referencesAccountsAndBICsHaveTheirShapes() {
    for good in ["E2E-1", "a/b", "A (1), b.c+d?e:f'"] { #expect(BankText.isReference(good)) }
    for bad in ["", "a//b", "/a", "a/", " a", "a ", "x_y", "ñ", "a\n", String(repeating: "a", count: 36)] {
        #expect(!BankText.isReference(bad))
    }
    for good in ["00000000001", "04-001-1", "/04_1"] { #expect(BankText.isAccount(good)) }
    for bad in ["", "-", "00-000 0000 01", "ñ", String(repeating: "1", count: 35), String(repeating: "1", count: 100)] {
        #expect(!BankText.isAccount(bad))
    }
    for good in ["BANCPEPL", "BANCPEPLXXX", "B4NCPE22"] { #expect(BankText.isBIC(good)) }
    for bad in ["", "BANCPEP", "BANCP3PL", "bancpepl", "BANCPEPLX", "BANCPEPL XX"] { #expect(!BankText.isBIC(bad)) }
}

@Test func textsThatDisturbAScreenAreToldFromPlainOnes() {
    for plain in ["Ana", "名前", "👩‍🌾 Ana", "ñ", ""] { #expect(!PlainText.disturbs(plain)) }
    for odd in ["a\u{1B}[2J", "a\r\n", "\u{7}", "a\u{202E}b", "a\u{2066}b", "\u{85}", "\u{FEFF}a", "a\tb"] {
        #expect(PlainText.disturbs(odd))
    }
    for blank in ["", " ", "\u{A0}\u{3000}", "\u{200B}"] { #expect(PlainText.isBlank(blank)) }
    #expect(!PlainText.isBlank(" a "))
}

@Test func formulasAreToldFromNumbers() {
    func isFormula(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { PlainText.isFormula(UnsafeRawBufferPointer($0)) }
    }
    for formula in ["=1+1", "@SUM(1)", "+1+1", "-cmd", "\t=1", " =1", "=HYPERLINK(\"x\")"] {
        #expect(isFormula(formula))
    }
    for other in ["", "Ana", "-5.25", "+1,000", "-", "1+1", "Ana=1"] { #expect(!isFormula(other)) }
}
