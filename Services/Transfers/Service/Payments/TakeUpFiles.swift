import Contracts
import Crypto
import Foundation
import Postgres
import Queue
import TransfersDomain
import Vocabulary

/// Takes up forgotten files as a run of their cycle: the file's own identifiers, amounts and accounts, the ledger asked under
/// the run's own document, approved by the two persons who take it up.
///
/// From its roll on it is a run like any other, except that its roll and amounts come from the file, and that its file is
/// there already and is never written.
enum TakeUpFiles {
    static func scope(
        of request: TransfersV1.ProposalRequest, _ environment: TransfersEnvironment,
        _ transaction: borrowing Transaction
    ) async throws -> ProposalScope {
        var scope = ProposalScope()
        for group in try await groups(request, environment.outboxDirectory, transaction) {
            for file in group.files {
                scope.add(
                    transactions: file.entry.transactions, totalMinor: file.entry.totalMinor,
                    currency: file.entry.currency, cycleId: group.cycleId)
            }
        }
        return scope
    }

    static func carryOut(
        _ request: TransfersV1.ProposalRequest, _ proposal: TransfersV1.Proposal, _ environment: TransfersEnvironment,
        _ call: borrowing CallContext
    ) async throws {
        for group in try await groups(request, environment.outboxDirectory, call.transaction) {
            try await takeUp(group, proposal, environment.outboxDirectory, call)
        }
    }

    /// Files of one run that was forgotten.
    private struct Group {
        var cycleId: Int32
        var files: [ForgottenFile]
    }

    /// The files run by run; two runs of one cycle are taken up one after the other.
    private static func groups(
        _ request: TransfersV1.ProposalRequest, _ directory: String, _ transaction: borrowing Transaction
    ) async throws -> [Group] {
        let names = Set(request.files)
        guard !names.isEmpty else { throw RPCError.invalidArgument("files: name what shall be taken up") }
        let state = try await OutboxState.read(directory, transaction)
        var groups: [Int32: Group] = [:]
        for name in names.sorted() {
            guard let found = state.forgotten.first(where: { $0.name == name }) else {
                throw RecallFile.refusal(name, "known", "\(name) is not a file that the database has forgotten.")
            }
            let file = try await ForgottenFile.assess(found, in: state, transaction)
            guard file.state == .takeUp || file.state == .runOrTakeUp, let cycleId = file.cycleId else {
                throw RecallFile.refusal(
                    name, file.state.rawValue, "\(name) cannot be taken up now: \(file.state.rawValue).")
            }
            var group = groups[cycleId] ?? Group(cycleId: cycleId, files: [])
            if let first = group.files.first, first.entry.runId != file.entry.runId {
                throw RecallFile.refusal(
                    name, "other_run_first",
                    "\(name) and \(first.name) are of two runs of one cycle: take them up one after the other.")
            }
            group.files.append(file)
            groups[cycleId] = group
        }
        return groups.keys.sorted().compactMap { groups[$0] }
    }

    private static func takeUp(
        _ group: Group, _ proposal: TransfersV1.Proposal, _ directory: String, _ call: borrowing CallContext
    ) async throws {
        guard let first = group.files.first else { return }
        let staged = try await RecoveredOrders.stage(
            group.files.map(\.name), key: first.entry.paymentKey, directory: directory, call.transaction)
        guard staged else { throw RecallFile.refusal(first.name, "foreign", "The files changed a moment ago.") }
        let runId = try await call.transaction.queryOne(
            TakeUpRun(
                callId: call.info.id, proposal: proposal.number, cycleId: group.cycleId, payOn: first.entry.payOn,
                currency: first.entry.currency, fiscalYear: try await fiscalYear(of: first.entry, call.transaction),
                files: group.files))
        guard let runId, let run = try await call.transaction.queryOne(LockRun(runId: runId)) else {
            throw RPCError.internal("The run could not be stored.")
        }
        _ = try await call.transaction.execute(KeepForgottenNumbers(runNumber: run.runNumber, cycleId: run.cycleId))
        let rolled = try await call.transaction.execute(
            FreezeRecoveredRoll(runNumber: run.runNumber, cycleId: run.cycleId))
        guard rolled == Int(run.households) else {
            throw RecallFile.refusal(
                first.name, "household_unknown", "The files pay households twice, or that the registry does not know.")
        }
        try await call.transaction.execute(DecideRecoveredRoll(runNumber: run.runNumber))
        try await call.transaction.execute(CutRecoveredFiles(runNumber: run.runNumber))
        try await call.transaction.execute(EmptyRecoveredOrders())
        try await RunMovement.apply(.verified(payableHouseholds: run.payableHouseholds), to: run, call)
    }

