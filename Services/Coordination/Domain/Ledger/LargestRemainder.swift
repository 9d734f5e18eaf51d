/// Splits an amount by weights so that the parts are whole minor units and sum to the amount exactly.
///
/// Each part is first rounded down; the units left over go one each to the parts with the largest remainders, ties to
/// the earlier part. Splitting a negative amount mirrors splitting its absolute value.
/// - Returns: nil when there are no weights, one is negative, or all are zero.
public func split(_ amountMinor: Int64, byWeights weights: [Int64]) -> [Int64]? {
    guard weights.allSatisfy({ $0 >= 0 }) else { return nil }
    let total = weights.reduce(into: UInt128(0)) { $0 += UInt128($1) }
    guard total > 0 else { return nil }
    let amount = UInt128(amountMinor.magnitude)
    var parts: [Int64] = []
    var remainders: [(remainder: UInt128, index: Int)] = []
    var given = UInt128(0)
    for (index, weight) in weights.enumerated() {
        let (part, remainder) = (amount * UInt128(weight)).quotientAndRemainder(dividingBy: total)
        parts.append(Int64(part))
        remainders.append((remainder, index))
        given += part
    }
    remainders.sort { ($1.remainder, $0.index) < ($0.remainder, $1.index) }
    for (_, index) in remainders.prefix(Int(amount - given)) {
        parts[index] += 1
    }
    return amountMinor < 0 ? parts.map { -$0 } : parts
}
