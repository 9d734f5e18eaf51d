/// Why a simulation could not be done.
public enum PopulationError: Error, Equatable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadable(file: String)
    /// A file lacks a column.
    case missingColumn(file: String, column: String)
    /// A row is wrong.
    case wrongRow(file: String, line: Int, column: String, reason: String)
    /// A file cannot be written.
    case unwritable(file: String)
    /// An option is out of range.
    case wrongOption(name: String, reason: String)
    /// The figures have no affiliated household.
    case noHouseholds

    /// What was wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file): "\(file): cannot be read"
        case .missingColumn(let file, let column): "\(file): the header has no column \(column)"
        case .wrongRow(let file, let line, let column, let reason): "\(file): line \(line), \(column): \(reason)"
        case .unwritable(let file): "\(file): cannot be written"
        case .wrongOption(let name, let reason): "\(name): \(reason)"
        case .noHouseholds: "the figures name no affiliated household; nothing to simulate"
        }
    }
}
