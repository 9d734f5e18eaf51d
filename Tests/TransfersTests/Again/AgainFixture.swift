import Contracts
import Foundation
import ISO20022
import Postgres
import Queue
import Testing

@testable import TransfersService

extension BankFixture {
    /// What the bank answers about some payments: rejected for a reason, the others paid. All files in order.
    func answer(
        _ id: String, of status: TransfersV1.RunStatus? = nil,
        rejecting isRejected: (CreditTransfer) -> Bool = { _ in false },
        reason: String = "AC04"
    ) async throws {
        for (number, file) in (status ?? sent).files.enumerated() {
            let all = try transfers(file)
            let rejected = all.filter(isRejected)
            if !rejected.isEmpty {
                let result = try await deliver(
                    BankText.status("\(id)S\(number)", of: file, rejected.map { ($0, "RJCT", reason) }))
                #expect(result.outcome == "applied", "\(result.code)")
            }
            let paid = all.filter { !isRejected($0) }
            if !paid.isEmpty {
                let result = try await deliver(
                    BankText.booked("\(id)B\(number)", paid, day: status?.payOn ?? "2024-09-05"))
                #expect(result.outcome == "applied", "\(result.code)")
            }
        }
    }

    /// What is open in the cycle.
    func open(limit: Int32 = 0) async throws -> TransfersV1.OpenPaymentsReply {
        try await run.ana.call(
            TransfersV1.OpenPayments.list, .init(programme: "juntos", cycle: "2024-4", limit: limit), RunFixture.patient
        )
    }

    /// Households that wait for something.
    func waiting(for code: String) async throws -> Int64 {
        try await open().groups.first { $0.waitsFor == code }?.households ?? 0
    }

    /// Runs what is open again to its files.
    func paySupplementary() async throws -> TransfersV1.RunStatus {
        let reply = try await run.ana.call(
            TransfersV1.Payments.run,
            .init(
                programme: "juntos", cycle: "2024-4", payOn: "2024-09-20", supplementary: true,
                accepted: RunFixture.accepted), RunFixture.patient)
        #expect(!reply.runId.isEmpty && reply.runId != sent.runId)
        let waiting = try await run.wait(for: "awaiting_approval")
        #expect(waiting.runId == reply.runId)
        _ = try await run.approve(waiting)
        return try await run.wait(for: "sent")
    }

    /// The verdict of a run, once the ledger has answered everything.
    func verdict(_ status: TransfersV1.RunStatus) async throws -> TransfersV1.Reconciliation {
        var last = TransfersV1.Reconciliation()
        for _ in 0..<600 {
            last = try await run.ana.call(
                TransfersV1.Payments.reconcile, TransfersV1.StatusRequest(runId: status.runId), RunFixture.patient)
            if last.ledgerPaidMinor == last.paidMinor, last.unanswered == 0 { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        return last
    }

    /// One proposes, another confirms.
    func decide(_ request: TransfersV1.ProposalRequest) async throws -> TransfersV1.Proposal {
        let made = try await run.ana.call(TransfersV1.Proposals.make, request, RunFixture.patient)
        await #expect(throws: RPCError.self, "one person proposed and confirmed") {
            try await run.ana.call(TransfersV1.Proposals.decide, .init(number: made.number, confirm: true))
        }
        return try await run.beto.call(
            TransfersV1.Proposals.decide, .init(number: made.number, confirm: true), RunFixture.patient)
    }
}

/// The household that a payment is for.
func household(_ transfer: CreditTransfer) -> Int64 {
    Int64(transfer.endToEndID.split(separator: "-")[1]) ?? 0
}

/// The error that a call ends with.
func refusal(_ body: () async throws -> some Sendable) async -> RPCError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? RPCError
    }
}
