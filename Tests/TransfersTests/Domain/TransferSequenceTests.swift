import Testing
import TransfersDomain

private struct SequenceRow: Sendable {
    let refusals: Refusals
    let wasServed: Bool
    let awaitsProject: Bool
    let expected: Affiliation
}

@Suite struct TransferSequenceTests {
    @Test(arguments: [
        SequenceRow(refusals: [], wasServed: false, awaitsProject: false, expected: .affiliated),
        SequenceRow(refusals: [], wasServed: true, awaitsProject: true, expected: .affiliated),
        SequenceRow(refusals: [], wasServed: false, awaitsProject: true, expected: .affiliated),
        SequenceRow(refusals: .members, wasServed: false, awaitsProject: false, expected: .refused),
        SequenceRow(refusals: .members, wasServed: true, awaitsProject: false, expected: .refused),
        SequenceRow(refusals: .members, wasServed: false, awaitsProject: true, expected: .refused),
        SequenceRow(refusals: .members, wasServed: true, awaitsProject: true, expected: .kept),
        SequenceRow(refusals: [.povertyClass, .territory], wasServed: true, awaitsProject: true, expected: .kept),
        // An agreement does not undo a sanction.
        SequenceRow(refusals: .exited, wasServed: true, awaitsProject: true, expected: .refused),
        SequenceRow(refusals: [.exited, .members], wasServed: true, awaitsProject: true, expected: .refused),
    ])
    private func aTransferThatWouldEndGoesOnUntilTheProjectHasStarted(row: SequenceRow) {
        let affiliation = Affiliation(
            refusals: row.refusals, wasServed: row.wasServed, awaitsProject: row.awaitsProject)
        #expect(affiliation == row.expected)
    }
}
