import Contracts

/// Where the names of a posting are in its batch's lists; -1 where it has none.
public struct PostingPlaces: Sendable {
    /// Its line.
    public var line: Int32 = -1
    /// The line that receives.
    public var target: Int32 = -1
    /// Its document.
    public var document: Int32 = -1
    /// The document that it draws on.
    public var source: Int32 = -1
    /// What its document holds of its line.
    public var hold: Int32 = -1
    /// What the document that it draws on holds of its line.
    public var sourceHold: Int32 = -1
    /// What its document holds of the line that receives.
    public var targetHold: Int32 = -1
    /// The posting that it reverses.
    public var original: Int32 = -1
    /// Whether an earlier posting of the batch has its identifier.
    public var isRepeated = false
    /// Whether an earlier posting of the batch reverses the same.
    public var isReversedTwice = false

    /// No names.
    public init() {}
}

/// The names of a batch, each once, in the order in which they appear: the ledger is read by them, and the rules find
/// what was read by its place.
public struct BatchNames: Sendable {
    /// Lines, also such as do not exist.
    public private(set) var lines: [String] = []
    /// Documents.
    public private(set) var documents: [String] = []
    /// The lines of which a document may hold something, by their places.
    public private(set) var holdLines: [Int32] = []
    /// That document, for each of them.
    public private(set) var holdDocuments: [Int32] = []
    /// Postings that are to be reversed.
    public private(set) var originals: [String] = []
    /// Where each posting's names are.
    public private(set) var places: [PostingPlaces] = []
    /// The days of each posting; empty where none says any.
    public private(set) var dates: [PostingDates] = []
    /// Since when the batch gives money to each line; empty where nothing depends on it.
    public private(set) var given: [Int32?] = []
    private var lineNumbers = NameNumbers()
    private var documentNumbers = NameNumbers()
    private var holdNumbers: [Int64: Int32] = [:]

    /// The names of some postings.
    public init(_ postings: [CoordinationV1.Posting]) {
        var originalNumbers: [String: Int32] = [:]
        var identifiers = Set<String>(minimumCapacity: postings.count)
        places.reserveCapacity(postings.count)
        for index in postings.indices {
            var place = PostingPlaces()
            place.line = lineNumbers.number(of: postings[index].line, &lines)
            place.isRepeated = !identifiers.insert(postings[index].postingId).inserted
            if !postings[index].targetLine.isEmpty {
                place.target = lineNumbers.number(of: postings[index].targetLine, &lines)
            }
            if !postings[index].document.isEmpty {
                place.document = documentNumbers.number(of: postings[index].document, &documents)
                place.hold = hold(place.line, place.document)
                if place.target >= 0 { place.targetHold = hold(place.target, place.document) }
            }
            if !postings[index].sourceDocument.isEmpty {
                place.source = documentNumbers.number(of: postings[index].sourceDocument, &documents)
                place.sourceHold = hold(place.line, place.source)
            }
            if !postings[index].reverses.isEmpty {
                if let known = originalNumbers[postings[index].reverses] {
                    (place.original, place.isReversedTwice) = (known, true)
                } else {
                    place.original = Int32(originals.count)
                    originalNumbers[postings[index].reverses] = place.original
                    originals.append(postings[index].reverses)
                }
            }
            places.append(place)
        }
        let saysDays = postings.indices.contains {
            !postings[$0].businessDate.isEmpty || !postings[$0].originalDate.isEmpty || !postings[$0].expiresOn.isEmpty
        }
        if saysDays { dates = postings.map { PostingDates(of: $0) } }
    }

    /// Whether a posting says on which day it counts.
    public var isDated: Bool { dates.contains { $0.asked != nil } }

    /// What is known of the days on which the batch's own appropriations count.
    mutating func keepGiven(_ postings: [CoordinationV1.Posting], today: Int32) {
        guard isDated, postings.indices.contains(where: { postings[$0].kind == .appropriate }) else { return }
        given = Array(repeating: nil, count: lines.count)
        for index in postings.indices where postings[index].kind == .appropriate {
            let (line, day) = (Int(places[index].line), dates[index].asked ?? today)
            given[line] = min(given[line] ?? day, day)
        }
    }

    /// The place of what a document holds of a line.
    public mutating func hold(_ line: Int32, _ document: Int32) -> Int32 {
        let key = Int64(line) << 32 | Int64(document)
        if let known = holdNumbers[key] { return known }
        let number = Int32(holdLines.count)
        holdNumbers[key] = number
        holdLines.append(line)
        holdDocuments.append(document)
        return number
    }

    /// The place of a document.
    public mutating func document(_ name: String) -> Int32 { documentNumbers.number(of: name, &documents) }
}

/// Numbers names. Most batches repeat the one before.
private struct NameNumbers: Sendable {
    private var numbers: [String: Int32] = [:]
    private var last = ""
    private var lastNumber: Int32 = -1

    mutating func number(of name: String, _ names: inout [String]) -> Int32 {
        if lastNumber >= 0, name == last { return lastNumber }
        last = name
        if let known = numbers[name] {
            lastNumber = known
        } else {
            lastNumber = Int32(names.count)
            numbers[name] = lastNumber
            names.append(name)
        }
        return lastNumber
    }
}
