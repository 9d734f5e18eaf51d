import CoordinationService
import Queue
import Runtime

await ServiceProcess.run(service: "coordination", recurring: CoordinationService.recurringCalls) { _ in
    var router = Router()
    CoordinationService.register(on: &router)
    return router
}
