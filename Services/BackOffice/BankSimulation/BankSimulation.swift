import Foundation
import ISO20022

/// A bank to talk to: answers pain.001 files with pain.002 and camt.054 as a bank would.
///
/// It knows the files and nothing else: it stands outside the services, as a bank does. The same files, options and
/// seed give the same answers, byte for byte.
public enum BankSimulation {
    /// How the bank behaves.
    public struct Options: Sendable {
        /// Directory of the pain.001 files.
        public var files: String
        /// Directory for the answers; made when it is missing.
        public var out: String
        /// Decides which transaction meets which fate.
        public var seed: UInt64
        /// Share of the transactions that are rejected.
        public var rejected: Share
        /// Share answered in a later round, in files named `…_late`.
        public var late: Share
        /// Share paid, then returned, in files named `…_returned`.
        public var returned: Share
        /// Share never answered.
        public var silent: Share
        /// Whether the bank also does what banks sometimes do: parts that come back, returns less charges, second bookings,
        /// fees, in files named `…_odd`; and a file that is answered at once and whole is booked in one sum.
        public var odd: Bool
        /// File of closed accounts, one number a line or a column `account_number`; payments to them are rejected.
        public var closed: String?

        /// Options; by default 2 % rejected, 1 % late, 0.5 % returned, none silent.
        public init(
            files: String, out: String, seed: UInt64 = 1, rejected: Share = Share(partsPerMillion: 20_000),
            late: Share = Share(partsPerMillion: 10_000), returned: Share = Share(partsPerMillion: 5_000),
            silent: Share = Share(partsPerMillion: 0), odd: Bool = false, closed: String? = nil
        ) {
            self.files = files
            self.out = out
            self.seed = seed
            self.rejected = rejected
            self.late = late
            self.returned = returned
            self.silent = silent
            self.odd = odd
            self.closed = closed
        }
    }

    /// What the bank did.
    public struct Summary: Sendable, Equatable {
        /// Payment files read.
        public var files = 0
        /// Transactions in them.
        public var transactions: Int64 = 0
        /// Paid at once and for good.
        public var paid: Int64 = 0
        /// Rejected, by reason.
        public var rejected: [String: Int64] = [:]
        /// Paid in the later round.
        public var late: Int64 = 0
        /// Paid, then returned.
        public var returned: Int64 = 0
        /// Not answered.
        public var silent: Int64 = 0
        /// Payments about which something odd is told.
        public var odd: Int64 = 0
        /// Paths of the notifications of odd things, to be imported last.
        public var oddAnswers: [String] = []
        /// Paths of the answers of the first round.
        public var answers: [String] = []
        /// Paths of the answers of the later round.
        public var lateAnswers: [String] = []
        /// Paths of the notifications of returns.
        public var returns: [String] = []
    }

    /// Answers every pain.001 file of a directory.
    public static func run(_ options: Options) throws -> Summary {
        let total = [options.rejected, options.late, options.returned, options.silent]
            .reduce(0) { $0 + $1.partsPerMillion }
        guard total <= 1_000_000 else { throw BankSimulationError.sharesAboveOne }
        let names = try FileManager.default.contentsOfDirectory(atPath: options.files)
            .filter { $0.hasSuffix(".xml") }.sorted()
        guard !names.isEmpty else { throw BankSimulationError.noFiles(directory: options.files) }
        try FileManager.default.createDirectory(atPath: options.out, withIntermediateDirectories: true)
        let fates = FateTable(options, closed: try options.closed.map(ClosedAccounts.init(path:)))
        var summary = Summary()
        for name in names {
            let answer = Answer(
                file: options.files + "/" + name, stem: options.out + "/" + name.dropLast(4), fates: fates,
                oddSeed: options.odd ? options.seed : nil)
            try answer.write(into: &summary)
            summary.files += 1
        }
        return summary
    }
}

/// Why the bank cannot answer.
public enum BankSimulationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The shares sum to more than everything.
    case sharesAboveOne
    /// The directory has no `.xml` file.
    case noFiles(directory: String)
    /// A file cannot be read or written.
    case file(path: String, errno: Int32)
    /// A payment file is not what it should be.
    case refused(path: String, MessageRefusal)

    /// For a person to read.
    public var description: String {
        switch self {
        case .sharesAboveOne: "the shares of rejected, late, returned and silent sum to more than 100 %"
        case .noFiles(let directory): "no .xml file in \(directory)"
        case .file(let path, let errno): "\(path): \(String(cString: strerror(errno)))"
        case .refused(let path, let refusal): "\(path): \(refusal)"
        }
    }
}
