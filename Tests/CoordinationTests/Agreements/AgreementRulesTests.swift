import Contracts
import CoordinationDomain
import Testing
import TestSupport
import Vocabulary

/// An agreement between two ministries with one deciding member each, and one who only informs.
func sampleTerms(amountMinor: Int64 = 60_000, roles prefix: String = "") -> CoordinationV1.AgreementTerms {
    .init(
        agreement: "juntos-haku-2024", title: "Juntos and Haku Wiñay",
        parties: [
            .init(
                institution: "MIDIS",
                members: [
                    .init(operator: prefix + "ana", decides: true), .init(operator: prefix + "beto", decides: false),
                ], quorum: 1),
            .init(institution: "FONCODES", members: [.init(operator: prefix + "carla", decides: true)], quorum: 1),
        ],
        programmes: ["juntos", "haku_winay"], reservedPlaces: 120,
        earmarks: [
            .init(institution: "FONCODES", line: "L1", amountMinor: amountMinor, documentPrefix: "HW-06-")
        ],
        releaseConditions: ["the co-financing arrived", "reports are on time"], firstDay: "2024-01-01",
        lastDay: "2099-12-31", architecture: .init(severalInstitutions: true, intended: true, programmes: 2),
        target: .init(povertyClasses: ["extreme_poor"]), currency: "PEN")
}

/// What an act leads to, by a deciding member who gives a reason; nothing where the state does not allow it.
private let transitions: [(CoordinationV1.AgreementAction, AgreementState, Bool, AgreementState)] = [
    (.sign, .proposed, true, .proposed), (.sign, .proposed, false, .proposed), (.sign, .active, true, .active),
    (.sign, .suspended, true, .suspended), (.activate, .proposed, true, .active),
    (.activate, .proposed, false, .active), (.activate, .active, true, .active),
    (.activate, .suspended, true, .suspended), (.suspend, .active, true, .suspended),
    (.suspend, .active, false, .suspended), (.suspend, .suspended, true, .suspended),
    (.suspend, .suspended, false, .suspended), (.resume, .suspended, true, .active),
    (.resume, .suspended, false, .active), (.end, .proposed, true, .ended), (.end, .proposed, false, .ended),
    (.end, .active, true, .ended), (.end, .active, false, .ended), (.end, .suspended, true, .ended),
    (.end, .suspended, false, .ended), (.override, .active, true, .active), (.override, .active, false, .active),
]

/// Acts that need more than the caller's signature: the quorum of every party, or of one to suspend.
private let needQuorum: [(CoordinationV1.AgreementAction, AgreementState)] = [
    (.activate, .proposed), (.activate, .active), (.activate, .suspended), (.suspend, .active),
    (.suspend, .suspended), (.resume, .suspended), (.end, .active), (.end, .suspended),
]

@Test func everyActFromEveryStateByEveryCallerHasOneAnswer() {
    let needReason: Set<CoordinationV1.AgreementAction> = [.suspend, .resume, .end, .override]
    let actions: [CoordinationV1.AgreementAction] = [
        .unspecified, .sign, .activate, .suspend, .resume, .end, .override,
    ]
    for action in actions {
        for state in AgreementState.allCases {
            for pending in [true, false] {
                for reason in [true, false] {
                    for standing in AgreementStanding.allCases {
                        for quorum in [true, false] {
                            let situation = AgreementSituation(state, isPending: pending)
                            let answer = situation.after(
                                action, by: standing, hasReason: reason, hasQuorum: quorum)
                            let row = transitions.first { $0.0 == action && $0.1 == state && $0.2 == pending }
                            // Without the quorum that it needs, the signature is kept and the state stays.
                            let waits = !quorum && needQuorum.contains { $0.0 == action && $0.1 == state }
                            let next = waits ? row.map(\.1) : row?.3
                            let expected: Result<AgreementState, AgreementRefusal> =
                                switch standing {
                                case .outsider: .failure(.notAMember)
                                case .informing: .failure(.mayNotDecide)
                                case .deciding:
                                    next.map {
                                        needReason.contains(action) && !reason ? .failure(.reasonMissing) : .success($0)
                                    } ?? .failure(.wrongState(state))
                                }
                            #expect(answer == expected, "\(action) \(state) \(pending) \(standing) \(reason) \(quorum)")
                        }
                    }
                }
            }
        }
    }
}