    /// The year that pays, by the country's rule; where that is sealed, the next that is not: the money has left, and a sealed
    /// year takes nothing new.
    private static func fiscalYear(
        of entry: TransfersV1.OutboxEntry, _ transaction: borrowing Transaction
    ) async throws -> Int32 {
        guard let payOn = CalendarDate(iso8601: entry.payOn), let lastDay = CalendarDate(iso8601: entry.lastDay) else {
            throw RecallFile.refusal(entry.name, "foreign", "\(entry.name) has no day of payment.")
        }
        let rule = try await CountryRule.read(transaction)
        let year = Int32(rule.fiscalYear.year(paidOn: payOn, lastDay: lastDay))
        return try await transaction.queryOne(FindUnsealedYear(programme: entry.programme, year: year)) ?? year
    }
}

/// Stores a run of kind recovered, approved by the two persons of the proposal, with the files that it takes up.
struct TakeUpRun: Statement {
    typealias Row = UUID
    static let sql = "SELECT transfers.take_up_run($1, $2, $3, $4::date, $5, $6, $7, $8, $9)"
    var callId: Int64
    var proposal: Int64
    var cycleId: Int32
    var payOn: String
    var currency: String
    var fiscalYear: Int32
    var files: [ForgottenFile]
    func bind(into parameters: inout Parameters) {
        parameters.add(callId)
        parameters.add(proposal)
        parameters.add(cycleId)
        parameters.add(payOn)
        parameters.add(currency)
        parameters.add(fiscalYear)
        parameters.add(files.map(\.name))
        parameters.add(files.map(\.digest))
        parameters.addJSON(files.map { $0.entry.json() })
    }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> UUID { try row.uuid(0) }
}

/// Keeps the numbers of orders before those of the files that the database has forgotten and no other file has: they were taken
/// back before the bank had them, because the next number follows no order that may be paid.
struct KeepForgottenNumbers: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.entitlement_reopened (
            household_id, amount_minor, cycle_id, run_number, order_number, cause, handling)
        SELECT staged.household_id, staged.amount_minor, $2, $1, forgotten.number, 'withdrawn', 'unspecified'
        FROM transfers.staged_recovered_order AS staged
        CROSS JOIN LATERAL generate_series(
            1 + \(OrderNumbers.last(household: "staged.household_id", cycle: "$2")), staged.order_number - 1) AS forgotten (number)
        """
    var runNumber: Int32
    var cycleId: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(cycleId)
    }
}

/// Freezes the roll that the files tell of: whom they pay, to which accounts; the department is the registry's.
struct FreezeRecoveredRoll: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO transfers.roll_household (
            household_id, run_number, territory_code, department_code, holder_name, bank_bic, account_number)
        SELECT staged.household_id, $1, household.territory_code, household.department_code, staged.holder_name,
            staged.bank_bic, staged.account_number
        FROM transfers.staged_recovered_order AS staged
        JOIN coordination.household_v1 AS household USING (household_id)
        JOIN transfers.cycle AS cycle ON cycle.cycle_id = $2
        WHERE staged.uetr = transfers.payment_uetr(cycle.payment_key, staged.household_id, staged.order_number)
            AND staged.order_number = 1 + \(OrderNumbers.last(household: "staged.household_id", cycle: "$2"))
        ORDER BY staged.household_id
        """
    var runNumber: Int32
    var cycleId: Int32
    func bind(into parameters: inout Parameters) {
        parameters.add(runNumber)
        parameters.add(cycleId)
    }
}
