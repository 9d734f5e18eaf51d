import BankSimulation
import Foundation
import ISO20022
import Testing
import Vocabulary

private func money(_ minorUnits: Int64) throws -> Money {
    Money(minorUnits: minorUnits, currency: try #require(Currency(code: "PEN")))
}

/// A directory with one payment file of `count` transactions of 200.00.
private func withPaymentFile<Value>(_ count: Int, _ body: (String) throws -> Value) throws -> Value {
    let directory = NSTemporaryDirectory() + "puente-bank-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory + "/in", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let head = PaymentInitiation(
        messageID: "PUENTE-1", createdAt: "2024-09-01T08:00:00Z", paymentInformationID: "PUENTE-1-1",
        executionDate: "2024-09-10", initiatingParty: "Juntos", debtorName: "Juntos", debtorAccount: "00-1",
        debtorBIC: "BANCPEPL", characterSet: .swiftX, currency: "PEN", transactions: Int64(count),
        controlSumMinor: Int64(count) * 20_000)
    var data = Data()
    try withUnsafeMutablePointer(to: &data) { data in
        nonisolated(unsafe) let data = data
        var writer = try PaymentInitiationWriter(head) { data.pointee.append(contentsOf: $0) }
        for number in 0..<count {
            try writer.add(
                CreditTransfer(
                    endToEndID: "E2E-\(number)", uetr: UETR(high: 7, low: UInt64(number)).asVersion4,
                    amount: try money(20_000), creditorBIC: "BANCPEPL", creditorName: "N",
                    creditorAccount: "A-\(number)"))
        }
        _ = try writer.finish()
    }
    try data.write(to: URL(fileURLWithPath: directory + "/in/pay-1.xml"))
    return try body(directory)
}

private func options(_ directory: String, out: String = "/out", seed: UInt64 = 1) -> BankSimulation.Options {
    BankSimulation.Options(
        files: directory + "/in", out: directory + out, seed: seed, rejected: Share(partsPerMillion: 100_000),
        late: Share(partsPerMillion: 50_000), returned: Share(partsPerMillion: 50_000),
        silent: Share(partsPerMillion: 20_000))
}

private func transactions(_ paths: [String], kind: BankMessageHead.Kind) throws -> [ReportedTransaction] {
    var found: [ReportedTransaction] = []
    for path in paths {
        let reader = BankMessageReader()
        var events: [BankEvent] = []
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { try reader.feed($0, into: &events) }
        try reader.finish(into: &events)
        guard case .head(let head) = events.first, head.kind == kind else { continue }
        for case .transaction(let transaction) in events { found.append(transaction) }
    }
    return found
}

@Test func theBankAnswersEveryTransactionAsItsFateSays() throws {
    try withPaymentFile(2000) { directory in
        let summary = try BankSimulation.run(options(directory))
        let rejections = summary.rejected.values.reduce(0, +)
        #expect(summary.transactions == 2000)
        #expect(summary.paid + rejections + summary.late + summary.returned + summary.silent == 2000)
        #expect((120...280).contains(rejections))
        #expect((50...150).contains(summary.late))
        #expect((50...150).contains(summary.returned))
        #expect((10...80).contains(summary.silent))

        let reported = try transactions(summary.answers, kind: .pain002)
        #expect(reported.count == Int(2000 - summary.late - summary.silent))
        #expect(reported.count { $0.fact == .status(.rejected) } == Int(rejections))
        let debited = try transactions(summary.answers, kind: .camt054)
        let duplicates = summary.rejected["AM05"] ?? 0
        #expect(debited.count == Int(summary.paid + summary.returned + duplicates))
        #expect(duplicates > 0)
        #expect(debited.allSatisfy { $0.fact == .debited && $0.amount?.minorUnits == 20_000 })
        let credited = try transactions(summary.returns, kind: .camt054)
        #expect(credited.count == Int(summary.returned))
        #expect(credited.allSatisfy { $0.fact == .credited && $0.reasonCode != nil && $0.references.uetr != nil })
        let late = try transactions(summary.lateAnswers, kind: .camt054)
        #expect(late.count == Int(summary.late))
        #expect(summary.lateAnswers.allSatisfy { $0.hasSuffix("_late.xml") })
        let answered = Set(reported.compactMap(\.references.endToEndID))
        #expect(answered.isDisjoint(with: late.compactMap(\.references.endToEndID)))
    }
}

