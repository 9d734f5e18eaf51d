/// A small generator of pseudo-random numbers: the same on every machine and in every version of Swift.
///
/// Each household has its own, seeded from the simulation's seed, its territory and its place there, so that a household
/// does not depend on those before it. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The generator of the `sequence`th household of a territory.
    init(seed: UInt64, territory: UInt64, sequence: Int) {
        var outer = SplitMix64(seed: seed)
        var middle = SplitMix64(seed: outer.next() ^ (territory &* 0x9E37_79B9_7F4A_7C15))
        self.init(seed: middle.next() ^ (UInt64(sequence) &* 0xD1B5_4A32_D192_ED03))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` - 1.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of a range.
    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// True `hundredths` times in ten thousand.
    mutating func happens(_ hundredths: Int) -> Bool { below(10_000) < hundredths }
}
