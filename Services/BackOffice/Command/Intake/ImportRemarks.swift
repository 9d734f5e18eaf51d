import Contracts

extension CommonV1.ImportRemark {
    /// The remark in words.
    func words(_ language: Language) -> String {
        let count = Figures.count(rows)
        switch code {
        case "decided_already":
            let (cycle, programme) = (values["cycle"] ?? "", values["programme"] ?? "")
            return Text(
                "stored, but they change nothing there: \(count) rows are of days that cycle \(cycle) of \(programme) has decided on",
                es:
                    "guardadas, pero allí no cambian nada: \(count) filas son de días sobre los que el ciclo \(cycle) de \(programme) ya decidió"
            )(language)
        default: return "\(code): \(count)"
        }
    }
}
