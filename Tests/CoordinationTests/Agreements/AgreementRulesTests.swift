import Contracts
import CoordinationDomain
import Testing

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
        firstDay: "2024-01-01", lastDay: "2024-12-31",
        architecture: .init(severalInstitutions: true, intended: true, programmes: 2))
}

@Test func everyActFromEveryStateByEveryCallerHasOneAnswer() {
    let allowed: [(CoordinationV1.AgreementAction, AgreementState, Bool, AgreementState)] = [
        (.sign, .proposed, true, .proposed), (.sign, .proposed, false, .proposed), (.sign, .active, true, .active),
        (.sign, .suspended, true, .suspended), (.activate, .proposed, true, .active),
        (.activate, .proposed, false, .active), (.activate, .active, true, .active),
        (.activate, .suspended, true, .suspended), (.suspend, .active, true, .suspended),
        (.suspend, .active, false, .suspended), (.resume, .suspended, true, .active),
        (.resume, .suspended, false, .active), (.end, .proposed, true, .ended), (.end, .proposed, false, .ended),
        (.end, .active, true, .ended), (.end, .active, false, .ended), (.end, .suspended, true, .ended),
        (.end, .suspended, false, .ended), (.override, .active, true, .active), (.override, .active, false, .active),
    ]
    let needReason: Set<CoordinationV1.AgreementAction> = [.suspend, .end, .override]
    let actions: [CoordinationV1.AgreementAction] = [
        .unspecified, .sign, .activate, .suspend, .resume, .end, .override,
    ]
    for action in actions {
        for state in AgreementState.allCases {
            for pending in [true, false] {
                for reason in [true, false] {
                    for standing in AgreementStanding.allCases {
                        let answer = stateAfter(
                            action, in: state, isPending: pending, by: standing, hasReason: reason)
                        let next = allowed.first { $0.0 == action && $0.1 == state && $0.2 == pending }?.3
                        let expected: Result<AgreementState, AgreementRefusal>
                        switch standing {
                        case .outsider: expected = .failure(.notAMember)
                        case .informing: expected = .failure(.mayNotDecide)
                        case .deciding:
                            if let next {
                                expected =
                                    needReason.contains(action) && !reason ? .failure(.reasonMissing) : .success(next)
                            } else {
                                expected = .failure(.wrongState(state))
                            }
                        }
                        #expect(answer == expected, "\(action) \(state) \(pending) \(standing) \(reason)")
                    }
                }
            }
        }
    }
}

@Test func theQuorumCountsOnlyDecidingMembersWhoSigned() {
    let terms = sampleTerms()
    #expect(terms.fault == nil)
    #expect(terms.missingSignatures(signedBy: []) == ["MIDIS", "FONCODES"])
    #expect(terms.missingSignatures(signedBy: ["beto", "carla"]) == ["MIDIS"])
    #expect(terms.missingSignatures(signedBy: ["ana", "carla"]) == [])
    #expect(terms.standing(of: "ana") == .deciding)
    #expect(terms.standing(of: "beto") == .informing)
    #expect(terms.standing(of: "zoe") == .outsider)
}

@Test func termsThatCannotBindAreRefused() {
    var terms = sampleTerms()
    terms.parties[0].members[0].decides = false
    #expect(terms.fault == "MIDIS has no member who may decide: it can only inform")
    terms = sampleTerms(amountMinor: 0)
    #expect(terms.fault == "the earmark of L1 must be above zero")
    terms = sampleTerms()
    terms.earmarks[0].institution = "MEF"
    #expect(terms.fault == "MEF earmarks money and is no party")
    terms = sampleTerms()
    terms.lastDay = "2023-12-31"
    #expect(terms.fault == "an agreement needs its first and its last day")
}

@Test func aGroupWithoutDecidingMembersCannotDecide() {
    var group = CoordinationV1.WorkingGroup(
        group: "roundtable", members: [.init(operator: "ana"), .init(operator: "beto")], quorum: 1)
    #expect(
        group.decisionFault(by: ["ana", "beto"], recordedBy: "ana")
            == "no member of roundtable may decide: the group can record minutes and proposals, and nothing else")
    group.members[0].decides = true
    #expect(group.decisionFault(by: [], recordedBy: "beto") == "beto may not decide in roundtable")
    #expect(group.decisionFault(by: [], recordedBy: "ana") == nil)
    group.quorum = 2
    #expect(group.decisionFault(by: ["beto"], recordedBy: "ana")?.contains("1 were present") == true)
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
