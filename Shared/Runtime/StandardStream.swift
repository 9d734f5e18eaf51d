import Foundation
import Glibc
import Synchronization

/// Standard output and standard error, written so that nothing that is wrong with them ends the process.
///
/// `FileHandle.write` traps when the disk is full or the reader has gone; here the caller is told and decides.
public enum StandardStream: Int32, Sendable {
    /// What the process answers.
    case output = 1
    /// What it says beside that.
    case notices = 2

    /// Prepares the process: a reader that has gone is an error of the write and no signal, and a stream that the caller
    /// has closed stays closed. Without this the next file or connection to be opened would get its number, and what is
    /// said would be written there.
    public static func secure() {
        signal(SIGPIPE, SIG_IGN)
        for descriptor: Int32 in [0, 1, 2] where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // Open the wrong way round, so that reading and writing fail as they do with a closed one.
            _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
        }
    }

    private static let firstLoss = Mutex<Int32>(0)

    /// The error number of the first part of the output that could not be written; 0: all was.
    public static var lostOutput: Int32 { firstLoss.withLock { $0 } }

    /// Writes all of `text`; what cannot be written is lost.
    public func write(_ text: String) {
        let error = attempt(text)
        guard error != 0, self == .output else { return }
        Self.firstLoss.withLock { $0 = $0 == 0 ? error : $0 }
    }

    /// Returns 0, or the error number that stopped it.
    private func attempt(_ text: String) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, rest.count > 0 {
                let count = Glibc.write(rawValue, start, rest.count)
                if count >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
                } else if errno == EAGAIN {
                    // Somebody has made the terminal or the pipe non-blocking.
                    var waited = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
                    if poll(&waited, 1, 1_000) < 0, errno != EINTR { return errno }
                } else if errno != EINTR {
                    // Of one that was closed, whatever the stand-in says.
                    return errno == EINVAL ? EBADF : errno
                }
            }
            return 0
        }
    }
}
