import Queue
import ReportingService
import Runtime

await ServiceProcess.run(service: "reporting") { _ in
    var router = Router()
    ReportingService.register(on: &router)
    return router
}
