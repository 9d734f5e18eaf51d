import Vocabulary

// Sentences in details of errors: the pattern and its values, by which another language is found.

extension ErrorDetail {
    /// The type of the detail that carries the pattern of the error's own sentence.
    private static let sentenceType = "sentence"
    /// The key under which a detail's metadata carries the pattern of its description.
    private static let patternKey = "pattern"

    /// The field at `path` of the request is wrong: what is, for a person, and the reason's code.
    public init(field path: String, _ sentence: Sentence, reason: String) {
        self.init(type: "field", field: path, reason: reason, description: sentence.text)
        guard !sentence.values.isEmpty else { return }
        metadata = Self.numbered(sentence.values)
        metadata[Self.patternKey] = sentence.pattern
    }

    /// What ``description`` says, as a sentence.
    public var sentence: Sentence {
        metadata[Self.patternKey].map { Sentence(pattern: $0, values: Self.values(metadata)) }
            ?? Sentence(foreign: description)
    }

    /// The detail that carries an error's sentence; nil where the message is the pattern itself.
    init?(saying sentence: Sentence) {
        guard !sentence.values.isEmpty else { return nil }
        self.init(type: Self.sentenceType, reason: sentence.pattern, metadata: Self.numbered(sentence.values))
    }

    /// The sentence of the error that this detail belongs to; nil for every other detail.
    var saidAsPattern: Sentence? {
        guard type == Self.sentenceType else { return nil }
        return Sentence(pattern: reason, values: Self.values(metadata))
    }

    private static func numbered(_ values: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: zip(1..., values).map { (String($0), $1) })
    }

    private static func values(_ metadata: [String: String]) -> [String] {
        var values: [String] = []
        while let value = metadata[String(values.count + 1)] { values.append(value) }
        return values
    }
}
