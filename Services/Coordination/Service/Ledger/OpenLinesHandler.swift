import Contracts
import Postgres
import Queue
import Vocabulary

/// Opens budget lines, all or none.
struct OpenLinesHandler: Handler {
    static let method = CoordinationV1.Budget.openLines

    func handle(
        _ request: CoordinationV1.OpenLinesRequest, _ call: borrowing CallContext
    ) async throws -> CoordinationV1.OpenLinesReply {
        for line in request.lines where Currency(code: line.currency) == nil {
            throw RPCError.invalidArgument(
                "budget line \(line.line): currency: \(line.currency) is no currency of ISO 4217")
        }
        let rows = try await call.transaction.query(
            OpenLines(actor: call.info.caller, callId: call.info.id, lines: request.lines))
        for (row, line) in zip(rows, request.lines) {
            if let why = Self.refusal(row.outcome, line) {
                throw RPCError.failedPrecondition(why)
            }
        }
        let codes = try await call.transaction.queryOne(ReadCountry())
            .map { LineCodes(try CoordinationV1.CountryDefinition(json: $0)) }
        for (row, line) in zip(rows, request.lines) where row.outcome == "opened" {
            if let why = codes?.refusal(of: line) { throw RPCError.failedPrecondition(why) }
        }
        let opened = rows.count { $0.outcome == "opened" }
        return .init(opened: Int32(opened), unchanged: Int32(rows.count - opened))
    }

    /// Why a line was not opened, with the field at fault; nil where it stands.
    private static func refusal(_ outcome: String, _ line: CoordinationV1.BudgetLine) -> Sentence? {
        switch outcome {
        case "other_dimensions": "budget line \(line.line): it exists with other dimensions"
        case "year_not_open": "budget line \(line.line): fiscal_year: \(line.fiscalYear) is not open"
        case "unknown_territory":
            "budget line \(line.line): territory_code: \(line.territory) is no territory of the registry"
        case "unknown_programme": "budget line \(line.line): programme: \(line.programme) is not loaded"
        default: nil
        }
    }
}

/// What a country's file says of the codes of budget lines.
private struct LineCodes {
    /// The forms of a line's code; none where the file does not say.
    private let forms: [CodeForm]
    /// The level that budgets hang on; nil where the file does not say.
    private let level: TerritoryLevels.Level?

    init(_ country: CoordinationV1.CountryDefinition) {
        forms = (country.codePatterns?.budgetLine ?? []).map(\.vocabulary)
        level = country.territories.budget
    }

    /// Why a new line's codes are none of the country's; nil where they are.
    func refusal(of line: CoordinationV1.BudgetLine) -> Sentence? {
        guard forms.isEmpty || forms.contains(where: { $0.fits(line.line.utf8) }) else {
            let listed = forms.map(\.description).joined(separator: ", ")
            return "budget line \(line.line): line: it has none of the country's forms: \(listed)"
        }
        guard let level, !level.codeForm.fits(line.territory.utf8) else { return nil }
        let form = level.codeForm.description
        return
            "budget line \(line.line): territory_code: \(line.territory) is no \(level.code), which budgets hang on: \(form)"
    }
}
