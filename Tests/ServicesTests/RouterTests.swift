import Contracts
import CoordinationService
import ProjectsService
import Queue
import ReportingService
import Testing
import TransfersService

/// What each service registers. A service that is not here is held by the same rule when its program starts.
private let registrations: [(service: String, register: @Sendable (inout Router) -> Void)] = [
    ("coordination", { CoordinationService.register(on: &$0) }),
    ("projects", { ProjectsService.register(on: &$0) }),
    (
        "transfers",
        {
            TransfersService.register(
                on: &$0, environment: TransfersEnvironment(outboxDirectory: "", householdsPerChunk: 1))
        }
    ),
    ("reporting", { ReportingService.register(on: &$0) }),
]

/// A service serves what its contracts say, and nothing else: a method that nobody registered would wait for ever.
@Test(arguments: registrations.indices)
func aServiceServesExactlyItsContracts(number: Int) {
    var router = Router()
    registrations[number].register(&router)
    #expect(router.differences(fromContractsOf: registrations[number].service) == [])
}

@Test func whatIsMissingOrAnothersIsNamed() {
    var router = Router()
    ReportingService.register(on: &router)
    #expect(
        Router().differences(fromContractsOf: "reporting") == ["puente.reporting.v1.Reports/Run is not served"])
    #expect(
        router.differences(fromContractsOf: "projects").last
            == "puente.reporting.v1.Reports/Run is none of its contracts")
    #expect(router.differences(fromContractsOf: "astronomy") == ["puente.astronomy has no contracts"])
}
