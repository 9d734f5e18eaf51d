import Intake
import Postgres
import ProjectsDomain
import Vocabulary

/// Decides which households of an import get a place under the agreements in force, and refuses the rows of the others.
struct AdmissionDecision: ImportDecision {
    func decide(_ scope: ImportScope, in transaction: borrowing Transaction) async throws {
        let rules = try await transaction.query(FindPlaceRules(programme: scope.context))
        guard !rules.isEmpty else { return }
        try await transaction.execute(StageAdmissions(programme: scope.context))
        // Who is refused under one agreement takes no place under another, so that one must be looked at again.
        var refused: Int64
        repeat {
            refused = 0
            try await transaction.execute(ForgetRefusedElsewhere())
            for rule in rules { refused += try await decide(rule, scope, in: transaction) }
        } while refused > 0 && rules.count > 1
    }

    /// Decides under one agreement; returns how many households were refused.
    private func decide(
        _ rule: PlaceRule, _ scope: ImportScope, in transaction: borrowing Transaction
    ) async throws -> Int64 {
        var asking = AgreementPlaces.Count(target: 0, others: 0)
        for count in try await transaction.query(CountClaims(agreement: rule.agreement)) {
            switch rule.places.outcome(of: PlaceClaim(key: count.key)) {
            case .target: asking.target += count.households
            case .other: asking.others += count.households
            case .overridden, .reservedPlacesOpen, .noTransfer, .noPlaceLeft: break
            }
        }
        let admission = rule.places.admission(filled: rule.filled, asking: asking)
        let outcomes = PlaceClaim.all.map { claim in
            let wanted = rule.places.outcome(of: claim)
            let (limit, otherwise): (Int64, AdmissionOutcome) =
                switch wanted {
                case .target: (admission.admitted.target, .noPlaceLeft)
                case .other: (admission.admitted.others, admission.refusal)
                case .overridden, .reservedPlacesOpen, .noTransfer, .noPlaceLeft: (.max, wanted)
                }
            return ClaimOutcome(claim: claim, wanted: wanted, limit: limit, otherwise: otherwise)
        }
        try await transaction.execute(
            StoreOutcomes(
                agreement: rule.agreement, outcomes: outcomes, reserved: rule.places.reserved,
                filled: rule.filled.target + admission.admitted.target))
        let refusal = RefuseRows(
            scope: scope, agreement: rule.agreement,
            reservedPlacesOpen:
                "agreement {}, version {}: {} places are reserved for its target population and {} are filled;"
                + " others wait until all are, or a deciding member signs an override",
            noTransfer:
                "agreement {}, version {}: a project starts only while the household receives transfers, and none"
                + " of its transfer programmes serves this one",
            noPlaceLeft: "agreement {}, version {}: all its places are taken")
        return try await transaction.queryOne(refusal) ?? 0
    }
}

/// An agreement's places in a programme, and how they are filled.
struct PlaceRule: Sendable {
    let agreement: String
    let places: AgreementPlaces
    let filled: AgreementPlaces.Count
}

/// What becomes of the households with one kind of claim: the first `limit` of those who want the same get what they
/// want.
struct ClaimOutcome: Sendable {
    let claim: PlaceClaim
    let wanted: AdmissionOutcome
    let limit: Int64
    let otherwise: AdmissionOutcome
}

extension PlaceClaim {
    /// The claim as statements compute it.
    var key: Int64 { (isTarget ? 1 : 0) + (receivesTransfer ? 2 : 0) + (hasOverride ? 4 : 0) }

    init(key: Int64) {
        self.init(isTarget: key & 1 != 0, receivesTransfer: key & 2 != 0, hasOverride: key & 4 != 0)
    }
}