private struct ConditionRow: Sendable {
    let action: CoordinationV1.AgreementAction
    let state: AgreementState
    let lapsed: Set<Int32>
    let condition: Int32
    let expected: Result<AgreementState, AgreementRefusal>
}

@Test(arguments: [
    ConditionRow(action: .suspend, state: .active, lapsed: [], condition: 1, expected: .success(.suspended)),
    ConditionRow(action: .suspend, state: .active, lapsed: [], condition: 2, expected: .success(.suspended)),
    ConditionRow(action: .suspend, state: .active, lapsed: [], condition: 3, expected: .failure(.noSuchCondition)),
    ConditionRow(action: .suspend, state: .active, lapsed: [], condition: -1, expected: .failure(.noSuchCondition)),
    ConditionRow(action: .suspend, state: .suspended, lapsed: [1], condition: 2, expected: .success(.suspended)),
    ConditionRow(
        action: .suspend, state: .suspended, lapsed: [1], condition: 1, expected: .failure(.conditionUnchanged)),
    ConditionRow(action: .suspend, state: .suspended, lapsed: [1], condition: 0, expected: .success(.suspended)),
    ConditionRow(action: .resume, state: .suspended, lapsed: [1], condition: 1, expected: .success(.active)),
    ConditionRow(action: .resume, state: .suspended, lapsed: [1, 2], condition: 1, expected: .success(.suspended)),
    ConditionRow(action: .resume, state: .suspended, lapsed: [0, 2], condition: 2, expected: .success(.suspended)),
    ConditionRow(action: .resume, state: .suspended, lapsed: [0], condition: 0, expected: .success(.active)),
    ConditionRow(
        action: .resume, state: .suspended, lapsed: [1], condition: 0, expected: .failure(.conditionsLapsed)),
    ConditionRow(
        action: .resume, state: .suspended, lapsed: [1], condition: 2, expected: .failure(.conditionUnchanged)),
    ConditionRow(action: .resume, state: .suspended, lapsed: [], condition: 0, expected: .success(.active)),
    ConditionRow(action: .resume, state: .suspended, lapsed: [1], condition: 3, expected: .failure(.noSuchCondition)),
])
private func aLapsedConditionSuspendsUntilEveryConditionHolds(row: ConditionRow) {
    let situation = AgreementSituation(row.state, conditions: 2, lapsed: row.lapsed)
    let answer = situation.after(row.action, condition: row.condition, by: .deciding, hasReason: true, hasQuorum: true)
    #expect(answer == row.expected)
}

@Test(arguments: [
    ("2023-12-31", AgreementRefusal?.some(.beforeFirstDay)), ("2024-01-01", nil), ("2099-12-31", nil),
    ("2100-01-01", .afterLastDay),
])
func anAgreementIsInForceFromItsFirstToItsLastDay(day: String, refusal: AgreementRefusal?) throws {
    #expect(sampleTerms().refusal(on: try #require(CalendarDate(iso8601: day))) == refusal)
}

@Test func theQuorumCountsOnlyDecidingMembersWhoSigned() {
    let terms = sampleTerms()
    #expect(terms.fault == nil)
    #expect(
        terms.missingSignatures(signedBy: []) == [
            .init(institution: "MIDIS", missing: 1, members: ["ana"]),
            .init(institution: "FONCODES", missing: 1, members: ["carla"]),
        ])
    #expect(terms.missingSignatures(signedBy: ["beto", "carla"]).map(\.institution) == ["MIDIS"])
    #expect(terms.missingSignatures(signedBy: ["ana", "carla"]) == [])
    #expect(terms.standing(of: "ana") == .deciding)
    #expect(terms.standing(of: "beto") == .informing)
    #expect(terms.standing(of: "zoe") == .outsider)
}

