import Foundation
import Vocabulary

/// Why the text after an option is not a value of its kind.
struct UnfitValue: Error {
    let expected: Text
}

/// What the parser and the help need to know of an option, whatever its type.
protocol OptionDescription: Sendable {
    /// Name without the dashes.
    var name: String { get }
    /// What stands for the value in the help; nil for a flag.
    var placeholder: String? { get }
    /// What it does.
    var help: Text { get }
    /// Whether the command refuses to run without it.
    var isRequired: Bool { get }
    /// Throws when `text` is no value of this option.
    func check(_ text: String) throws(UnfitValue)
}

/// An option whose value has a type.
struct CommandOption<Value: Sendable>: OptionDescription {
    let name: String
    let placeholder: String?
    let help: Text
    let isRequired: Bool
    let read: @Sendable (String) throws(UnfitValue) -> Value

    func check(_ text: String) throws(UnfitValue) { _ = try read(text) }
}

extension CommandOption<String> {
    /// An option that takes any text.
    static func text(_ name: String, _ placeholder: String, _ help: Text, required: Bool = false) -> Self {
        Self(name: name, placeholder: placeholder, help: help, isRequired: required) { text throws(UnfitValue) in
            guard !text.isEmpty else { throw UnfitValue(expected: Text("some text", es: "algún texto")) }
            return text
        }
    }

    /// An option that takes one of a few words.
    static func choice(_ name: String, _ choices: [String], _ help: Text, required: Bool = false) -> Self {
        let listed = choices.joined(separator: "|")
        return Self(name: name, placeholder: listed, help: help, isRequired: required) { text throws(UnfitValue) in
            guard choices.contains(text) else {
                throw UnfitValue(expected: Text("one of \(listed)", es: "uno de \(listed)"))
            }
            return text
        }
    }

    /// An option that takes a day as ISO 8601 writes it.
    static func day(_ name: String, _ help: Text, required: Bool = false) -> Self {
        Self(name: name, placeholder: "YYYY-MM-DD", help: help, isRequired: required) { text throws(UnfitValue) in
            guard Self.isDay(text) else {
                throw UnfitValue(expected: Text("a day as YYYY-MM-DD", es: "un día como AAAA-MM-DD"))
            }
            return text
        }
    }

    /// Whether `text` is a day of the calendar written as YYYY-MM-DD.
    static func isDay(_ text: String) -> Bool {
        CalendarDate(iso8601: text) != nil
    }
}

extension CommandOption<Int64> {
    /// An option that takes a whole number in a range.
    static func integer(
        _ name: String, _ placeholder: String, _ help: Text, in range: ClosedRange<Int64> = 0...Int64.max,
        required: Bool = false
    ) -> Self {
        Self(name: name, placeholder: placeholder, help: help, isRequired: required) { text throws(UnfitValue) in
            guard let value = Int64(text), range.contains(value) else {
                let bounds =
                    range.upperBound == Int64.max
                    ? Text("at least \(range.lowerBound)", es: "al menos \(range.lowerBound)")
                    : Text(
                        "from \(range.lowerBound) to \(range.upperBound)",
                        es: "de \(range.lowerBound) a \(range.upperBound)")
                throw UnfitValue(
                    expected: Text("a whole number \(bounds.english)", es: "un número entero \(bounds.spanish)"))
            }
            return value
        }
    }
}

extension CommandOption<Bool> {
    /// An option without a value: there or not.
    static func flag(_ name: String, _ help: Text) -> Self {
        Self(name: name, placeholder: nil, help: help, isRequired: false) { _ throws(UnfitValue) in true }
    }
}
