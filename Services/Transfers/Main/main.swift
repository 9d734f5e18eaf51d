import Queue
import Runtime
import TransfersService

await ServiceProcess.run(service: "transfers") { settings in
    var router = Router()
    TransfersService.register(
        on: &router,
        environment: TransfersEnvironment(
            outboxDirectory: settings.bankFiles, householdsPerChunk: settings.householdsPerChunk))
    return router
}
