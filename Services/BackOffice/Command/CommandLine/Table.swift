import Vocabulary

/// Rows in aligned columns; columns of numbers flush right.
struct Table {
    private let header: [String]
    private let numeric: Set<Int>
    private var rows: [[String]] = []

    init(_ header: [String], numeric: Set<Int> = []) {
        self.header = header
        self.numeric = numeric
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var isEmpty: Bool { rows.isEmpty }
    /// The columns' names.
    var names: [String] { header }
    /// The rows added so far.
    var cells: [[String]] { rows }

    /// The table as lines without trailing blanks.
    func lines() -> [String] {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - cells[column].count)
                return numeric.contains(column) ? padding + cells[column] : cells[column] + padding
            }
            var text = padded.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text
        }
        return [line(header), widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")] + rows.map(line)
    }
}

/// How figures are written for people.
enum Figures {
    /// `1234567` as `1,234,567`.
    static func count(_ number: Int64) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// Minor units as an amount of a currency by its code, with the currency's own digits; minor units where there is no
    /// currency.
    static func money(_ minorUnits: Int64, _ currency: String) -> String {
        guard let known = Currency(code: currency) else { return count(minorUnits) }
        return Money(minorUnits: minorUnits, currency: known).text
    }

    /// An amount for a program to read, without separators or code: `1234567.50`.
    static func plainMoney(_ minorUnits: Int64, _ currency: String) -> String {
        guard let known = Currency(code: currency) else { return String(minorUnits) }
        return Money(minorUnits: minorUnits, currency: known).number
    }
}
