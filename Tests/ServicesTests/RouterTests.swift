import Contracts
import CoordinationService
import ProjectsService
import Queue
import ReportingService
import Schema
import Testing
import TransfersService

/// A service serves what its contracts say, and nothing else: a method that nobody registered would wait for ever.
@Test(arguments: ServiceCatalogue.all)
func aServiceServesExactlyItsContracts(service: String) throws {
    var router = Router()
    switch service {
    case "coordination": CoordinationService.register(on: &router)
    case "projects": ProjectsService.register(on: &router)
    case "transfers":
        TransfersService.register(
            on: &router, environment: TransfersEnvironment(outboxDirectory: "", householdsPerChunk: 1))
    case "reporting": ReportingService.register(on: &router)
    default: Issue.record("\(service) is not registered here")
    }
    let contracts = AllMethods.all.map(\.name).filter { $0.hasPrefix("puente.\(service).") }
    #expect(!contracts.isEmpty)
    #expect(router.methods == contracts.sorted())
}
