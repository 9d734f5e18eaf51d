import Contracts

/// What opening a cycle came to, in words.
struct CycleOutcome {
    let request: TransfersV1.OpenCycleRequest
    let progress: TransfersV1.OpenCycleProgress

    /// What is open now.
    func lines(_ language: Language) -> [String] {
        let households = Figures.count(progress.households)
        let affiliated = Figures.count(progress.affiliated)
        var lines = [
            Text(
                "cycle \(request.cycle) of \(request.programme) is open: \(affiliated) of \(households) households affiliated",
                es:
                    "el ciclo \(request.cycle) de \(request.programme) está abierto: \(affiliated) de \(households) hogares afiliados"
            )
        ]
        if progress.suspended > 0 || progress.exited > 0 {
            let (suspended, exited) = (Figures.count(progress.suspended), Figures.count(progress.exited))
            lines.append(
                Text(
                    "by the programme's sanctions: \(suspended) of them suspended and not paid in this cycle, \(exited) households out of the programme",
                    es:
                        "por las sanciones del programa: \(suspended) de ellos suspendidos y sin pago en este ciclo, \(exited) hogares fuera del programa"
                ))
        }
        if progress.exceptionNumber > 0 {
            lines.append(
                Text(
                    "opened by exception \(progress.exceptionNumber): evidence of \(progress.sharedDays) of its days counts in other cycles, not in this one",
                    es:
                        "abierto por la excepción \(progress.exceptionNumber): la evidencia de \(progress.sharedDays) de sus días cuenta en otros ciclos, no en este"
                ))
        }
        return lines.map { $0(language) }
    }

    /// Why it is not open, where it waits for another person.
    var failure: Failure? {
        guard progress.awaitsSignature else { return nil }
        let named = Self.named(progress.overlaps.map { ($0.cycle, $0.firstDay, $0.lastDay) })
        return Failure(
            Text(
                "not opened: these cycles have days of it: \(named.english). Exception \(progress.exceptionNumber) is asked for; another person signs it",
                es:
                    "no se abrió: estos ciclos tienen días suyos: \(named.spanish). Se pidió la excepción \(progress.exceptionNumber); la firma otra persona"
            ), at: request.cycle,
            remedy: Text(
                "another person runs 'puente cycle allow-overlap --cycle \(request.cycle) --programme \(request.programme) --number \(progress.exceptionNumber)'; then open the cycle again",
                es:
                    "otra persona ejecuta 'puente cycle allow-overlap --cycle \(request.cycle) --programme \(request.programme) --number \(progress.exceptionNumber)'; luego abra el ciclo otra vez"
            ))
    }

    /// A refusal to open a cycle in words; nil where the service's own say it all.
    static func failure(of refusal: RPCError, _ request: TransfersV1.OpenCycleRequest) -> Failure? {
        let overlaps = refusal.details.filter { $0.reason == "period_once" }
        guard !overlaps.isEmpty else { return failure(of: refusal, cycle: request.cycle, request.programme) }
        let named = named(
            overlaps.map { ($0.subject, $0.metadata["first_day"] ?? "", $0.metadata["last_day"] ?? "") })
        return Failure(
            Text(
                "a period is paid once, and these cycles of \(request.programme) have days of it: \(named.english)",
                es:
                    "un periodo se paga una vez, y estos ciclos de \(request.programme) tienen días suyos: \(named.spanish)"
            ), at: request.cycle,
            remedy: Text(
                "choose other days; close a cycle that was opened by mistake with 'puente cycle close'; or ask for an exception with --overlap-reason",
                es:
                    "elija otros días; cierre con 'puente cycle close' un ciclo abierto por error; o pida una excepción con --overlap-reason"
            ))
    }

    /// The refusals that several commands of cycles may meet.
    static func failure(of refusal: RPCError, cycle: String, _ programme: String) -> Failure? {
        guard let detail = refusal.details.first(where: { $0.type == "precondition" }) else { return nil }
        switch detail.reason {
        case "second_person":
            return Failure(
                Text(
                    "another person than the one who asked signs an exception",
                    es: "una excepción la firma otra persona que quien la pidió"), at: cycle,
                remedy: Text("let a colleague sign it", es: "que la firme un colega"))
        case "exception_not_asked":
            return Failure(
                Text(
                    "nobody has asked for an exception for this cycle of \(programme)",
                    es: "nadie ha pedido una excepción para este ciclo de \(programme)"), at: cycle,
                remedy: Text(
                    "'puente cycle open … --overlap-reason' asks for one; 'puente cycle list' shows them",
                    es: "'puente cycle open … --overlap-reason' la pide; 'puente cycle list' las muestra"))
        case "exception_signed":
            return Failure(
                Text("the exception is signed already", es: "la excepción ya está firmada"), at: cycle,
                remedy: Text(
                    "open the cycle with 'puente cycle open'", es: "abra el ciclo con 'puente cycle open'"))
        case "cycle_unknown":
            return Failure(
                Text("\(programme) has no such cycle", es: "\(programme) no tiene tal ciclo"), at: cycle,
                remedy: Text("'puente cycle list' shows them", es: "'puente cycle list' los muestra"))
        case "cycle_has_orders":
            return Failure(
                Text(
                    "payments of this cycle were ordered, so it is not empty",
                    es: "se ordenaron pagos de este ciclo, así que no está vacío"), at: cycle,
                remedy: Text(
                    "it closes with its run: 'puente payments reconcile'",
                    es: "se cierra con su corrida: 'puente payments reconcile'"))
        case "cycle_has_run":
            return Failure(
                Text(
                    "its payment run is on its way: \(RunReport.meaning(of: detail.description).english)",
                    es: "su corrida de pago está en camino: \(RunReport.meaning(of: detail.description).spanish)"),
                at: cycle,
                remedy: Text(
                    "withdraw the run first with 'puente payments withdraw'",
                    es: "retire primero la corrida con 'puente payments withdraw'"))
        default: return nil
        }
    }

    /// Cycles with their days, for a sentence.
    private static func named(_ cycles: [(code: String, first: String, last: String)]) -> Text {
        Text(
            cycles.map { "\($0.code) (\($0.first) to \($0.last))" }.joined(separator: ", "),
            es: cycles.map { "\($0.code) (\($0.first) a \($0.last))" }.joined(separator: ", "))
    }
}
