import Contracts
import Glibc

/// The folder for bank files as a person would find it.
enum OutboxFolder {
    /// Less than this is full: a bank file of a few thousand payments.
    private static let least: UInt64 = 1 << 20

    /// What is wrong with the folder; nil: nothing that can be seen.
    static func obstacle(_ directory: String) -> TransfersV1.Obstacle? {
        var about = stat()
        guard stat(directory, &about) == 0, about.st_mode & S_IFMT == S_IFDIR else {
            return TransfersV1.Obstacle(kind: "outbox_missing", detail: directory)
        }
        var room = statvfs()
        guard statvfs(directory, &room) == 0 else { return nil }
        if room.f_flag & UInt(ST_RDONLY) != 0 || access(directory, W_OK) != 0 {
            return TransfersV1.Obstacle(kind: "outbox_read_only", detail: directory)
        }
        let free = UInt64(room.f_bavail).multipliedReportingOverflow(by: UInt64(room.f_frsize))
        return !free.overflow && free.partialValue < least
            ? TransfersV1.Obstacle(kind: "outbox_full", detail: directory) : nil
    }
}
