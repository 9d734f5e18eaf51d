import Contracts
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Starts the run of a cycle, or says which run there is already.
struct StartRun: Handler {
    static let method = TransfersV1.Payments.run

    func handle(_ request: TransfersV1.RunRequest, _ call: borrowing CallContext) async throws -> TransfersV1.RunReply {
        guard let payOn = CalendarDate(iso8601: request.payOn) else {
            throw RPCError.invalidArgument("pay_on: write the day on which the bank shall pay as YYYY-MM-DD.")
        }
        let statement = LockCycle(programme: request.programme, cycle: request.cycle)
        guard let cycle = try await call.transaction.queryOne(statement) else {
            throw RPCError.notFound("No cycle \(request.cycle) of programme \(request.programme) is open.")
        }
        let latest = try await call.transaction.queryOne(
            FindLatestRun(programme: request.programme, cycle: request.cycle))
        // A run that paid nobody may be followed by another, for instance once evidence is there.
        if let latest, latest.state != .empty {
            return TransfersV1.RunReply(
                runId: latest.id, status: try await RunStatusReading.read(latest, call.transaction))
        }
        let definition = try CoordinationV1.ProgrammeDefinition(json: cycle.rules)
        let rules = try FrozenRules.rules(of: definition)
        let sequence = cycle.lastSequence + 1
        let shortCode = RunShortCode(programme: request.programme, cycle: request.cycle, sequence: sequence)
        let runId = try await call.transaction.queryOne(
            InsertRun(
                cycleId: cycle.cycleId, sequence: sequence, shortCode: shortCode.description, payOn: payOn,
                currency: rules.currency, requestedBy: call.info.caller))
        guard let runId, let run = try await call.transaction.queryOne(FindRun(runId: runId)) else {
            throw RPCError.internal("The run could not be stored.")
        }
        _ = try await call.send(
            TransfersV1.Payments.runChunk,
            TransfersV1.ChunkRequest(runId: run.id, stage: RunStage.freeze.rawValue, chunk: 0))
        return TransfersV1.RunReply(runId: run.id, status: try await RunStatusReading.read(run, call.transaction))
    }
}
