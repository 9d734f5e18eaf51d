import Vocabulary

/// What services and imports say, in Spanish.
///
/// The key is a sentence's pattern. In the Spanish, `{1}` is the first value as it is, and `{1:run}` the first value as a
/// code that ``ValueWords`` has words for.
enum SentenceWords {
    /// Every sentence's Spanish by its pattern.
    static let spanish: [String: String] = parts.reduce(into: [:]) { all, part in
        all.merge(part) { first, _ in first }
    }

    /// The dictionaries by what they are about.
    static let parts: [[String: String]] = [
        runs, files, cycles, bank, projects, agreements, groups, ledger, definitions, contracts, queue, steering, rows,
        imports,
    ]

    /// A sentence in the person's language: also one that came as a text alone, as what the database's functions say does.
    /// What no dictionary has is another program's text and stays as it is.
    static func words(_ sentence: Sentence) -> Text {
        if let spanish = spanish[sentence.pattern] { return filled(sentence, spanish) }
        if let placed = sentence.placed {
            let what = words(placed.what)
            return Text("\(placed.place): \(what.english)", es: "\(placed.place): \(what.spanish)")
        }
        if sentence.values.isEmpty {
            // Several sentences in one text, such as all that is wrong with a call's options; or one.
            let parts = sentence.pattern.components(separatedBy: "; ")
            let texts = parts.compactMap(known)
            if texts.count == parts.count { return Text.joined(texts, by: "; ") }
            if parts.count > 1, let whole = known(sentence.pattern) { return whole }
        }
        return Text(sentence.text, es: sentence.text)
    }

    /// The words of a kept text; nil where no dictionary has its sentence.
    private static func known(_ text: String) -> Text? {
        let sentence = recognised(text)
        return spanish[sentence.pattern].map { filled(sentence, $0) }
    }

    private static func filled(_ sentence: Sentence, _ spanish: String) -> Text {
        var values = sentence.values.map { Text($0, es: $0) }
        var said = ""
        var rest = spanish[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let place = rest[rest.index(after: open)..<close].split(separator: ":")
            said += rest[..<open]
            if let number = place.first.flatMap({ Int($0) }), values.indices.contains(number - 1) {
                if place.count > 1 {
                    values[number - 1] = ValueWords.words(sentence.values[number - 1], String(place[1]))
                }
                said += values[number - 1].spanish
            }
            rest = rest[rest.index(after: close)...]
        }
        // Several words for one value stand apart from the sentence that they are in.
        let english = zip(values, sentence.values).map { value, code in
            value.english == code || !value.english.contains(" ") ? value.english : "'\(value.english)'"
        }
        return Text(Sentence.filled(sentence.pattern, english), es: said + rest)
    }
}
