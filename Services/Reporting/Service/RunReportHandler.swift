import Contracts
import Postgres
import Queue
import ReportingDomain

/// Runs a report: reads its figures in one snapshot, and streams its files.
struct RunReportHandler: StreamingHandler {
    static let method = ReportingV1.Reports.run

    /// Most bytes of a part.
    private static let partSize = 256 << 10

    func handle(
        _ request: ReportingV1.RunReportRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<ReportingV1.ReportPart>
    ) async throws {
        guard request.report == "cycle" else {
            throw RPCError.invalidField("report", "is not a report; there is: cycle", reason: "unknown_report")
        }
        guard let language = ReportLanguage(rawValue: request.language.isEmpty ? "en" : request.language) else {
            throw RPCError.invalidField("language", "is not a language of reports: en, es", reason: "unknown_language")
        }
        let (report, stageNames) = try await Self.read(request, from: call.pool)
        let name = "\(report.programme)-\(report.cycle)"
        let files = [
            ("\(name).csv", try CycleTables.households(report)), ("\(name)-budget.csv", try CycleTables.budget(report)),
            ("\(name)-agreements.csv", try CycleTables.agreements(report)),
            (
                "\(name)-\(language.rawValue).html",
                Array(CyclePage(report, language: language, stageNames: stageNames).html.utf8)
            ),
        ]
        for (file, bytes) in files {
            var start = 0
            repeat {
                let end = min(start + Self.partSize, bytes.count)
                try await stream.send(.init(fileName: file, content: Array(bytes[start..<end])))
                start = end
            } while start < bytes.count
        }
    }

    private static func read(
        _ request: ReportingV1.RunReportRequest, from pool: ConnectionPool
    ) async throws -> (CycleReport, CoordinationV1.BudgetStageNames?) {
        try await pool.transaction(isolation: .snapshot) { transaction in
            guard
                let cycle = try await transaction.queryOne(
                    FindCycle(programme: request.programme, cycle: request.cycle))
            else {
                throw RPCError.notFound("programme \(request.programme) has no cycle \(request.cycle)")
            }
            let json = try await transaction.queryOne(FindProgramme(programme: request.programme))
            let definition = try json.map { try CoordinationV1.ProgrammeDefinition(json: $0) }
            let currency = cycle.currency ?? definition?.currency ?? ""
            let country = try await transaction.queryOne(FindCountry())
                .map { try CoordinationV1.CountryDefinition(json: $0) }
            let departments = try await transaction.query(
                FindDepartmentFigures(programme: request.programme, cycle: request.cycle))
            let budgets = try await transaction.query(FindBudgets(fiscalYear: cycle.fiscalYear, currency: currency))
            let agreements = try await transaction.query(
                FindAgreements(programme: request.programme, currency: currency))
            let report = CycleReport(
                programme: request.programme, programmeName: definition?.name ?? request.programme,
                cycle: request.cycle, firstDay: cycle.firstDay, lastDay: cycle.lastDay,
                ruleVersion: cycle.ruleVersion, runState: cycle.runState, currency: currency, readAt: cycle.readAt,
                territoryNames: country?.territories.budget?.names ?? [:], departments: departments, budgets: budgets,
                agreements: try agreements.map { try $0.complete() },
                overlap: cycle.overlap, overlapExceptions: cycle.overlapExceptions)
            return (report, definition?.stageNames)
        }
    }
}