@Test func aSuspensionNeedsTheQuorumOfOneParty() {
    var terms = sampleTerms()
    terms.parties[0].members.append(.init(operator: "dora", decides: true))
    terms.parties[0].quorum = 2
    let half: [CoordinationV1.MissingSignatures] = [.init(institution: "MIDIS", missing: 1, members: ["ana"])]
    #expect(terms.missingSignaturesToSuspend(signedBy: ["dora"]) == half)
    #expect(terms.missingSignaturesToSuspend(signedBy: ["dora", "beto", "zoe"]) == half)
    #expect(terms.missingSignaturesToSuspend(signedBy: ["ana", "dora"]) == [])
    #expect(terms.missingSignaturesToSuspend(signedBy: ["dora", "carla"]) == [])
}

private struct FaultRow: Sendable {
    let fault: String
    let change: @Sendable (inout CoordinationV1.AgreementTerms) -> Void
}

@Test(arguments: [
    FaultRow(fault: "title: an agreement needs a title") { $0.title = "" },
    FaultRow(fault: "parties: an agreement needs its parties") { $0.parties = [] },
    FaultRow(fault: "parties: a party stands twice") { $0.parties[1].institution = "MIDIS" },
    FaultRow(fault: "MIDIS has no member who may decide: it can only inform") {
        $0.parties[0].members[0].decides = false
    },
    FaultRow(fault: "MIDIS: the quorum must be between 1 and its deciding members") { $0.parties[0].quorum = 2 },
    FaultRow(fault: "MIDIS: the quorum must be between 1 and its deciding members") { $0.parties[0].quorum = 0 },
    FaultRow(fault: "ana is a member twice: a person signs for one party") {
        $0.parties[1].members.append(.init(operator: "ana", decides: true))
    },
    FaultRow(fault: "currency: say in which currency the earmarks and the unit's cost are, by ISO 4217") {
        $0.currency = "SOL"
    },
    FaultRow(fault: "the earmark of L1 is too large") { $0.earmarks[0].amountMinor = 1_000_000_000_000_001 },
    FaultRow(fault: "the earmark of L1 must be above zero") { $0.earmarks[0].amountMinor = 0 },
    FaultRow(fault: "the earmark of L1 needs the documents it is for") { $0.earmarks[0].documentPrefix = "" },
    FaultRow(fault: "MEF earmarks money and is no party") { $0.earmarks[0].institution = "MEF" },
    FaultRow(fault: "earmarks: a line is earmarked twice") { $0.earmarks.append($0.earmarks[0]) },
    FaultRow(fault: "reserved places cannot be negative, nor more than all") { $0.reservedPlaces = -1 },
    FaultRow(fault: "reserved places cannot be negative, nor more than all") { $0.places = 119 },
    FaultRow(fault: "reserved places cannot be negative, nor more than all") { $0.reservedShareHundredths = 10_001 },
    FaultRow(fault: "reservedPlaces and reservedShareHundredths: give one of them") {
        $0.reservedShareHundredths = 5_000
    },
    FaultRow(fault: "places: a reserved share needs to know of how many") {
        $0.reservedPlaces = 0
        $0.reservedShareHundredths = 5_000
    },
    FaultRow(fault: "target: places are reserved, and nothing says for whom") { $0.target = nil },
    FaultRow(fault: "target.povertyClasses: rich is none of extreme_poor, poor, non_poor") {
        $0.target?.povertyClasses = ["rich"]
    },
    FaultRow(fault: "target.servedBy: pension is no programme of the agreement") { $0.target?.servedBy = "pension" },
    FaultRow(fault: "programmes: an agreement names its programmes, each once") { $0.programmes = [] },
    FaultRow(fault: "releaseConditions: each has a text of its own") { $0.releaseConditions = ["a", "a"] },
    FaultRow(fault: "an agreement needs its first and its last day") { $0.lastDay = "2023-12-31" },
    FaultRow(fault: "architecture: say how many programmes are joined, and how") { $0.architecture = nil },
])
private func termsThatCannotBindAreRefused(row: FaultRow) {
    var terms = sampleTerms()
    #expect(terms.fault == nil)
    row.change(&terms)
    #expect(terms.fault?.text == row.fault)
}

