import Contracts
import Foundation
import ISO20022
import Intake
import Postgres
import Queue
import Testing
import TransfersService
import Vocabulary

/// A run of 200 households whose files are with the bank, and what is needed to answer as the bank.
struct BankFixture: Sendable {
    let run: RunFixture
    let sent: TransfersV1.RunStatus

    /// The transactions of a bank file, as the bank reads them.
    func transfers(_ file: TransfersV1.BankFile) throws -> [CreditTransfer] {
        let reader = PaymentInitiationReader()
        var events: [PaymentInitiationReader.Event] = []
        try Data(contentsOf: URL(fileURLWithPath: file.path)).withUnsafeBytes { try reader.feed($0, into: &events) }
        try reader.finish(into: &events)
        return events.compactMap { if case .transaction(let transfer) = $0 { transfer } else { nil } }
    }

    /// The transactions of all bank files.
    func transfers() throws -> [CreditTransfer] { try sent.files.flatMap { try transfers($0) } }

    /// Uploads texts as files and imports them in one call; answers one result per file.
    func deliver(_ files: [String]) async throws -> [TransfersV1.BankFileResult] {
        let database = run.database
        let pool = ConnectionPool(database.configuration(as: "\(database.name)_ana"), size: 1)
        var uploads: [String] = []
        for (index, text) in files.enumerated() {
            let path = run.outbox + "/answer-\(index)-\(UUID().uuidString).txt"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            uploads.append(try await Upload.send(path, to: pool).uploadId.uuidString)
        }
        await pool.close()
        var last = TransfersV1.BankImportProgress()
        let request = TransfersV1.BankImportRequest(uploadIds: uploads)
        for try await progress in run.ana.stream(TransfersV1.Bank.import, request) { last = progress }
        return last.results
    }

    /// Imports one file.
    func deliver(_ file: String) async throws -> TransfersV1.BankFileResult {
        try #require(try await deliver([file]).first)
    }

    /// What waits for a person, or all that ever did.
    func odd(all: Bool = false) async throws -> [TransfersV1.BankOddity] {
        try await run.ana.call(TransfersV1.Bank.odd, TransfersV1.BankOddRequest(all: all)).oddities
    }

    /// Settles as the second person, who imported nothing; answers why not, where it is refused.
    @discardableResult
    func settle(
        _ numbers: [Int32], _ decision: String = "take", alike: Bool = false, as person: QueueClient? = nil
    ) async throws -> String? {
        let request = TransfersV1.BankSettleRequest(
            numbers: numbers, decision: decision, reason: "letter of the bank", alike: alike)
        do {
            _ = try await (person ?? run.beto).call(TransfersV1.Bank.settle, request)
            return nil
        } catch let error as RPCError {
            return error.details.first?.reason ?? error.message
        }
    }

    /// Delivers a file of which exactly one thing is odd, and answers it.
    func deliverOdd(_ file: String) async throws -> TransfersV1.BankOddity {
        let result = try await deliver(file)
        #expect(result.outcome == "applied", "\(result.code)")
        #expect(result.odd == 1)
        return try #require(try await odd().last)
    }

    /// Delivers what must be applied with nothing odd about it.
    @discardableResult
    func apply(_ file: String) async throws -> TransfersV1.BankFileResult {
        let result = try await deliver(file)
        #expect(result.outcome == "applied", "\(result.code) \(result.values)")
        #expect(result.odd == 0)
        return result
    }

    /// How many orders are in a state.
    func orders(_ state: String) async throws -> Int64 {
        try await run.number("SELECT count(*) FROM transfers.payment_order WHERE state = '\(state)'")
    }

