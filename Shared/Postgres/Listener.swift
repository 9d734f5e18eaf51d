import CPostgres
import Dispatch

/// What a listening connection reports.
public enum ListenerEvent: Sendable, Equatable {
    /// The connection is (again) established: whatever was notified before may have been missed, so look once.
    case listening
    /// A NOTIFY arrived.
    case notification(channel: String, payload: String)
}

/// Receives NOTIFY on a connection of its own and connects again, with growing pauses, whenever that breaks.
///
/// The socket is watched by a dispatch source: a waiting listener holds no thread.
public struct Listener: Sendable {
    private let configuration: ConnectionConfiguration

    /// A listener that is not connected yet.
    public init(_ configuration: ConnectionConfiguration) {
        self.configuration = configuration
    }

    /// Listens on the channels until the watch is ended or dropped; `report` is called on the listener's own queue, without
    /// a switch of threads, and must return quickly.
    public func watch(
        on channels: [String], _ report: @escaping @Sendable (ListenerEvent) -> Void
    ) -> ListenerWatch {
        let session = ListenerSession(configuration, channels, report)
        session.start()
        return ListenerWatch(session: session)
    }

    /// Listens on the channels until the sequence is dropped or its task cancelled.
    ///
    /// At most `limit` events wait for a slow reader; then the oldest are dropped: a notification is only a hint.
    public func notifications(on channels: [String], limit: Int = 10_000) -> AsyncStream<ListenerEvent> {
        AsyncStream(bufferingPolicy: .bufferingNewest(limit)) { continuation in
            let session = ListenerSession(configuration, channels) { continuation.yield($0) }
            continuation.onTermination = { _ in session.stop() }
            session.start()
        }
    }
}

/// A running watch of notifications.
public final class ListenerWatch: Sendable {
    private let session: ListenerSession

    fileprivate init(session: ListenerSession) {
        self.session = session
    }

    deinit {
        session.stop()
    }

    /// Closes the connection; nothing is reported afterwards but what was on its way.
    public func end() {
        session.stop()
    }
}

/// The connection behind a listener. Everything happens on its queue.
private final class ListenerSession: @unchecked Sendable {
    private let configuration: ConnectionConfiguration
    private let channels: [String]
    private let report: @Sendable (ListenerEvent) -> Void
    private let queue = DispatchQueue(label: "postgres.listener")
    private var handle: OpaquePointer?
    private var source: (any DispatchSourceRead)?
    private var failures = 0
    private var stopped = false

    init(
        _ configuration: ConnectionConfiguration, _ channels: [String],
        _ report: @escaping @Sendable (ListenerEvent) -> Void
    ) {
        self.configuration = configuration
        self.channels = channels
        self.report = report
    }

    func start() {
        queue.async { [self] in connect() }
    }

    func stop() {
        queue.async { [self] in
            stopped = true
            disconnect()
        }
    }

    private func connect() {
        guard !stopped else { return }
        let connection = configuration.connect()
        handle = connection
        guard PQstatus(connection) == CONNECTION_OK, listen(connection) else { return reconnect() }
        failures = 0
        let source = DispatchSource.makeReadSource(fileDescriptor: PQsocket(connection), queue: queue)
        source.setEventHandler { [self] in read() }
        self.source = source
        source.activate()
        report(.listening)
        read()
        look(after: Int(bitPattern: connection))
    }

    /// Looks at the connection every second: the end of a connection is not always an event of its own.
    private func look(after connection: Int) {
        queue.asyncAfter(deadline: .now() + .seconds(1)) { [self] in
            guard handle != nil, Int(bitPattern: handle) == connection else { return }
            read()
            look(after: connection)
        }
    }

    private func listen(_ connection: OpaquePointer?) -> Bool {
        for channel in channels {
            guard let name = PQescapeIdentifier(connection, channel, channel.utf8.count) else { return false }
            defer { PQfreemem(name) }
            let result = PQexec(connection, "LISTEN \(String(cString: name))")
            defer { PQclear(result) }
            if PQresultStatus(result) != PGRES_COMMAND_OK { return false }
        }
        return true
    }

    private func read() {
        guard let handle else { return }
        let healthy = PQconsumeInput(handle) == 1
        while let notification = PQnotifies(handle) {
            let channel = String(cString: notification.pointee.relname)
            let payload = String(cString: notification.pointee.extra)
            PQfreemem(notification)
            report(.notification(channel: channel, payload: payload))
        }
        if !healthy || PQstatus(handle) != CONNECTION_OK { reconnect() }
    }

    private func reconnect() {
        disconnect()
        guard !stopped else { return }
        failures += 1
        let pause = min(50 << min(failures, 7), 5000)
        queue.asyncAfter(deadline: .now() + .milliseconds(pause)) { [self] in connect() }
    }

    /// The socket may be closed only after the source has let go of it.
    private func disconnect() {
        guard let connection = handle else { return }
        handle = nil
        guard let source else { return PQfinish(connection) }
        let closing = Closing(connection: connection)
        source.setCancelHandler { PQfinish(closing.connection) }
        source.cancel()
        self.source = nil
    }

    private struct Closing: @unchecked Sendable {
        let connection: OpaquePointer
    }
}
