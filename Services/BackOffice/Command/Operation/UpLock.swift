import Foundation

/// Held by the one `puente up` of a state directory for as long as it lives; the file names its process.
final class UpLock: Sendable {
    private let descriptor: Int32

    private static func path(in directory: String) -> String { "\(directory)/up.lock" }

    /// Takes the lock, or says who has it.
    init(directory: String) throws(Failure) {
        let path = Self.path(in: directory)
        try Place.makeDirectory(directory)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Place.failure(errno, at: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure(
                Text("puente up is running here already", es: "puente up ya está en marcha aquí"), at: directory,
                remedy: Text("stop it with 'puente down'", es: "deténgalo con 'puente down'"))
        }
        let line = "\(getpid())\n"
        ftruncate(descriptor, 0)
        _ = line.withCString { write(descriptor, $0, strlen($0)) }
    }

    deinit { close(descriptor) }

    /// The process that holds the lock of `directory`; nil when nobody does.
    static func holder(in directory: String) -> pid_t? {
        let descriptor = open(path(in: directory), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
        let text = (try? String(contentsOfFile: path(in: directory), encoding: .utf8)) ?? ""
        return pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Waits until nobody holds the lock of `directory`; false when somebody still does at `end`.
    static func waitUntilFree(in directory: String, until end: ContinuousClock.Instant) async -> Bool {
        while isHeld(in: directory) {
            guard ContinuousClock.now < end else { return false }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return true
    }

    private static func isHeld(in directory: String) -> Bool {
        let descriptor = open(path(in: directory), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }
}
