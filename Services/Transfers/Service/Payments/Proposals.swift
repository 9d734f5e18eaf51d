import Contracts
import Foundation
import Postgres
import Queue
import Vocabulary

/// What a proposal came to when it was looked at: how many households, how much, in which currency.
struct ProposalScope: Sendable, Equatable {
    var cycleId: Int32?
    var households: Int64 = 0
    var totalMinor: Int64 = 0
    var currency = ""

    /// Adds a file of a cycle, where that is known.
    mutating func add(transactions: Int64, totalMinor: Int64, currency: String, cycleId: Int32? = nil) {
        self.cycleId = cycleId
        households += transactions
        self.totalMinor += totalMinor
        self.currency = currency
    }
}

/// Stores what one person proposes.
struct MakeProposal: Handler {
    static let method = TransfersV1.Proposals.make

    let environment: TransfersEnvironment

    func handle(
        _ request: TransfersV1.ProposalRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.Proposal {
        let reason = try PaymentPauseReading.checked(request.reason)
        let scope = try await ProposalKinds.scope(of: request, environment, call)
        let number = try await call.transaction.queryOne(
            StoreProposal(callId: call.info.id, request: request, scope: scope, reason: reason))
        return try await ProposalReading.find(number ?? 0, call.transaction)
    }
}

/// Decides a proposal. Confirming does what was proposed, in the same transaction; what it is about must still be the same.
struct DecideProposal: Handler {
    static let method = TransfersV1.Proposals.decide

    let environment: TransfersEnvironment

    /// What the proposer reads who tries to confirm.
    static let secondPerson = RPCError.permissionDenied(
        "A proposal is confirmed by another person than the one who made it.")

    func handle(
        _ request: TransfersV1.DecideProposalRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.Proposal {
        guard let held = try await call.transaction.queryOne(LockProposal(number: request.number)) else {
            throw RPCError.notFound("There is no proposal \(request.number).")
        }
        let proposal = held.proposal
        guard proposal.state == "proposed" else {
            throw RPCError.failedPrecondition("The proposal is \(proposal.state) already, by \(proposal.decidedBy).")
        }
        var reason = ""
        if request.confirm {
            guard call.info.caller != proposal.proposedBy else { throw Self.secondPerson }
        } else {
            reason = try PaymentPauseReading.checked(request.reason)
        }
        let decided = try await call.transaction.queryOne(
            RecordDecision(callId: call.info.id, number: request.number, confirm: request.confirm, reason: reason))
        guard decided != nil else { throw RPCError.aborted("The proposal is being decided at this moment.") }
        if request.confirm { try await ProposalKinds.carryOut(proposal, held.scope, environment, call) }
        return try await ProposalReading.find(request.number, call.transaction)
    }
}

/// Lists proposals.
struct ListProposalsHandler: Handler {
    static let method = TransfersV1.Proposals.list

    func handle(
        _ request: TransfersV1.ProposalsRequest, _ call: borrowing CallContext
    ) async throws -> TransfersV1.ProposalsReply {
        TransfersV1.ProposalsReply(
            proposals: try await call.transaction.query(ListProposals(cycleId: nil, all: request.all)))
    }
}

/// What can be proposed: how each kind is looked at, and what its confirmation does.
enum ProposalKinds {
    static func scope(
        of request: TransfersV1.ProposalRequest, _ environment: TransfersEnvironment, _ call: borrowing CallContext
    ) async throws -> ProposalScope {
        switch request.kind {
        case "give_back": try await GiveBack.scope(of: request, call.transaction)
        case "recall": try await RecallFile.scope(of: request, environment, call.transaction)
        case "never_sent": try await NeverSent.scope(of: request, environment, call.transaction)
        case "take_up": try await TakeUpFiles.scope(of: request, environment, call.transaction)
        default: throw RPCError.invalidArgument("kind: give_back, recall, never_sent or take_up")
        }
    }

    static func carryOut(
        _ proposal: TransfersV1.Proposal, _ seen: ProposalScope, _ environment: TransfersEnvironment,
        _ call: borrowing CallContext
    ) async throws {
        let request = proposal.request ?? TransfersV1.ProposalRequest()
        let present = try await scope(of: request, environment, call)
        guard present == seen else {
            throw RPCError.failedPrecondition(
                "What was proposed is no longer the same: it was \(seen.households) households and \(seen.totalMinor) minor "
                    + "units, and is \(present.households) and \(present.totalMinor). Decline it and propose it anew.")
        }
        switch request.kind {
        case "give_back": try await GiveBack.carryOut(request, proposal.number, present, call)
        case "recall": try await RecallFile.carryOut(request, proposal, environment, call)
        case "never_sent": try await NeverSent.carryOut(request, proposal, environment, call)
        default: try await TakeUpFiles.carryOut(request, proposal, environment, call)
        }
    }
}

/// Reads proposals.
enum ProposalReading {
    static func find(_ number: Int64, _ transaction: borrowing Transaction) async throws -> TransfersV1.Proposal {
        guard let found = try await transaction.queryOne(FindProposal(number: number)) else {
            throw RPCError.notFound("There is no proposal \(number).")
        }
        return found
    }
}
