import Foundation
import ISO20022

/// The two rounds in which the bank answers.
enum Round: CaseIterable {
    case first
    case late

    var suffix: String {
        switch self {
        case .first: ""
        case .late: "_late"
        }
    }
}

/// The answers to one payment file. The file is read twice: once for the totals that stand first in each answer,
/// and once to write them.
struct Answer {
    let file: String
    /// Path of the answers up to what tells them apart.
    let stem: String
    let fates: FateTable
    /// The seed of what is odd; nil for a bank that does nothing odd.
    let oddSeed: UInt64?

    func write(into summary: inout BankSimulation.Summary) throws {
        var totals = AnswerTotals()
        try read { event in
            switch event {
            case .block(let block): totals.begin(block)
            case .transaction(let transfer): totals.add(transfer, fates.fate(of: transfer))
            case .end(let transactions, _): totals.transactions = transactions
            }
        }
        totals.count(into: &summary)
        let reports = try Round.allCases.map { try statusReport($0, totals) }
        let debits = try Round.allCases.map { try debitNotification($0, totals) }
        let returns = try returnNotification(totals)
        let odd = try oddNotification(totals)
        try read { event in
            switch event {
            case .block(let block):
                for report in reports { try report?.begin(block.paymentInformationID) }
                for notification in debits { try notification?.begin(block) }
                try returns?.begin(block)
            case .transaction(let transfer):
                try write(transfer, reports: reports, debits: debits, returns: returns)
                if let odd, let oddSeed, fates.fate(of: transfer) == .paid,
                    let kind = OddNotification.kind(of: transfer, seed: oddSeed)
                {
                    summary.odd += 1
                    try odd.add(transfer, kind)
                }
            case .end: break
            }
        }
        for (index, round) in Round.allCases.enumerated() {
            let paths = [try reports[index]?.finish(), try debits[index]?.finish()].compactMap { $0 }
            switch round {
            case .first: summary.answers += paths
            case .late: summary.lateAnswers += paths
            }
        }
        if let path = try returns?.finish() { summary.returns.append(path) }
        if let path = try odd?.finish() { summary.oddAnswers.append(path) }
    }

    private func write(
        _ transfer: CreditTransfer, reports: [StatusReport?], debits: [Notification?], returns: Notification?
    ) throws {
        switch fates.fate(of: transfer) {
        case .paid:
            try reports[0]?.add(transfer, reason: nil)
            try debits[0]?.add(transfer, reason: nil)
        case .rejected(let reason): try reports[0]?.add(transfer, reason: reason)
        case .duplicate:
            try reports[0]?.add(transfer, reason: "AM05")
            try debits[0]?.add(transfer, reason: nil)
        case .late:
            try reports[1]?.add(transfer, reason: nil)
            try debits[1]?.add(transfer, reason: nil)
        case .returned(let reason):
            try reports[0]?.add(transfer, reason: nil)
            try debits[0]?.add(transfer, reason: nil)
            try returns?.add(transfer, reason: reason)
        case .silent: break
        }
    }

    private func statusReport(_ round: Round, _ totals: AnswerTotals) throws -> StatusReport? {
        guard totals.blocks.contains(where: { !$0[round].isEmpty }) else { return nil }
        return try StatusReport(
            path: stem + "_pain.002\(round.suffix).xml",
            messageID: fates.messageID(totals.head.messageID, "S\(round == .late ? 2 : 1)"), round: round,
            totals: totals)
    }

    private func debitNotification(_ round: Round, _ totals: AnswerTotals) throws -> Notification? {
        guard totals.blocks.contains(where: { $0[round].booked.count > 0 }) else { return nil }
        return try Notification(
            path: stem + "_camt.054\(round.suffix).xml",
            messageID: fates.messageID(totals.head.messageID, "D\(round == .late ? 2 : 1)"), kind: .debits(round),
            totals: totals, isInOneSum: oddSeed != nil)
    }

    private func oddNotification(_ totals: AnswerTotals) throws -> OddNotification? {
        guard oddSeed != nil else { return nil }
        return try OddNotification(
            path: stem + "_camt.054_odd.xml", messageID: fates.messageID(totals.head.messageID, "O1"), totals: totals)
    }

    private func returnNotification(_ totals: AnswerTotals) throws -> Notification? {
        guard totals.blocks.contains(where: { $0.returned.count > 0 }) else { return nil }
        return try Notification(
            path: stem + "_camt.054_returned.xml", messageID: fates.messageID(totals.head.messageID, "R1"),
            kind: .returns, totals: totals)
    }

    private func read(_ receive: (PaymentInitiationReader.Event) throws -> Void) throws {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BankSimulationError.file(path: file, errno: errno) }
        defer { close(descriptor) }
        let reader = PaymentInitiationReader()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var events: [PaymentInitiationReader.Event] = []
        do {
            while true {
                let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
                guard count >= 0 else { throw BankSimulationError.file(path: file, errno: errno) }
                guard count > 0 else { break }
                try reader.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]), into: &events)
                for event in events { try receive(event) }
                events.removeAll(keepingCapacity: true)
            }
            try reader.finish(into: &events)
            for event in events { try receive(event) }
        } catch let refusal as MessageRefusal {
            throw BankSimulationError.refused(path: file, refusal)
        }
    }
}
