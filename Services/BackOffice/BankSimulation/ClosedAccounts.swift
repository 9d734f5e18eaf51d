import Foundation

/// Account numbers that the bank has closed.
struct ClosedAccounts {
    private let numbers: Set<String>

    /// Reads a text file: one number a line, or CSV whose header names a column `account_number`.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BankSimulationError.file(path: path, errno: ENOENT)
        }
        var lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)[...]
        var column = 0
        if let header = lines.first?.split(separator: ",", omittingEmptySubsequences: false),
            let index = header.firstIndex(of: "account_number")
        {
            column = index
            lines = lines.dropFirst()
        }
        numbers = Set(
            lines.compactMap { line in
                let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                return column < fields.count ? fields[column].trimmingCharacters(in: .whitespaces) : nil
            })
    }

    func contains(_ number: String) -> Bool { numbers.contains(number) }
}
