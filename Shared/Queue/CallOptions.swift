import Contracts

/// What a caller asks of one call beyond its contract.
public struct CallOptions: Sendable {
    /// How long the call may take, from when it may start; nil: the contract's deadline.
    public var deadline: Duration?
    /// 0 (first) to 9 (last); nil: the contract's. Calls with an ordering key always have the contract's.
    public var priority: Int?
    /// Makes the call happen once: the same key and content is the same call.
    public var idempotencyKey: String?
    /// Calls of a method with the same key run one after another; nil: the contract's field says.
    public var orderingKey: String?
    /// How long the call waits before it may start.
    public var notBefore: Duration?
    /// Whether to wait for a worker when nobody serves the method, rather than be refused with `UNAVAILABLE`.
    public var waitForReady = false
    /// Whether a child call ends with its parent's deadline; nil: unary and streaming children do, work that nobody
    /// waits for (one-way calls and calls with a continuation) does not.
    public var inheritDeadline: Bool?
    /// Whatever the callee should know besides the request.
    public var metadata: [String: String] = [:]
    /// W3C trace context of the caller, when it is not itself a call of the queue.
    public var traceparent: String?

    /// Options that ask for nothing.
    public init(
        deadline: Duration? = nil, priority: Int? = nil, idempotencyKey: String? = nil, orderingKey: String? = nil,
        notBefore: Duration? = nil, waitForReady: Bool = false, inheritDeadline: Bool? = nil,
        metadata: [String: String] = [:], traceparent: String? = nil
    ) {
        self.deadline = deadline
        self.priority = priority
        self.idempotencyKey = idempotencyKey
        self.orderingKey = orderingKey
        self.notBefore = notBefore
        self.waitForReady = waitForReady
        self.inheritDeadline = inheritDeadline
        self.metadata = metadata
        self.traceparent = traceparent
    }

    /// The options as `rpc.enqueue` takes them.
    func json(parent: Int64? = nil, then: String? = nil, state: [UInt8]? = nil, replyTo: String? = nil) -> [UInt8] {
        var writer = OptionsWriter()
        if let deadline { writer.add("deadlineMs", raw: String(deadline.milliseconds)) }
        if let priority { writer.add("priority", raw: String(priority)) }
        if let idempotencyKey { writer.add("idempotencyKey", text: idempotencyKey) }
        if let orderingKey { writer.add("orderingKey", text: orderingKey) }
        if let notBefore { writer.add("delayMs", raw: String(notBefore.milliseconds)) }
        if waitForReady { writer.add("waitForReady", raw: "true") }
        if let inheritDeadline { writer.add("inheritDeadline", raw: inheritDeadline ? "true" : "false") }
        if let traceparent { writer.add("traceparent", text: traceparent) }
        if let parent { writer.add("parent", raw: String(parent)) }
        if let then { writer.add("thenMethod", text: then) }
        if let state { writer.add("thenState", raw: String(decoding: state, as: UTF8.self)) }
        if let replyTo { writer.add("replyTo", text: replyTo) }
        if !metadata.isEmpty {
            writer.add("metadata", raw: String(decoding: OptionsWriter.object(metadata), as: UTF8.self))
        }
        return writer.finished()
    }
}

/// Writes one flat JSON object.
struct OptionsWriter {
    private var text = "{"

    mutating func add(_ name: String, raw value: String) {
        if text.utf8.count > 1 { text += "," }
        text += quoted(name) + ":" + value
    }

    mutating func add(_ name: String, text value: String) {
        add(name, raw: quoted(value))
    }

    func finished() -> [UInt8] {
        Array((text + "}").utf8)
    }

    /// An object of texts, by name.
    static func object(_ values: [String: String]) -> [UInt8] {
        var writer = OptionsWriter()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { writer.add(name, text: value) }
        return writer.finished()
    }

    private func quoted(_ value: String) -> String {
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
