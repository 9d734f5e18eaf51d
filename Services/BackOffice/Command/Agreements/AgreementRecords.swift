import Contracts
import Postgres

/// What is recorded about an agreement's text, field by field: a text of a person never reads as another field.
enum AgreementRecords {
    /// A signature that stands.
    struct Signature: Sendable, Equatable {
        var act: String
        var party: String
        var by: String
        var at: String
    }

    /// A release condition as it was last recorded; number 0 is what the reason says.
    struct Condition: Sendable, Equatable {
        var number: Int64
        var body: String
        var holds: Bool
        var by: String
        var reason: String
    }

    /// What waits for signatures about a condition.
    struct Motion: Sendable, Equatable {
        var kind: String
        var condition: Int64
        var signers: [String]
    }

    /// How a programme's places are filled.
    struct Places: Sendable, Equatable {
        var programme: String
        var target: Int64
        var others: Int64
        var overridden: Int64
        var refused: Int64
        var refusedAtStart: Int64
        var startedByOverride: Int64
    }

    /// The elements of a JSON array.
    static func elements(_ json: [UInt8]) throws(PostgresError) -> [JSONValue] {
        guard case .array(let elements)? = try? JSONValue(json: json) else {
            throw PostgresError(decoding: "the agreement's records are no JSON array")
        }
        return elements
    }
}

extension AgreementRecords.Signature {
    init(_ json: JSONValue) {
        func text(_ name: String) -> String { json[name]?.text ?? "" }
        self.init(act: text("act"), party: text("party"), by: text("by"), at: text("at"))
    }
}

extension AgreementRecords.Condition {
    init(_ json: JSONValue) {
        func text(_ name: String) -> String { json[name]?.text ?? "" }
        self.init(
            number: json["number"]?.integer ?? 0, body: text("body"), holds: json["holds"] == .bool(true),
            by: text("by"), reason: text("reason"))
    }
}

extension AgreementRecords.Motion {
    init(_ json: JSONValue) {
        var signers: [String] = []
        if case .array(let elements)? = json["signers"] { signers = elements.compactMap(\.text) }
        self.init(
            kind: json["kind"]?.text ?? "", condition: json["condition"]?.integer ?? 0, signers: signers)
    }
}

extension AgreementRecords.Places {
    init(_ json: JSONValue) {
        func count(_ name: String) -> Int64 { json[name]?.integer ?? 0 }
        self.init(
            programme: json["programme"]?.text ?? "", target: count("target"), others: count("others"),
            overridden: count("overridden"), refused: count("refused"), refusedAtStart: count("refusedAtStart"),
            startedByOverride: count("startedByOverride"))
    }
}