@Test func theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws {
    try withPaymentFile(300) { directory in
        func answers(_ out: String, seed: UInt64) throws -> [Data] {
            let summary = try BankSimulation.run(options(directory, out: out, seed: seed))
            return try (summary.answers + summary.lateAnswers + summary.returns).map {
                try Data(contentsOf: URL(fileURLWithPath: $0))
            }
        }
        let first = try answers("/a", seed: 1)
        #expect(try answers("/b", seed: 1) == first)
        #expect(try answers("/c", seed: 2) != first)
    }
}

@Test func paymentsToClosedAccountsAreRejected() throws {
    try withPaymentFile(50) { directory in
        try "household_id,account_number\n1,A-3\n2,A-7\n".write(
            toFile: directory + "/closed.csv", atomically: true, encoding: .utf8)
        let none = Share(partsPerMillion: 0)
        let summary = try BankSimulation.run(
            BankSimulation.Options(
                files: directory + "/in", out: directory + "/out", rejected: none, late: none, returned: none,
                closed: directory + "/closed.csv"))
        #expect(summary.rejected == ["AC04": 2])
        #expect(summary.paid == 48)
        let rejected = try transactions(summary.answers, kind: .pain002).filter { $0.fact == .status(.rejected) }
        #expect(rejected.map(\.references.endToEndID) == ["E2E-3", "E2E-7"])
    }
}

@Test func aBankThatDoesOddThingsTellsThemInFilesOfTheirOwn() throws {
    try withPaymentFile(500) { directory in
        let none = Share(partsPerMillion: 0)
        let summary = try BankSimulation.run(
            BankSimulation.Options(
                files: directory + "/in", out: directory + "/out", late: none, returned: none, odd: true))
        #expect(summary.odd > 0)
        #expect(summary.oddAnswers.map { $0.hasSuffix("_camt.054_odd.xml") } == [true])
        let odd = try transactions(summary.oddAnswers, kind: .camt054)
        // One of them is a fee.
        #expect(odd.count == Int(summary.odd) + 1)
        #expect(odd.contains { $0.fact == .debited && $0.amount?.minorUnits == 20_000 })
        #expect(odd.contains { $0.fact == .credited && $0.amount?.minorUnits == 10_000 && !$0.hasCharges })
        #expect(odd.contains { $0.fact == .credited && $0.amount?.minorUnits == 19_600 && $0.hasCharges })
        // Every payment is answered at once: they are booked in one sum.
        #expect(try transactions(summary.answers, kind: .camt054).isEmpty)
    }
}

@Test func aBankWithoutFilesOrWithImpossibleSharesSaysSo() throws {
    try withPaymentFile(1) { directory in
        #expect(throws: BankSimulationError.noFiles(directory: directory)) {
            try BankSimulation.run(BankSimulation.Options(files: directory, out: directory + "/out"))
        }
        var impossible = options(directory)
        impossible.silent = Share(partsPerMillion: 900_000)
        #expect(throws: BankSimulationError.sharesAboveOne) { try BankSimulation.run(impossible) }
    }
}

@Test func sharesAreReadExactly() {
    #expect(Share("2%")?.partsPerMillion == 20_000)
    #expect(Share("0.0225")?.partsPerMillion == 22_500)
    #expect(Share("1")?.partsPerMillion == 1_000_000)
    #expect(Share("0.5%")?.partsPerMillion == 5_000)
    for text in ["", "-1", "2", "101%", "0.", "x", "1e-3", "0.0000001"] { #expect(Share(text) == nil) }
}

@Test(
    .enabled(
        if: ProcessInfo.processInfo.environment["PUENTE_REFERENCE_DATA"].map {
            FileManager.default.fileExists(atPath: $0 + "/iso20022/xsd")
        } ?? false, "PUENTE_REFERENCE_DATA holds no iso20022"))
func theAnswersAreValidByTheirSchemas() throws {
    let schemas = try #require(ProcessInfo.processInfo.environment["PUENTE_REFERENCE_DATA"]) + "/iso20022/xsd/"
    try withPaymentFile(200) { directory in
        let summary = try BankSimulation.run(options(directory))
        let answers = summary.answers + summary.lateAnswers + summary.returns
        #expect(answers.count == 5)
        for path in answers {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            let schema = path.contains("_pain.002") ? "pain.002.001.10.xsd" : "camt.054.001.08.xsd"
            process.arguments = ["xmllint", "--noout", "--nonet", "--schema", schemas + schema, path]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(path)")
        }
    }
}