    /// Reconciles, after the ledger has answered everything that it was asked.
    func reconcile() async throws -> TransfersV1.Reconciliation {
        for _ in 0..<600 {
            if try await run.number(Self.unanswered) == 0 { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await run.ana.call(TransfersV1.Payments.reconcile, TransfersV1.StatusRequest(runId: sent.runId))
    }

    private static let unanswered = "SELECT count(*) FROM transfers.ledger_request WHERE state = 'asked'"

    /// Everything that the bank's answers can change, as one number that differs when anything does.
    func fingerprint() async throws -> Int64 {
        try await run.number(
            """
            SELECT hashtextextended(
                (SELECT string_agg(household_id || state, ',' ORDER BY household_id) FROM transfers.payment_order)
                || (SELECT count(*) FROM transfers.payment_event) || '/' || (SELECT count(*) FROM transfers.bank_message)
                || '/' || (SELECT count(*) FROM transfers.ledger_posting)
                || '/' || (SELECT count(*) FROM transfers.bank_oddity)
                || '/' || (SELECT count(*) FROM transfers.entitlement_reopened), 0)
            """)
    }
}

/// Runs the body with a run that is sent.
func withSentRun(_ body: @escaping @Sendable (BankFixture) async throws -> Void) async throws {
    try await withRun(households: 200) { fixture in
        _ = try await fixture.openCycle()
        try await fixture.openLines()
        try await fixture.appropriate(10_000_000, id: "start")
        _ = try await fixture.startRun()
        _ = try await fixture.approve(try await fixture.wait(for: "awaiting_approval"))
        try await body(BankFixture(run: fixture, sent: try await fixture.wait(for: "sent")))
    }
}

/// Texts of a bank's messages.
enum BankText {
    /// pain.002 about a file: each transaction with its status and reason.
    static func status(
        _ id: String, of file: TransfersV1.BankFile, group: String? = nil,
        _ transactions: [(CreditTransfer, status: String, reason: String?)] = []
    ) -> String {
        let original = String(file.name.dropLast(4))
        let lines = transactions.map { transfer, status, reason in
            "<TxInfAndSts><OrgnlEndToEndId>\(transfer.endToEndID)</OrgnlEndToEndId>"
                + "<OrgnlUETR>\(transfer.uetr.map(\.description) ?? "")</OrgnlUETR><TxSts>\(status)</TxSts>"
                + (reason.map { "<StsRsnInf><Rsn><Cd>\($0)</Cd></Rsn></StsRsnInf>" } ?? "") + "</TxInfAndSts>\n"
        }
        let block =
            transactions.isEmpty
            ? ""
            : "<OrgnlPmtInfAndSts><OrgnlPmtInfId>\(original)-1</OrgnlPmtInfId>\n\(lines.joined())</OrgnlPmtInfAndSts>"
        return """
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
            <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>2024-09-05T12:00:00Z</CreDtTm></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>\(original)</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
            <OrgnlNbOfTxs>\(file.transactions)</OrgnlNbOfTxs>\(group.map { "<GrpSts>\($0)</GrpSts>" } ?? "")
            </OrgnlGrpInfAndSts>\(block)</CstmrPmtStsRpt></Document>
            """
    }

    /// camt.054 with one entry per transaction: debits, or credits with a reason of return.
    static func booked(
        _ id: String, _ transfers: [CreditTransfer], returned reason: String? = nil, kind: String = "camt.054",
        day: String = "2024-09-05"
    ) -> String {
        let entries = transfers.map { transfer in
            entry(
                transfer.amount.number, transfer.amount.currency.code, isCredit: reason != nil, day: day,
                details: details(transfer, more: reason.map { "<RtrInf><Rsn><Cd>\($0)</Cd></Rsn></RtrInf>" } ?? ""))
                + "\n"
        }
        return report(id, entries.joined(), kind: kind)
    }

    /// A statement or notification with these entries.
    static func report(
        _ id: String, _ entries: String, kind: String = "camt.054", account: String = payer, servicer: String = "",
        page: Int? = nil
    ) -> String {
        let (root, report) = kind == "camt.054" ? ("BkToCstmrDbtCdtNtfctn", "Ntfctn") : ("BkToCstmrStmt", "Stmt")
        let pages = page.map { "<MsgPgntn><PgNb>\($0)</PgNb><LastPgInd>false</LastPgInd></MsgPgntn>" } ?? ""
        let bank = servicer.isEmpty ? "" : "<Svcr><FinInstnId><BICFI>\(servicer)</BICFI></FinInstnId></Svcr>"
        return """
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:\(kind).001.08"><\(root)>
            <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>2024-09-05T18:00:00Z</CreDtTm>\(pages)</GrpHdr>
            <\(report)><Id>1</Id><Acct><Id><Othr><Id>\(account)</Id></Othr></Id>\(bank)</Acct>
            \(entries)</\(report)></\(root)></Document>
            """
    }

    /// The account that pays.
    static let payer = "00000000000001"

    /// One entry.
    static func entry(
        _ amount: String, _ currency: String = "PEN", isCredit: Bool = false, day: String = "2024-09-05",
        reference: String = "", details: String
    ) -> String {
        """
        <Ntry><Amt Ccy="\(currency)">\(amount)</Amt><CdtDbtInd>\(isCredit ? "CRDT" : "DBIT")</CdtDbtInd>\
        <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>\(day)</Dt></BookgDt>\
        \(reference.isEmpty ? "" : "<AcctSvcrRef>\(reference)</AcctSvcrRef>")<NtryDtls>\(details)</NtryDtls></Ntry>
        """
    }

    /// The details of one transaction, without an amount.
    static func details(_ transfer: CreditTransfer, more: String = "") -> String {
        "<TxDtls><Refs>" + (transfer.instructionID.map { "<InstrId>\($0)</InstrId>" } ?? "")
            + "<EndToEndId>\(transfer.endToEndID)</EndToEndId>"
            + (transfer.uetr.map { "<UETR>\($0)</UETR>" } ?? "") + "</Refs>\(more)</TxDtls>"
    }

    /// A file's payments booked in one sum.
    static func batch(_ file: TransfersV1.BankFile, count: Int, _ sum: String, reference: String = "") -> String {
        let name = file.name.dropLast(4)
        return entry(
            sum, reference: reference,
            details: "<Btch><MsgId>\(name)</MsgId><PmtInfId>\(name)-1</PmtInfId><NbOfTxs>\(count)</NbOfTxs></Btch>")
    }
}

extension [CreditTransfer] {
    /// What they come to, as a message writes it.
    var sum: String {
        guard let currency = first?.amount.currency else { return "0" }
        return Money(minorUnits: reduce(0) { $0 + $1.amount.minorUnits }, currency: currency).number
    }
}
