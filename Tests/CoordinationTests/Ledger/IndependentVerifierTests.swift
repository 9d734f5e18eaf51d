import Contracts
import Crypto
import Foundation
import LedgerAudit
import Postgres
import TestSupport
import Testing

/// A Python with the packages that `deploy/test` pins.
private let python =
    ProcessInfo.processInfo.environment["PUENTE_PYTHON"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/.puente/venv/bin/python"

/// Proofs as `pymerkle_verifier.py` reads them.
private struct Proofs {
    var size: Int64
    var root: [UInt8]
    var inclusion: [JSONValue] = []
    var consistency: [JSONValue] = []

    mutating func include(_ leaf: Int64, _ hash: [UInt8], _ proof: [[UInt8]]) {
        inclusion.append(Self.proof(leaf, hash, proof))
    }

    static func proof(_ leaf: Int64, _ hash: [UInt8], _ proof: [[UInt8]]) -> JSONValue {
        .object([("leaf", .number("\(leaf)")), ("hash", hex(hash)), ("proof", .array(proof.map(hex)))])
    }

    static func hex(_ bytes: [UInt8]) -> JSONValue { .string(Hexadecimal.string(bytes)) }

    /// What pymerkle says of each.
    func verdicts() throws -> [Substring] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "pymerkle_verifier.py"
        ).path
        let input = JSONValue.object([
            ("size", .number("\(size)")), ("root", Self.hex(root)), ("inclusion", .array(inclusion)),
            ("consistency", .array(consistency)),
        ])
        let answer = try runProgram(python, [script], input: String(decoding: input.json(), as: UTF8.self))
        try #require(
            answer.status == 0,
            "deploy/test makes .puente/venv with pymerkle, or PUENTE_PYTHON names it: \(answer.output)"
        )
        return answer.output.split(separator: "\n")
    }
}

/// The same hash with one bit changed.
private func forged(_ hash: [UInt8]) -> [UInt8] { [hash[0] ^ 1] + hash.dropFirst() }

@Test func pymerkleAcceptsTheLogsProofsAndRefusesForgedOnes() async throws {
    try await withDatabase { database in
        let pool = database.pool(size: 2)
        _ = try await AuditScene(pool: pool).fill(batches: 90)
        let reader = LogReader(pool)
        let size = try await reader.head().size
        try #require(size > 300)
        var genuine = Proofs(size: size, root: try await reader.root(of: size))
        var spoiled = Proofs(size: size, root: genuine.root)
        for leaf in [0, 1, 2, 3, 7, 127, 128, 255, 256, 257, size - 2, size - 1] as [Int64] {
            let (hash, proof) = try await reader.inclusion(of: leaf, size: size)
            genuine.include(leaf, hash, proof)
            spoiled.include(leaf, forged(hash), proof)
            spoiled.include(leaf, hash, proof.dropLast() + [forged(proof.last!)])
            spoiled.include(leaf == 0 ? 1 : leaf - 1, hash, proof)
        }
        for older in [1, 2, 3, 4, 5, 6, 7, 8, 100, 127, 128, 129, 255, 256, 257, size - 1] as [Int64] {
            let proof = try await reader.consistency(from: older, to: size)
            let root = try await reader.root(of: older)
            let (hash, beside) = try await reader.inclusion(of: older, size: size)
            func entry(_ root: [UInt8], _ proof: [[UInt8]]) -> JSONValue {
                .object([
                    ("older", .number("\(older)")), ("root", Proofs.hex(root)),
                    ("proof", .array(proof.map(Proofs.hex))), ("next", Proofs.proof(older, hash, beside)),
                ])
            }
            genuine.consistency.append(entry(root, proof))
            spoiled.consistency.append(entry(forged(root), proof))
            spoiled.consistency.append(entry(root, proof.dropLast() + [forged(proof.last!)]))
        }
        let accepted = try genuine.verdicts()
        #expect(accepted.count == 28 && accepted.allSatisfy { $0 == "accepted" }, "\(accepted)")
        let refused = try spoiled.verdicts()
        #expect(refused.count == 68 && refused.allSatisfy { $0 == "refused" }, "\(refused)")
        await pool.close()
    }
}
