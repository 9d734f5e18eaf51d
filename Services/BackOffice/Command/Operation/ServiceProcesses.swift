import Schema
import Foundation
import Glibc

/// The processes of a site's services, whoever started them.
struct ServiceProcesses: Sendable {
    private let directory: String
    private let programs: String

    init(of directory: String, installation: Installation) {
        self.directory = directory
        programs = installation.programs
    }

    /// The process numbers of one program, or of all services.
    func numbers(of program: String? = nil) -> [pid_t] {
        let paths = (program.map { [$0] } ?? ServiceCatalogue.all.map { "puente-\($0)" }).map { "\(programs)/\($0)" }
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.filter { number in
            guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(number)/exe"),
                // A newer program may have taken its file's place.
                paths.contains(link.hasSuffix(" (deleted)") ? String(link.dropLast(10)) : link),
                let variables = FileManager.default.contents(atPath: "/proc/\(number)/environ")
            else { return false }
            return String(decoding: variables, as: UTF8.self).split(separator: "\0")
                .contains("PUENTE_STATE=\(directory)")
        }
    }

    /// Asks a program's processes to end, and kills what has not ended after a few seconds: it hangs.
    func end(_ program: String? = nil, patience: Duration = .seconds(5)) async {
        let first = numbers(of: program)
        first.forEach { _ = kill($0, SIGTERM) }
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if Set(first).isDisjoint(with: numbers(of: program)) { return }
            try? await Task.sleep(for: .milliseconds(20))
        }
        for number in Set(first).intersection(numbers(of: program)) { kill(number, SIGKILL) }
    }
}
