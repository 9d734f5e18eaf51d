import Foundation

/// Held by the one `puente up` of a state directory for as long as it lives; the file names its process.
final class UpLock: Sendable {
    private let descriptor: Int32

    private static func path(in directory: String) -> String { "\(directory)/up.lock" }

    /// Takes the lock, or says who has it.
    init(directory: String) throws(Failure) {
        let path = Self.path(in: directory)
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw Failure(Text("cannot be made", es: "no se puede crear"), at: directory)
        }
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(Text("cannot be opened", es: "no se puede abrir"), at: path) }
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

    /// Returns once nobody holds the lock of `directory`.
    static func waitUntilFree(in directory: String) async {
        let path = path(in: directory)
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            // A thread of its own, because taking the lock blocks.
            Thread.detachNewThread {
                let descriptor = open(path, O_RDONLY | O_CLOEXEC)
                if descriptor >= 0 {
                    while flock(descriptor, LOCK_SH) != 0, errno == EINTR {}
                    close(descriptor)
                }
                continuation.resume()
            }
        }
    }
}
