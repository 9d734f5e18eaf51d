import ProjectsDomain
import Testing

@Test func aProjectStartsForWhoReceivesATransferOrHasASignedOverride() {
    for claim in StartClaim.all {
        let expected: StartOutcome =
            switch (claim.receivesTransfer, claim.hasOverride) {
            case (true, _): .receivesTransfer
            case (false, true): .overridden
            case (false, false): .noTransfer
            }
        #expect(StartOutcome(claim) == expected)
        #expect(StartOutcome(claim).starts == (claim.receivesTransfer || claim.hasOverride))
    }
    #expect(Set(StartClaim.all).count == 4)
}
