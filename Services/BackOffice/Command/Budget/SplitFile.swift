import Contracts
import CoordinationDomain

/// One amount over many lines in proportion to weights: whole minor units that sum to the amount exactly, by largest
/// remainder.
struct SplitFile {
    static let columns = ["line", "weight"]

    /// A line's share of an amount.
    struct Part: Equatable {
        var number: Int
        var line: String
        var amountMinor: Int64
    }

    let weights: [(number: Int, line: String, weight: Int64)]

    /// Reads the file of weights.
    init(_ content: [UInt8], name: String) throws(Failure) {
        let table = try NamedRows(content, name: name, needed: Self.columns, known: Self.columns)
        var faults = table.faults
        var weights: [(number: Int, line: String, weight: Int64)] = []
        var seen: Set<String> = []
        for (number, values) in table.rows {
            let line = values["line"] ?? ""
            guard let weight = Int64(values["weight"] ?? ""), weight >= 0 else {
                faults.append(
                    RowFault(
                        line: number, field: "weight",
                        reason: Text("must be a whole number from 0", es: "debe ser un número entero desde 0")))
                continue
            }
            guard !line.isEmpty, seen.insert(line).inserted else {
                faults.append(
                    RowFault(
                        line: number, field: "line",
                        reason: Text("is empty, or stands in the file twice", es: "está vacío, o aparece dos veces")))
                continue
            }
            weights.append((number, line, weight))
        }
        guard faults.isEmpty else { throw RowFault.failure(faults, in: name) }
        guard weights.contains(where: { $0.weight > 0 }) else {
            throw Failure(Text("all weights are zero", es: "todos los pesos son cero"), at: name)
        }
        self.weights = weights
    }

    /// The parts of an amount; lines that get nothing are left out.
    func parts(of amountMinor: Int64) -> [Part] {
        let amounts = split(amountMinor, byWeights: weights.map(\.weight)) ?? []
        return zip(weights, amounts).filter { $1 != 0 }.map {
            Part(number: $0.number, line: $0.line, amountMinor: $1)
        }
    }
}
