import Contracts
import Foundation
import Intake
import Postgres
import Queue

/// A person's way to the services: their own database role, and the job queue.
struct Desk: Sendable {
    let invocation: Invocation
    let site: Site
    let pool: ConnectionPool
    let client: QueueClient

    var terminal: Terminal { invocation.terminal }
    var language: Language { invocation.language }

    /// Opens a desk for `body` and closes it afterwards.
    static func open(_ invocation: Invocation, _ body: (Desk) async throws -> Void) async throws {
        let site = try Site(invocation)
        let person = try site.person(invocation)
        Trying.warn(site, person, invocation)
        let (pool, configuration) = try await Login(site: site, person: person, terminal: invocation.terminal)
            .open(size: 3)
        let client = QueueClient(configuration)
        do {
            try await body(Desk(invocation: invocation, site: site, pool: pool, client: client))
        } catch {
            await client.close()
            await pool.close()
            throw error
        }
        await client.close()
        await pool.close()
    }

    /// Asks a service and waits for its answer.
    func call<Request: Message, Response: Message>(
        _ method: Method<Request, Response>, _ request: Request
    ) async throws -> Response {
        try await client.call(method, request)
    }

    /// Shows an answer: as JSON where that was asked for, otherwise as `lines` says.
    func show(_ answer: some Message, _ lines: () -> [String]) {
        if invocation.wantsJSON {
            terminal.print(String(decoding: answer.json(), as: UTF8.self))
        } else {
            lines().forEach(terminal.print)
        }
    }

    /// Sends files to where the services find them; returns the uploads' names.
    func upload(_ paths: [String], _ progress: Progress) async throws -> [String] {
        for path in paths where !FileManager.default.isReadableFile(atPath: path) {
            throw Failure(Text("there is no such file to read", es: "no hay tal archivo que leer"), at: path)
        }
        var uploads: [String] = []
        for path in paths {
            progress.show(stage: Text("sending", es: "enviando")(language), detail: path)
            uploads.append(try await Upload.send(path, to: pool).uploadId.uuidString.lowercased())
        }
        return uploads
    }
}

/// Lends the administrator's connections to `body`.
func withPool<Value>(_ site: Site, _ body: (ConnectionPool) async throws -> Value) async throws -> Value {
    let pool = ConnectionPool(site.administrator, size: 1)
    do {
        let value = try await body(pool)
        await pool.close()
        return value
    } catch {
        await pool.close()
        throw error
    }
}
