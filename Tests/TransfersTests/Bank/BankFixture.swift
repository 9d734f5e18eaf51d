import Contracts
import Foundation
import ISO20022
import Intake
import Postgres
import Queue
import Testing
import TransfersService

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

    /// Reconciles, after the ledger has answered everything that it was asked.
    func reconcile() async throws -> TransfersV1.Reconciliation {
        for _ in 0..<600 {
            if try await run.number(Self.unanswered) == 0 { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await run.ana.call(TransfersV1.Payments.reconcile, TransfersV1.StatusRequest(runId: sent.runId))
    }

    private static let unanswered = "SELECT count(*) FROM transfers.bank_posting WHERE outcome = 'asked'"

    /// Everything that the bank's answers can change, as one number that differs when anything does.
    func fingerprint() async throws -> Int64 {
        try await run.number(
            """
            SELECT hashtextextended(
                (SELECT string_agg(household_id || state, ',' ORDER BY household_id) FROM transfers.payment_order)
                || (SELECT count(*) FROM transfers.payment_event) || '/' || (SELECT count(*) FROM transfers.bank_message)
                || '/' || (SELECT count(*) FROM transfers.bank_posting)
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
        _ id: String, _ transfers: [CreditTransfer], returned reason: String? = nil, kind: String = "camt.054"
    ) -> String {
        let direction = reason == nil ? "DBIT" : "CRDT"
        let (root, report) = kind == "camt.054" ? ("BkToCstmrDbtCdtNtfctn", "Ntfctn") : ("BkToCstmrStmt", "Stmt")
        let entries = transfers.map { transfer in
            let amount = "\(transfer.amount.minorUnits / 100).\(transfer.amount.minorUnits % 100 + 100)"
                .replacingOccurrences(of: ".1", with: ".")
            return """
                <Ntry><Amt Ccy="\(transfer.amount.currency)">\(amount)</Amt><CdtDbtInd>\(direction)</CdtDbtInd>\
                <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2024-09-05</Dt></BookgDt><NtryDtls><TxDtls><Refs>\
                \(transfer.instructionID.map { "<InstrId>\($0)</InstrId>" } ?? "")\
                <EndToEndId>\(transfer.endToEndID)</EndToEndId>\(transfer.uetr.map { "<UETR>\($0)</UETR>" } ?? "")</Refs>\
                \(reason.map { "<RtrInf><Rsn><Cd>\($0)</Cd></Rsn></RtrInf>" } ?? "")</TxDtls></NtryDtls></Ntry>\n
                """
        }
        return """
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:\(kind).001.08"><\(root)>
            <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>2024-09-05T18:00:00Z</CreDtTm></GrpHdr>
            <\(report)><Id>1</Id><Acct><Id><Othr><Id>1</Id></Othr></Id></Acct>
            \(entries.joined())</\(report)></\(root)></Document>
            """
    }
}
