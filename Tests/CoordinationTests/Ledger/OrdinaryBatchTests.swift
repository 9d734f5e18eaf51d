import Contracts
import Postgres
import TestSupport
import Testing

@testable import CoordinationService
import Vocabulary

/// A way to spoil the batch below, or not.
private struct Fault: Sendable {
    let name: String
    let spoil: @Sendable (inout [CoordinationV1.Posting]) -> Void

    init(_ name: String, _ spoil: @escaping @Sendable (inout [CoordinationV1.Posting]) -> Void) {
        self.name = name
        self.spoil = spoil
    }
}

private let faults: [Fault] = [
    .init("none") { _ in },
    .init("overdraws its line") { $0[0].amountMinor = 201 },
    .init("overdraws its document") { $0[2].amountMinor = 201 },
    .init("another stage of the same account overdraws") { $0[3].amountMinor = 501 },
    .init("amount of zero") { $0[1].amountMinor = 0 },
    .init("amount above the bound") { $0[1].amountMinor = 1_000_000_000_000_001 },
    .init("another currency") { $0[1].currency = "USD" },
    .init("no currency") { $0[1].currency = "" },
    .init("a service's identifier") { $0[1].postingId = "run/" + $0[1].postingId },
    .init("a service's document") { $0[1].document = "run/d" },
    .init("negative amount") { $0[1].amountMinor = -1 },
    .init("no document") { $0[1].document = "" },
    .init("document of 64") { $0[1].document = String(repeating: "d", count: 64) },
    .init("document of 65") { $0[1].document = String(repeating: "d", count: 65) },
    .init("no identifier") { $0[1].postingId = "" },
    .init("identifier of 64") { $0[1].postingId += String(repeating: "i", count: 64 - $0[1].postingId.count) },
    .init("identifier of 65") { $0[1].postingId += String(repeating: "i", count: 65 - $0[1].postingId.count) },
    .init("identifier twice") { $0[1].postingId = $0[0].postingId },
    .init("unknown line") { $0[1].line += "?" },
    .init("description of 240 characters, more bytes") { $0[1].description = String(repeating: "ñ", count: 240) },
    .init("description of 241") { $0[1].description = String(repeating: "x", count: 241) },
    .init("reason of 241") { $0[1].overrideReason = String(repeating: "x", count: 241) },
    .init("control character") { $0[1].description = "a\u{7}" },
    .init("a commitment among them") { $0[1].kind = .commit },
    .init("an appropriation among them") { $0[1].kind = .appropriate },
    .init("no kind") { $0[1].kind = .unspecified },
    .init("a stage") { $0[1].stage = "reserved" },
    .init("a group") { $0[1].group = "g" },
    .init("two in a group") {
        $0[1].group = "g"
        $0[2].group = "g"
        $0[2].amountMinor = 900
    },
    .init("a group of 65") { $0[1].group = String(repeating: "g", count: 65) },
]

/// Batches that are right but for one fault are answered, and leave the lines, as the same batches written as corrections of
/// today.
@Test func anOrdinaryBatchIsAnsweredAsItsCorrectionIs() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 1)
        let today = CalendarDate(daysSinceEpoch2000: try await pool.query(DatabaseToday()).first!)!.description
        var number = 0
        for mode in [CoordinationV1.PostMode.atomic, .continue, .perGroup] {
            for fault in faults {
                number += 1
                var results: [[String]] = []
                for twin in ["plain", "corrected"] {
                    let prefix = "\(number)-\(twin)-"
                    try await prepare(prefix, pool)
                    var postings = batch(prefix)
                    fault.spoil(&postings)
                    if twin == "corrected" { for index in postings.indices { postings[index].originalDate = today } }
                    let answers = try await pool.post(PostBatch(.init(mode: mode, postings: postings)))
                    let accounts = try await pool.query(StoredAccounts(prefix: prefix))
                    let holds = try await pool.query(StoredHolds(prefix: prefix))
                    results.append(
                        answers.map { "\($0.code) \($0.shortfall)" }
                            + accounts.map { "\($0.line.dropFirst(prefix.count)) \($0.accounts)" }.sorted()
                            + holds.map { "\($0.line.dropFirst(prefix.count)) \($0.document) \($0.held)" }.sorted())
                }
                #expect(results[0] == results[1], "\(mode) \(fault.name)")
            }
        }
        await pool.close()
    }
}

/// Two lines of 1,000 of which 800 are reserved, 700 committed, 500 accrued and 300 ordered for one document.
private func prepare(_ prefix: String, _ pool: ConnectionPool) async throws {
    let lines = (0..<2).map { CoordinationV1.BudgetLine.plain("\(prefix)\($0)") }
    try await pool.openLines(lines)
    let steps: [(CoordinationV1.PostingKind, Int64)] = [
        (.appropriate, 1000), (.reserve, 800), (.commit, 700), (.accrue, 500), (.order, 300),
    ]
    let postings = lines.flatMap { line in
        steps.map { kind, amount in
            CoordinationV1.Posting(
                postingId: "\(line.line) \(kind)", kind: kind, line: line.line, amountMinor: amount, document: "d",
                currency: "PEN")
        }
    }
    let answers = try await pool.post(PostBatch(.init(mode: .atomic, postings: postings)))
    try #require(answers.allSatisfy { $0.code == "posted" })
}

private func batch(_ prefix: String) -> [CoordinationV1.Posting] {
    let steps: [(CoordinationV1.PostingKind, Int, Int64)] = [
        (.reserve, 0, 200), (.accrue, 0, 200), (.order, 1, 200), (.pay, 1, 300), (.pay, 0, 100),
    ]
    return steps.enumerated().map { number, step in
        .init(
            postingId: "\(prefix)\(number)", kind: step.0, line: "\(prefix)\(step.1)", amountMinor: step.2,
            document: "d", currency: "PEN")
    }
}
