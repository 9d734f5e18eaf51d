import Contracts
import Foundation

extension Command {
    private static let out = CommandOption<String>.text(
        "out", "DIR", Text("Where the report's files go", es: "Adónde van los archivos del informe"), required: true)

    static let report = Command(
        "report", Text("Reports", es: "Informes"),
        example: "puente report run cycle --cycle 2024-4 --out reports --as ana",
        [
            Command(
                "run", Text("Runs a report and writes its files", es: "Genera un informe y escribe sus archivos"),
                example: "puente report run cycle --cycle 2024-4 --out reports --as ana",
                arguments: [Argument("REPORT", Text("Its name: cycle", es: "Su nombre: cycle"))],
                options: [CycleOptions.cycle, ProgrammeOptions.programme, out]
            ) { invocation in
                try await Desk.open(invocation) { desk in try await run(desk) }
            }
        ])

    private static func run(_ desk: Desk) async throws {
        let invocation = desk.invocation
        let request = ReportingV1.RunReportRequest(
            report: invocation.arguments[0], programme: try await desk.programme(.conditionalTransfer),
            cycle: try invocation.required(CycleOptions.cycle), language: desk.language.rawValue)
        let directory = URL(fileURLWithPath: try invocation.required(out))
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw Failure(Text("cannot be made", es: "no se puede crear"), at: directory.path)
        }
        let progress = Progress(desk.terminal)
        var written: [String: FileHandle] = [:]
        var order: [String] = []
        for try await event in desk.client.streamEvents(ReportingV1.Reports.run, request) {
            guard case .message(let part) = event else {
                // The service began anew, and so do the files.
                for handle in written.values { try handle.close() }
                (written, order) = ([:], [])
                continue
            }
            // A name from a service is a name, never a path.
            let name = URL(fileURLWithPath: part.fileName).lastPathComponent
            let path = directory.appendingPathComponent(name).path
            if written[name] == nil {
                guard FileManager.default.createFile(atPath: path, contents: nil),
                    let handle = FileHandle(forWritingAtPath: path)
                else { throw Failure(Text("cannot be written", es: "no se puede escribir"), at: path) }
                written[name] = handle
                order.append(path)
                progress.show(stage: Text("writing", es: "escribiendo")(desk.language), detail: name)
            }
            try written[name]?.write(contentsOf: Data(part.content))
        }
        for handle in written.values { try handle.close() }
        progress.finish()
        if invocation.wantsJSON {
            let names = order.map { "\"\($0)\"" }.joined(separator: ",")
            desk.terminal.print("{\"files\":[\(names)]}")
        } else {
            order.forEach { desk.terminal.print($0.asShownPath) }
        }
    }
}