@Test func aGroupWithoutDecidingMembersCannotDecide() {
    var group = CoordinationV1.WorkingGroup(
        group: "roundtable", members: [.init(operator: "ana"), .init(operator: "beto")], quorum: 1)
    #expect(
        group.decisionFault(by: ["ana", "beto"], recordedBy: "ana")?.text
            == "no member of roundtable may decide: the group can record minutes and proposals, and nothing else")
    group.members[0].decides = true
    #expect(group.decisionFault(by: [], recordedBy: "beto")?.text == "beto may not decide in roundtable")
    #expect(group.decisionFault(by: ["beto"], recordedBy: "ana")?.text == "beto may not decide in roundtable")
    #expect(group.decisionFault(by: [], recordedBy: "ana") == nil)
    group.quorum = 2
    #expect(group.decisionFault(by: ["ana"], recordedBy: "ana")?.text.contains("1 were present") == true)
}

@Test func nobodyGivesThemselfTheRightToDecide() {
    let informing = CoordinationV1.WorkingGroup(
        group: "g", members: [.init(operator: "ana"), .init(operator: "beto")])
    var deciding = informing
    deciding.members[0].decides = true
    deciding.quorum = 1
    deciding.mandate = "Resolution 12"
    let own = "nobody gives themself the right to decide: another person must do it"
    #expect(informing.formationFault(before: nil, by: "ana") == nil)
    #expect(deciding.formationFault(before: nil, by: "ana")?.text == own)
    #expect(deciding.formationFault(before: informing, by: "ana")?.text == own)
    #expect(deciding.formationFault(before: informing, by: "beto") == nil)
    #expect(deciding.formationFault(before: deciding, by: "ana") == nil)
    #expect(deciding.formationFault(before: informing, by: "zoe")?.text == "only a member of g may change its members")
    #expect(informing.formationFault(before: deciding, by: "beto") == nil)
    deciding.quorum = 2
    #expect(deciding.formationFault(before: nil, by: "zoe")?.text.hasPrefix("quorum") == true)
    deciding.mandate = ""
    #expect(deciding.formationFault(before: nil, by: "zoe")?.text.hasPrefix("mandate") == true)
}

@Test(arguments: [
    (Int32(-1), Int32(0), OverdueStep.none), (0, 0, .none), (1, 0, .escalated), (1, 1, .ownerNotified),
    (5, 5, .ownerNotified), (6, 5, .escalated), (400, 5, .escalated),
])
func anOverdueDecisionIsToldToItsOwnerAndEscalates(days: Int32, grace: Int32, step: OverdueStep) {
    #expect(OverdueStep(daysOverdue: days, graceDays: grace) == step)
}

@Test func partsAreSplitByLargestRemainderToTheCent() {
    #expect(split(100, byWeights: [1, 1, 1]) == [34, 33, 33])
    #expect(split(-100, byWeights: [1, 1, 1]) == [-34, -33, -33])
    #expect(split(7, byWeights: [5, 3, 2]) == [4, 2, 1])
    #expect(split(0, byWeights: [1, 2]) == [0, 0])
    #expect(split(5, byWeights: [0, 0]) == nil)
    #expect(split(5, byWeights: [-1, 2]) == nil)
    #expect(split(.max, byWeights: [.max, .max])?.reduce(0, +) == .max)
    var random = SeededGenerator(seed: 5)
    for _ in 0..<500 {
        let weights = (0..<Int.random(in: 1...25, using: &random)).map { _ in Int64.random(in: 0...900, using: &random)
        }
        let amount = Int64.random(in: 0...1_000_000_000, using: &random)
        guard let parts = split(amount, byWeights: weights) else { continue }
        #expect(parts.reduce(0, +) == amount)
        let total = weights.reduce(0, +)
        for (part, weight) in zip(parts, weights) {
            let exact = amount * weight / total
            #expect(part == exact || part == exact + 1)
        }
    }
}
