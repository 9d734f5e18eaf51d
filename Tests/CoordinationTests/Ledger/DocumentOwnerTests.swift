import Contracts
import LedgerAudit
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

/// A run with 100.00 in each stage that holds.
private func openRun(_ steps: PostingSteps, _ document: String, as actor: String) async throws {
    for (kind, amount) in [
        (CoordinationV1.PostingKind.reserve, 50_000), (.commit, 40_000), (.accrue, 30_000), (.order, 20_000),
        (.pay, 10_000),
    ] as [(CoordinationV1.PostingKind, Int64)] {
        #expect(try await steps.post("\(document) \(kind)", kind, amount, document, as: actor) == "posted")
    }
}

/// Money that a bank is paying cannot be freed, spent or undone by a person, whatever the command.
@Test(arguments: ["puente_transfers", "puente_projects"])
func nobodyElsePostsOnAServicesDocument(service: String) async throws {
    try await withLine { steps in
        try await openRun(steps, "R1", as: service)
        let before = try await steps.accounts()
        for other in ["ana", "puente_transfers", "puente_projects"] where other != service {
            for stage in ["reserved", "committed", "accrued", "ordered", "paid"] {
                let code = try await steps.post("free \(stage) \(other)", .release, 100, "R1", as: other, stage: stage)
                #expect(code == "document_of_another")
            }
            for kind in [CoordinationV1.PostingKind.reserve, .commit, .accrue, .order, .pay] {
                #expect(try await steps.post("\(kind) \(other)", kind, 100, "R1", as: other) == "document_of_another")
                let undo = try await steps.post("undo \(kind) \(other)", .reverse, 0, as: other, reverses: "R1 \(kind)")
                #expect(undo == "document_of_another")
            }
            #expect(
                try await steps.post("back \(other)", .return, 100, "R1", as: other, stage: "ordered")
                    == "document_of_another")
            #expect(
                try await steps.post("draw \(other)", .reserve, 100, "mine", as: other, source: "R1")
                    == "document_of_another")
        }
        #expect(try await steps.post("lapse", .expire, 100, "R1") == "document_of_another")
        try await steps.pool.openLines([.plain("L2")])
        #expect(
            try await steps.post("carry", .carryOver, 100, "R1", stage: "ordered", target: "L2")
                == "document_of_another")
        // Nor on another line, where the document holds nothing.
        var elsewhere = steps
        elsewhere.line = "L2"
        #expect(try await elsewhere.post("law2", .appropriate, 1_000) == "posted")
        #expect(try await elsewhere.post("there", .reserve, 100, "R1") == "document_of_another")
        #expect(try await steps.accounts() == before)
        #expect(try await steps.post("own", .release, 10_000, "R1", as: service, stage: "ordered") == "posted")
        #expect(try await LedgerAuditor(steps.pool).run().problems == [])
    }
}

@Test func servicesDoNotPostOnAPersonsDocumentNorChangeAppropriations() async throws {
    try await withLine { steps in
        try await openRun(steps, "contract-1", as: "ana")
        let code = try await steps.post("t", .release, 1, "contract-1", as: "puente_transfers", stage: "reserved")
        #expect(code == "document_of_another")
        for kind in [CoordinationV1.PostingKind.appropriate, .cut, .transfer, .expire, .carryOver] {
            for service in ["puente_transfers", "puente_projects"] {
                #expect(
                    try await steps.post("\(kind) \(service)", kind, 1, "contract-1", as: service) == "kind_not_allowed"
                )
            }
        }
        // A service that nobody named has no business here, whatever it asks for.
        #expect(try await steps.post("r", .reserve, 1, "r", as: "puente_reporting") == "kind_not_allowed")
        #expect(try await steps.post("beto", .release, 10_000, "contract-1", as: "beto", stage: "paid") == "posted")
    }
}

@Test(arguments: [
    ("run/", "puente_transfers"), ("bank/", "puente_transfers"), ("instalment/", "puente_projects"),
    ("project/", "puente_projects"), ("agreement/", ""), ("year/", ""), ("expire/", ""),
])
func namesThatBeginAsAServicesAreItsOwn(prefix: String, owner: String) async throws {
    try await withLine { steps in
        for actor in ["ana", "puente_transfers", "puente_projects"] {
            let id = try await steps.post("\(prefix)\(actor)", .reserve, 1, "d-\(actor)", as: actor)
            #expect(id == (actor == owner ? "posted" : "reserved_id"), "\(actor)")
            let document = try await steps.post("d \(actor)", .reserve, 1, "\(prefix)1", as: actor)
            #expect(document == (actor == owner ? "posted" : "document_of_another"), "\(actor)")
            // A refused identifier is not used up.
            if actor == "ana", owner != "" {
                #expect(try await steps.post("\(prefix)ana", .reserve, 1, "d-\(owner)", as: owner) == "posted")
            }
        }
    }
}

/// Whoever comes second learns that the document is another's, also where the two lines have nothing to do with each other.
@Test func aDocumentThatTwoOpenAtOnceBelongsToOne() async throws {
    try await withLine { steps in
        try await steps.pool.openLines([.plain("L2")])
        var other = steps
        other.line = "L2"
        #expect(try await other.post("law2", .appropriate, 1_000) == "posted")
        let (first, second) = (steps, other)
        for number in 1...20 {
            async let one = first.post("a\(number)", .reserve, 1, "d\(number)", as: "ana")
            async let two = second.post("b\(number)", .reserve, 1, "d\(number)", as: "puente_transfers")
            var codes: [String] = []
            do { codes.append(try await one) } catch let error as PostgresError { codes.append(error.constraint ?? "") }
            do { codes.append(try await two) } catch let error as PostgresError { codes.append(error.constraint ?? "") }
            #expect(codes.count { $0 == "posted" } == 1)
            #expect(codes.allSatisfy { ["posted", "document_of_another", "budget_document_pkey"].contains($0) })
        }
    }
}
