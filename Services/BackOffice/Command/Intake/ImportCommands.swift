import Contracts

extension Command {
    static let registry = Command(
        "registry",
        Text(
            "The registry of territories, households and members", es: "El padrón de territorios, hogares e integrantes"
        ),
        example: "puente registry import data/households.csv data/members.csv --keep-good --as ana",
        [
            Command(
                "import",
                Text(
                    "Imports territories, households, members and accounts; the same file twice changes nothing",
                    es: "Importa territorios, hogares, integrantes y cuentas; el mismo archivo dos veces no cambia nada"
                ),
                example:
                    "puente registry import data/households.csv data/members.csv --keep-good --rejects rejects.csv --as ana",
                arguments: [ImportOptions.files],
                options: [
                    ImportOptions.keepGood, ImportOptions.rejects, ImportOptions.changed, ImportOptions.acceptChanges,
                ]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    try await FileImport(desk: desk, method: CoordinationV1.Registry.import, context: "").run()
                }
            }
        ])

    static let evidence = Command(
        "evidence", Text("Evidence that conditions were met", es: "Evidencia de que se cumplieron las condiciones"),
        example: "puente evidence import data/school_attendance.csv --cycle 2024-4 --as ana",
        [
            Command(
                "import",
                Text(
                    "Imports school attendance and health checks of the days of a cycle; every programme reads them",
                    es:
                        "Importa asistencia escolar y controles de salud de los días de un ciclo; los leen todos los programas"
                ),
                example:
                    "puente evidence import data/school_attendance.csv data/health_checks.csv --cycle 2024-4 --as ana",
                arguments: [ImportOptions.files],
                options: [CycleOptions.cycle, ImportOptions.keepGood, ImportOptions.rejects]
            ) { invocation in
                let cycle = try invocation.required(CycleOptions.cycle)
                try await Desk.open(invocation) { desk in
                    try await FileImport(desk: desk, method: TransfersV1.Evidence.import, context: cycle).run()
                }
            }
        ])

    static let participants = Command(
        "participants", Text("Households of productive projects", es: "Hogares de los proyectos productivos"),
        example: "puente participants import data/project_participants.csv --as ana",
        [
            Command(
                "import",
                Text(
                    "Imports the participants of productive projects",
                    es: "Importa los participantes de proyectos productivos"),
                example: "puente participants import data/project_participants.csv --keep-good --as ana",
                arguments: [ImportOptions.files],
                options: [ProgrammeOptions.programme, ImportOptions.keepGood, ImportOptions.rejects]
            ) { invocation in
                try await Desk.open(invocation) { desk in
                    let programme = try await desk.programme(.productiveProject)
                    try await FileImport(desk: desk, method: ProjectsV1.Projects.import, context: programme).run()
                }
            }
        ])
}
