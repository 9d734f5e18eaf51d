/// What is wrong with a file of statements, and where.
public struct StatementFault: Error, Equatable, CustomStringConvertible {
    /// The file, from the root of the clone.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// What is wrong, and what would be right.
    public let message: String

    /// File, line and message, as compilers write them.
    public var description: String { "\(file):\(line): \(message)" }
}

/// Everything that is wrong with the statements of a module.
public struct StatementFaults: Error, CustomStringConvertible {
    /// The faults, by file and line.
    public let faults: [StatementFault]

    /// One line for each.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
