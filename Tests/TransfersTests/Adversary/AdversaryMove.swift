import TestSupport

/// One thing that somebody does to the system. Moves are values and follow from the seed alone: whether a move is possible at
/// the moment is for the system to say.
enum AdversaryMove: Equatable {
    enum Person: String, CaseIterable { case ana, beto, eva }
    enum Service: String, CaseIterable { case transfers, coordination }
    enum YearStep: String, CaseIterable { case preview, close, reopen, seal }

    case open(cycle: Int)
    case openOverlapping(cycle: Int)
    case appropriate(line: Int, percent: Int)
    case cut(line: Int, percent: Int)
    case importAccounts(first: Int, count: Int)
    case importLateEvidence(cycle: Int)
    case run(cycle: Int, isSupplementary: Bool, accepts: Bool, by: Person)
    case review(cycle: Int)
    case approve(cycle: Int, isStale: Bool, by: Person)
    case refuse(cycle: Int, by: Person)
    case withdraw(cycle: Int)
    case resume(cycle: Int)
    case reconcile(cycle: Int)
    /// What a person does next who reads the status.
    case advance(cycle: Int)
    case bankTakesUp
    case bankWorks
    case deliver(message: Int, times: Int)
    case deliverMutilated(message: Int)
    case settleOddities
    case giveBack(cycle: Int)
    case cancelCall(among: Int)
    case retryDead
    case discardDead
    case year(YearStep)
    case pausePayments
    case continuePayments
    case cutConnections(Service)
    case kill(Service)
    case stop(Service)
    case start(Service)
    case snapshot
    case restore
    case wait

    /// The move as it is written in code.
    var text: String { "\(self)".replacing("TransfersTests.AdversaryMove.", with: "") }
}

/// The moves of a seed.
struct AdversaryMoves {
    let seed: Int
    /// Whether the database is copied, and later restored.
    static func restores(seed: Int) -> Bool { seed % 4 == 3 }
    /// The moves, in order.
    private(set) var list: [AdversaryMove] = []
    private var generator: SeededGenerator

    init(seed: Int, length: Int) {
        self.seed = seed
        generator = SeededGenerator(seed: seed)
        // Most sequences begin as the work does, so that there is something to disturb.
        if !generator.once(in: 6) {
            list = [.open(cycle: 0), .appropriate(line: 0, percent: 120), .appropriate(line: 1, percent: 120)]
        }
        while list.count < length { list.append(next()) }
        guard Self.restores(seed: seed) else { return }
        let copied = Int.random(in: 3..<(length / 2), using: &generator)
        let restored = Int.random(in: (copied + 4)..<length, using: &generator)
        list.insert(.restore, at: restored)
        list.insert(.snapshot, at: copied)
    }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }
    private mutating func person() -> AdversaryMove.Person { generator.pick(AdversaryMove.Person.allCases) }
    private mutating func service() -> AdversaryMove.Service { generator.pick(AdversaryMove.Service.allCases) }
    /// Mostly the first cycle: one run that gets far is worth more than three that do not.
    private mutating func cycle() -> Int { generator.once(in: 3) ? number(0..<3) : 0 }

    private mutating func next() -> AdversaryMove {
        switch number(0..<100) {
        case 0..<3: .open(cycle: cycle())
        case 3..<4: .openOverlapping(cycle: cycle())
        case 4..<9: .appropriate(line: number(0..<4), percent: number(5..<150))
        case 9..<11: .cut(line: number(0..<4), percent: number(5..<120))
        case 11..<13: .importAccounts(first: number(1..<25), count: number(1..<9))
        case 13..<14: .importLateEvidence(cycle: cycle())
        case 14..<18:
            .run(cycle: cycle(), isSupplementary: generator.once(in: 2), accepts: !generator.once(in: 4), by: person())
        case 18..<19: .review(cycle: cycle())
        case 19..<22: .approve(cycle: cycle(), isStale: generator.once(in: 4), by: person())
        case 22..<24: generator.once(in: 2) ? .refuse(cycle: cycle(), by: person()) : .withdraw(cycle: cycle())
        case 24..<27: .resume(cycle: cycle())
        case 27..<30: .reconcile(cycle: cycle())
        case 30..<58: .advance(cycle: cycle())
        case 58..<63: .bankTakesUp
        case 63..<68: .bankWorks
        case 68..<76: .deliver(message: number(0..<40), times: number(1..<3))
        case 76..<78: .deliverMutilated(message: number(0..<40))
        case 78..<79: .settleOddities
        case 79..<80: .giveBack(cycle: cycle())
        case 80..<83: .cancelCall(among: number(0..<8))
        case 83..<85: generator.once(in: 2) ? .retryDead : .discardDead
        case 85..<88: .year(generator.pick([.preview, .close, .close, .reopen, .seal]))
        case 88..<89: .pausePayments
        case 89..<90: .continuePayments
        case 90..<92: .cutConnections(service())
        case 92..<95: .kill(service())
        case 95..<96: .stop(service())
        case 96..<97: .start(service())
        default: .wait
        }
    }
}
