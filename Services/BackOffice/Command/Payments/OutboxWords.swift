import Contracts

/// Words for what the services say of the outbox, and of what is paid again.
enum OutboxWords {
    /// Why a file could not be read, written or moved.
    static func reason(_ code: String) -> Text {
        switch code {
        case "full": Text("the disk is full", es: "el disco está lleno")
        case "read_only": Text("the disk is read-only", es: "el disco es de solo lectura")
        case "not_permitted": Text("the service may not write there", es: "el servicio no puede escribir ahí")
        case "missing": Text("the directory is not there", es: "el directorio no existe")
        case "other_bytes":
            Text("it would have other bytes than were written", es: "tendría otros bytes que los escritos")
        default: Text("the system reports a failure", es: "el sistema informa una falla")
        }
    }

    /// A refusal about the outbox or about paying again, in words with what to do next; nil for any other.
    static func refusal(_ error: RPCError) -> Failure? {
        guard let detail = error.details.first(where: { ["outbox", "run"].contains($0.type) }),
            let said = words(detail.reason)
        else { return nil }
        let names = error.details.map(\.subject).filter { !$0.isEmpty }
        return Failure(said.what, at: names.isEmpty ? nil : names.joined(separator: "\n"), remedy: said.remedy)
    }

    /// By code: what is so, and what leads on.
    private static func words(_ code: String) -> (what: Text, remedy: Text?)? {
        switch code {
        case "forgotten_file":
            (
                Text(
                    "in the outbox, and not known to this database: the bank may be paying it",
                    es: "está en la bandeja y esta base no lo conoce: el banco puede estar pagándolo"),
                Text("'puente payments recover' says what leads on", es: "'puente payments recover' dice cómo seguir")
            )
        case "manifest_missing":
            (
                Text(
                    "is missing: this is not the outbox that files were written to",
                    es: "falta: esta no es la bandeja en que se escribieron archivos"),
                Text(
                    "bring the outbox back, with its manifest; then 'puente payments recover'",
                    es: "restituya la bandeja, con su manifiesto; luego 'puente payments recover'")
            )
        case "other_bytes", "altered":
            (
                Text("has other bytes than were written", es: "tiene otros bytes que los escritos"),
                Text(
                    "find out who changed it; 'puente payments files'",
                    es: "averigüe quién lo cambió; 'puente payments files'")
            )
        case "gone":
            (
                Text("is not in the outbox: the bank may have it", es: "no está en la bandeja: el banco puede tenerlo"),
                Text(
                    "ask the bank to reject it, then 'puente bank import' of its answer",
                    es: "pida al banco que lo rechace, luego 'puente bank import' de su respuesta")
            )
        case "file_written":
            (
                Text("is written: the run cannot be withdrawn", es: "está escrito: la corrida no puede retirarse"),
                Text(
                    "'puente payments resume' ends the run; then 'puente payments recall' takes files back",
                    es: "'puente payments resume' termina la corrida; luego 'puente payments recall' retira archivos")
            )
        case "recalled": (Text("is recalled already", es: "ya está retirado"), nil)
        case "run_not_sent":
            (
                Text("its run is not sent", es: "su corrida no está enviada"),
                Text(
                    "'puente payments withdraw' takes the run back", es: "'puente payments withdraw' retira la corrida")
            )
        case "bank_has_it":
            (
                Text("the bank has spoken about it: it has the file", es: "el banco ya habló de él: tiene el archivo"),
                Text(
                    "ask the bank to reject it, then 'puente bank import' of its answer",
                    es: "pida al banco que lo rechace, luego 'puente bank import' de su respuesta")
            )
        case "not_lost":
            (
                Text(
                    "is not announced, missing and forgotten at once",
                    es: "no está anunciado, ausente y olvidado a la vez"),
                Text("'puente payments recover' lists those", es: "'puente payments recover' los lista")
            )
        case "known":
            (
                Text("the database has not forgotten it", es: "la base no lo olvidó"),
                Text("'puente payments recover' lists what it has", es: "'puente payments recover' lista lo que olvidó")
            )
        case "other_run_first":
            (
                Text("is of another run of the same cycle", es: "es de otra corrida del mismo ciclo"),
                Text("take them up one run after the other", es: "recójalas una corrida después de la otra")
            )
        case "no_main_run":
            (
                Text("no run of the cycle has sent its files", es: "ninguna corrida del ciclo envió sus archivos"),
                Text("'puente payments status' says where it is", es: "'puente payments status' dice dónde está")
            )
        case "nothing_ready":
            (
                Text("nothing of the cycle can be paid again now", es: "nada del ciclo puede pagarse otra vez ahora"),
                Text(
                    "'puente payments open' says what waits for what", es: "'puente payments open' dice qué espera qué")
            )
        case "same_again", "other_run", "run_moves", "previous_open", "earlier_file", "already_ordered",
            "household_unknown", "lost",
            "foreign", "cycle_missing", "cycle_days_differ":
            (
                Text("cannot be taken up now", es: "no puede recogerse ahora"),
                Text("'puente payments recover' says why", es: "'puente payments recover' dice por qué")
            )
        default: nil
        }
    }
}
