import Foundation
import Postgres

extension StatementModule {
    /// Compares every module's generated code with what it should be, and writes it where wanted; returns what differed.
    public static func update(root: URL, writes: Bool, in pool: ConnectionPool) async throws -> [String] {
        var stale: [String] = []
        var faults: [StatementFault] = []
        for module in all {
            do {
                stale += try module.update(try await module.generate(root: root, in: pool), root: root, writes: writes)
            } catch let found as StatementFaults {
                faults += found.faults
            }
        }
        guard faults.isEmpty else { throw StatementFaults(faults: faults) }
        return stale
    }

    private func update(_ files: [GeneratedFile], root: URL, writes: Bool) throws -> [String] {
        let folder = root.appendingPathComponent(output)
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let expected = Set(files.map(\.path))
        var stale: [String] = []
        for path in present.sorted().map({ "\(output)/\($0)" }) where !expected.contains(path) {
            stale.append(path)
            if writes { try FileManager.default.removeItem(at: root.appendingPathComponent(path)) }
        }
        if writes { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        for file in files {
            let place = root.appendingPathComponent(file.path)
            guard (try? String(contentsOf: place, encoding: .utf8)) != file.text else { continue }
            stale.append(file.path)
            if writes { try file.text.write(to: place, atomically: true, encoding: .utf8) }
        }
        return stale
    }
}
