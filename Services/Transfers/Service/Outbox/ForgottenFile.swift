import Contracts
import Foundation
import ISO20022
import Postgres
import TransfersDomain

/// A file that the database has forgotten: what it is, and what leads on.
struct ForgottenFile: Sendable {
    /// What can be done about it, as ``TransfersV1/ComparedFile`` says it.
    enum State: String, Sendable {
        /// A run of the database writes the same file again.
        case sameAgain = "same_again"
        /// A run of the database would pay its households otherwise: it must be withdrawn first.
        case otherRun = "other_run"
        /// A run of its cycle is on its way, and has not decided yet or cannot be taken back.
        case runMoves = "run_moves"
        /// Nothing of its cycle was run: a run may write it again, or it is taken up.
        case runOrTakeUp = "run_or_take_up"
        /// It can be taken up.
        case takeUp = "take_up"
        /// Its cycle must be opened again first.
        case cycleMissing = "cycle_missing"
        /// The cycle of that code has other days.
        case cycleDaysDiffer = "cycle_days_differ"
        /// It pays households again whose order before is not open: the bank's answers were forgotten too.
        case previousOpen = "previous_open"
        /// It pays households again whose order before is in a forgotten file too, which comes first.
        case earlierFile = "earlier_file"
        /// Its payments are in another file that the database knows.
        case alreadyOrdered = "already_ordered"
        /// It pays households that the registry has forgotten.
        case householdUnknown = "household_unknown"
        /// It is announced and not there: the bank has it, or it was never written.
        case lost
        /// Its bytes are not those that were announced.
        case altered
        /// It is none of ours, or cannot be read.
        case foreign
    }

    var name: String
    var state: State
    var entry: TransfersV1.OutboxEntry
    var isInManifest: Bool
    var cycleId: Int32?
    var run: PaymentRun?
    var households: Int64 = 0
    var digest: [UInt8] = []

    /// The form that a reply has.
    func compared(proposal: Int64) -> TransfersV1.ComparedFile {
        TransfersV1.ComparedFile(
            name: name, state: proposal == 0 ? state.rawValue : "proposed", entry: entry, runId: run?.id ?? "",
            runState: run?.state.rawValue ?? "", households: households, proposal: proposal, inManifest: isInManifest)
    }

    /// Looks at one file. What it pays is gathered in the staging table, which is left as it was found.
    static func assess(
        _ found: OutboxState.Forgotten, in outbox: OutboxState, _ transaction: borrowing Transaction
    ) async throws -> ForgottenFile {
        let directory = outbox.directory
        var file = ForgottenFile(
            name: found.name, state: .foreign, entry: found.entry ?? TransfersV1.OutboxEntry(name: found.name),
            isInManifest: found.entry != nil)
        if found.isThere {
            guard let read = WrittenFile(path: "\(directory)/\(found.name)") else { return file }
            file.digest = read.digest
            if let entry = found.entry, entry.sha256 != read.sha256 {
                file.state = .altered
                return file
            }
            guard read.isWhole, let head = read.head else { return file }
            if found.entry == nil { file.entry = Self.entry(found.name, read, head) }
        }
        guard let cycle = try await transaction.queryOne(FindCycleByKey(key: file.entry.paymentKey)) else {
            file.state = found.entry == nil ? .foreign : found.isThere ? .cycleMissing : .lost
            return file
        }
        file.cycleId = cycle.cycleId
        file.entry.programme = cycle.programme
        file.entry.cycle = cycle.code
        let days = (cycle.firstDay, cycle.lastDay)
        if found.entry != nil, days != (file.entry.firstDay, file.entry.lastDay) {
            file.state = .cycleDaysDiffer
            return file
        }
        (file.entry.firstDay, file.entry.lastDay) = days
        file.run = try await transaction.queryOne(ListMovingRuns(cycleId: cycle.cycleId))
        if let run = file.run {
            file.state = try await Self.state(of: file.name, beside: run, in: outbox, transaction)
            return file
        }
        guard found.isThere else {
            file.state = .lost
            return file
        }
        try await file.checkOrders(cycle, in: outbox, transaction)
        return file
    }

    private static func state(
        of name: String, beside run: PaymentRun, in outbox: OutboxState, _ transaction: borrowing Transaction
    ) async throws -> State {
        guard run.state.awaitsItsFiles else { return .runMoves }
        let names = try await OutboxState.fileNames(of: run, transaction)
        if names.contains(name) { return .sameAgain }
        // What is with the bank cannot be taken back: the run goes on, and the file is looked at again.
        let hasFiles = run.state == .ordering || run.state == .writing
        let isWithTheBank = run.kind == "recovered" || hasFiles && names.contains(where: outbox.manifest.has)
        return isWithTheBank ? .runMoves : .otherRun
    }

    /// Whether the file's orders can be taken up as they are.
    private mutating func checkOrders(
        _ cycle: FindCycleByKey.Row, in outbox: OutboxState, _ transaction: borrowing Transaction
    ) async throws {
        let staged = try await RecoveredOrders.stage([name], key: cycle.key, directory: outbox.directory, transaction)
        let faults = staged ? try await transaction.queryOne(CheckRecoveredOrders(cycleId: cycle.cycleId)) : nil
        try await transaction.execute(EmptyRecoveredOrders())
        guard let faults else {
            state = .foreign
            return
        }
        if faults.alreadyOrdered > 0 {
            (state, households) = (.alreadyOrdered, faults.alreadyOrdered)
        } else if faults.previousOpen > 0 {
            (state, households) = (.previousOpen, faults.previousOpen)
        } else if faults.previousForgotten > 0, outbox.hasForgotten(before: name, key: cycle.key) {
            (state, households) = (.earlierFile, faults.previousForgotten)
        } else if faults.householdUnknown > 0 {
            (state, households) = (.householdUnknown, faults.householdUnknown)
        } else {
            state = cycle.wasRun || faults.repeated > 0 ? .takeUp : .runOrTakeUp
        }
    }

    /// What a file that no manifest names says of itself.
    private static func entry(
        _ name: String, _ read: WrittenFile, _ head: PaymentInitiationReader.Block
    ) -> TransfersV1.OutboxEntry {
        TransfersV1.OutboxEntry(
            act: "written", name: name, sha256: read.sha256, messageId: head.messageID,
            paymentKey: String(head.messageID.prefix { $0 != "-" }), payOn: head.executionDate,
            transactions: read.transactions, totalMinor: read.totalMinor, currency: read.currency)
    }
}
