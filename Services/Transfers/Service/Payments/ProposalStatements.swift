import Contracts
import Postgres

/// What reads a proposal.
enum ProposalRow {
    static let selection = """
        SELECT made.proposal_number, made.request, made.households, made.total_minor, made.currency, made.state,
            made.proposed_by, to_char(made.proposed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            coalesce(made.decided_by, ''), coalesce(made.decision_reason, ''), made.cycle_id,
            ARRAY(
                SELECT DISTINCT run.run_id::text FROM transfers.recovered_file AS taken
                JOIN transfers.payment_run AS run USING (run_number)
                WHERE taken.proposal_number = made.proposal_number)
        FROM transfers.proposal AS made
        """

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.Proposal {
        guard let request = try? TransfersV1.ProposalRequest(json: try row.json(1)) else {
            throw PostgresError(decoding: "proposal.request is not understood")
        }
        return TransfersV1.Proposal(
            number: try row.int64(0), request: request, households: try row.int64(2), totalMinor: try row.int64(3),
            currency: try row.string(4), state: try row.string(5), proposedBy: try row.string(6),
            proposedAt: try row.string(7), decidedBy: try row.string(8), decisionReason: try row.string(9),
            runIds: try row.stringArray(11))
    }
}

/// One proposal.
struct FindProposal: Statement {
    typealias Row = TransfersV1.Proposal
    static let sql = "\(ProposalRow.selection) WHERE made.proposal_number = $1"
    var number: Int64
    func bind(into parameters: inout Parameters) { parameters.add(number) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.Proposal {
        try ProposalRow.decode(row)
    }
}

/// One proposal with what it came to when it was made. Who decides it first is settled by the update that follows.
struct LockProposal: Statement {
    struct Row: Sendable {
        var proposal: TransfersV1.Proposal
        var scope: ProposalScope
    }
    static let sql = "\(ProposalRow.selection) WHERE made.proposal_number = $1"
    var number: Int64
    func bind(into parameters: inout Parameters) { parameters.add(number) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        let proposal = try ProposalRow.decode(row)
        return Row(
            proposal: proposal,
            scope: ProposalScope(
                cycleId: try row.int32OrNil(10), households: proposal.households, totalMinor: proposal.totalMinor,
                currency: proposal.currency))
    }
}

/// The proposals of a cycle, or all; the latest first.
struct ListProposals: Statement {
    typealias Row = TransfersV1.Proposal
    static let sql = """
        \(ProposalRow.selection)
        WHERE ($1::integer IS NULL OR made.cycle_id = $1) AND ($2 OR made.state = 'proposed')
        ORDER BY made.proposal_number DESC LIMIT 200
        """
    var cycleId: Int32?
    var all: Bool
    func bind(into parameters: inout Parameters) {
        parameters.add(cycleId)
        parameters.add(all)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> TransfersV1.Proposal {
        try ProposalRow.decode(row)
    }
}

/// Stores a proposal; the database takes the person from the call.
struct StoreProposal: Statement {
    typealias Row = Int64
    static let sql = "SELECT transfers.propose($1, $2, $3, $4, $5, $6, $7, $8)"
    var callId: Int64
    var request: TransfersV1.ProposalRequest
    var scope: ProposalScope
    var reason: String
    func bind(into parameters: inout Parameters) {
        parameters.add(callId)
        parameters.add(request.kind)
        parameters.add(scope.cycleId)
        parameters.addJSON(request.json())
        parameters.add(scope.households)
        parameters.add(scope.totalMinor)
        parameters.add(scope.currency)
        parameters.add(reason)
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
