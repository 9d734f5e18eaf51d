/// Whole numbers in proportion to weights that add up to a total (Hamilton's method).
enum LargestRemainder {
    /// `total` distributed over `weights`. What is left after rounding down goes to the largest remainders; of equal ones, to
    /// the first. All zero where no weight is above zero.
    static func distribute(_ total: Int, over weights: [Int]) -> [Int] {
        let sum = weights.reduce(0, +)
        guard sum > 0, total > 0 else { return weights.map { _ in 0 } }
        var shares: [Int] = []
        var remainders: [(remainder: UInt64, index: Int)] = []
        for (index, weight) in weights.enumerated() {
            let product = UInt64(total).multipliedFullWidth(by: UInt64(weight))
            let (quotient, remainder) = UInt64(sum).dividingFullWidth(product)
            shares.append(Int(quotient))
            remainders.append((remainder, index))
        }
        let left = total - shares.reduce(0, +)
        remainders.sort { $0.remainder == $1.remainder ? $0.index < $1.index : $0.remainder > $1.remainder }
        for (_, index) in remainders.prefix(left) { shares[index] += 1 }
        return shares
    }
}

/// A way to pick exactly `count` of `n` positions, spread over all of them, without storing anything.
///
/// Position `s` goes to place `(s * step + offset) mod n`, where step and n have no common factor; the first places are picked.
struct Spread {
    private let count: Int
    private let step: Int
    private let offset: Int

    /// `ratio`, in thousandths of `count`, tells spreads apart that must not pick the same positions.
    init(count: Int, ratio: Int, seed: UInt64) {
        var step = max(1, count * ratio / 1_000)
        while count > 0, Self.commonDivisor(step, count) != 1 { step += 1 }
        var random = SplitMix64(seed: seed ^ UInt64(ratio))
        self.count = count
        self.step = step
        offset = count == 0 ? 0 : random.below(count)
    }

    /// The place of a position, from 0 to `count` - 1: each place once.
    func place(of position: Int) -> Int { (position * step + offset) % count }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : commonDivisor(right, left % right)
    }
}
