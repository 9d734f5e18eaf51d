import Contracts
import Glibc

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
    case noDirectory = "no_directory"
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
            "The outbox for bank files cannot be written to: \(sentence).",
            details: [ErrorDetail(type: "outbox", reason: rawValue)])
    }

    private var sentence: String {
        switch self {
        case .full: "its disk is full"
        case .readOnly: "its file system is read-only"
        case .notPermitted: "the service may not write there"
        case .noDirectory: "the directory is not there"
        case .failed: "the system reports a failure"
        }
    }

    /// The trouble that a call's message speaks of, as ``error`` wrote it.
    init?(message: String) {
        guard let said = Self.allCases.first(where: { $0.error.message == message }) else { return nil }
        self = said
    }

    /// The error of the system call that just failed.
    static var present: RPCError { OutboxTrouble(errno: errno).error }
}
