import Foundation
import Glibc
import Synchronization

/// A program that this process started.
///
/// Supervised programs hold the reading end of a pipe as standard input: when this process ends, however it ends, they
/// see the end of input and stop. They say `ready` on standard output.
final class ChildProcess: Sendable {
    /// What happens to a child.
    enum Event: Sendable, Equatable {
        case ready
        /// Its exit status; a signal's number plus 128, as shells report it.
        case ended(Int32)
    }

    /// What to start and how.
    struct Program: Sendable {
        var path: String
        var arguments: [String] = []
        var environment: [String: String]
        /// The file that its standard error is appended to; nil: this process's own.
        var logFile: String?
        /// Whether it leaves this process's session, to live on after it.
        var isDetached = false
    }

    let number: pid_t
    /// Each event once, in order.
    let events: AsyncStream<Event>
    private let input: Mutex<Int32>
    /// Held while a pipe is made and while a program is started: between a pipe's making and its mark to be closed in
    /// children, no child may start.
    private static let spawning = Mutex(())

    /// Starts a program.
    init(_ program: Program) throws(Failure) {
        let (inputReader, inputWriter) = try Self.pipe()
        let (outputReader, outputWriter) = try Self.pipe()
        defer {
            close(inputReader)
            close(outputWriter)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputReader, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outputWriter, STDOUT_FILENO)
        if let logFile = program.logFile {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, logFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own: an interrupt typed on the terminal reaches this process, which stops its children in order.
        let flags = program.isDetached ? POSIX_SPAWN_SETSID_FLAG : POSIX_SPAWN_SETPGROUP_FLAG
        posix_spawnattr_setflags(&attributes, flags)

        var arguments = ([program.path] + program.arguments).map { strdup($0) } + [nil]
        var environment = program.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            arguments.forEach { free($0) }
            environment.forEach { free($0) }
        }
        var number: pid_t = 0
        let status = Self.spawning.withLock { _ in
            Self.keepOpenFilesToOneself()
            return posix_spawn(&number, program.path, &actions, &attributes, &arguments, &environment)
        }
        guard status == 0 else {
            close(inputWriter)
            close(outputReader)
            throw Failure(
                Text("cannot start it: \(Self.reason(status))", es: "no se puede iniciar: \(Self.reason(status))"),
                at: program.path)
        }
        self.number = number
        input = Mutex(inputWriter)
        events = Self.watch(number, output: outputReader)
    }

    deinit { closeInput() }

    /// Ends its standard input, which asks a supervised program to stop.
    func closeInput() {
        input.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// Sends it a signal.
    func signal(_ signal: Int32) { kill(number, signal) }

    /// Reads standard output and then waits for the end, on a thread of its own, because both block.
    private static func watch(_ number: pid_t, output: Int32) -> AsyncStream<Event> {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        Thread.detachNewThread {
            var byte: UInt8 = 0
            var line: [UInt8] = []
            while true {
                let count = read(output, &byte, 1)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                if byte == UInt8(ascii: "\n") {
                    if line == Array("ready".utf8) { continuation.yield(.ready) }
                    line = []
                } else {
                    line.append(byte)
                }
            }
            close(output)
            var status: Int32 = 0
            while waitpid(number, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7f
            continuation.yield(.ended(signal == 0 ? (status >> 8) & 0xff : 128 + signal))
            continuation.finish()
        }
        return events
    }

    /// Whatever the caller has open, a scheduler's lock for instance, must not stay open for as long as a service lives.
    private static func keepOpenFilesToOneself() {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in open.compactMap(Int32.init) where descriptor > STDERR_FILENO {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    private static func pipe() throws(Failure) -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        // Closed in every other child, so that the end of this process is the end of the pipe.
        let status = spawning.withLock { _ in
            let status = Glibc.pipe(&ends)
            ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
            return status
        }
        guard status == 0 else {
            throw Failure(
                Text("cannot make a pipe: \(reason(errno))", es: "no se puede crear una tubería: \(reason(errno))"))
        }
        return (ends[0], ends[1])
    }

    private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}

/// `POSIX_SPAWN_SETSID` of glibc's spawn.h, which a feature macro hides.
private let POSIX_SPAWN_SETSID_FLAG: Int16 = 0x80
/// `POSIX_SPAWN_SETPGROUP` as the type that posix_spawnattr_setflags takes.
private let POSIX_SPAWN_SETPGROUP_FLAG: Int16 = 0x02
