import Contracts
import Vocabulary

/// Something in a definition that cannot be right.
public struct DefinitionFault: Sendable, Equatable {
    /// Where in the definition, as a path of JSON names: `components[1].amountMinor`.
    public let path: String
    /// What is wrong with it.
    public let sentence: Sentence

    /// A fault at a place.
    public init(path: String, sentence: Sentence) {
        self.path = path
        self.sentence = sentence
    }
}

/// Gathers what is wrong with a definition.
struct FaultList: Sendable {
    /// Most entries of one list of a definition: far more than any programme has.
    static let longestList = 100

    private(set) var faults: [DefinitionFault] = []

    mutating func fault(_ path: String, _ sentence: Sentence) {
        faults.append(DefinitionFault(path: path, sentence: sentence))
    }

    mutating func require(_ holds: Bool, _ path: String, _ sentence: Sentence) {
        if !holds { fault(path, sentence) }
    }

    /// A text that a person reads: something to see, in one line, not longer than `longest` characters.
    mutating func text(_ text: String, _ path: String, longest: Int = 200) {
        if PlainText.isBlank(text) {
            fault(path, "is missing")
        } else if PlainText.disturbs(text) {
            fault(path, "holds a control character, a line end or a mark of direction")
        } else if text.unicodeScalars.count > longest {
            fault(path, "is longer than \(longest) characters")
        }
    }

    /// Codes become part of budget lines, references and file names: lower-case letters, digits and `_`.
    mutating func code(_ code: String, _ path: String) {
        let isCode =
            !code.isEmpty && code.utf8.count <= 32
            && code.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        require(isCode, path, "must be 1 to 32 lower-case letters, digits or _")
    }

    /// Codes that nothing else of the list has, in a list that is not absurd.
    mutating func distinct(_ codes: [String], _ path: String) {
        require(codes.count <= Self.longestList, path, "are more than \(Self.longestList)")
        for (index, code) in codes.enumerated() where codes[..<index].contains(code) {
            fault("\(path)[\(index)].code", "is used twice")
        }
    }

    /// Where each rule and figure was read.
    mutating func facts(_ facts: [CoordinationV1.Fact]) {
        for (index, fact) in facts.enumerated() {
            let path = "facts[\(index)]"
            text(fact.about, "\(path).about")
            if !fact.source.isEmpty { text(fact.source, "\(path).source", longest: 1000) }
            require(
                ["verified", "unverified"].contains(fact.status), "\(path).status", "is neither verified nor unverified"
            )
        }
    }
}

extension [CoordinationV1.Fact] {
    /// What a definition rests on without a source that confirms it.
    public var unverified: [String] {
        filter { $0.status == "unverified" }.map { $0.source.isEmpty ? $0.about : "\($0.about) (\($0.source))" }
    }
}
