import Contracts
import Postgres
import TransfersDomain
import Vocabulary

/// The members of one chunk with their evidence, in arrays of plain values: one chunk of any size costs tens of bytes a
/// member, and no allocation for each.
struct RollChunk: Sendable {
    /// One household of the frozen roll.
    struct Household: Sendable {
        var householdId: Int64
        var hasAccount: Bool
        /// By the programme's sanctions: verified, but not paid.
        var suspended: Bool
    }

    /// Where the evidence comes from.
    enum Evidence: Sendable {
        /// What is reported at this moment about the cycle's days: for deciding.
        case reported(CycleDays)
        /// What the run decided on: for deciding the same again.
        case frozen
    }

    /// Households in order of their number.
    var households: [Household] = []
    /// Household of each member; members are in order of household and person.
    var memberHouseholds: [Int64] = []
    /// Members; evidence is added after the roll is read.
    var members: [Member] = []

    /// Reads the roll of a range of households, then the evidence about it.
    ///
    /// Each table is read once, forwards, in the order of its primary key; the streams are merged here.
    static func read(
        _ transaction: borrowing Transaction, run: PaymentRun, firstDay: CalendarDate, range: ClosedRange<Int64>,
        evidence: Evidence
    ) async throws -> RollChunk {
        let merge = EvidenceMerge()
        _ = try await transaction.copyOut(EvidenceSource.households(range, runNumber: run.runNumber).sql) { row in
            merge.chunk.households.append(
                Household(
                    householdId: try row.int64(0), hasAccount: try row.bool(1), suspended: try row.bool(2)))
        }
        _ = try await transaction.copyOut(EvidenceSource.members(range, runNumber: run.runNumber).sql) { row in
            let birth = try CalendarDate(stored: try row.date(2))
            merge.chunk.memberHouseholds.append(try row.int64(0))
            merge.chunk.members.append(
                Member(
                    personId: try row.int64(1), ageMonths: birth.ageInMonths(on: firstDay),
                    pregnant: try row.bool(3)))
        }
        switch evidence {
        case .reported(let days): try await merge.readReported(transaction, range, days, cycleId: run.cycleId)
        case .frozen: try await merge.readFrozen(transaction, range, runNumber: run.runNumber)
        }
        return merge.chunk
    }
}

/// What the streams of one chunk are merged into. Only the chunk's task touches it, one stream after the other.
private final class EvidenceMerge: @unchecked Sendable {
    var chunk = RollChunk()
    private var position = 0

    /// Merges what schools and health posts have reported.
    func readReported(
        _ transaction: borrowing Transaction, _ range: ClosedRange<Int64>, _ days: CycleDays, cycleId: Int32
    ) async throws {
        _ = try await transaction.copyOut(EvidenceSource.attendance(range, days, cycleId: cycleId).sql) { row in
            guard let index = seek(try row.int64(0), try row.int64(1)) else { return }
            chunk.members[index].evidence.attendanceReported = true
            chunk.members[index].evidence.schoolLevel = SchoolLevel(rawValue: try row.int16(2))
            chunk.members[index].evidence.schoolDays = Int32(clamping: try row.int64(3))
            chunk.members[index].evidence.daysAttended = Int32(clamping: try row.int64(4))
        }
        position = 0
        _ = try await transaction.copyOut(EvidenceSource.checks(range, days, cycleId: cycleId).sql) { row in
            guard let index = seek(try row.int64(0), try row.int64(1)) else { return }
            chunk.members[index].evidence.growthChecks = Int32(clamping: try row.int64(2))
            chunk.members[index].evidence.prenatalChecks = Int32(clamping: try row.int64(3))
        }
    }

    /// Merges what a run decided on.
    func readFrozen(
        _ transaction: borrowing Transaction, _ range: ClosedRange<Int64>, runNumber: Int32
    ) async throws {
        _ = try await transaction.copyOut(EvidenceSource.frozen(range, runNumber: runNumber).sql) { row in
            guard let index = seek(try row.int64(0), try row.int64(1)) else { return }
            let level = try row.int16OrNil(6)
            chunk.members[index].evidence = MemberEvidence(
                attendanceReported: level != nil, schoolDays: try row.int32(2), daysAttended: try row.int32(3),
                schoolLevel: level.flatMap { SchoolLevel(rawValue: $0) }, growthChecks: try row.int32(4),
                prenatalChecks: try row.int32(5))
        }
    }

    /// Moves on to the member that the next row of evidence is about; nil when the roll has no such member.
    private func seek(_ household: Int64, _ person: Int64) -> Int? {
        while position < chunk.members.count {
            let at = (chunk.memberHouseholds[position], chunk.members[position].personId)
            if at == (household, person) { return position }
            guard at < (household, person) else { return nil }
            position += 1
        }
        return nil
    }
}
