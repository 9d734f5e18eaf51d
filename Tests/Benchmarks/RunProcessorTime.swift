import Foundation

/// Processor time of a server with all its processes, of some programs, and of this one.
///
/// On a machine that others use too, times on the clock say little; this says how much work was done.
struct ProcessorTime {
    private let postmaster: Int32
    private let programs: [Int32]

    /// Of the server whose files are in `directory`, and of programs.
    init(serverDirectory directory: String, programs: [Int32]) throws {
        let text = try String(contentsOfFile: "\(directory)/postgres/postmaster.pid", encoding: .utf8)
        guard let pid = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
            throw BenchmarkFailure(message: "the server's process cannot be found")
        }
        postmaster = pid
        self.programs = programs + [getpid()]
    }

    /// What was used so far.
    func used() -> Duration {
        var ticks = programs.compactMap { Self.fields("\($0)") }.map { $0[11] + $0[12] }.reduce(0, +)
        // Processes that have ended are in the postmaster's sums of its children.
        if let own = Self.fields("\(postmaster)") { ticks += own[11...14].reduce(0, +) }
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for process in processes where process.first?.isNumber == true {
            guard let fields = Self.fields(process), fields[1] == Int(postmaster) else { continue }
            ticks += fields[11] + fields[12]
        }
        return .milliseconds(ticks * 1_000 / sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The numbers of `/proc/PID/stat` after the program's name; the state, a letter, reads as 0.
    private static func fields(_ process: String) -> [Int]? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ").map { Int($0) ?? 0 }
        return fields.count > 14 ? fields : nil
    }
}
