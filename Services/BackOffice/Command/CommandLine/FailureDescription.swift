import Contracts
import Postgres
import Schema

extension Failure {
    /// What a person should read of any error.
    init(describing error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let refusal as RPCError: self = OutboxWords.refusal(refusal) ?? Failure(refusal: refusal)
        case let fault as PostgresError: self.init(fault: fault)
        case let fault as MigrationError: self.init(fault: fault)
        default: self.init(Text("unexpected: \(error)", es: "inesperado: \(error)"))
        }
    }

    private init(refusal: RPCError) {
        let details = refusal.details.prefix(20).map(\.summary).filter { !$0.isEmpty }
        let all = ([refusal.message] + details.map { "  \($0)" }).joined(separator: "\n")
        self.init(Text(all, es: all), at: refusal.code.name, remedy: Self.remedy(for: refusal.code))
    }

    private init(fault: MigrationError) {
        let spanish =
            switch fault {
            case .databaseIsNewer(let unknown):
                "la base es más nueva que este programa (tiene \(unknown.joined(separator: ", "))): use uno más nuevo"
            case .changed(let name):
                "la migración \(name) se aplicó con otro texto: reponga el texto y agregue una migración nueva"
            case .outOfOrder(let name, let after):
                "la migración \(name) va antes de \(after), que ya se aplicó: déle un número posterior"
            }
        self.init(Text(fault.description, es: spanish))
    }

    private init(fault: PostgresError) {
        let remedy: Text? =
            switch fault.kind {
            case .connection:
                Text(
                    "is the database running? 'puente up --detach' starts the private one",
                    es: "¿está en marcha la base de datos? 'puente up --detach' arranca la privada")
            case .server where fault.sqlState == "28P01" || fault.sqlState == "28000":
                Text(
                    "check the name after --as; 'puente operator list' shows the operators",
                    es: "revise el nombre después de --as; 'puente operator list' muestra los operadores")
            case .server where fault.sqlState == "42501":
                Text(
                    "this role may not do that; say with --as who you are",
                    es: "este rol no puede hacer eso; diga con --as quién es")
            case .server, .cancelled, .decoding, .usage: nil
            }
        self.init(
            Text(fault.description, es: fault.description), at: "PostgreSQL", remedy: remedy)
    }

    /// What usually helps against each of gRPC's status codes.
    private static func remedy(for code: StatusCode) -> Text? {
        switch code {
        case .unavailable:
            Text(
                "is the service running? 'puente status' shows it; 'puente up --detach' starts all",
                es: "¿está en marcha el servicio? 'puente status' lo muestra; 'puente up --detach' arranca todo")
        case .permissionDenied:
            Text("ask somebody who may do it", es: "pídalo a quien pueda hacerlo")
        case .deadlineExceeded:
            Text(
                "the work may still be going on: look with 'puente queue list'",
                es: "el trabajo puede seguir en curso: mire con 'puente queue list'")
        case .internal, .unknown, .dataLoss:
            Text("the service's log says more", es: "el registro del servicio dice más")
        case .ok, .cancelled, .invalidArgument, .notFound, .alreadyExists, .resourceExhausted, .failedPrecondition,
            .aborted, .outOfRange, .unimplemented, .unauthenticated:
            nil
        }
    }
}

extension ErrorDetail {
    /// The detail in one line: where, and why.
    var summary: String {
        var place = subject
        if line > 0 { place += place.isEmpty ? "line \(line)" : ":\(line)" }
        if !field.isEmpty { place += place.isEmpty ? field : " \(field)" }
        let why = description.isEmpty ? reason : description
        return place.isEmpty ? why : "\(place): \(why)"
    }
}
