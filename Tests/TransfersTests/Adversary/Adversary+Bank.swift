import Contracts
import Foundation
import Intake
import Queue
import TestSupport

/// What the bank does, and what becomes of its messages.
extension Adversary {
    func bankTakesUp() throws -> String {
        let before = bank.payments.count
        try bank.takeUp(site.outbox)
        return "\(bank.payments.count - before) payments"
    }

    func bankWorks(finishing: Bool = false) -> String {
        let before = bank.messages.count
        bank.work(&generator, finishing: finishing)
        return "\(bank.messages.count - before) messages"
    }

    func deliver(_ message: Int, times: Int = 1) async throws -> String {
        guard !bank.messages.isEmpty else { return "no message" }
        let index = message % bank.messages.count
        guard bank.isInOrder(bank.messages[index]) else { return "not yet" }
        var outcomes: [String] = []
        for _ in 0..<times {
            if bank.messages[index].delivery == .never { bank.messages[index].delivery = .unanswered }
            let knewAll = try await knowsAll(bank.messages[index])
            let result = try await upload(bank.messages[index].text)
            guard ["applied", "already_applied"].contains(result.outcome) else {
                // What the bank says about payments that the database does not know yet comes again.
                guard !knewAll, result.code == "nothing_of_ours" || result.outcome == "passed_over" else {
                    throw Violation("a right message was refused: \(result) \(bank.messages[index])")
                }
                bank.messages[index].delivery = .never
                return "refused: \(result)"
            }
            bank.messages[index].delivery = result.odd > 0 ? .early : .taken
            outcomes.append(result.outcome)
        }
        return "\(bank.messages[index].id): \(outcomes.joined(separator: ", "))"
    }

    func deliverMutilated(_ message: Int) async throws -> String {
        guard !bank.messages.isEmpty else { return "no message" }
        let text = AdversaryBank.mutilated(bank.messages[message % bank.messages.count].text, &generator)
        let result = try await upload(text)
        guard result.outcome == "refused" else {
            throw Violation("a mutilated message was not refused: \(result) \(text)")
        }
        return "refused"
    }

    /// Whether every payment of a message is known to be with the bank.
    private func knowsAll(_ message: AdversaryBank.Message) async throws -> Bool {
        let known = try await AdversaryChecks.orders(site).filter { ["sent", "closed"].contains($0.runState) }
        return Set(message.about).isSubset(of: known.map(\.reference))
    }

    private func upload(_ text: String) async throws -> TransfersV1.BankFileResult {
        let path = site.outbox + "/../answer-\(UUID().uuidString).xml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let sent = try await Upload.send(path, to: site.operatorPool)
        let request = TransfersV1.BankImportRequest(uploadIds: [sent.uploadId.uuidString])
        var last = TransfersV1.BankImportProgress()
        for try await seen in site.client(.ana).stream(TransfersV1.Bank.import, request, site.options(.transfers)) {
            last = seen
        }
        guard let result = last.results.first else { throw RPCError.unavailable("no answer") }
        return result
    }

    /// Messages whose delivery came to no answer: the database knows whether it has them.
    func learnDeliveries() async throws {
        guard bank.messages.contains(where: { $0.delivery == .unanswered }) else { return }
        let known = Set(
            try await site.rows("SELECT message_id FROM transfers.bank_message"))
        for index in bank.messages.indices where bank.messages[index].delivery == .unanswered {
            if known.contains(bank.messages[index].id) { bank.messages[index].delivery = .taken }
        }
    }
}
