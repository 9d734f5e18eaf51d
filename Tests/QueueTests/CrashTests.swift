import Contracts
import Postgres
import Queue
import Schema
import TestSupport
import Testing

/// What a crash of the server must not undo although the commit that did it need not wait for the disk otherwise.
@Suite struct CrashTests {
    /// A worker forgets the calls of a lease that is gone, and deletes the lease with the last call it knows of: a lease that
    /// came back would be deleted with calls in it.
    @Test func aLeaseThatWasTakenBackDoesNotReturn() async throws {
        try await withPrivateServer { server in
            let administration = ConnectionPool(server.configuration, size: 1)
            try await administration.script("CREATE DATABASE queue")
            // Only what waits for the disk is on it.
            try await administration.script("ALTER SYSTEM SET wal_writer_delay = '10s'")
            try await administration.script("SELECT pg_reload_conf()")
            await administration.close()
            let configuration = server.configuration.with(database: "queue")
            try await Migrator().migrate(configuration)
            var lazy = configuration
            lazy["options"] = "-c synchronous_commit=off"
            let pool = ConnectionPool(lazy, size: 1)
            try await MethodCatalog.publish([Probe.note], pool)
            let client = QueueClient(try await TestDatabase(configuration: configuration).person("ana"))
            try await client.send(Probe.note, .init())
            await client.close()
            try await pool.script(
                """
                \(QueueFixture.asWorker)
                SELECT rpc.claim(w.worker_id, w.method_ids, '{1}', '{0}')
                FROM rpc.register('transfers', array['\(Probe.note.name)'], 'h', 1, 60000) AS w;
                SET LOCAL SESSION AUTHORIZATION DEFAULT;
                UPDATE rpc.worker SET expires_at = now() - interval '1 s';
                CHECKPOINT
                """)
            try await pool.script("SELECT rpc.reap()")
            try await server.kill()
            await pool.close()
            try await server.restart()
            let after = ConnectionPool(configuration, size: 1)
            #expect(try await after.texts(of: "SELECT state FROM rpc.unfinished", as: "q.state") == ["ready"])
            await after.close()
        }
    }
}
