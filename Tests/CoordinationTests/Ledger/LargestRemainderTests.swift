import CoordinationDomain
import Testing
import TestSupport

@Test(
    arguments: [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (0, [1, 2], [0, 0]),
        (1, [1, 1], [1, 0]),
        (7, [0, 5, 0], [0, 7, 0]),
        (10, [1, 2, 4], [1, 3, 6]),
        (3, [0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 0]),
        (Int64.max, [1, 1], [Int64.max / 2 + 1, Int64.max / 2]),
        (Int64.max, [Int64.max, Int64.max], [Int64.max / 2 + 1, Int64.max / 2]),
        (Int64.min + 1, [3], [Int64.min + 1]),
    ] as [(Int64, [Int64], [Int64])])
func anAmountIsSplitByLargestRemainder(amount: Int64, weights: [Int64], parts: [Int64]) {
    let given = split(amount, byWeights: weights)
    #expect(given == parts)
}

@Test(arguments: [[], [0, 0], [1, -1]] as [[Int64]])
func weightsThatSayNothingSplitNothing(weights: [Int64]) {
    #expect(split(100, byWeights: weights) == nil)
}

@Test func everySplitSumsToTheCent() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
        let weights = (0..<Int.random(in: 1...40, using: &random)).map { _ in
            Int64.random(in: 0...1_000_000, using: &random)
        }
        guard weights.contains(where: { $0 > 0 }) else { continue }
        let amount = Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
        let parts = split(amount, byWeights: weights) ?? []
        #expect(parts.reduce(0, +) == amount)
        let total = weights.reduce(0, +)
        for (part, weight) in zip(parts, weights) {
            let (low, rest) = total.magnitude.dividingFullWidth(
                amount.magnitude.multipliedFullWidth(by: weight.magnitude))
            #expect(part.magnitude == low || rest > 0 && part.magnitude == low + 1)
        }
    }
}
