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
        self.init(
            Text(Self.lines(of: refusal, .english), es: Self.lines(of: refusal, .spanish)), at: refusal.code.name,
            remedy: Self.remedy(for: refusal.code))
    }

    /// What a refusal says, and its details, each in a line of its own.
    private static func lines(of refusal: RPCError, _ language: Language) -> String {
        let what = refusal.words(language)
        let details = refusal.details.prefix(20).map { $0.summary(language) }.filter { !$0.isEmpty && $0 != what }
        return ([what] + details.map { "  \($0)" }).joined(separator: "\n")
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

extension RPCError {
    /// What went wrong, in a person's language. A defect is called one; what it says is for whoever repairs it.
    func words(_ language: Language) -> String {
        let said = SentenceWords.words(sentence)(language)
        switch code {
        case .internal, .unknown:
            return Text("a defect of the service: \(said)", es: "un defecto del servicio: \(said)")(language)
        default: return said
        }
    }

    /// What does not fit in a file, with its details, in one line.
    func inOneLine(_ language: Language) -> String {
        let what = words(language)
        let details = details.map { $0.summary(language) }.filter { $0 != what }.joined(separator: "; ")
        return details.isEmpty ? what : "\(what): \(details)"
    }
}

extension ErrorDetail {
    /// The detail in one line: where, and why.
    func summary(_ language: Language) -> String {
        var place = subject
        if line > 0 { place += place.isEmpty ? Text("line \(line)", es: "línea \(line)")(language) : ":\(line)" }
        if !field.isEmpty { place += place.isEmpty ? field : " \(field)" }
        let why = description.isEmpty ? reason : SentenceWords.words(sentence)(language)
        return place.isEmpty ? why : "\(place): \(why)"
    }
}
