import Contracts
import CoordinationDomain
import Postgres

/// Posts a batch: what it touches is locked and read, it is judged, and what was decided is written.
package struct PostBatch: Sendable {
    /// What became of one posting.
    package struct Row: Sendable {
        var postingId: String
        package var code: String
        var shortfall: Int64
        var line: String
        var replayed: Bool
    }

    let mode: CoordinationV1.PostMode
    let remembersRefusals: Bool
    /// Whether this is an act of the ledger itself, on whosever documents, and not what a caller asked for.
    let isOwnAct: Bool
    let actor: String
    let callId: Int64?
    let postings: [CoordinationV1.Posting]

    package init(
        mode: CoordinationV1.PostMode, remembersRefusals: Bool, isOwnAct: Bool = false, actor: String, callId: Int64?,
        postings: [CoordinationV1.Posting]
    ) {
        self.mode = mode
        self.remembersRefusals = remembersRefusals
        self.isOwnAct = isOwnAct
        self.actor = actor
        self.callId = callId
        self.postings = postings
    }

    /// Posts in an open transaction.
    package func post(in transaction: borrowing Transaction) async throws -> [Row] {
        guard !postings.isEmpty else { return [] }
        let batch = LedgerBatch(
            postings, mode: mode, remembersRefusals: remembersRefusals, caller: DocumentOwner(caller: actor),
            isOwnAct: isOwnAct)
        guard let rows = try await transaction.queryOne(ReadBatch(batch: batch)) else { return [] }
        let state = try LedgerReading.state(rows, of: batch)
        let judgement = try batch.judge(state)
        if !judgement.moves.isEmpty || !judgement.remembered.isEmpty {
            _ = try await transaction.query(
                ApplyBatch(actor: actor, callId: callId, batch: batch, state: state, judgement: judgement))
        }
        return postings.indices.map { index in
            let answer = judgement.answers[index]
            return Row(
                postingId: postings[index].postingId, code: (answer.code ?? .posted).rawValue,
                shortfall: answer.shortfall, line: postings[index].line, replayed: answer.isReplayed)
        }
    }
}
