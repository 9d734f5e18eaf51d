import Crypto
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Intake

@Test func anUploadIsReadBackInPiecesAsItWasSent() async throws {
    try await withDatabase { database in
        let pool = database.pool()
        // More than one piece, and a last chunk that is not full.
        let bytes = (0..<9_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString).bin")
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let sent = try await Upload.send(path.path, to: pool)
        #expect(sent.byteCount == 9_000_001)
        #expect(sent.sha256 == SHA256.digest(of: bytes))
        #expect(sent.fileName == path.lastPathComponent)
        let stored = try #require(try await pool.queryOne(FindUploads(uploadIds: [sent.uploadId])))
        let read = try await pool.transaction { transaction in
            var reader = UploadReader(stored)
            var read: [UInt8] = []
            var pieces = 0
            while try await reader.advance(in: transaction) {
                read += reader.piece
                pieces += 1
            }
            try reader.finish()
            #expect(pieces == 3)
            return read
        }
        #expect(read == bytes)
    }
}

@Test func theSendersNameCannotBeChosen() async throws {
    try await withDatabase { database in
        let person = ConnectionPool(try await database.person("ana"), size: 1)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString).csv")
        try Data("x".utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        _ = try await Upload.send(path.path, to: person)
        #expect(try await database.pool().query(Senders()) == ["\(database.name)_ana"])
        let forged =
            "INSERT INTO intake.upload (upload_id, file_name, byte_count, sha256, uploaded_by) "
            + "VALUES (gen_random_uuid(), 'x', 0, sha256(''), 'luis')"
        let error = await #expect(throws: PostgresError.self) { try await person.script(forged) }
        #expect(error?.sqlState == "42501")
        await person.close()
    }
}

@Test func aFileThatIsNotThereIsNamed() async throws {
    try await withDatabase { database in
        let pool = database.pool()
        let error = await #expect(throws: Upload.Failure.self) { try await Upload.send("/no/such/file.csv", to: pool) }
        #expect(error?.description == "/no/such/file.csv: No such file or directory")
        let uploads = try await pool.query(Senders())
        #expect(uploads == [])
    }
}

private struct Senders: Statement {
    static let sql = "SELECT uploaded_by FROM intake.upload"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
