import ProjectsDomain
import Testing

private func places(
    reserved: Int32 = 0, share: Int32 = 0, of all: Int32 = 0, needsTransfer: Bool = false
) -> AgreementPlaces {
    AgreementPlaces(reservedPlaces: reserved, shareHundredths: share, places: all, needsTransfer: needsTransfer)
}

/// What `reserved`, `share` and `all` come to; the database's function must say the same.
let reservedPlaceRows: [(reserved: Int32, share: Int32, all: Int32, expected: Int64)] = [
    (0, 0, 0, 0), (120, 0, 0, 120), (120, 0, 400, 120), (0, 10_000, 400, 400), (0, 5_000, 400, 200),
    (0, 5_000, 401, 201), (0, 1, 400, 1), (0, 25, 400, 1), (0, 26, 400, 2), (0, 3_333, 3, 1), (0, 3_334, 3, 2),
    (0, 9_999, 1, 1), (0, 10_000, .max, Int64(Int32.max)),
]

@Test(arguments: reservedPlaceRows)
func aShareOfThePlacesIsRoundedUp(reserved: Int32, share: Int32, all: Int32, expected: Int64) {
    #expect(places(reserved: reserved, share: share, of: all).reserved == expected)
}

private struct AdmissionRow: Sendable {
    let places: AgreementPlaces
    let filled: (target: Int64, others: Int64)
    let asking: (target: Int64, others: Int64)
    let admitted: (target: Int64, others: Int64)
    let refusal: AdmissionOutcome
}

@Test(arguments: [
    // Nothing reserved, as many places as there are: everybody.
    AdmissionRow(places: places(), filled: (0, 0), asking: (2, 3), admitted: (2, 3), refusal: .noPlaceLeft),
    // One short of the reserved places: no other; at it: all others.
    AdmissionRow(
        places: places(reserved: 10), filled: (0, 0), asking: (9, 3), admitted: (9, 0), refusal: .reservedPlacesOpen),
    AdmissionRow(
        places: places(reserved: 10), filled: (0, 0), asking: (10, 3), admitted: (10, 3), refusal: .noPlaceLeft),
    AdmissionRow(places: places(reserved: 10), filled: (9, 0), asking: (1, 3), admitted: (1, 3), refusal: .noPlaceLeft),
    AdmissionRow(
        places: places(reserved: 10), filled: (9, 0), asking: (0, 3), admitted: (0, 0), refusal: .reservedPlacesOpen),
    AdmissionRow(
        places: places(reserved: 10), filled: (10, 5), asking: (0, 3), admitted: (0, 3), refusal: .noPlaceLeft),
    // More of the target population than is reserved: welcome.
    AdmissionRow(
        places: places(reserved: 10), filled: (10, 0), asking: (7, 0), admitted: (7, 0), refusal: .noPlaceLeft),
    // A limited number of places.
    AdmissionRow(
        places: places(reserved: 10, of: 12), filled: (0, 0), asking: (10, 3), admitted: (10, 2), refusal: .noPlaceLeft),
    AdmissionRow(
        places: places(reserved: 10, of: 12), filled: (10, 2), asking: (1, 1), admitted: (0, 0), refusal: .noPlaceLeft),
    AdmissionRow(
        places: places(reserved: 10, of: 12), filled: (8, 0), asking: (9, 9), admitted: (4, 0), refusal: .noPlaceLeft),
    // All places are reserved.
    AdmissionRow(
        places: places(share: 10_000, of: 4), filled: (0, 0), asking: (3, 2), admitted: (3, 0),
        refusal: .reservedPlacesOpen),
    AdmissionRow(
        places: places(share: 10_000, of: 4), filled: (0, 0), asking: (5, 2), admitted: (4, 0), refusal: .noPlaceLeft),
    // More taken than there are, after an amendment that lowers them.
    AdmissionRow(
        places: places(reserved: 2, of: 4), filled: (3, 3), asking: (1, 1), admitted: (0, 0), refusal: .noPlaceLeft),
])
private func reservedPlacesAreFilledBeforeOthersAreServed(row: AdmissionRow) {
    let admission = row.places.admission(
        filled: .init(target: row.filled.target, others: row.filled.others),
        asking: .init(target: row.asking.target, others: row.asking.others))
    #expect(admission.admitted == .init(target: row.admitted.target, others: row.admitted.others))
    #expect(admission.refusal == row.refusal)
}

@Test(arguments: [
    // target, receives a transfer, override; outcome where a transfer is needed, and where not
    (false, false, false, AdmissionOutcome.noTransfer, AdmissionOutcome.other),
    (false, false, true, .overridden, .overridden), (false, true, false, .other, .other),
    (false, true, true, .overridden, .overridden), (true, false, false, .noTransfer, .target),
    (true, false, true, .overridden, .target), (true, true, false, .target, .target),
    (true, true, true, .target, .target),
])
func aHouseholdAsksForThePlaceThatItCanGet(
    target: Bool, transfer: Bool, override: Bool, sequenced: AdmissionOutcome, free: AdmissionOutcome
) {
    let claim = PlaceClaim(isTarget: target, receivesTransfer: transfer, hasOverride: override)
    #expect(places(needsTransfer: true).outcome(of: claim) == sequenced)
    #expect(places(needsTransfer: false).outcome(of: claim) == free)
}

@Test func theStoredOutcomesKeepTheirMeaning() {
    #expect(AdmissionOutcome.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6])
    #expect(AdmissionOutcome.allCases.filter(\.isAdmitted).map(\.rawValue) == [1, 2, 3])
    #expect(Set(PlaceClaim.all).count == 8)
}

@Test func projectsDrawOnAnEarmarkOneAfterTheOther() {
    let earmark = ProjectEarmark(agreement: "a", line: "L1", leftMinor: 100)
    let other = ProjectEarmark(agreement: "a", line: "L2", leftMinor: 30)
    var draw = EarmarkDraw()
    #expect(draw.draw(60, from: earmark) == 60)
    #expect(draw.draw(60, from: earmark) == 40)
    #expect(draw.draw(60, from: earmark) == 0)
    #expect(draw.draw(30, from: other) == 30)
    #expect(draw.draw(30, from: nil) == 0)
    #expect(draw.draw(0, from: other) == 0)
}
