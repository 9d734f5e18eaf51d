import Foundation
import ISO20022
import Testing

/// Samples of other makers, and what another reader (genkgo/camt) makes of them.
@Suite(.needsReferenceData) struct SampleMessages {
    private struct Expected: Equatable {
        var messageID: String?
        var amounts: [String]
        var endToEndIDs: [String]
        var directions: [String]
    }

    private func expected(_ name: String) throws -> Expected {
        let json = try JSONSerialization.jsonObject(with: Data(try ReferenceData.sample(name)))
        let message = try #require(json as? [String: Any])
        let header = try #require(message["getGroupHeader"] as? [String: Any])
        let entry = try #require((message["getEntries"] as? [[String: Any]])?.first)
        let amount = try #require(entry["getAmount"] as? [String: Any])
        var endToEndIDs: [String] = []
        func visit(_ value: Any) {
            if let object = value as? [String: Any] {
                if let id = object["getEndToEndId"] as? String { endToEndIDs.append(id) }
                for (_, child) in object { visit(child) }
            } else if let list = value as? [Any] {
                for child in list { visit(child) }
            }
        }
        visit(entry)
        return Expected(
            messageID: header["getMessageId"] as? String,
            amounts: [String(try #require(amount["getAmount"] as? String).drop { $0 == "-" })],
            endToEndIDs: endToEndIDs, directions: [try #require(entry["getCreditDebitIndicator"] as? String)])
    }

    @Test(arguments: [
        "camt053.v2.minimal", "camt053.v2.all-balance-types", "camt053.v8", "camt054.v2", "camt054.v8",
    ])
    func accountReportsAreReadAsAnotherReaderReadsThem(name: String) throws {
        let expected = try expected(name + ".json")
        let events = try events(try ReferenceData.sample(name + ".xml"), totals: .ignored)
        guard case .head(let head) = events.first else {
            Issue.record("no head")
            return
        }
        #expect(head.messageID == expected.messageID)
        #expect(head.kind.rawValue.replacingOccurrences(of: ".", with: "") == name.prefix(7))
        let transactions = events.transactions
        #expect(Set(transactions.compactMap(\.references.endToEndID)) == Set(expected.endToEndIDs))
        let direction: ReportedTransaction.Fact = expected.directions == ["DBIT"] ? .debited : .credited
        #expect(transactions.allSatisfy { $0.fact == direction })
        if transactions.count == 1, transactions[0].amount?.currency.code != "SEK" {
            #expect(transactions.compactMap { $0.amount.map { String($0.minorUnits) } } == expected.amounts)
        }
    }

    @Test func aBatchThatListsMoreThanItDeclaresIsRefused() throws {
        let document = try ReferenceData.sample("camt054.v8.xml")
        #expect(throws: MessageRefusal.self) { try events(document) }
    }

    @Test func statusReportsOfWholeFilesAreRead() throws {
        let accepted = try events(try ReferenceData.sample("pain.002.001.03_1.xml"))
        let rejected = try events(try ReferenceData.sample("pain.002.001.03_2.xml"))
        guard case .group(let first) = accepted.last, case .group(let second) = rejected.last else {
            Issue.record("no group status")
            return
        }
        #expect(first.status == .received)
        #expect(second.status == .rejected)
        #expect(second.reasonCode == "NARR")
        #expect(second.originalMessageID == "20110102-0000001")
        #expect(accepted.count == 2)
    }

    @Test(arguments: 1...4) func paymentFilesOfOthersAreRead(number: Int) throws {
        let reader = PaymentInitiationReader()
        var events: [PaymentInitiationReader.Event] = []
        try ReferenceData.sample("pain.001.001.03_\(number).xml").withUnsafeBytes {
            try reader.feed($0, into: &events)
        }
        try reader.finish(into: &events)
        guard case .end(let transactions, let sum) = events.last else {
            Issue.record("no end")
            return
        }
        #expect(transactions > 0)
        #expect((sum?.minorUnits ?? 0) > 0)
    }
}
