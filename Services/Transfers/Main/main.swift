import Queue
import Runtime
import TransfersService

await ServiceProcess.run(
    service: "transfers", beforeServing: { try await TransfersService.noticeRestore($0) }
) { settings in
    var router = Router()
    TransfersService.register(
        on: &router,
        environment: TransfersEnvironment(
            outboxDirectory: settings.bankFiles, householdsPerChunk: settings.householdsPerChunk))
    return router
}
