import CoordinationDomain
import Postgres
import Vocabulary

/// An amount of a budget line as people type and read it.
enum BudgetAmount {
    /// Reads an amount above zero in the currency's own digits: `1000` and `1000.00` of `PEN`, `1000` of `CLP`.
    static func read(_ text: String, _ currency: Currency) throws(PostingFile.FieldFault) -> Int64 {
        guard let money = Money(text, currency: currency), money.minorUnits > 0, text.first != "+" else {
            let example = Money(minorUnits: 1234 * currency.minorUnitsOfOne, currency: currency).number
            let digits = currency.fractionDigits
            throw .init(
                field: "amount",
                reason: digits == 0
                    ? Text(
                        "must be above zero and without decimals, as \(example): \(currency) has none",
                        es: "debe ser mayor que cero y sin decimales, como \(example): \(currency) no los tiene")
                    : Text(
                        "must be above zero with at most \(digits) decimals, as \(example)",
                        es: "debe ser mayor que cero con \(digits) decimales a lo más, como \(example)"))
        }
        guard money.minorUnits <= LedgerBounds.amount else {
            let most = Money(minorUnits: LedgerBounds.amount, currency: currency).text
            throw .init(
                field: "amount",
                reason: Text(
                    "is more than a posting can have, \(most)", es: "es más de lo que admite un asiento, \(most)"))
        }
        return money.minorUnits
    }

    /// The currency of a code that a person typed.
    static func currency(_ code: String) throws(PostingFile.FieldFault) -> Currency {
        guard let currency = Currency(code: code) else {
            throw .init(
                field: "currency",
                reason: Text(
                    "\(code.isEmpty ? "nothing" : code) is no currency of ISO 4217, as PEN",
                    es: "\(code.isEmpty ? "nada" : code) no es moneda de ISO 4217, como PEN"))
        }
        return currency
    }

    /// The number with its thousands grouped, in the currency's digits, without the code.
    static func number(_ minorUnits: Int128, _ currency: String) -> String {
        let one = UInt128(Currency(code: currency)?.minorUnitsOfOne ?? 1)
        let (major, minor) = minorUnits.magnitude.quotientAndRemainder(dividingBy: one)
        var whole = ""
        let digits = String(major)
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        if one > 1 {
            let fraction = String(minor)
            whole += "." + String(repeating: "0", count: String(one).count - 1 - fraction.count) + fraction
        }
        return (minorUnits < 0 ? "-" : "") + whole
    }

    /// The same with the code.
    static func text(_ minorUnits: Int128, _ currency: String) -> String {
        currency.isEmpty ? number(minorUnits, "") : "\(number(minorUnits, currency)) \(currency)"
    }

    /// Sums, each in its own currency: `1,000.00 PEN, 5,000 CLP`.
    static func text(_ sums: [String: Int128]) -> String {
        sums.sorted { $0.key < $1.key }.map { text($0.value, $0.key) }.joined(separator: ", ")
    }
}

/// The currencies of budget lines that exist.
struct CurrenciesOfLines: Statement {
    static let sql = "SELECT line, currency FROM coordination.budget_line WHERE line = ANY ($1)"

    let lines: [String]

    func bind(into parameters: inout Parameters) { parameters.add(lines) }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> (line: String, currency: String) {
        (try row.string(0), try row.string(1))
    }
}

extension Desk {
    /// The one currency of these lines; throws where one does not exist, or two have different ones.
    func currency(of lines: [String]) async throws -> Currency {
        let known = try await currencies(of: lines)
        if let line = lines.first(where: { known[$0] == nil }) {
            throw Failure(
                Text("there is no such budget line", es: "no hay tal línea presupuestal"), at: line,
                remedy: Text("'puente budget lines' lists them", es: "'puente budget lines' las lista"))
        }
        let codes = Set(known.values.map(\.code)).sorted()
        guard codes.count == 1, let currency = known.values.first else {
            throw Failure(
                Text(
                    "the lines have several currencies, \(codes.joined(separator: ", ")): an amount has one",
                    es: "las líneas tienen varias monedas, \(codes.joined(separator: ", ")): un monto tiene una"))
        }
        return currency
    }

    /// The currency of each of these lines that there is.
    func currencies(of lines: some Sequence<String>) async throws -> [String: Currency] {
        var currencies: [String: Currency] = [:]
        for row in try await pool.query(CurrenciesOfLines(lines: Set(lines).sorted())) {
            currencies[row.line] = Currency(code: row.currency)
        }
        return currencies
    }
}
