import Testing

@testable import Intake

private let registry: [FileLayout] = [.territories, .households, .members, .accounts]

@Test(arguments: registry)
func aHeaderIsRecognised(layout: FileLayout) {
    #expect(FileHeader.recognise(layout.columns, accepted: registry) == .success(layout))
}

@Test(arguments: [
    (
        "household_id,territory,poverty_class,residence_since", RejectReason.header,
        "column 2 is not called territory_code"
    ),
    ("household_id,territory_code,poverty_class", .header, "column residence_since is missing"),
    ("territory_code,household_id,poverty_class,residence_since", .header, "the columns stand in another order"),
    ("household_id,territory_code,poverty_class,residence_since,x", .header, "1 columns too many"),
    ("person_id,facility_code,kind,checked_on", .wrongKind, "this is a file of health_checks"),
    ("María,Quispe,1990-01-01", .wrongKind, "the first line is no header of this import"),
])
func aHeaderThatIsNoneSaysWhatIsExpected(header: String, reason: RejectReason, begins: String) throws {
    let fields = header.split(separator: ",").map(String.init)
    guard case .failure(let fault) = FileHeader.recognise(fields, accepted: registry) else {
        Issue.record("recognised")
        return
    }
    #expect(fault.reason == reason)
    #expect(fault.sentence.text.hasPrefix(begins), "\(fault.sentence.text)")
    #expect(!fault.sentence.text.contains("María"))
}
