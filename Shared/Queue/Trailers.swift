import Contracts
import Synchronization

/// What a handler tells the caller besides its reply or error, by name. The attempt that ends the call counts.
public final class Trailers: Sendable {
    private let values = Mutex<[String: String]>([:])

    /// Sets one; the same name again replaces it.
    public func set(_ name: String, _ value: String) {
        values.withLock { $0[name] = value }
    }

    /// As one JSON object; nil when there are none.
    var json: [UInt8]? {
        let values = values.withLock { $0 }
        return values.isEmpty ? nil : OptionsWriter.object(values)
    }
}

extension [String: String] {
    /// The members of a JSON object that are text; none when it is no object.
    init(textMembersOf json: [UInt8]?) {
        self.init()
        guard let json, let value = try? JSONValue(json: json), case .object(let members) = value else {
            return
        }
        for member in members {
            if case .string(let text) = member.value { self[member.name] = text }
        }
    }
}
