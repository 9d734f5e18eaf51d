import Foundation

/// Where the programs and the files of this deployment are.
struct Installation: Sendable {
    /// The directory of the `puente` program; the services' programs lie beside it.
    let programs: String
    /// The directory with deploy/, when there is one.
    let home: String?

    init(environment: [String: String]) {
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        programs = URL(fileURLWithPath: program).deletingLastPathComponent().path
        home = environment["PUENTE_HOME"] ?? Self.ancestor(of: programs) { Self.isExecutable($0 + "/deploy/postgres") }
    }

    /// The path of a program that lies beside `puente`.
    func program(_ name: String) throws(Failure) -> String {
        let path = "\(programs)/\(name)"
        guard Self.isExecutable(path) else {
            throw Failure(
                Text("the program is not there", es: "el programa no está"), at: path,
                remedy: Text("build it: swift build --product \(name)", es: "compílelo: swift build --product \(name)"))
        }
        return path
    }

    private static func isExecutable(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    private static func ancestor(of directory: String, where holds: (String) -> Bool) -> String? {
        var url = URL(fileURLWithPath: directory)
        while url.path != "/" {
            if holds(url.path) { return url.path }
            url.deleteLastPathComponent()
        }
        return nil
    }
}
