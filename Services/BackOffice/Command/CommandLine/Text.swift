/// The languages that the command speaks.
public enum Language: String, Sendable, CaseIterable {
    /// English.
    case english = "en"
    /// Spanish.
    case spanish = "es"

    /// The language that a person's environment asks for, by POSIX's order of precedence.
    init(environment: [String: String]) {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        self = locale.hasPrefix("es") ? .spanish : .english
    }
}

/// Words for a person, in every language that the command speaks.
public struct Text: Sendable, Equatable {
    let english: String
    let spanish: String

    /// The same meaning twice.
    public init(_ english: String, es spanish: String) {
        self.english = english
        self.spanish = spanish
    }

    /// Several texts in one.
    static func joined(_ texts: [Text], by separator: String) -> Text {
        Text(
            texts.map(\.english).joined(separator: separator),
            es: texts.map(\.spanish).joined(separator: separator))
    }

    /// The words in one language.
    public func callAsFunction(_ language: Language) -> String {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }
}
