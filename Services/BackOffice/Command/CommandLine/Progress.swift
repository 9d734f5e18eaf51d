import Synchronization

/// Shows where long work is: one line that changes on a terminal; elsewhere a line at most every few seconds.
final class Progress: Sendable {
    /// Time between lines where they cannot be overwritten.
    static let quietInterval = Duration.seconds(5)

    private struct State {
        var stage = ""
        var shownAt: ContinuousClock.Instant?
    }

    private let terminal: Terminal
    private let state = Mutex(State())

    init(_ terminal: Terminal) { self.terminal = terminal }

    /// Says that work in `stage` has come to `detail`.
    func show(stage: String, detail: String, at now: ContinuousClock.Instant = .now) {
        let line = detail.isEmpty ? stage : "\(stage): \(detail)"
        if terminal.isInteractive {
            terminal.showProgress(line)
            return
        }
        let isDue = state.withLock { state in
            if state.stage == stage, let shownAt = state.shownAt, now - shownAt < Self.quietInterval { return false }
            state.stage = stage
            state.shownAt = now
            return true
        }
        if isDue { terminal.notice(line) }
    }

    /// Takes the line off the screen.
    func finish() { terminal.clearProgress() }
}
