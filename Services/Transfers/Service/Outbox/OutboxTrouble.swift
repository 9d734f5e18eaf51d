import Contracts
import Glibc
import Postgres
import Vocabulary

/// Why the outbox cannot be written to or read, as a code that a person is told in words. Paths are the operator's business
/// and stand in the service's configuration, never in an error.
enum OutboxTrouble: String, Sendable, CaseIterable {
    /// The disk or the quota is used up.
    case full
    /// The file system is read-only.
    case readOnly = "read_only"
    /// The service may not write there.
    case notPermitted = "not_permitted"
    /// The directory is not there, or its name is a file's.
    case noDirectory = "missing"
    /// Anything else.
    case failed

    /// What the system's error number says.
    init(errno number: Int32) {
        switch number {
        case ENOSPC, EDQUOT, EFBIG: self = .full
        case EROFS: self = .readOnly
        case EACCES, EPERM: self = .notPermitted
        case ENOENT, ENOTDIR, EEXIST, ELOOP: self = .noDirectory
        default: self = .failed
        }
    }

    /// The error of a call, which is tried again: detail `outbox` carries the code.
    var error: RPCError {
        RPCError.unavailable(
            sentence,
            details: [ErrorDetail(type: "outbox", reason: rawValue)])
    }

    private var sentence: Sentence {
        switch self {
        case .full: "The outbox for bank files cannot be written to: its disk is full."
        case .readOnly: "The outbox for bank files cannot be written to: its file system is read-only."
        case .notPermitted: "The outbox for bank files cannot be written to: the service may not write there."
        case .noDirectory: "The outbox for bank files cannot be written to: the directory is not there."
        case .failed: "The outbox for bank files cannot be written to: the system reports a failure."
        }
    }

    /// The trouble that a call's message speaks of, as ``error`` wrote it.
    init?(message: String) {
        guard let said = Self.allCases.first(where: { $0.error.message == message }) else { return nil }
        self = said
    }

    /// The kind of obstacle that a status names.
    var obstacle: String {
        switch self {
        case .full: "outbox_full"
        case .readOnly, .notPermitted, .failed: "outbox_read_only"
        case .noDirectory: "outbox_missing"
        }
    }

    /// The error of the system call that just failed.
    static var present: RPCError { OutboxTrouble(errno: errno).error }
}
