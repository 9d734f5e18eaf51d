import Contracts
import Glibc
import Postgres
import Queue
import Schema

/// How the services of a site stand.
enum ServiceStanding {
    /// The services all of whose methods are served.
    static func serving(_ site: Site) async throws -> Set<String> {
        let statistics = try await withPool(site) { try await QueueOperations($0).statistics() }
        return Set(
            ServiceCatalogue.all.filter { service in
                let methods = statistics.filter { $0.method.hasPrefix("puente.\(service).") }
                return !methods.isEmpty && methods.allSatisfy(\.isServed)
            })
    }

    /// Why a service that does not serve cannot log in, where this site knows with which password it tries.
    static func refusal(of service: String, _ site: Site, _ environment: [String: String]) async -> LoginRefusal? {
        let configuration = site.service(service, inherited: environment)
        guard let refusal = await LoginRefusal.attempt(configuration) else { return nil }
        if refusal == .passwordMissing || configuration["password"] == nil && refusal == .passwordWrong { return nil }
        return refusal
    }
}

extension Command {
    static let status = Command(
        "status",
        Text(
            "Shows whether the database and each service are well, and whether payments are paused",
            es: "Muestra si la base y cada servicio están bien, y si los pagos están en pausa"),
        example: "puente status"
    ) { invocation in
        let site = try Site(invocation)
        let report = try await SiteReport(site, invocation)
        report.show(invocation)
        if !report.isWell {
            throw Failure(
                Text("not everything is well", es: "no todo está bien"),
                remedy: report.hasRefusal
                    ? Text(
                        "'puente up --detach' says why it cannot log in, and what to do",
                        es:
                            "'puente up --detach' dice por qué no puede entrar, y qué hacer"
                    )
                    : Text(
                        "'puente up --detach' starts what is missing; logs: \(site.stateDirectory)/log",
                        es: "'puente up --detach' arranca lo que falta; registros: \(site.stateDirectory)/log"))
        }
    }
}

/// What `puente status` shows.
private struct SiteReport {
    /// One line: the part, its state as programs read it and as people do, and whether it is as it should be.
    private struct Row {
        var name: String
        var state: String
        var shown: Text
        var isWell = true

        /// Services go by their programs' names.
        var shownName: Text {
            switch name {
            case "database": Text("database", es: "base de datos")
            case "payments": Text("payments", es: "pagos")
            default: Text(name, es: name)
            }
        }
    }

    private var rows: [Row] = []
    private var pause: PaymentPauseReport?
    private let holder: pid_t?
    private(set) var hasRefusal = false
    var isWell: Bool { rows.allSatisfy(\.isWell) }

    init(_ site: Site, _ invocation: Invocation) async throws {
        holder = UpLock.holder(in: site.stateDirectory)
        let pending = try await Migrator().pending(site.administrator)
        guard pending.isEmpty else {
            rows = [
                Row(
                    name: "database", state: "\(pending.names.count) changes pending",
                    shown: Text(
                        "\(pending.names.count) changes pending: 'puente migrate'",
                        es: "\(pending.names.count) cambios pendientes: 'puente migrate'"),
                    isWell: false)
            ]
            return
        }
        rows = [Row(name: "database", state: "current", shown: Text("current", es: "al día"))]
        let serving = try await ServiceStanding.serving(site)
        for service in ServiceCatalogue.all {
            if serving.contains(service) {
                rows.append(Row(name: service, state: "serving", shown: Text("serving", es: "atiende")))
            } else if let refusal = await ServiceStanding.refusal(of: service, site, invocation.environment) {
                hasRefusal = true
                rows.append(
                    Row(
                        name: service, state: "cannot log in",
                        shown: Text(
                            "cannot log in: \(refusal.text.english)", es: "no puede entrar: \(refusal.text.spanish)"),
                        isWell: false))
            } else {
                rows.append(
                    Row(
                        name: service, state: "not serving", shown: Text("not serving", es: "no atiende"), isWell: false
                    ))
            }
        }
        let found = try await PaymentPauseReport.find(site)
        pause = found
        rows.append(Row(name: "payments", state: found.state, shown: found.shown))
    }

    func show(_ invocation: Invocation) {
        let language = invocation.language
        if invocation.wantsJSON {
            let items = rows.map { "\"\($0.name)\":\"\($0.state)\"" }.joined(separator: ",")
            invocation.terminal.print("{\(items)}")
            return
        }
        var table = Table([Text("part", es: "parte")(language), Text("state", es: "estado")(language)])
        rows.forEach { table.add([$0.shownName(language), $0.shown(language)]) }
        table.lines().forEach { invocation.terminal.print($0) }
        pause?.explanation(in: language).forEach { invocation.terminal.print($0) }
        if let holder {
            invocation.terminal.notice(Text("puente up is process \(holder)", es: "puente up es el proceso \(holder)"))
        }
    }
}
