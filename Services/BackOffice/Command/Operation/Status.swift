import Contracts
import Queue
import Schema

extension Command {
    static let status = Command(
        "status",
        Text(
            "Shows whether the database and each service are well",
            es: "Muestra si la base de datos y cada servicio están bien"),
        example: "puente status"
    ) { invocation in
        let site = try Site(invocation)
        let language = invocation.language
        let pending = try await Migrator().pending(site.administrator)
        let holder = UpLock.holder(in: site.stateDirectory)
        var rows: [(name: String, state: String)] = [
            ("database", pending.isEmpty ? "current" : "\(pending.count) migrations pending")
        ]
        if pending.isEmpty {
            let statistics = try await withPool(site) { try await QueueOperations($0).statistics() }
            for service in Deployment.services {
                let methods = statistics.filter { $0.method.hasPrefix("puente.\(service).") }
                let served = methods.filter(\.isServed).count
                rows.append((service, !methods.isEmpty && served == methods.count ? "serving" : "not serving"))
            }
        }
        let isWell = rows.allSatisfy { $0.state == "current" || $0.state == "serving" }
        if invocation.wantsJSON {
            let items = rows.map { "\"\($0.name)\":\"\($0.state)\"" }.joined(separator: ",")
            invocation.terminal.print("{\(items)}")
        } else {
            var table = Table([Text("part", es: "parte")(language), Text("state", es: "estado")(language)])
            rows.forEach { table.add([$0.name, $0.state]) }
            table.lines().forEach { invocation.terminal.print($0) }
            if let holder {
                invocation.terminal.notice(
                    Text("puente up is process \(holder)", es: "puente up es el proceso \(holder)"))
            }
        }
        if !isWell {
            throw Failure(
                Text("not everything is well", es: "no todo está bien"),
                remedy: Text(
                    "'puente up --detach' starts what is missing; logs: \(site.stateDirectory)/log",
                    es: "'puente up --detach' arranca lo que falta; registros: \(site.stateDirectory)/log"))
        }
    }
}
