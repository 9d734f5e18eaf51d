import Contracts
import Postgres
import Testing

@Test func theFirstInstalmentIsCommittedInFullAndOrderedByModule() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        try await fixture.openLines()
        try await fixture.appropriate([1_200_000, 600_000], id: "law")
        let reply = try await fixture.order()
        // Two hens and two guinea-pig modules at 40 %: 36,000 and 48,000 each.
        let expected: Int64 = 2 * 36_000 + 2 * 48_000
        #expect(
            reply
                == ProjectsV1.OrderInputsReply(
                    state: "ordered", projects: 2, households: 3, committedMinor: 1_800_000, orderedMinor: expected,
                    currency: "PEN", purchaseOrders: 3))
        let cajamarca = try await fixture.stages(ProjectsFixture.lines[0])
        let puno = try await fixture.stages(ProjectsFixture.lines[1])
        #expect(cajamarca == [1_200_000, 1_200_000, 120_000, 120_000])
        #expect(puno == [600_000, 600_000, 48_000, 48_000])
    }
}

@Test func orderingTwiceIsOneOrder() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        try await fixture.openLines()
        try await fixture.appropriate([5_000_000, 5_000_000], id: "law")
        let first = try await fixture.order()
        let before = try await fixture.digest()
        let second = try await fixture.order()
        let after = try await fixture.digest()
        #expect(second == first)
        #expect(after == before)
    }
}

@Test func aShortfallIsSaidAndAnAppropriationLetsItGoOn() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        let without = try await fixture.order()
        #expect(without.state == "awaiting_budget")
        #expect(without.obstacles.map(\.kind) == ["line_missing", "line_missing"])
        #expect(without.obstacles.map(\.shortfallMinor) == [1_200_000, 600_000])
        #expect(
            without.obstacles.first?.dimensions
                == ["programme": "haku_winay", "fiscal_year": "2024", "currency": "PEN", "territory": "06"])
        try await fixture.openLines()
        try await fixture.appropriate([1_000_000, 600_000], id: "law")
        let short = try await fixture.order()
        #expect(short.state == "awaiting_budget")
        #expect(
            short.obstacles == [
                .init(
                    kind: "ledger", detail: "insufficient_available", lines: [ProjectsFixture.lines[0]],
                    shortfallMinor: 200_000)
            ])
        #expect(short.committedMinor == 0 && short.orderedMinor == 0 && short.purchaseOrders == 0)
        let untouched = try await fixture.stages(ProjectsFixture.lines[1])
        #expect(untouched == [0, 0, 0, 0])
        try await fixture.appropriate([200_000, 0], id: "supplement")
        let ordered = try await fixture.order()
        #expect(ordered.state == "ordered")
        #expect(ordered.obstacles == [])
        let stages = try await fixture.stages(ProjectsFixture.lines[0])
        #expect(stages == [1_200_000, 1_200_000, 120_000, 120_000])
    }
}

@Test func theNextInstalmentOrdersItsShareAndCommitsNothingAgain() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        try await fixture.openLines()
        try await fixture.appropriate([5_000_000, 5_000_000], id: "law")
        _ = try await fixture.order()
        var next = ProjectsFixture.request
        next.instalment = 2
        let reply = try await fixture.order(next)
        #expect(reply.state == "ordered")
        #expect(reply.committedMinor == 0)
        #expect(reply.orderedMinor == 2 * 27_000 + 2 * 36_000)
        let stages = try await fixture.stages(ProjectsFixture.lines[0])
        #expect(stages == [1_200_000, 1_200_000, 210_000, 210_000])
    }
}

@Test func withoutParticipantsNothingIsOrdered() async throws {
    try await withProjects { fixture in
        let reply = try await fixture.order()
        #expect(reply.state == "empty")
        #expect(reply.projects == 0 && reply.purchaseOrders == 0)
    }
}

@Test func anInstalmentBeyondTheDefinitionIsRefused() async throws {
    try await withProjects { fixture in
        var request = ProjectsFixture.request
        request.instalment = 4
        let beyond = request
        let error = await #expect(throws: RPCError.self) { try await fixture.order(beyond) }
        #expect(error?.code == .failedPrecondition)
    }
}

@Test func aPostedPurchaseOrderCannotBeChanged() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        try await fixture.openLines()
        try await fixture.appropriate([5_000_000, 5_000_000], id: "law")
        _ = try await fixture.order()
        let error = await #expect(throws: PostgresError.self) {
            try await fixture.pool.script("DELETE FROM projects.purchase_order")
        }
        #expect(error?.constraint == "purchase_order_final_check")
    }
}

/// Of two lines that fit the first was taken without a word, and a line in another currency was taken for a missing one.
@Test func aLineIsLookedUpByItsDimensionsAndTwoThatFitAreNamed() async throws {
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        try await fixture.openLines()
        try await fixture.openLine("AA-21", territory: "21", fund: "AA")
        try await fixture.appropriate([5_000_000, 5_000_000], id: "law")
        let torn = try await fixture.order()
        #expect(torn.state == "awaiting_budget")
        #expect(torn.obstacles.map(\.kind) == ["lines_several"])
        #expect(torn.obstacles.first?.lines == [ProjectsFixture.lines[1], "AA-21"])
        #expect(try await fixture.stages(ProjectsFixture.lines[0]) == [0, 0, 0, 0])
    }
    try await withProjects { fixture in
        _ = try await fixture.importParticipants(ProjectsFixture.participants)
        for (line, territory) in [("USD-06", "06"), ("USD-21", "21")] {
            try await fixture.openLine(line, territory: territory, currency: "USD")
        }
        let foreign = try await fixture.order()
        #expect(foreign.obstacles.map(\.kind) == ["line_other_currency", "line_other_currency"])
        #expect(foreign.obstacles.map(\.lines) == [["USD-06"], ["USD-21"]])
    }
}
