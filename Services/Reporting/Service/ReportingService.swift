import Postgres
import Queue

/// The reporting service: reads the published views, and nothing else.
public enum ReportingService {
    /// Serves every method of the service.
    public static func register(on router: inout Router) {
        router.register(streaming: RunReportHandler())
    }

    /// Every statement of the service, for checking them against the schema.
    public static let statements: [any Statement.Type] = [
        FindCycle.self, FindProgramme.self, FindCountry.self, FindDepartmentFigures.self, FindBudgets.self,
        FindAgreements.self,
    ]
}
