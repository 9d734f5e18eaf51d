import Crypto

/// What a signed checkpoint says: how many leaves the log had, their root, and the last link of the chain that binds
/// when each batch became known.
public struct Checkpoint: Sendable, Equatable {
    /// The first line of every checkpoint of this ledger.
    public static let origin = "puente/budget-ledger"
    /// Leaves in the log.
    public let size: Int64
    /// The root over them.
    public let root: [UInt8]
    /// The last link of the chain over the batches.
    public let chain: [UInt8]

    /// A checkpoint to be signed.
    public init(size: Int64, root: [UInt8], chain: [UInt8]) {
        self.size = size
        self.root = root
        self.chain = chain
    }

    /// Reads the text of a note.
    public init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 5, lines[0] == Self.origin, lines[4].isEmpty, let size = Int64(lines[1]), size >= 0,
            let root = Base64.decode(lines[2]), root.count == 32, lines[3].hasPrefix("chain "),
            let chain = Base64.decode(lines[3].dropFirst(6)), chain.count == 32
        else { return nil }
        self.init(size: size, root: root, chain: chain)
    }

    /// The text that is signed: origin, size and root as transparency logs write them, and the chain as an extension.
    public var text: String {
        "\(Self.origin)\n\(size)\n\(Base64.encode(root))\nchain \(Base64.encode(chain))\n"
    }
}
