/// Finds what a person probably meant.
enum Suggestion {
    /// The candidate nearest to `word`, when it is near enough to be a slip of the fingers.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let limit = max(1, word.count / 3)
        let ranked = candidates.map { (distance: distance(word, $0), candidate: $0) }
        let best = ranked.min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }
        guard let best else { return nil }
        if best.distance <= limit { return best.candidate }
        // Cut short, or spelled out.
        return candidates.sorted().first {
            min(word.count, $0.count) >= 3 && ($0.hasPrefix(word) || word.hasPrefix($0))
        }
    }

    /// Changes of one letter, and swaps of two neighbours, between two words (optimal string alignment).
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var older = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1] + [Int](repeating: 0, count: right.count)
            for column in 0..<right.count {
                let substituted = previous[column] + (left[row] == right[column] ? 0 : 1)
                current[column + 1] = min(substituted, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    current[column + 1] = min(current[column + 1], older[column - 1] + 1)
                }
            }
            older = previous
            previous = current
        }
        return previous[right.count]
    }
}
