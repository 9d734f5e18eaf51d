import Dispatch
import Foundation

/// Why a process was asked to stop.
public enum StopReason: Sendable, Equatable {
    /// SIGTERM or SIGINT.
    case signal(Int32)
    /// The supervisor is gone: standard input has ended.
    case supervisorEnded
    /// A part of the process ended by itself.
    case memberEnded
}

/// The requests to stop that reach this process, as events.
public enum StopRequests {
    /// Requests from signals and, where `watchingInput`, from the end of standard input.
    ///
    /// Signals keep arriving for as long as the stream is held; a second one while a process is stopping is another
    /// element.
    public static func stream(watchingInput: Bool) -> AsyncStream<StopReason> {
        AsyncStream { continuation in
            let queue = DispatchQueue(label: "puente.stop")
            // Used by the termination handler alone, to keep the sources and to cancel them.
            nonisolated(unsafe) let sources = [SIGTERM, SIGINT].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler { continuation.yield(.signal(number)) }
                source.resume()
                return source
            }
            continuation.onTermination = { _ in sources.forEach { $0.cancel() } }
            if watchingInput {
                // A thread of its own, because reading blocks.
                Thread.detachNewThread {
                    var byte: UInt8 = 0
                    while true {
                        let count = read(STDIN_FILENO, &byte, 1)
                        if count == 0 || (count < 0 && errno != EINTR) { break }
                    }
                    continuation.yield(.supervisorEnded)
                }
            }
        }
    }
}
