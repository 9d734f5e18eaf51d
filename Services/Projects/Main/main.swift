import ProjectsService
import Queue
import Runtime

await ServiceProcess.run(service: "projects") { _ in
    var router = Router()
    ProjectsService.register(on: &router)
    return router
}
